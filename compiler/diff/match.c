#include "match.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "diff/match_children.h"

enum {
	/* Fewer words than these meet by chance: they are matched below a
	 * matched parent only. */
	TELLING_WORDS = 12,
	MOST_WEIGHED = 4096, /* tokens of a side */
};

void
match_pair(struct match *match, uint32_t old_node, uint32_t new_node)
{
	match->to_new[old_node] = new_node;
	match->to_old[new_node] = old_node;
}

/* --- how alike --- */

/* Counts words of a node, up or down. Returns how many there are. */
static size_t
count_words(const struct version *version, uint32_t n, struct bag *bag,
    int step, size_t *common)
{
	const struct version_node *node = &version->nodes[n];
	size_t count = 0;

	for (uint32_t i = node->tokens;
	     i < node->tokens_end && i - node->tokens < MOST_WEIGHED; i++) {
		uint32_t term = version->tokens[i].term;

		if (vocabulary_kind(version->vocabulary, term) > TERM_NUMBER)
			continue;
		count++;
		if (step == 0) {
			bool has = bag->counts[term] > 0;

			*common += has;
			bag->counts[term] -= has;
		} else {
			bag->counts[term] += step;
		}
	}
	return count;
}

static void
clear_words(const struct version *version, uint32_t n, struct bag *bag)
{
	const struct version_node *node = &version->nodes[n];

	for (uint32_t i = node->tokens;
	     i < node->tokens_end && i - node->tokens < MOST_WEIGHED; i++)
		bag->counts[version->tokens[i].term] = 0;
}

double
match_alike(struct bag *bag, const struct version *old, uint32_t old_node,
    const struct version *new, uint32_t new_node)
{
	size_t common = 0;
	size_t all = count_words(old, old_node, bag, 1, NULL);

	all += count_words(new, new_node, bag, 0, &common);
	clear_words(old, old_node, bag);
	clear_words(new, new_node, bag);
	return all == 0 ? 1 : 2.0 * (double)common / (double)all;
}

/* --- the same words in the same elements --- */

static bool
is_same_text(const struct match *match, uint32_t old_node, uint32_t new_node)
{
	const struct version_node *a = &match->old->nodes[old_node];
	const struct version_node *b = &match->new->nodes[new_node];

	return a->text == b->text && a->name == b->name &&
	    a->end - old_node == b->end - new_node && a->weight == b->weight;
}

/* Pairs two nodes of the same text, and all below them in the same order. One
 * that has a partner already keeps it. */
static void
pair_all(struct match *match, uint32_t old_node, uint32_t new_node)
{
	uint32_t count = match->old->nodes[old_node].end - old_node;

	for (uint32_t i = 0; i < count; i++)
		if (match->to_new[old_node + i] == NODE_NONE &&
		    match->to_old[new_node + i] == NODE_NONE &&
		    match->old->nodes[old_node + i].name ==
			match->new->nodes[new_node + i].name)
			match_pair(match, old_node + i, new_node + i);
}

/* By the hash of the text: the one node that has it, or that several have. */
static void
index_texts(struct map *texts, const struct version *version,
    const uint32_t *partners)
{
	for (uint32_t n = 0; n < version->count; n++) {
		struct map_entry *entry;
		bool is_new;

		if (partners[n] != NODE_NONE ||
		    version->nodes[n].weight < TELLING_WORDS)
			continue;
		entry = map_put(texts, &version->nodes[n].text,
		    sizeof(uint64_t), &is_new);
		entry->value = is_new ? n : NODE_NONE;
	}
}

/* Texts that stand once on each side are the same, wherever they are. */
static void
match_texts(struct match *match)
{
	struct map in_old = { 0 };
	struct map in_new = { 0 };

	index_texts(&in_old, match->old, match->to_new);
	index_texts(&in_new, match->new, match->to_old);
	for (size_t i = 0; i < in_new.count; i++) {
		const struct map_entry *b = &in_new.entries[i];
		const struct map_entry *a = map_get(&in_old, b->key, b->size);

		if (a != NULL && a->value != NODE_NONE &&
		    b->value != NODE_NONE &&
		    match->to_old[b->value] == NODE_NONE &&
		    match->to_new[a->value] == NODE_NONE &&
		    is_same_text(match, a->value, b->value))
			pair_all(match, a->value, b->value);
	}
	map_clear(&in_old);
	map_clear(&in_new);
}

/* --- ids --- */

static void
index_ids(struct map *ids, const struct version *version)
{
	for (uint32_t n = 0; n < version->count; n++) {
		const char *id = node_id(version->nodes[n].source);

		if (id != NULL)
			map_put_text(ids, id, NULL)->value = n;
	}
}

/* An id that went to other words is no anchor: authors number steps anew. */
static bool
is_anchor(const struct match *match, struct bag *bag, uint32_t old_node,
    uint32_t new_node, double least)
{
	return match->to_new[old_node] == NODE_NONE &&
	    match->to_old[new_node] == NODE_NONE &&
	    match_is_kin(match, old_node, new_node) &&
	    (match->old->nodes[old_node].words ==
		    match->new->nodes[new_node].words ||
		(least < 1 &&
		    match_alike(bag, match->old, old_node, match->new,
			new_node) >= least));
}

