#include "coverage_rule.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "base/buf.h"
#include "check/check.h"
#include "check/acting_roles.h"

/* Without a rule of the project's own (DESIGN section 6). */
enum { USUAL = 2 };

static const struct axis *
axis_of(const struct coverage_table *table, size_t i)
{
	return &table->edition->project->axes.axes[table->rule->axes[i]];
}

static bool
is_of_roles(const struct coverage_table *table, size_t i)
{
	return table->rule->axes[i] == table->edition->project->axes.role;
}

/* The values of an axis that the rule looks at: of roles, the sectors. */
static uint64_t *
values_of(const struct coverage_table *table, size_t i)
{
	const struct axis *axis = axis_of(table, i);
	uint64_t *values = mem_array(axis->words, sizeof(*values));

	if (is_of_roles(table, i))
		acting_roles_sectors(table->edition, values);
	else
		bits_set_range(values, 0, axis->value_count);
	return values;
}

/* --- the cells --- */

/* An exception covers what it names; an axis that it does not name, all. */
static const struct coverage_except *
find_except(const struct coverage_table *table,
    const struct coverage_cell *cell)
{
	for (size_t e = 0; e < table->rule->except_count; e++) {
		const struct coverage_except *except = &table->rule->excepts[e];
		bool covers = true;

		for (size_t i = 0; i < table->rule->axis_count; i++)
			covers &= except->values[i] == NULL ||
			    bits_get(except->values[i], cell->values[i]);
		if (covers)
			return except;
	}
	return NULL;
}

static void
add_cell(struct coverage_table *table, struct coverage_cell cell)
{
	cell.except = find_except(table, &cell);
	table->cells[table->count++] = cell;
}

static void
make_cells(struct coverage_table *table)
{
	const struct coverage *rule = table->rule;
	size_t last = rule->axis_count - 1;
	owned uint64_t *first = values_of(table, 0);
	owned uint64_t *second = values_of(table, last);
	size_t columns = last > 0 ? axis_of(table, last)->value_count : 1;

	table->cells = mem_array(axis_of(table, 0)->value_count * columns,
	    sizeof(*table->cells));
	for (size_t i = 0; i < axis_of(table, 0)->value_count; i++)
		for (size_t j = 0; bits_get(first, i) && j < columns; j++)
			if (last == 0 || bits_get(second, j))
				add_cell(table,
				    (struct coverage_cell){
					.values = { i, j } });
}

static void
count_task(struct coverage_table *table, const xmlNode *task)
{
	const struct axes *axes = &table->edition->project->axes;
	owned uint64_t *sectors = mem_array(
	    axes->role == AXIS_NONE ? 1 : axes->axes[axes->role].words,
	    sizeof(*sectors));

	if (axes->role != AXIS_NONE)
		acting_roles_lead_sectors(table->edition, task, sectors);
	for (size_t c = 0; c < table->count; c++) {
		struct coverage_cell *cell = &table->cells[c];
		bool counts = true;

		for (size_t i = 0; i < table->rule->axis_count; i++)
			counts &= is_of_roles(table, i)
			    ? bits_get(sectors, cell->values[i])
			    : acting_roles_is_for(table->edition, task,
				  axis_of(table, i), cell->values[i]);
		cell->procedures += counts;
	}
}

void
coverage_rule_open(struct coverage_table *table, const struct edition *edition,
    const struct coverage *rule)
{
	*table = (struct coverage_table){ .edition = edition, .rule = rule };
	if (rule->axis_count == 0)
		return;
	make_cells(table);
	node_each(node, book_root(edition_book(edition)))
		if (node_is(node, "task"))
			count_task(table, node);
}

void
coverage_rule_close(struct coverage_table *table)
{
	free(table->cells);
}

const char *
coverage_rule_id(const struct coverage_table *table,
    const struct coverage_cell *cell, size_t axis)
{
	return axis < table->rule->axis_count
	    ? axis_of(table, axis)->values[cell->values[axis]].id
	    : "";
}

