/*
 * Conditions that do not do what they seem to: nobody can meet them, or they
 * take nobody away (DESIGN section 6).
 * Invariant: decided by tokens, reaches and the handbooks' values, without
 * Lua: what a filter hides is no mistake in the text.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "base/text.h"
#include "check/check.h"
#include "model/axis_tokens_format.h"
#include "model/axis_tokens.h"

struct conditions {
	struct checks *checks;
	const struct axes *axes;
	char *shown; /* per reach: 0 not known, 1 no, 2 yes */
};

static uint32_t
reach_of(const struct conditions *conditions, const xmlNode *node)
{
	return node->type == XML_ELEMENT_NODE
	    ? book_element(conditions->checks->book, node)->reach
	    : 0;
}

/* The nearest element around a node that says something on this axis, for the
 * second place of a message; NULL if none does. */
static const xmlNode *
around(const struct axis *axis, const xmlNode *node)
{
	bool is_role = strcmp(axis->id, "role") == 0;

	for (node = node->parent; node->type == XML_ELEMENT_NODE;
	     node = node->parent)
		if (axis_tokens_of(axis, node) != NULL ||
		    (is_role && node_is(node, "task")))
			return node;
	return NULL;
}

static void
report(struct conditions *conditions, enum diag_code code, const xmlNode *node,
    const struct axis *axis)
{
	struct checks *checks = conditions->checks;
	const xmlNode *above = around(axis, node);
	char name[64];
	char above_name[64];
	const char *carrier = axis_attribute_name(axis, name);
	struct place related = { 0 };

	if (accept_covers(checks, node, code))
		return;
	if (above != NULL)
		related = checks_place(checks, above,
		    axis_tokens_of(axis, above) != NULL
			? axis_attribute_name(axis, above_name)
			: NULL,
		    NULL);
	diag_report_related(checks->edition->diag, code,
	    checks_place(checks, node, carrier, NULL), related, carrier,
	    axis_tokens_of(axis, node), (const char *)node->name, NULL);
}

/* --- unreachable --- */

/* Is a handbook for these readers and cleared so far? */
static bool
is_for_handbook(const struct conditions *conditions, uint32_t reach,
    const struct handbook *handbook)
{
	const struct reaches *reaches = conditions->checks->edition->reaches;
	const uint32_t *sets = reach_sets(reaches, reach);

	if (reach_rank(reaches, reach) > handbook->clearance)
		return false;
	for (size_t i = 0; i < conditions->axes->count; i++) {
		const uint64_t *leaves;

		if ((int)i == conditions->axes->clearance)
			continue;
		leaves = reach_leaves(reaches, i, sets[i]);
		if (handbook->values[i] != NULL
			? !bits_meet(leaves, handbook->values[i],
			      conditions->axes->axes[i].words)
			: bits_empty(leaves, conditions->axes->axes[i].words))
			return false;
	}
	return true;
}

static bool
is_shown(const struct conditions *conditions, uint32_t reach)
{
	const struct project *project = conditions->checks->edition->project;
	char *memo = &conditions->shown[reach];

	for (size_t h = 0; *memo == 0 && h < project->handbook_count; h++)
		if (is_for_handbook(conditions, reach, &project->handbooks[h]))
			*memo = 2;
	if (*memo == 0)
		*memo = 1;
	return *memo == 2;
}

/* --- one attribute --- */

/* What a module says by itself need not narrow where it is included; a task
 * and its like state for whom they are, wherever they stand. */
static bool
is_unit(const struct conditions *conditions, const xmlNode *node)
{
	const struct book *book = conditions->checks->book;
	const char *role = node_attribute(node, "role");

	return node->parent->type != XML_ELEMENT_NODE ||
	    node_is(node, "task") ||
	    node_vade_attribute(node, "summary-of") != NULL ||
	    (role != NULL &&
		(strcmp(role, "form") == 0 ||
		    strcmp(role, "guideline") == 0)) ||
	    book_element(book, node)->file !=
	    book_element(book, node->parent)->file;
}

