/*
 * Values, groups and parties of axes.xml that neither the sources nor a
 * handbook uses.
 */
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/bits.h"
#include "base/text.h"
#include "check/check.h"
#include "model/axis_tokens.h"
#include "model/axis_tokens_format.h"

/* What was used of one axis. */
struct usage {
	const struct axis *axis;
	uint64_t *values;  /* meant by a token, alone or with others */
	uint64_t *groups;  /* named */
	uint64_t *parties; /* named */
};

static void
usage_open(struct usage *usage, const struct axis *axis)
{
	usage->axis = axis;
	usage->values = mem_array(axis->words, sizeof(uint64_t));
	usage->groups =
	    mem_array(bits_words(axis->group_count) + 1, sizeof(uint64_t));
	usage->parties =
	    mem_array(bits_words(axis->party_count) + 1, sizeof(uint64_t));
}

static void
usage_close(struct usage *usage)
{
	free(usage->values);
	free(usage->groups);
	free(usage->parties);
}

static void
add_token(struct usage *usage, const char *token)
{
	size_t len = strlen(token);
	const struct axis *axis = usage->axis;
	const struct axis_group *group = axis_find_group(axis, token, len);
	const struct axis_party *party = axis_find_party(axis, token, len);

	if (group != NULL)
		bits_set(usage->groups, (size_t)(group - axis->groups));
	if (party != NULL)
		bits_set(usage->parties, (size_t)(party - axis->parties));
	axis_tokens_add_leaves(axis, token, len, usage->values);
}

static void
add_tokens(struct usage *usage, const char *tokens)
{
	token_each(token, tokens)
		add_token(usage, token);
}

/* What roles say in procedures. */
static const char *const role_attributes[] = { "lead", "with", "informed",
	"partner", "actor", "standin", "to", "consult", "accountable" };
enum { ROLE_ATTRIBUTES = COUNT(role_attributes) };

static void
add_element(struct usage *usage, const xmlNode *node, bool is_role)
{
	add_tokens(usage, axis_tokens_of(usage->axis, node));
	for (int i = 0; is_role && i < ROLE_ATTRIBUTES; i++)
		add_tokens(usage,
		    node_vade_attribute(node, role_attributes[i]));
}

/* A handbook for some values uses them; one for all uses none. */
static void
add_handbooks(struct usage *usage, const struct project *project, size_t index)
{
	for (size_t h = 0; h < project->handbook_count; h++) {
		const struct handbook *handbook = &project->handbooks[h];

		if (handbook->values[index] != NULL)
			for (size_t i = 0; i < usage->axis->words; i++)
				usage->values[i] |= handbook->values[index][i];
	}
}

/* The labels of roles name levels. */
static void
add_levels(struct usage *usage, const struct axes *axes)
{
	const struct axis *role;

	if (axes->role == AXIS_NONE || strcmp(usage->axis->id, "level") != 0)
		return;
	role = &axes->axes[axes->role];
	for (size_t i = 0; i < role->value_count; i++)
		add_tokens(usage, role->values[i].levels);
}

/* A value that others below it stand for is used with any of them. */
static bool
is_used(const struct usage *usage, size_t value)
{
	for (size_t i = value; i < usage->axis->values[value].subtree_end; i++)
		if (bits_get(usage->values, i))
			return true;
	return false;
}

/* One name of axes.xml: its place is that of the id, or of the start tag. */
static void
check_name(const struct checks *checks, const struct usage *usage, bool is_used,
    struct place place, struct place accept, const char *id)
{
	struct diag *diag = checks->edition->diag;

	if (is_used && accept.file != 0)
		diag_report(diag, DIAG_ACCEPT_STALE, accept,
		    diag_rows[DIAG_NAME_UNUSED].code, NULL);
	if (is_used || accept.file != 0)
		return;
	if (place.len == 0)
		place =
		    source_attribute_place(diag->sources, place, "id", NULL);
	diag_report(diag, DIAG_NAME_UNUSED, place, id, usage->axis->id, NULL);
}

/* Of a branch that nothing uses the uppermost value is told. */
static void
check_values(const struct checks *checks, const struct usage *usage)
{
	const struct axis *axis = usage->axis;

	for (size_t i = 0; i < axis->value_count; i++) {
		const struct axis_value *value = &axis->values[i];
		bool used = is_used(usage, i);

		check_name(checks, usage, used, value->place, value->accept,
		    value->id);
		if (!used && axis->kind == AXIS_TREE)
			i = value->subtree_end - 1;
	}
}

/* The steps of a scale belong to it, used or not. */
static void
check_axis(const struct checks *checks, const struct usage *usage)
{
	const struct axis *axis = usage->axis;

	if (axis->kind != AXIS_ORDERED)
		check_values(checks, usage);
	for (size_t i = 0; i < axis->group_count; i++)
		check_name(checks, usage,
		    bits_get(usage->groups, i) ||
			strcmp(axis->groups[i].id, "all-sectors") == 0,
		    axis->groups[i].place, axis->groups[i].accept,
		    axis->groups[i].id);
	for (size_t i = 0; i < axis->party_count; i++)
		check_name(checks, usage, bits_get(usage->parties, i),
		    axis->parties[i].place, axis->parties[i].accept,
		    axis->parties[i].id);
}

void
unused_names_check(struct checks *checks)
{
	const struct project *project = checks->edition->project;

	for (size_t a = 0; a < project->axes.count; a++) {
		struct usage usage;

		usage_open(&usage, &project->axes.axes[a]);
		node_each(node, book_root(checks->book))
			if (node->type == XML_ELEMENT_NODE &&
			    node->properties != NULL)
				add_element(&usage, node,
				    (int)a == project->axes.role);
		add_handbooks(&usage, project, a);
		add_levels(&usage, &project->axes);
		check_axis(checks, &usage);
		usage_close(&usage);
	}
}
