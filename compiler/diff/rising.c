#include "rising.h"

#include <stdlib.h>

#include "base/alloc.h"

enum { NOTHING = UINT32_MAX };

/* A tree over ranks (Fenwick): each node holds the item with which the heaviest
 * part ends among the ranks below it. */
struct ends {
	uint32_t *items; /* from 1 */
	size_t count;
	const uint64_t *sums; /* of the part that ends with an item */
};

static uint32_t
heaviest_below(const struct ends *ends, size_t rank)
{
	uint32_t best = NOTHING;

	for (; rank > 0; rank &= rank - 1) {
		uint32_t item = ends->items[rank];

		if (item != NOTHING &&
		    (best == NOTHING || ends->sums[item] > ends->sums[best]))
			best = item;
	}
	return best;
}

static void
put(struct ends *ends, size_t rank, uint32_t item)
{
	for (; rank <= ends->count; rank += rank & (~rank + 1)) {
		uint32_t *there = &ends->items[rank];

		if (*there == NOTHING || ends->sums[item] > ends->sums[*there])
			*there = item;
	}
}

struct placed {
	uint32_t place;
	uint32_t item;
};

static int
compare_places(const void *left, const void *right)
{
	const struct placed *a = left;
	const struct placed *b = right;

	return a->place < b->place ? -1 : a->place > b->place;
}

static uint32_t *
rank_all(const uint32_t *places, size_t count)
{
	struct placed *sorted = mem_array(count + 1, sizeof(*sorted));
	uint32_t *ranks = mem_array(count + 1, sizeof(*ranks));

	for (size_t i = 0; i < count; i++)
		sorted[i] = (struct placed){ places[i], (uint32_t)i };
	qsort(sorted, count, sizeof(*sorted), compare_places);
	for (size_t i = 0; i < count; i++)
		ranks[sorted[i].item] = (uint32_t)i + 1;
	free(sorted);
	return ranks;
}

void
rising_find(const uint32_t *places, const uint32_t *weights, size_t count,
    bool *kept)
{
	uint32_t *ranks = rank_all(places, count);
	uint32_t *before = mem_array(count + 1, sizeof(*before));
	uint64_t *sums = mem_array(count + 1, sizeof(*sums));
	struct ends ends = { mem_array(count + 2, sizeof(uint32_t)), count,
		sums };
	uint32_t best;

	for (size_t i = 0; i <= count; i++)
		ends.items[i] = NOTHING;
	for (size_t i = 0; i < count; i++) {
		kept[i] = false;
		before[i] = heaviest_below(&ends, ranks[i] - 1);
		sums[i] =
		    weights[i] + (before[i] == NOTHING ? 0 : sums[before[i]]);
		put(&ends, ranks[i], (uint32_t)i);
	}
	for (best = heaviest_below(&ends, count); best != NOTHING;
	     best = before[best])
		kept[best] = true;
	free(ranks);
	free(before);
	free(sums);
	free(ends.items);
}
