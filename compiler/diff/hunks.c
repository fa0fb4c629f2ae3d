#include "hunks.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/common_order.h"
#include "base/list.h"
#include "diff/rising.h"

/* Where a term stands in a stretch of each sentence: twice is nowhere. */
struct spot {
	uint32_t term;
	uint32_t a;
	uint32_t b;
};

struct comparison {
	const struct version *old;
	const struct version *new;
	struct hunks *hunks;
};

static uint32_t
term_a(const struct comparison *comparison, uint32_t i)
{
	return comparison->old->tokens[i].term;
}

static uint32_t
term_b(const struct comparison *comparison, uint32_t i)
{
	return comparison->new->tokens[i].term;
}

static void
add_hunk(struct comparison *comparison, uint32_t a, uint32_t a_end, uint32_t b,
    uint32_t b_end)
{
	struct hunks *hunks = comparison->hunks;
	struct hunk *last =
	    hunks->count > 0 ? &hunks->items[hunks->count - 1] : NULL;

	if (a == a_end && b == b_end)
		return;
	if (last != NULL && last->a_end == a && last->b_end == b) {
		last->a_end = a_end;
		last->b_end = b_end;
		return;
	}
	*list_add(hunks->items, hunks->count, hunks->capacity) =
	    (struct hunk){ a, a_end, b, b_end };
}

/* --- the longest common sequence of short stretches --- */

static uint64_t *
terms_of(const struct version *version, uint32_t at, uint32_t end)
{
	uint64_t *terms = mem_array(end - at + 1, sizeof(*terms));

	for (uint32_t i = at; i < end; i++)
		terms[i - at] = version->tokens[i].term;
	return terms;
}

static void
compare_all(struct comparison *comparison, uint32_t a, uint32_t a_end,
    uint32_t b, uint32_t b_end)
{
	owned uint64_t *x = terms_of(comparison->old, a, a_end);
	owned uint64_t *y = terms_of(comparison->new, b, b_end);
	owned uint32_t *match = mem_array(a_end - a + 1, sizeof(*match));
	uint32_t from_a = a;
	uint32_t from_b = b;

	if (!common_order(x, a_end - a, y, b_end - b, match))
		comparison->hunks->coarse = true;
	for (uint32_t i = a; i < a_end; i++) {
		if (match[i - a] == COMMON_NONE)
			continue;
		add_hunk(comparison, from_a, i, from_b, b + match[i - a]);
		from_a = i + 1;
		from_b = b + match[i - a] + 1;
	}
	add_hunk(comparison, from_a, a_end, from_b, b_end);
}

/* --- what stands once on each side --- */

static int
compare_spots(const void *left, const void *right)
{
	const struct spot *x = left;
	const struct spot *y = right;
	uint64_t p =
	    (uint64_t)x->term << 32 | (x->a != NODE_NONE ? x->a : x->b);
	uint64_t q =
	    (uint64_t)y->term << 32 | (y->a != NODE_NONE ? y->a : y->b);

	if (p != q)
		return p < q ? -1 : 1;
	return (x->a == NODE_NONE) - (y->a == NODE_NONE);
}

static int
compare_places(const void *left, const void *right)
{
	const struct spot *x = left;
	const struct spot *y = right;

	return x->a < y->a ? -1 : x->a > y->a;
}

/* Leaves in spots those terms that stand once in each stretch, in the order of
 * the old one. Returns how many. */
static size_t
find_once(const struct comparison *comparison, struct spot *spots, uint32_t a,
    uint32_t a_end, uint32_t b, uint32_t b_end)
{
	size_t count = 0;
	size_t kept = 0;

	for (uint32_t i = a; i < a_end; i++)
		spots[count++] =
		    (struct spot){ term_a(comparison, i), i, NODE_NONE };
	for (uint32_t j = b; j < b_end; j++)
		spots[count++] =
		    (struct spot){ term_b(comparison, j), NODE_NONE, j };
	qsort(spots, count, sizeof(*spots), compare_spots);
	for (size_t i = 0, end; i < count; i = end) {
		struct spot both = { spots[i].term, NODE_NONE, NODE_NONE };
		size_t in_a = 0;

		for (end = i; end < count && spots[end].term == both.term;
		     end++) {
			in_a += spots[end].a != NODE_NONE;
			if (spots[end].a != NODE_NONE)
				both.a = spots[end].a;
			else
				both.b = spots[end].b;
		}
		if (end - i == 2 && in_a == 1)
			spots[kept++] = both;
	}
	qsort(spots, kept, sizeof(*spots), compare_places);
	return kept;
}

static void compare_stretch(struct comparison *comparison, uint32_t a,
    uint32_t a_end, uint32_t b, uint32_t b_end);

