#include "element_readers.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/bits.h"
#include "base/buf.h"
#include "base/text.h"
#include "model/axis_tokens.h"
#include "model/namespaces.h"
#include "model/own_attributes.h"

/* DocBook's effectivity attributes (TDG 5, common attributes). */
static const char *const effectivity[] = { "arch", "audience", "condition",
	"conformance", "os", "revision", "security", "userlevel", "vendor",
	"wordsize" };
enum { EFFECTIVITY = COUNT(effectivity) };

/* What a walk over one book needs at hand. */
struct walk {
	struct reaches *reaches;
	struct book *book;
	struct diag *diag;
	const xmlChar **names;    /* per axis: interned attribute name */
	uint32_t *scratch;        /* a reach under construction */
	bool warned[EFFECTIVITY]; /* an unclaimed attribute, once a book */
	bool claimed[EFFECTIVITY];
	bool failed;
};

void
reaches_init(struct reaches *reaches, const struct axes *axes)
{
	owned uint32_t *nothing = mem_array(axes->count + 1, sizeof(*nothing));

	memset(reaches, 0, sizeof(*reaches));
	reaches->axes = axes;
	reaches->sets = mem_array(axes->count + 1, sizeof(*reaches->sets));
	for (size_t i = 0; i < axes->count; i++) {
		const struct axis *axis = &axes->axes[i];
		owned uint64_t *leaves =
		    mem_array(axis->words, sizeof(*leaves));

		/* Of an ordered axis the lowest value is the least claim. */
		bits_set_range(leaves, 0,
		    axis->kind == AXIS_ORDERED ? 1 : axis->value_count);
		map_put(&reaches->sets[i], leaves,
		    axis->words * sizeof(*leaves), NULL);
	}
	map_put(&reaches->all, nothing, axes->count * sizeof(*nothing), NULL);
}

void
reaches_clear(struct reaches *reaches)
{
	for (size_t i = 0; reaches->axes && i < reaches->axes->count; i++)
		map_clear(&reaches->sets[i]);
	free(reaches->sets);
	map_clear(&reaches->all);
	map_clear(&reaches->memo);
	memset(reaches, 0, sizeof(*reaches));
}

const uint32_t *
reach_sets(const struct reaches *reaches, uint32_t reach)
{
	return (const uint32_t *)(const void *)reaches->all.entries[reach].key;
}

const uint64_t *
reach_leaves(const struct reaches *reaches, size_t axis, uint32_t set)
{
	return (const uint64_t *)(const void *)reaches->sets[axis]
	    .entries[set]
	    .key;
}

int
reach_rank(const struct reaches *reaches, uint32_t reach)
{
	if (reaches->axes->clearance == AXIS_NONE)
		return 0;
	return (int)(reach_sets(reaches, reach)[reaches->axes->clearance] / 2);
}

static uint32_t
intern_set(struct reaches *reaches, size_t axis, const uint64_t *leaves)
{
	struct map *sets = &reaches->sets[axis];
	const struct map_entry *entry = map_put(sets, leaves,
	    reaches->axes->axes[axis].words * sizeof(*leaves), NULL);

	return (uint32_t)(entry - sets->entries);
}

static uint32_t
intern_reach(struct reaches *reaches, const uint32_t *sets)
{
	const struct map_entry *entry = map_put(&reaches->all, sets,
	    reaches->axes->count * sizeof(*sets), NULL);

	return (uint32_t)(entry - reaches->all.entries);
}

/* The set of the parent narrowed to `leaves`. */
static uint32_t
narrow(struct reaches *reaches, size_t axis, uint32_t parent,
    const uint64_t *leaves)
{
	const struct axis *a = &reaches->axes->axes[axis];
	const uint64_t *above = reach_leaves(reaches, axis, parent);
	owned uint64_t *both = mem_array(a->words, sizeof(*both));

	for (size_t i = 0; i < a->words; i++)
		both[i] = above[i] & leaves[i];
	return intern_set(reaches, axis, both);
}