static void
match_ids(struct match *match, const struct map *ids, struct bag *bag,
    double least)
{
	for (uint32_t n = 0; n < match->new->count; n++) {
		const char *id = node_id(match->new->nodes[n].source);
		const struct map_entry *entry =
		    id == NULL ? NULL : map_get_text(ids, id);

		if (entry == NULL ||
		    !is_anchor(match, bag, entry->value, n, least))
			continue;
		if (is_same_text(match, entry->value, n))
			pair_all(match, entry->value, n);
		else
			match_pair(match, entry->value, n);
	}
}

/* --- parents of what matched --- */

/* The old parent of the most words among the children's partners. */
static uint32_t
most_voted(const struct match *match, uint32_t n, size_t *votes)
{
	const struct version *new = match->new;
	uint32_t best = NODE_NONE;
	size_t best_votes = 0;

	for (uint32_t at = version_first_child(new, n); at != NODE_NONE;
	     at = version_next_sibling(new, at)) {
		uint32_t parent;
		size_t count = 0;

		if (match->to_old[at] == NODE_NONE)
			continue;
		parent = match->old->nodes[match->to_old[at]].parent;
		if (parent == best)
			continue;
		for (uint32_t more = at; more != NODE_NONE;
		     more = version_next_sibling(new, more))
			if (match->to_old[more] != NODE_NONE &&
			    match->old->nodes[match->to_old[more]].parent ==
				parent)
				count += new->nodes[more].weight + 1;
		if (count > best_votes) {
			best = parent;
			best_votes = count;
		}
		if (2 * best_votes > new->nodes[n].weight)
			break;
	}
	*votes = best_votes;
	return best;
}

/* Children stand behind their parents, so from the end up they come first. */
static void
match_parents(struct match *match)
{
	for (uint32_t n = (uint32_t)match->new->count; n-- > 1;) {
		uint32_t old_node;
		size_t votes;
		size_t weight;

		if (match->to_old[n] != NODE_NONE)
			continue;
		old_node = most_voted(match, n, &votes);
		if (old_node == NODE_NONE ||
		    match->to_new[old_node] != NODE_NONE ||
		    !match_is_kin(match, old_node, n))
			continue;
		weight = match->old->nodes[old_node].weight;
		if (match->new->nodes[n].weight < weight)
			weight = match->new->nodes[n].weight;
		if (2 * votes >= weight)
			match_pair(match, old_node, n);
	}
}

/* --- in all --- */

static void
match_open(struct match *match, const struct version *old,
    const struct version *new)
{
	*match = (struct match){ .old = old,
		.new = new,
		.to_new = mem_array(old->count + 1, sizeof(uint32_t)),
		.to_old = mem_array(new->count + 1, sizeof(uint32_t)) };
	memset(match->to_new, 0xff, old->count * sizeof(uint32_t));
	memset(match->to_old, 0xff, new->count * sizeof(uint32_t));
}

void
match_make(struct match *match, const struct version *old,
    const struct version *new)
{
	struct map ids = { 0 };
	struct bag bag = { NULL };

	match_open(match, old, new);
	if (old->count == 0 || new->count == 0)
		return;
	bag.counts =
	    mem_array(new->vocabulary->terms.count + 1, sizeof(*bag.counts));
	match_pair(match, 0, 0);
	index_ids(&ids, old);
	match_ids(match, &ids, &bag, 1);
	match_texts(match);
	match_ids(match, &ids, &bag, 0.2);
	match_parents(match);
	match_children(match, &bag);
	map_clear(&ids);
	free(bag.counts);
}

/* Per element of a book, by its number: its node, NODE_NONE. */
static uint32_t *
nodes_of_elements(const struct version *version)
{
	size_t count = version->book->element_count;
	uint32_t *nodes = mem_array(count + 1, sizeof(*nodes));

	memset(nodes, 0xff, count * sizeof(*nodes));
	for (uint32_t n = 0; n < version->count; n++)
		nodes[(uintptr_t)version->nodes[n].source->_private] = n;
	return nodes;
}

static uint32_t
element_of(const struct version *version, uint32_t n)
{
	return (uint32_t)(uintptr_t)version->nodes[n].source->_private;
}

void
match_project(struct match *match, const struct match *whole,
    const struct version *old, const struct version *new)
{
	uint32_t *seen_old = nodes_of_elements(old);
	uint32_t *seen_new = nodes_of_elements(new);

	match_open(match, old, new);
	for (uint32_t n = 0; n < whole->new->count; n++) {
		uint32_t partner = whole->to_old[n];
		uint32_t a;
		uint32_t b;

		if (partner == NODE_NONE)
			continue;
		a = seen_old[element_of(whole->old, partner)];
		b = seen_new[element_of(whole->new, n)];
		if (a != NODE_NONE && b != NODE_NONE)
			match_pair(match, a, b);
	}
	free(seen_old);
	free(seen_new);
}

void
match_clear(struct match *match)
{
	free(match->to_new);
	free(match->to_old);
	free(match->coarse);
	*match = (struct match){ 0 };
}
