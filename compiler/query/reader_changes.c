#include "reader_changes.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "query/answer.h"
#include "query/named_element.h"

static size_t
words_of(const struct reader_changes *readers)
{
	return readers->new->project->handbook_count / 64 + 1;
}

void
reader_changes_open(struct reader_changes *readers, const struct edition *old,
    const struct edition *new)
{
	const struct project *project = new->project;
	uint64_t *nobody;

	*readers = (struct reader_changes){ .old = old,
		.new = new,
		.partners =
		    mem_array(project->handbook_count + 1, sizeof(size_t)) };
	for (size_t h = 0; h < project->handbook_count; h++) {
		const struct handbook *before =
		    project_handbook(old->project, project->handbooks[h].id);

		readers->partners[h] = before == NULL
		    ? SIZE_MAX
		    : (size_t)(before - old->project->handbooks);
	}
	nobody = mem_array(2 * words_of(readers), sizeof(*nobody));
	map_put(&readers->sets, nobody, 2 * words_of(readers) * sizeof(*nobody),
	    NULL);
	free(nobody);
}

void
reader_changes_close(struct reader_changes *readers)
{
	free(readers->partners);
	map_clear(&readers->memo);
	map_clear(&readers->sets);
}

json_t *
reader_changes_new_handbooks(const struct reader_changes *readers)
{
	const struct project *project = readers->new->project;
	json_t *list = json_array();

	for (size_t h = 0; h < project->handbook_count; h++)
		if (readers->partners[h] == SIZE_MAX)
			json_array_append_new(list,
			    json_string(project->handbooks[h].id));
	return list;
}

json_t *
reader_changes_gone_handbooks(const struct reader_changes *readers)
{
	const struct project *project = readers->old->project;
	json_t *list = json_array();

	for (size_t h = 0; h < project->handbook_count; h++)
		if (project_handbook(readers->new->project,
			project->handbooks[h].id) == NULL)
			json_array_append_new(list,
			    json_string(project->handbooks[h].id));
	return list;
}

/* --- sets --- */

/* The number of the set of handbooks that gained and lost a pair of reaches. */
static uint32_t
set_of(struct reader_changes *readers, uint32_t before, uint32_t now)
{
	uint32_t key[2] = { before, now };
	size_t words = words_of(readers);
	bool is_new;
	struct map_entry *known =
	    map_put(&readers->memo, key, sizeof(key), &is_new);
	size_t at = (size_t)(known - readers->memo.entries);
	uint64_t *bits;

	if (!is_new)
		return known->value;
	bits = mem_array(2 * words, sizeof(*bits));
	for (size_t h = 0; h < readers->new->project->handbook_count; h++) {
		bool had;
		bool has;

		if (readers->partners[h] == SIZE_MAX)
			continue;
		had = masks_show(readers->old->masks, before,
		    readers->partners[h]);
		has = masks_show(readers->new->masks, now, h);
		if (had != has)
			bits[(has ? 0 : words) + h / 64] |= UINT64_C(1)
			    << h % 64;
	}
	readers->memo.entries[at].value =
	    (uint32_t)(map_put(&readers->sets, bits, 2 * words * sizeof(*bits),
			   NULL) -
		readers->sets.entries);
	free(bits);
	return readers->memo.entries[at].value;
}

static json_t *
handbooks_of(const struct reader_changes *readers, uint32_t set, bool lost)
{
	size_t words = words_of(readers);
	uint64_t *bits = mem_array(2 * words, sizeof(*bits));
	json_t *list = json_array();

	memcpy(bits, readers->sets.entries[set].key, 2 * words * sizeof(*bits));
	for (size_t h = 0; h < readers->new->project->handbook_count; h++)
		if ((bits[(lost ? words : 0) + h / 64] >> h % 64 & 1) != 0)
			json_array_append_new(list,
			    json_string(
				readers->new->project->handbooks[h].id));
	free(bits);
	return list;
}

/* --- elements --- */

