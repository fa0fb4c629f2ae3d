/*
 * Answers `vade roles coverage`: in how many procedures a role acts, by stage
 * and level, and what the rule of coverage lacks.
 * Invariant: the counts are those of the check (check/acting_roles.h,
 * check/coverage_rule.h).
 */
#include <string.h>

#include "base/words.h"
#include "base/text.h"
#include "check/acting_roles.h"
#include "check/coverage_rule.h"
#include "query/answer.h"
#include "query/query.h"

/* --- roles --- */

/* A cell, as JSON and as text: a count, a gap, or no level of the role. */
static json_t *
describe_cell(const struct acting_roles *acting, size_t role, size_t stage,
    size_t level)
{
	unsigned count = acting_roles_count(acting, role, stage, level);
	bool is_gap = acting_roles_is_gap(acting, role, stage, level);
	json_t *cell = json_pack("{s:s, s:s, s:i, s:b, s:b, s:s}", "stage",
	    acting_roles_id(acting->stage, stage), "level",
	    acting_roles_id(acting->level, level), "procedures", (int)count,
	    "gap", (int)is_gap, ".first", level == 0, ".mark",
	    is_gap ? "-" : "·");

	if (count > 0)
		json_object_set_new(cell, ".mark", json_integer(count));
	return cell;
}

static json_t *
describe_role(const struct acting_roles *acting, size_t role)
{
	const struct axis_value *value = &acting->role->values[role];
	json_t *cells = json_array();

	for (size_t s = 0; s < acting->stages; s++)
		for (size_t l = 0; l < acting->levels; l++)
			json_array_append_new(cells,
			    describe_cell(acting, role, s, l));
	return json_pack("{s:s, s:s, s:i, s:o}", "id", value->id, "label",
	    lang_text_get(&value->label, edition_language(acting->edition),
		value->id),
	    "procedures", (int)acting->in_all[role], "cells", cells);
}

static void
add_roles(json_t *answer, const struct acting_roles *acting)
{
	json_t *roles = json_array();
	json_t *idle = json_array();

	for (size_t i = 0; i < acting->role->value_count; i++) {
		if (!acting_roles_is_counted(acting->edition, i))
			continue;
		json_array_append_new(roles, describe_role(acting, i));
		if (acting->in_all[i] == 0)
			json_array_append_new(idle,
			    json_string(acting->role->values[i].id));
	}
	json_object_update_new(answer,
	    json_pack("{s:o, s:o}", "roles", roles, ".idle", idle));
}

/* The heads of a text: every stage over its levels, those by two letters. */
static void
add_heads(json_t *answer, const struct acting_roles *acting)
{
	json_t *stages = json_array();
	json_t *levels = json_array();

	for (size_t s = 0; s < acting->stages; s++)
		json_array_append_new(stages,
		    json_string(acting_roles_id(acting->stage, s)));
	for (size_t l = 0; l < acting->levels; l++) {
		const char *id = acting_roles_id(acting->level, l);
		size_t len = strlen(id);
		uint32_t c;

		if (len > 0) {
			size_t first = text_decode(id, len, &c);

			len = first == len
			    ? first
			    : first + text_decode(id + first, len - first, &c);
		}
		json_array_append_new(levels, json_stringn(id, len));
	}
	json_object_update_new(answer,
	    json_pack("{s:o, s:o, s:i}", ".stages", stages, ".levels", levels,
		".cells", (int)(3 * acting->levels - 1)));
}

/* --- the coverage rule --- */

static json_t *
describe_rule_cell(const struct coverage_table *table,
    const struct coverage_cell *cell)
{
	json_t *values = json_array();

	for (size_t a = 0; a < table->rule->axis_count; a++)
		json_array_append_new(values,
		    json_string(coverage_rule_id(table, cell, a)));
	return json_pack("{s:o, s:i, s:b, s:s?}", "values", values,
	    "procedures", (int)cell->procedures, "enough",
	    (int)(cell->procedures >= table->rule->least), "excepted",
	    cell->except != NULL ? cell->except->reason : NULL);
}

/* The cells that are short, by the value of the first axis; either those that
 * the rule excepts or the others. */
static json_t *
list_short(const struct coverage_table *table, bool excepted)
{
	json_t *groups = json_array();
	json_t *cells = NULL; /* of the last group */
	size_t last = 0;

	for (size_t i = 0; i < table->count; i++) {
		const struct coverage_cell *cell = &table->cells[i];

		if (cell->procedures >= table->rule->least ||
		    excepted != (cell->except != NULL))
			continue;
		if (cells == NULL || cell->values[0] != last) {
			cells = json_array();
			json_array_append_new(groups,
			    json_pack("{s:s, s:o}", "first",
				coverage_rule_id(table, cell, 0), "cells",
				cells));
		}
		last = cell->values[0];
		json_array_append_new(cells,
		    json_pack("{s:s, s:i}", "value",
			coverage_rule_id(table, cell, 1), "procedures",
			(int)cell->procedures));
	}
	return groups;
}

/* What the coverage rule asks for, the project's or the usual one. */
static void
add_rule(json_t *answer, const struct edition *edition)
{
	struct coverage rule = coverage_rule_or_default(edition->project);
	json_t *cells = json_array();
	json_t *reasons = json_array();
	struct coverage_table table;

	coverage_rule_open(&table, edition, &rule);
	for (size_t i = 0; i < table.count; i++)
		json_array_append_new(cells,
		    describe_rule_cell(&table, &table.cells[i]));
	for (size_t i = 0; i < rule.except_count; i++)
		json_array_append_new(reasons,
		    json_string(rule.excepts[i].reason));
	json_object_update_new(answer,
	    json_pack("{s:{s:i, s:b, s:o}, s:o, s:o, s:o}", "coverage", "least",
		(int)rule.least, "declared",
		(int)(edition->project->coverage.least > 0), "cells", cells,
		".short", list_short(&table, false), ".excepted",
		list_short(&table, true), ".reasons", reasons));
	coverage_rule_close(&table);
}

int
coverage_gaps_by_role_answer(const struct edition *edition, void *context)
{
	const struct question *question = context;
	struct acting_roles acting;
	json_t *answer;

	if (edition->project->axes.role == AXIS_NONE)
		return words_report_usage(edition->diag, NULL, WORDS_NO_ROLES,
		    "coverage");
	answer = json_object();
	acting_roles_open(&acting, edition);
	add_roles(answer, &acting);
	if (acting.stage != NULL || acting.level != NULL)
		add_heads(answer, &acting);
	acting_roles_close(&acting);
	add_rule(answer, edition);
	answer_print_take(answer, "coverage", question->form,
	    edition->diag->language);
	return 0;
}