/* Terms that stand once on each side, and rise, are the same; what is between
 * them is compared alone. False: there are none. */
static bool
compare_between(struct comparison *comparison, uint32_t a, uint32_t a_end,
    uint32_t b, uint32_t b_end)
{
	owned struct spot *spots =
	    mem_array((a_end - a) + (size_t)(b_end - b), sizeof(*spots));
	size_t count = find_once(comparison, spots, a, a_end, b, b_end);
	owned uint32_t *places = mem_array(count + 1, sizeof(*places));
	owned uint32_t *weights = mem_array(count + 1, sizeof(*weights));
	owned bool *rises = mem_array(count + 1, sizeof(*rises));

	for (size_t i = 0; i < count; i++) {
		places[i] = spots[i].b;
		weights[i] = 1;
	}
	rising_find(places, weights, count, rises);
	for (size_t i = 0; i < count; i++) {
		if (!rises[i])
			continue;
		compare_stretch(comparison, a, spots[i].a, b, spots[i].b);
		a = spots[i].a + 1;
		b = spots[i].b + 1;
	}
	if (count > 0)
		compare_stretch(comparison, a, a_end, b, b_end);
	return count > 0;
}

static void
compare_stretch(struct comparison *comparison, uint32_t a, uint32_t a_end,
    uint32_t b, uint32_t b_end)
{
	uint32_t tail = 0;

	while (a < a_end && b < b_end &&
	    term_a(comparison, a) == term_b(comparison, b)) {
		a++;
		b++;
	}
	while (a < a_end - tail && b < b_end - tail &&
	    term_a(comparison, a_end - tail - 1) ==
		term_b(comparison, b_end - tail - 1))
		tail++;
	a_end -= tail;
	b_end -= tail;
	if (a == a_end || b == b_end)
		add_hunk(comparison, a, a_end, b, b_end);
	else if (!compare_between(comparison, a, a_end, b, b_end))
		compare_all(comparison, a, a_end, b, b_end);
}

/* --- what people like to read --- */

/* Is it but a mark, a tag or a short word, which two rewritten parts share by
 * chance? */
static bool
is_weak(const struct version *version, uint32_t token)
{
	uint32_t term = version->tokens[token].term;
	enum term_kind kind = vocabulary_kind(version->vocabulary, term);

	return kind == TERM_MARK || kind == TERM_OPEN || kind == TERM_CLOSE ||
	    (kind == TERM_WORD &&
		strlen(vocabulary_text(version->vocabulary, term)) <= 3);
}

/* Joins hunks that both took away and put in words, with no more than two weak
 * tokens between them. */
static void
join_near(const struct version *old, struct hunks *hunks)
{
	size_t kept = 0;

	for (size_t i = 1; i < hunks->count; i++) {
		struct hunk *last = &hunks->items[kept];
		const struct hunk *next = &hunks->items[i];
		bool joins = next->a - last->a_end <= 2 &&
		    last->a < last->a_end && last->b < last->b_end &&
		    next->a < next->a_end && next->b < next->b_end;

		for (uint32_t t = last->a_end; joins && t < next->a; t++)
			joins = is_weak(old, t);
		if (joins) {
			last->a_end = next->a_end;
			last->b_end = next->b_end;
		} else {
			hunks->items[++kept] = *next;
		}
	}
	if (hunks->count > 0)
		hunks->count = kept + 1;
}

/* A sentence of which a third or less is left is another one. */
static void
join_rewritten(const struct version_node *x, const struct version_node *y,
    struct hunks *hunks)
{
	size_t changed = 0;
	size_t all = x->token_count + y->token_count;

	for (size_t i = 0; i < hunks->count; i++)
		changed += hunks->items[i].a_end - hunks->items[i].a +
		    hunks->items[i].b_end - hunks->items[i].b;
	if (hunks->count < 2 || 3 * (all - changed) > all)
		return;
	hunks->items[0] = (struct hunk){ x->tokens, x->tokens + x->token_count,
		y->tokens, y->tokens + y->token_count };
	hunks->count = 1;
}

struct hunks
hunks_make(const struct version *old, uint32_t old_node,
    const struct version *new, uint32_t new_node)
{
	const struct version_node *x = &old->nodes[old_node];
	const struct version_node *y = &new->nodes[new_node];
	struct hunks hunks = { 0 };
	struct comparison comparison = { old, new, &hunks };

	compare_stretch(&comparison, x->tokens, x->tokens + x->token_count,
	    y->tokens, y->tokens + y->token_count);
	join_near(old, &hunks);
	join_rewritten(x, y, &hunks);
	return hunks;
}