static uint32_t
reach_of(const struct version *version, uint32_t n)
{
	return book_element(version->book, version->nodes[n].source)->reach;
}

json_t *
attribute_change_json(const struct attribute_change *attribute)
{
	const xmlAttr *any = attribute->new ? attribute->new : attribute->old;
	const xmlAttr *sides[] = { attribute->old, attribute->new };
	const char *values[2] = { NULL, NULL };
	char *name = mem_format("%s%s%s",
	    any->ns && any->ns->prefix ? (const char *)any->ns->prefix : "",
	    any->ns && any->ns->prefix ? ":" : "", (const char *)any->name);
	json_t *object;

	for (int i = 0; i < 2; i++)
		if (sides[i] != NULL)
			values[i] = sides[i]->children == NULL
			    ? ""
			    : (const char *)sides[i]->children->content;
	object = json_pack("{s:o, s:s?, s:s?}", "name", answer_text_take(name),
	    "was", values[0], "now", values[1]);
	return object;
}

/* The attributes of a change that say for whom its element is. */
static json_t *
causes_of(const struct change *change)
{
	json_t *list = json_array();

	for (size_t a = 0; change != NULL && a < change->attribute_count; a++)
		if (change->attributes[a].class == CLASS_APPLICABILITY)
			json_array_append_new(list,
			    attribute_change_json(&change->attributes[a]));
	return list;
}

static json_t *
describe(const struct reader_changes *readers, const struct version *new,
    const struct change *change, uint32_t n, uint32_t set,
    enum diag_language ui)
{
	const xmlNode *node = new->nodes[n].source;
	const xmlNode *named = named_element_named(node);

	return json_pack("{s:s?, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "unit",
	    named ? node_id(named) : NULL, "element", (const char *)node->name,
	    "title", answer_text_take(named_element_title_format(node)),
	    ".kind",
	    answer_text_take(named_element_kind_in(new->book, ui, node)),
	    "place",
	    place_json(new->edition,
		source_tag_place(new->edition->sources,
		    book_place(new->book, node))),
	    "gained", handbooks_of(readers, set, false), "lost",
	    handbooks_of(readers, set, true), "through", causes_of(change));
}

/* Per new node: its change, NULL. */
static const struct change **
changes_by_node(const struct changes *changes)
{
	const struct change **all =
	    mem_array(changes->match->new->count + 1, sizeof(*all));

	for (size_t i = 0; i < changes->count; i++)
		if (changes->items[i].new_node != NODE_NONE)
			all[changes->items[i].new_node] = &changes->items[i];
	return all;
}

json_t *
reader_changes_list(struct reader_changes *readers,
    const struct changes *changes, enum diag_language ui)
{
	const struct match *match = changes->match;
	owned const struct change **changed = changes_by_node(changes);
	owned uint32_t *sets = mem_array(match->new->count + 1, sizeof(*sets));
	json_t *list = json_array();

	for (uint32_t n = 0; n < match->new->count; n++) {
		uint32_t partner = match->to_old[n];
		uint32_t above = n == 0 ? 0 : sets[match->new->nodes[n].parent];

		sets[n] = partner == NODE_NONE
		    ? above
		    : set_of(readers, reach_of(match->old, partner),
			  reach_of(match->new, n));
		if (sets[n] != 0 && sets[n] != above)
			json_array_append_new(list,
			    describe(readers, match->new, changed[n], n,
				sets[n], ui));
	}
	return list;
}

bool
reader_changes_shows(const struct reader_changes *readers,
    const struct match *match, const struct change *change, size_t handbook)
{
	size_t before = readers->partners[handbook];

	return (change->new_node != NODE_NONE &&
		   masks_show(readers->new->masks,
		       reach_of(match->new, change->new_node), handbook)) ||
	    (change->old_node != NODE_NONE && before != SIZE_MAX &&
		masks_show(readers->old->masks,
		    reach_of(match->old, change->old_node), before));
}