/* On an ordered axis that is no clearance: the higher of two values. */
static int
raise_order(struct walk *walk, size_t axis, const char *tokens,
    const struct axis_tokens_origin *origin, uint32_t *set)
{
	struct reaches *reaches = walk->reaches;
	const struct axis *a = &reaches->axes->axes[axis];
	int rank = axis_tokens_rank(a, tokens, origin, walk->diag);
	const uint64_t *above = reach_leaves(reaches, axis, *set);
	int old = 0;

	if (rank < 0)
		return -1;
	while (!bits_get(above, (size_t)old))
		old++;
	owned uint64_t *leaves = mem_array(a->words, sizeof(*leaves));

	bits_set(leaves, (size_t)(rank > old ? rank : old));
	*set = intern_set(reaches, axis, leaves);
	return 0;
}

/* Applies the tokens of one attribute to the set (or clearance key). */
static int
apply_tokens(struct walk *walk, size_t axis, const char *tokens,
    const struct axis_tokens_origin *origin, uint32_t *set)
{
	struct reaches *reaches = walk->reaches;
	const struct axis *a = &reaches->axes->axes[axis];
	int rc;

	if ((int)axis == reaches->axes->clearance) {
		int rank = axis_tokens_rank(a, tokens, origin, walk->diag);

		if (rank < 0)
			return -1;
		if ((uint32_t)rank < *set / 2)
			rank = (int)(*set / 2);
		*set = (uint32_t)rank * 2 + 1;
		return 0;
	}
	if (a->kind == AXIS_ORDERED)
		return raise_order(walk, axis, tokens, origin, set);
	owned uint64_t *leaves = mem_array(a->words, sizeof(*leaves));

	rc = axis_tokens_parse(a, tokens, true, origin, leaves, walk->diag);
	if (rc == 0)
		*set = narrow(reaches, axis, *set, leaves);
	return rc;
}

/* apply_tokens, remembered per (axis, parent's set, tokens). */
static int
apply_attribute(struct walk *walk, size_t axis, const char *tokens,
    const struct axis_tokens_origin *origin, uint32_t *set)
{
	struct map *memo = &walk->reaches->memo;
	scoped(buf_clear) struct buf key = { 0 };
	const struct map_entry *known;
	int rc = 0;

	buf_add_u32(&key, (uint32_t)axis);
	buf_add_u32(&key, *set);
	buf_add_text(&key, tokens);
	known = map_get(memo, key.data, key.size);
	if (known != NULL) {
		*set = known->value;
	} else {
		rc = apply_tokens(walk, axis, tokens, origin, set);
		if (rc == 0)
			map_put(memo, key.data, key.size, NULL)->value = *set;
	}
	return rc;
}

/* --- tasks: who reads a procedure that names no audience --- */

static const char *const readers[] = { "lead", "with", "informed" };
static const char *const reader_names[] = { "v:lead", "v:with", "v:informed" };

/* Adds the leaves of lead, with and informed; reports what is no role. */
static int
collect_readers(struct walk *walk, const xmlNode *task, uint64_t *leaves)
{
	const struct axes *axes = walk->reaches->axes;
	const struct axis *role = &axes->axes[axes->role];
	owned uint64_t *one = mem_array(role->words, sizeof(*one));
	int rc = 0;

	for (int i = 0; i < 3; i++) {
		const char *tokens = node_vade_attribute(task, readers[i]);
		struct axis_tokens_origin origin = {
			book_place(walk->book, task), reader_names[i]
		};

		if (tokens == NULL)
			continue;
		if (axis_tokens_parse(role, tokens, false, &origin, one,
			walk->diag) != 0)
			rc = -1;
		for (size_t j = 0; j < role->words; j++)
			leaves[j] |= one[j];
	}
	return rc;
}

static bool
has_one_token(const char *tokens)
{
	size_t len;

	return text_next_token(&tokens, &len) != NULL &&
	    text_next_token(&tokens, &len) == NULL;
}

