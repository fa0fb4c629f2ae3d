#include "match_children.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/text.h"

enum { MOST_CELLS = 40000 }; /* of one gap, as in research/diff.md, 3.11 */

/* Children without a partner, between two that have one. */
struct gap {
	struct match *match;
	struct bag *bag;
	const uint32_t *old;
	const uint32_t *new;
	size_t old_count;
	size_t new_count;
};

/* --- kin --- */

/* Elements that authors turn into each other, a row a family. */
static const char *const families[] = {
	"para simpara formalpara",
	"itemizedlist orderedlist simplelist variablelist",
	"note tip important caution warning danger",
	"chapter section appendix part preface article",
	"table informaltable",
	"figure informalfigure",
	"example informalexample",
};

static const char *
family_of(const char *name)
{
	for (size_t i = 0; i < COUNT(families); i++)
		if (text_is_one_of(name, families[i]))
			return families[i];
	return name;
}

bool
match_is_kin(const struct match *match, uint32_t old_node, uint32_t new_node)
{
	const struct version_node *a = &match->old->nodes[old_node];
	const struct version_node *b = &match->new->nodes[new_node];

	return a->name == b->name ||
	    family_of((const char *)a->source->name) ==
	    family_of((const char *)b->source->name);
}

/* --- weighing a gap --- */

static bool
is_leaf(const struct version *version, uint32_t n)
{
	return version->nodes[n].end == n + 1;
}

/* How good it is to pair two, in thousandths; 0 = they are not alike. */
static uint32_t
worth(const struct gap *gap, uint32_t a, uint32_t b)
{
	const struct match *match = gap->match;
	const struct version_node *x = &match->old->nodes[a];
	const struct version_node *y = &match->new->nodes[b];
	double least =
	    is_leaf(match->old, a) && is_leaf(match->new, b) ? 0.35 : 0.2;
	double alike;

	if (!match_is_kin(match, a, b))
		return 0;
	if (x->whole == y->whole)
		return 1300;
	if (x->text == y->text)
		return 1200;
	if (x->words == y->words)
		return 1100;
	alike = match_alike(gap->bag, match->old, a, match->new, b);
	return alike < least ? 0 : (uint32_t)(alike * 1000);
}

/* Pairs the gap so that the worth is greatest in all, in order. */
static void
weigh(const struct gap *gap)
{
	size_t n = gap->old_count;
	size_t m = gap->new_count;
	uint32_t *best = mem_array((n + 1) * (m + 1), sizeof(*best));
	uint32_t *worths = mem_array(n * m + 1, sizeof(*worths));
	size_t i;
	size_t j;

#define AT(i, j) best[(i) * (m + 1) + (j)]
	for (i = n; i-- > 0;)
		for (j = m; j-- > 0;) {
			uint32_t both = worth(gap, gap->old[i], gap->new[j]);

			worths[i * m + j] = both;
			both = both == 0 ? 0 : both + AT(i + 1, j + 1);
			AT(i, j) = AT(i + 1, j) > AT(i, j + 1) ? AT(i + 1, j)
							       : AT(i, j + 1);
			if (both > AT(i, j))
				AT(i, j) = both;
		}
	for (i = j = 0; i < n && j < m;)
		if (worths[i * m + j] > 0 &&
		    AT(i, j) == worths[i * m + j] + AT(i + 1, j + 1))
			match_pair(gap->match, gap->old[i++], gap->new[j++]);
		else if (AT(i, j) == AT(i + 1, j))
			i++;
		else
			j++;
#undef AT
	free(best);
	free(worths);
}

static uint64_t
text_of(const struct version *version, uint32_t n)
{
	return version->nodes[n].text;
}

/* What a row begins with, or a step: its own text if it holds no block. */
static uint64_t
key_of(const struct version *version, uint32_t n)
{
	return version->nodes[is_leaf(version, n) ? n : n + 1].text;
}

/* Of a gap too large to weigh: what has the same key, as far as it comes in
 * order. */