/* A class that is lower than that around it lowers nothing; one that is the
 * same says nothing new. */
static void
check_class(struct conditions *conditions, const xmlNode *node,
    const struct axis *axis, uint32_t above)
{
	const char *tokens = axis_tokens_of(axis, node);
	size_t len;
	const char *token = text_next_token(&tokens, &len);
	uint32_t own = (uint32_t)axis_find_value(axis, token, len);

	if ((above & 1) == 0)
		return;
	if (own < above / 2 || (own == above / 2 && !is_unit(conditions, node)))
		report(conditions, DIAG_CONDITION_REDUNDANT, node, axis);
}

static void
check_set(struct conditions *conditions, const xmlNode *node, size_t index,
    uint32_t above)
{
	const struct edition *edition = conditions->checks->edition;
	const struct axis *axis = &conditions->axes->axes[index];
	const uint64_t *around_it =
	    reach_leaves(edition->reaches, index, above);
	struct axis_tokens_origin origin = { { 0 }, NULL };
	owned uint64_t *own = mem_array(axis->words, sizeof(*own));

	if (axis->kind == AXIS_ORDERED ||
	    axis_tokens_parse(axis, axis_tokens_of(axis, node), true, &origin,
		own, edition->diag) != 0)
		goto out;
	if (!bits_meet(own, around_it, axis->words)) {
		if (!bits_empty(around_it, axis->words))
			report(conditions, DIAG_CONDITION_DISJOINT, node, axis);
	} else if (above == 0 && axis_tokens_are_all(axis, own)) {
		/* A procedure shows what it says, and may be for all. */
		if (!node_is(node, "task"))
			report(conditions, DIAG_CONDITION_EVERYONE, node, axis);
	} else if (above != 0 && bits_inside(around_it, own, axis->words) &&
	    !is_unit(conditions, node)) {
		report(conditions, DIAG_CONDITION_REDUNDANT, node, axis);
	}
out:
}

/* Readers that exist, and a class that none of their handbooks is cleared
 * for. That nobody reads a procedure is an error of its own. */
static void
check_shown(struct conditions *conditions, const xmlNode *node,
    const struct axis *axis)
{
	uint32_t reach = reach_of(conditions, node);
	const struct reaches *reaches = conditions->checks->edition->reaches;
	const uint32_t *sets = reach_sets(reaches, reach);

	if (node_is(node, "task") || is_shown(conditions, reach) ||
	    !is_shown(conditions, reach_of(conditions, node->parent)))
		return;
	for (size_t i = 0; i < conditions->axes->count; i++)
		if ((int)i != conditions->axes->clearance &&
		    bits_empty(reach_leaves(reaches, i, sets[i]),
			conditions->axes->axes[i].words))
			return; /* said already */
	report(conditions, DIAG_CONDITION_UNSHOWN, node, axis);
}

static void
check_element(struct conditions *conditions, const xmlNode *node)
{
	const struct reaches *reaches = conditions->checks->edition->reaches;
	const struct axis *narrowing = NULL;
	const uint32_t *above;

	above = reach_sets(reaches, reach_of(conditions, node->parent));
	for (size_t i = 0; i < conditions->axes->count; i++) {
		const struct axis *axis = &conditions->axes->axes[i];

		if (axis_tokens_of(axis, node) == NULL)
			continue;
		narrowing = axis;
		if ((int)i == conditions->axes->clearance)
			check_class(conditions, node, axis, above[i]);
		else
			check_set(conditions, node, i, above[i]);
	}
	if (narrowing != NULL)
		check_shown(conditions, node, narrowing);
}

void
conditions_check(struct checks *checks)
{
	struct conditions conditions = { .checks = checks,
		.axes = &checks->edition->project->axes };

	conditions.shown =
	    mem_array(checks->edition->reaches->all.count + 1, 1);
	node_each(node, book_root(checks->book))
		if (node->type == XML_ELEMENT_NODE && node->properties != NULL)
			check_element(&conditions, node);
	free(conditions.shown);
}