/*
 * The role set of a task: lead, with and informed, unless an audience
 * replaced that. What an ancestor takes away from them is an error, because
 * somebody who must act would not know.
 */
static int
apply_task(struct walk *walk, const xmlNode *task, uint32_t parent_set,
    bool has_audience, uint32_t *set)
{
	struct reaches *reaches = walk->reaches;
	size_t axis = (size_t)reaches->axes->role;
	const struct axis *role = &reaches->axes->axes[axis];
	const char *lead = node_vade_attribute(task, "lead");
	struct place place = book_place(walk->book, task);
	int rc;

	if (lead == NULL || !has_one_token(lead))
		return diag_report(walk->diag, DIAG_TASK_LEAD,
		    source_attribute_place(walk->diag->sources, place, "v:lead",
			NULL),
		    node_id(task) ? node_id(task) : "task", NULL);
	owned uint64_t *leaves = mem_array(role->words, sizeof(*leaves));

	rc = collect_readers(walk, task, leaves);
	if (rc == 0 && !has_audience) {
		*set = narrow(reaches, axis, parent_set, leaves);
		if (!bits_inside(leaves, reach_leaves(reaches, axis, *set),
			role->words))
			rc = diag_report(walk->diag, DIAG_NARROWER_ANCESTOR,
			    source_tag_place(walk->diag->sources, place),
			    node_id(task) ? node_id(task) : "task", NULL);
	}
	return rc;
}

/* --- the walk --- */

/* The axis that an attribute carries, AXIS_NONE if none. */
static int
axis_of(const struct walk *walk, const xmlAttr *attribute)
{
	const struct axes *axes = walk->reaches->axes;

	for (size_t i = 0; i < axes->count; i++) {
		bool in_vade;

		if (walk->names[i] != attribute->name)
			continue;
		in_vade = attribute->ns != NULL &&
		    strcmp((const char *)attribute->ns->href, NS_VADE) == 0;
		if (axes->axes[i].is_vade ? in_vade : attribute->ns == NULL)
			return (int)i;
	}
	return AXIS_NONE;
}

static void
warn_unclaimed(struct walk *walk, const xmlNode *node, const xmlAttr *attribute)
{
	const char *name = (const char *)attribute->name;

	for (int i = 0; attribute->ns == NULL && i < EFFECTIVITY; i++) {
		if (walk->warned[i] || walk->claimed[i] ||
		    strcmp(name, effectivity[i]) != 0)
			continue;
		walk->warned[i] = true;
		diag_report(walk->diag, DIAG_AXIS_UNCLAIMED,
		    source_attribute_place(walk->diag->sources,
			book_place(walk->book, node), name, NULL),
		    name, NULL);
	}
}

static bool
needs_class(const xmlNode *node)
{
	const char *role;

	if (node_is(node, "task"))
		return true;
	if (!node_is(node, "section"))
		return false;
	role = node_attribute(node, "role");
	return role != NULL &&
	    (strcmp(role, "form") == 0 || strcmp(role, "guideline") == 0);
}

static void
check_class(struct walk *walk, const xmlNode *node, const uint32_t *sets)
{
	int clearance = walk->reaches->axes->clearance;

	if (clearance == AXIS_NONE || (sets[clearance] & 1) != 0 ||
	    !needs_class(node))
		return;
	diag_report(walk->diag, DIAG_CLASS_MISSING,
	    source_tag_place(walk->diag->sources, book_place(walk->book, node)),
	    node_id(node) ? node_id(node) : (const char *)node->name, NULL);
	walk->failed = true;
}