static void
match_in_order(const struct gap *gap,
    uint64_t (*key)(const struct version *version, uint32_t n))
{
	const struct match *match = gap->match;
	struct map keys = { 0 };
	size_t at = 0;

	for (size_t i = gap->old_count; i-- > 0;) {
		uint64_t text = key(match->old, gap->old[i]);

		map_put(&keys, &text, sizeof(text), NULL)->value = (uint32_t)i;
	}
	for (size_t j = 0; j < gap->new_count; j++) {
		uint64_t text = key(match->new, gap->new[j]);
		struct map_entry *entry = map_get(&keys, &text, sizeof(text));
		size_t i = entry == NULL ? SIZE_MAX : entry->value;

		if (i < at)
			i = at;
		if (i < gap->old_count &&
		    match->to_new[gap->old[i]] == NODE_NONE &&
		    match->to_old[gap->new[j]] == NODE_NONE &&
		    match_is_kin(match, gap->old[i], gap->new[j]) &&
		    key(match->old, gap->old[i]) == text) {
			match_pair(gap->match, gap->old[i], gap->new[j]);
			at = i + 1;
		}
	}
	map_clear(&keys);
}

/* --- what is left of a gap --- */

static bool
stands_once(const struct version *version, uint32_t n)
{
	uint32_t parent = version->nodes[n].parent;
	size_t count = 0;

	for (uint32_t at = version_first_child(version, parent);
	     at != NODE_NONE && count < 2;
	     at = version_next_sibling(version, at))
		count += version->nodes[at].name == version->nodes[n].name;
	return count == 1;
}

/* Where one of its kind stands on each side, it was written anew: a title. */
static void
match_only_ones(const struct gap *gap)
{
	struct match *match = gap->match;

	for (size_t j = 0; j < gap->new_count; j++) {
		uint32_t b = gap->new[j];

		if (match->to_old[b] != NODE_NONE ||
		    !stands_once(match->new, b))
			continue;
		for (size_t i = 0; i < gap->old_count; i++) {
			uint32_t a = gap->old[i];

			if (match->to_new[a] == NODE_NONE &&
			    match->old->nodes[a].name ==
				match->new->nodes[b].name &&stands_once(
				    match->old, a)) {
				match_pair(match, a, b);
				break;
			}
		}
	}
}

/* One left on each side, of one kind, at the same place: it was replaced. */
static void
match_last_one(const struct gap *gap)
{
	if (gap->old_count == 1 && gap->new_count == 1 &&
	    gap->match->to_new[gap->old[0]] == NODE_NONE &&
	    gap->match->to_old[gap->new[0]] == NODE_NONE &&
	    match_is_kin(gap->match, gap->old[0], gap->new[0]))
		match_pair(gap->match, gap->old[0], gap->new[0]);
}

static bool
is_too_large(const struct gap *gap)
{
	return gap->new_count > 0 &&
	    gap->old_count > MOST_CELLS / gap->new_count;
}

static bool
is_same(const struct gap *gap, size_t i, size_t j)
{
	return gap->match->old->nodes[gap->old[i]].whole ==
	    gap->match->new->nodes[gap->new[j]].whole;
}

/* Pairs what is the same at both ends of a gap; returns what is between. */
static struct gap
trim(struct gap gap)
{
	while (gap.old_count > 0 && gap.new_count > 0 && is_same(&gap, 0, 0)) {
		match_pair(gap.match, *gap.old++, *gap.new ++);
		gap.old_count--;
		gap.new_count--;
	}
	while (gap.old_count > 0 && gap.new_count > 0 &&
	    is_same(&gap, gap.old_count - 1, gap.new_count - 1)) {
		gap.old_count--;
		gap.new_count--;
		match_pair(gap.match, gap.old[gap.old_count],
		    gap.new[gap.new_count]);
	}
	return gap;
}

