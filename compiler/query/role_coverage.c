#include "role_coverage.h"

#include "base/buf.h"
#include "check/actor_counts.h"
#include "query/terminal.h"
#include "check/coverage_rule.h"
#include "check/named_element.h"

/* --- JSON --- */

static json_t *
describe_cells(const struct actor_counts *acting, size_t role)
{
	json_t *cells = json_array();

	for (size_t s = 0; s < acting->stages; s++)
		for (size_t l = 0; l < acting->levels; l++)
			json_array_append_new(cells,
			    json_pack("{s:s, s:s, s:i, s:b}", "stage",
				actor_counts_id(acting->stage, s), "level",
				actor_counts_id(acting->level, l), "procedures",
				(int)actor_counts_count(acting, role, s, l),
				"gap",
				(int)actor_counts_is_gap(acting, role, s, l)));
	return cells;
}

/* What the coverage rule asks for, the project's or the usual one. */
static json_t *
describe_coverage(const struct edition *edition)
{
	struct coverage rule = coverage_rule_or_default(edition->project);
	json_t *cells = json_array();
	struct coverage_table table;

	coverage_rule_open(&table, edition, &rule);
	for (size_t i = 0; i < table.count; i++) {
		const struct coverage_cell *cell = &table.cells[i];
		json_t *values = json_array();

		for (size_t a = 0; a < rule.axis_count; a++)
			json_array_append_new(values,
			    json_string(coverage_rule_id(&table, cell, a)));
		json_array_append_new(cells,
		    json_pack("{s:o, s:i, s:b, s:s?}", "values", values,
			"procedures", (int)cell->procedures, "enough",
			(int)(cell->procedures >= rule.least), "excepted",
			cell->except != NULL ? cell->except->reason : NULL));
	}
	coverage_rule_close(&table);
	return json_pack("{s:i, s:b, s:o}", "least", (int)rule.least,
	    "declared", (int)(edition->project->coverage.least > 0), "cells",
	    cells);
}

static void
print_json(const struct actor_counts *acting)
{
	const char *lang = named_element_language(acting->edition);
	json_t *roles = json_array();

	for (size_t i = 0; i < acting->role->value_count; i++) {
		const struct axis_value *value = &acting->role->values[i];

		if (actor_counts_is_counted(acting->edition, i))
			json_array_append_new(roles,
			    json_pack("{s:s, s:s, s:i, s:o}", "id", value->id,
				"label",
				lang_text_get(&value->label, lang, value->id),
				"procedures", (int)acting->in_all[i], "cells",
				describe_cells(acting, i)));
	}
	named_element_print_json(json_pack("{s:o, s:o}", "roles", roles,
	    "coverage", describe_coverage(acting->edition)));
}

/* --- text --- */

enum { NAME_CELLS = 26 };

static void
add_heads(const struct actor_counts *acting, struct buf *out)
{
	buf_add_format(out, "%*s", NAME_CELLS, "");
	for (size_t s = 0; s < acting->stages; s++) {
		buf_add_text(out, "  ");
		terminal_add_cell(out, actor_counts_id(acting->stage, s),
		    3 * acting->levels - 1);
	}
	terminal_end_line(out);
	buf_add_format(out, "%*s", NAME_CELLS, "");
	for (size_t s = 0; s < acting->stages; s++) {
		buf_add_char(out, ' ');
		for (size_t l = 0; l < acting->levels; l++)
			buf_add_format(out, " %2.2s",
			    actor_counts_id(acting->level, l));
	}
	terminal_end_line(out);
}

static void
add_row(const struct actor_counts *acting, size_t role, struct buf *out)
{
	buf_add_text(out, "  ");
	terminal_add_cell(out, acting->role->values[role].id, NAME_CELLS - 2);
	for (size_t s = 0; s < acting->stages; s++) {
		buf_add_char(out, ' ');
		for (size_t l = 0; l < acting->levels; l++) {
			unsigned count = actor_counts_count(acting, role, s, l);

			if (count > 0)
				buf_add_format(out, " %2u", count);
			else
				buf_add_format(out, "  %s",
				    actor_counts_is_gap(acting, role, s, l)
					? "-"
					: "·");
		}
	}
	terminal_end_line(out);
}