/* The reach of an element from its parent's. */
static uint32_t
reach_of(struct walk *walk, const xmlNode *node, uint32_t parent)
{
	const struct axes *axes = walk->reaches->axes;
	bool is_task = axes->role != AXIS_NONE && node_is(node, "task");
	uint32_t *sets = walk->scratch;
	bool changed = false;
	bool has_audience = false;

	if (node->properties == NULL && !needs_class(node))
		return parent;
	/* Axes, but none with id "role": who leads would be ignored. */
	if (axes->count > 0 && axes->role == AXIS_NONE &&
	    node_is(node, "task") && node_vade_attribute(node, "lead")) {
		diag_report(walk->diag, DIAG_TOKEN_UNKNOWN,
		    source_attribute_place(walk->diag->sources,
			book_place(walk->book, node), "v:lead", NULL),
		    node_vade_attribute(node, "lead"), "role", NULL);
		walk->failed = true;
	}
	walk->failed |=
	    own_attributes_check(axes, walk->book, node, walk->diag) != 0;
	memcpy(sets, reach_sets(walk->reaches, parent),
	    axes->count * sizeof(*sets));
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
		int axis = axis_of(walk, a);
		char name[64];
		struct axis_tokens_origin origin;

		if (axis == AXIS_NONE) {
			warn_unclaimed(walk, node, a);
			continue;
		}
		origin =
		    (struct axis_tokens_origin){ book_place(walk->book, node),
			    axis_attribute_name(&axes->axes[axis], name) };
		if (apply_attribute(walk, (size_t)axis,
			a->children && a->children->content
			    ? (const char *)a->children->content
			    : "",
			&origin, &sets[axis]) != 0)
			walk->failed = true;
		changed = true;
		has_audience |= axis == axes->role;
	}
	if (is_task) {
		uint32_t parent_set =
		    reach_sets(walk->reaches, parent)[axes->role];

		walk->failed |= apply_task(walk, node, parent_set, has_audience,
				    &sets[axes->role]) != 0;
		changed = true;
	}
	check_class(walk, node, sets);
	return changed ? intern_reach(walk->reaches, sets) : parent;
}

int
reach_compute(struct reaches *reaches, struct book *book, struct diag *diag)
{
	const struct axes *axes = reaches->axes;
	struct walk walk = { .reaches = reaches, .book = book, .diag = diag };
	xmlNode *root = xmlDocGetRootElement(book->doc);

	walk.names = mem_array(axes->count + 1, sizeof(*walk.names));
	walk.scratch = mem_array(axes->count + 1, sizeof(*walk.scratch));
	for (size_t i = 0; i < axes->count; i++) {
		walk.names[i] = xmlDictLookup(book->doc->dict,
		    BAD_CAST axes->axes[i].attribute, -1);
		for (int j = 0; j < EFFECTIVITY; j++)
			walk.claimed[j] |= !axes->axes[i].is_vade &&
			    strcmp(effectivity[j], axes->axes[i].attribute) ==
				0;
	}
	node_each(node, root) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		book_element(book, node)->reach = reach_of(&walk, node,
		    node == root ? 0 : book_element(book, node->parent)->reach);
	}
	free(walk.names);
	free(walk.scratch);
	return walk.failed ? -1 : 0;
}

int
reach_compare(const struct reaches *reaches, const struct book *first,
    const struct book *other, struct diag *diag)
{
	int rc = 0;

	for (size_t i = 0; i < first->ids.count; i++) {
		const char *id = first->ids.entries[i].key;
		const xmlNode *here = first->ids.entries[i].item;
		const xmlNode *there = book_find_id(other, id);
		const uint32_t *a;
		const uint32_t *b;

		if (there == NULL)
			continue;
		a = reach_sets(reaches, book_element(first, here)->reach);
		b = reach_sets(reaches, book_element(other, there)->reach);
		for (size_t axis = 0; axis < reaches->axes->count; axis++) {
			char name[64];

			if (a[axis] == b[axis])
				continue;
			rc = diag_report_related(diag, DIAG_PARITY_REACH,
			    source_tag_place(diag->sources,
				book_place(first, here)),
			    source_tag_place(diag->sources,
				book_place(other, there)),
			    id, other->lang,
			    axis_attribute_name(&reaches->axes->axes[axis],
				name),
			    NULL);
		}
	}
	return rc;
}