/* True: it was too large, and what was paired in it has parted it. */
static bool
match_gap(const struct gap *whole)
{
	struct gap gap = trim(*whole);

	if (gap.old_count == 0 || gap.new_count == 0)
		return false;
	if (is_too_large(&gap)) {
		match_in_order(&gap, text_of);
		match_in_order(&gap, key_of);
		return true;
	}
	weigh(&gap);
	match_last_one(&gap);
	return false;
}

/* --- the children of a pair --- */

struct children {
	uint32_t *items;
	size_t count;
	size_t capacity;
};

/* Children from *at on without a partner, up to one that has one that stays
 * below the same parent: *at then. */
static void
gather(struct children *list, const struct version *version, uint32_t *at,
    const uint32_t *partners, const struct version *other,
    uint32_t other_parent)
{
	list->count = 0;
	for (; *at != NODE_NONE; *at = version_next_sibling(version, *at)) {
		uint32_t partner = partners[*at];

		if (partner == NODE_NONE)
			*list_add(list->items, list->count, list->capacity) =
			    *at;
		else if (other->nodes[partner].parent == other_parent)
			return;
	}
}

/* Is it the same place on both sides: a pair, or the end? */
static bool
is_same_place(const struct match *match, uint32_t a, uint32_t b)
{
	return a == NODE_NONE || b == NODE_NONE ? a == b
						: match->to_new[a] == b;
}

/* Children without a partner, between those that have one and stand in the same
 * order; around one that moved, the places are not the same. */
static bool
match_gaps(struct match *match, struct bag *bag, uint32_t n,
    struct children lists[2])
{
	uint32_t partner = match->to_old[n];
	uint32_t a = version_first_child(match->old, partner);
	uint32_t b = version_first_child(match->new, n);
	uint32_t before_a = NODE_NONE;
	uint32_t before_b = NODE_NONE;
	bool coarse = false;

	while (b != NODE_NONE || a != NODE_NONE) {
		bool same = is_same_place(match, before_a, before_b);

		gather(&lists[0], match->old, &a, match->to_new, match->new, n);
		gather(&lists[1], match->new, &b, match->to_old, match->old,
		    partner);
		if (same && is_same_place(match, a, b))
			coarse |= match_gap(&(struct gap){ match, bag,
			    lists[0].items, lists[1].items, lists[0].count,
			    lists[1].count });
		before_a = a;
		before_b = b;
		if (a != NODE_NONE)
			a = version_next_sibling(match->old, a);
		if (b != NODE_NONE)
			b = version_next_sibling(match->new, b);
	}
	return coarse;
}

/* All children without a partner. */
static void
gather_left(struct children *list, const struct version *version,
    uint32_t parent, const uint32_t *partners)
{
	list->count = 0;
	for (uint32_t at = version_first_child(version, parent);
	     at != NODE_NONE; at = version_next_sibling(version, at))
		if (partners[at] == NODE_NONE)
			*list_add(list->items, list->count, list->capacity) =
			    at;
}

static void
match_below(struct match *match, struct bag *bag, uint32_t n,
    struct children lists[2])
{
	struct gap left;

	if (match_gaps(match, bag, n, lists))
		match_gaps(match, bag, n, lists);
	gather_left(&lists[0], match->old, match->to_old[n], match->to_new);
	gather_left(&lists[1], match->new, n, match->to_old);
	left = (struct gap){ match, bag, lists[0].items, lists[1].items,
		lists[0].count, lists[1].count };
	if (match_gap(&left))
		*list_add(match->coarse, match->coarse_count,
		    match->coarse_capacity) = n;
	match_only_ones(&left);
}

void
match_children(struct match *match, struct bag *bag)
{
	struct children lists[2] = { 0 };

	for (uint32_t n = 0; n < match->new->count; n++)
		if (match->to_old[n] != NODE_NONE &&
		    match->new->nodes[n].end > n + 1)
			match_below(match, bag, n, lists);
	free(lists[0].items);
	free(lists[1].items);
}