struct coverage
coverage_rule_or_default(const struct project *project)
{
	struct coverage rule = { .least = USUAL,
		.axes = { project->axes.role },
		.axis_count = 1 };
	int stage = axes_find(&project->axes, "stage");

	if (project->coverage.least > 0)
		return project->coverage;
	if (stage != AXIS_NONE &&
	    project->axes.axes[stage].kind != AXIS_ORDERED)
		rule.axes[rule.axis_count++] = stage;
	return rule;
}

static char *
name_cell_dup(const struct coverage_table *table,
    const struct coverage_cell *cell)
{
	struct buf name = { 0 };

	for (size_t i = 0; i < table->rule->axis_count; i++)
		buf_add_format(&name, "%s%s", i > 0 ? " × " : "",
		    coverage_rule_id(table, cell, i));
	return buf_take(&name);
}

/* --- findings --- */

static void
check_cell(const struct coverage_table *table, const struct coverage_cell *cell)
{
	const struct coverage *rule = table->rule;
	struct diag *diag = table->edition->diag;
	bool enough = cell->procedures >= rule->least;
	owned char *name = name_cell_dup(table, cell);
	owned char *count = mem_format("%u", cell->procedures);
	owned char *least = mem_format("%zu", rule->least);

	if (!enough && cell->except == NULL)
		diag_report_related(diag, DIAG_COVERAGE_SHORT, rule->place,
		    axis_of(table, 0)->values[cell->values[0]].place, name,
		    count, least, NULL);
	if (enough && cell->except != NULL)
		diag_report(diag, DIAG_COVERAGE_IDLE, cell->except->place, name,
		    count, NULL);
}

void
coverage_rule_check(struct checks *checks)
{
	struct coverage_table table;

	coverage_rule_open(&table, checks->edition,
	    &checks->edition->project->coverage);
	for (size_t i = 0; i < table.count; i++)
		check_cell(&table, &table.cells[i]);
	coverage_rule_close(&table);
}

/* "plan (S, T)": the levels without a procedure of a stage. */
static void
add_gaps(const struct acting_roles *acting, size_t role, size_t stage,
    struct buf *gaps)
{
	bool opened = false;

	for (size_t l = 0; l < acting->levels; l++) {
		if (!acting_roles_is_gap(acting, role, stage, l))
			continue;
		if (!opened && gaps->size > 0)
			buf_add_text(gaps, ", ");
		if (!opened)
			buf_add_text(gaps,
			    acting_roles_id(acting->stage, stage));
		if (acting->level != NULL)
			buf_add_format(gaps, "%s%s", opened ? ", " : " (",
			    acting_roles_id(acting->level, l));
		opened = true;
	}
	if (opened && acting->level != NULL)
		buf_add_char(gaps, ')');
}

static void
note_gaps(const struct acting_roles *acting, size_t role)
{
	const struct axis_value *value = &acting->role->values[role];
	struct diag *diag = acting->edition->diag;
	struct place place = value->place;
	scoped(buf_clear) struct buf gaps = { 0 };

	for (size_t s = 0; s < acting->stages; s++)
		add_gaps(acting, role, s, &gaps);
	if (place.len == 0)
		place =
		    source_attribute_place(diag->sources, place, "id", NULL);
	if (gaps.size > 0)
		diag_report(diag, DIAG_ROLE_GAPS, place, value->id,
		    buf_text(&gaps), NULL);
}

void
role_gaps_check(struct checks *checks)
{
	struct acting_roles acting;

	if (checks->role == NULL)
		return;
	acting_roles_open(&acting, checks->edition);
	for (size_t i = 0;
	     acting.stage != NULL && i < checks->role->value_count; i++)
		if (acting_roles_is_counted(checks->edition, i))
			note_gaps(&acting, i);
	acting_roles_close(&acting);
}