static void
add_idle(const struct actor_counts *acting, struct buf *out)
{
	static const char *const head[DIAG_LANGUAGES] = {
		"\nRoles that act in no procedure: %zu of %zu\n",
		"\nRoles que no actúan en ningún procedimiento: %zu de %zu\n",
	};
	struct buf names = { 0 };
	size_t idle = 0;
	size_t roles = 0;

	for (size_t i = 0; i < acting->role->value_count; i++) {
		if (!actor_counts_is_counted(acting->edition, i))
			continue;
		roles++;
		if (acting->in_all[i] > 0)
			continue;
		idle++;
		buf_add_format(&names, "%s ", acting->role->values[i].id);
	}
	buf_add_format(out, head[acting->edition->diag->language], idle, roles);
	if (idle > 0) {
		buf_add_text(out, "  ");
		terminal_add_wrapped(out, buf_text(&names), 2, 2);
	}
	buf_clear(&names);
}

/* The cells that are short, by the value of the first axis; either those that
 * the rule excepts or the others. */
static bool
add_short(const struct coverage_table *table, bool excepted, struct buf *out)
{
	bool any = false;

	for (size_t i = 0; i < table->count;) {
		const char *first =
		    coverage_rule_id(table, &table->cells[i], 0);
		size_t group = table->cells[i].values[0];
		struct buf line = { 0 };

		for (; i < table->count && table->cells[i].values[0] == group;
		     i++)
			if (table->cells[i].procedures < table->rule->least &&
			    excepted == (table->cells[i].except != NULL))
				buf_add_format(&line, "%s %u  ",
				    coverage_rule_id(table, &table->cells[i],
					1),
				    table->cells[i].procedures);
		if (line.size > 0) {
			any = true;
			buf_add_text(out, "  ");
			terminal_add_cell(out, first, NAME_CELLS - 1);
			terminal_add_wrapped(out, buf_text(&line),
			    NAME_CELLS + 1, NAME_CELLS + 1);
		}
		buf_clear(&line);
	}
	return any;
}

static void
add_reasons(const struct coverage *rule, struct buf *out)
{
	for (size_t i = 0; i < rule->except_count; i++) {
		buf_add_text(out, "  ");
		terminal_add_wrapped(out, rule->excepts[i].reason, 2, 2);
	}
}

static void
add_coverage(const struct edition *edition, struct buf *out)
{
	static const char *const heads[][DIAG_LANGUAGES] = {
		{ "\nFewer than %zu procedures (of a sector: that it leads):\n",
		    "\nMenos de %zu procedimientos (de un sector: que lidera):"
		    "\n" },
		{ "\nAs few, but excepted by the project:\n",
		    "\nTambién, pero exentos por el proyecto:\n" },
	};
	static const char *const none[DIAG_LANGUAGES] = { "  none\n",
		"  ninguno\n" };
	enum diag_language ui = edition->diag->language;
	struct coverage rule = coverage_rule_or_default(edition->project);
	struct coverage_table table;

	coverage_rule_open(&table, edition, &rule);
	buf_add_format(out, heads[0][ui], rule.least);
	if (!add_short(&table, false, out))
		buf_add_text(out, none[ui]);
	if (rule.except_count > 0) {
		buf_add_text(out, heads[1][ui]);
		if (!add_short(&table, true, out))
			buf_add_text(out, none[ui]);
		add_reasons(&rule, out);
	}
	coverage_rule_close(&table);
}

static void
print_text(const struct actor_counts *acting)
{
	static const char *const legend[DIAG_LANGUAGES] = {
		"Procedures that a role acts in, by stage and level.\n"
		"- is a gap; · is no level of that role.\n\n",
		"Procedimientos en que actúa un rol, por etapa y nivel.\n"
		"- es un hueco; · no es un nivel de ese rol.\n\n",
	};
	struct buf out = { 0 };

	buf_add_text(&out, legend[acting->edition->diag->language]);
	if (acting->stage != NULL || acting->level != NULL)
		add_heads(acting, &out);
	for (size_t i = 0; i < acting->role->value_count; i++)
		if (actor_counts_is_counted(acting->edition, i))
			add_row(acting, i, &out);
	add_idle(acting, &out);
	add_coverage(acting->edition, &out);
	terminal_print(&out);
}

int
role_coverage_answer(const struct edition *edition, void *context)
{
	static const char *const no_roles[DIAG_LANGUAGES] = {
		"this project declares no roles: coverage cannot be shown",
		"este proyecto no declara roles: no se puede mostrar coverage",
	};
	const struct role_coverage_question *question = context;
	struct actor_counts acting;

	if (edition->project->axes.role == AXIS_NONE)
		return diag_report_path(edition->diag, DIAG_USAGE, NULL,
		    no_roles[edition->diag->language], NULL);
	actor_counts_open(&acting, edition);
	(question->json ? print_json : print_text)(&acting);
	actor_counts_close(&acting);
	return 0;
}
