#include "coverage.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "base/text.h"
#include "inspect/column.h"
#include "inspect/subject.h"
#include "inspect/tokens.h"
#include "project/share.h"

/* A sector × stage needs as many procedures that it leads (DESIGN 6). */
enum { ENOUGH_LED = 2 };

/* The counts. An axis that the project does not declare is one column. */
struct table {
	const struct edition *edition;
	const struct axis *role;
	const struct axis *stage; /* NULL = not declared */
	const struct axis *level;
	size_t stages; /* at least 1 */
	size_t levels;
	unsigned *acts;    /* role × stage × level: procedures */
	unsigned *in_all;  /* role: procedures */
	unsigned *led;     /* sector × stage: procedures */
	uint64_t *sectors; /* the values that are sectors to be covered */
};

static unsigned *
cell(const struct table *table, size_t role, size_t stage, size_t level)
{
	return &table->acts[(role * table->stages + stage) * table->levels +
	    level];
}

static unsigned *
led_cell(const struct table *table, size_t sector, size_t stage)
{
	return &table->led[sector * table->stages + stage];
}

static const struct axis *
find_axis(const struct edition *edition, const char *id)
{
	int index = axes_find(&edition->project->axes, id);

	return index == AXIS_NONE ||
		edition->project->axes.axes[index].kind == AXIS_ORDERED
	    ? NULL
	    : &edition->project->axes.axes[index];
}

static const char *
id_of(const struct axis *axis, size_t index)
{
	return axis == NULL ? "" : axis->values[index].id;
}

/* --- who acts in a procedure --- */

static void
add_roles(const struct table *table, const char *tokens, uint64_t *leaves)
{
	const char *token;
	size_t len;

	while (
	    tokens != NULL && (token = text_next_token(&tokens, &len)) != NULL)
		tokens_add_leaves(table->role, token, len, leaves);
}

/* The lead, and the actors of its steps. */
static void
collect_actors(const struct table *table, const xmlNode *task, uint64_t *leaves)
{
	add_roles(table, node_vade_attribute(task, "lead"), leaves);
	for (const xmlNode *node = task; node != NULL;
	     node = node_walk(node, task, true))
		if (node_is(node, "step"))
			add_roles(table, share_actors(node), leaves);
}

/* Is a task for this value of an axis, as it and its ancestors say? */
static bool
is_for(const struct table *table, const xmlNode *task, const struct axis *axis,
    size_t value)
{
	const struct reaches *reaches = table->edition->reaches;
	uint32_t reach =
	    book_element(subject_book(table->edition), task)->reach;
	size_t index;

	if (axis == NULL)
		return true;
	index = (size_t)(axis - reaches->axes->axes);
	return bits_get(
	    reach_leaves(reaches, index, reach_sets(reaches, reach)[index]),
	    value);
}

static void
count_actor(struct table *table, const xmlNode *task, size_t role)
{
	table->in_all[role]++;
	for (size_t s = 0; s < table->stages; s++)
		for (size_t l = 0; l < table->levels; l++)
			if (is_for(table, task, table->stage, s) &&
			    is_for(table, task, table->level, l))
				(*cell(table, role, s, l))++;
}

static void
count_lead(struct table *table, const xmlNode *task)
{
	uint64_t *lead = mem_array(table->role->words, sizeof(*lead));
	uint64_t *sectors = mem_array(table->role->words, sizeof(*sectors));

	add_roles(table, node_vade_attribute(task, "lead"), lead);
	for (size_t i = 0; i < table->role->value_count; i++)
		if (bits_get(lead, i))
			bits_set(sectors,
			    (size_t)axis_sector(table->role, (int)i));
	for (size_t i = 0; i < table->role->value_count; i++)
		for (size_t s = 0; bits_get(sectors, i) && s < table->stages;
		     s++)
			if (is_for(table, task, table->stage, s))
				(*led_cell(table, i, s))++;
	free(lead);
	free(sectors);
}

static void
count_task(struct table *table, const xmlNode *task)
{
	uint64_t *actors = mem_array(table->role->words, sizeof(*actors));

	collect_actors(table, task, actors);
	for (size_t i = 0; i < table->role->value_count; i++)
		if (bits_get(actors, i))
			count_actor(table, task, i);
	count_lead(table, task);
	free(actors);
}

/* --- which roles and sectors are looked at --- */

/* A role that somebody has: one with a handbook of its own, or without roles
 * below it. */
static bool
is_counted(const struct table *table, size_t role)
{
	const struct project *project = table->edition->project;

	if (table->role->values[role].subtree_end == role + 1)
		return true;
	for (size_t i = 0; i < project->handbook_count; i++)
		if (project->handbooks[i].exact_role == (int)role)
			return true;
	return false;
}

/* The sectors of the group all-sectors; without it, all. */
static void
find_sectors(struct table *table)
{
	const struct axis_group *group =
	    axis_find_group(table->role, "all-sectors", strlen("all-sectors"));

	for (size_t i = 0; i < table->role->value_count; i++)
		if (is_counted(table, i) &&
		    (group == NULL || bits_get(group->leaves, i)))
			bits_set(table->sectors,
			    (size_t)axis_sector(table->role, (int)i));
}

/* A role that names its levels has gaps on them alone. */
static bool
is_expected(const struct table *table, size_t role, size_t level)
{
	const char *levels = table->role->values[role].levels;
	const char *token;
	size_t len;

	if (table->level == NULL || levels == NULL)
		return true;
	while ((token = text_next_token(&levels, &len)) != NULL)
		if (axis_find_value(table->level, token, len) == (int)level)
			return true;
	return false;
}

static bool
is_gap(const struct table *table, size_t role, size_t stage, size_t level)
{
	return *cell(table, role, stage, level) == 0 &&
	    is_expected(table, role, level);
}

/* --- JSON --- */

static json_t *
describe_cells(const struct table *table, size_t role)
{
	json_t *cells = json_array();

	for (size_t s = 0; s < table->stages; s++)
		for (size_t l = 0; l < table->levels; l++)
			json_array_append_new(cells,
			    json_pack("{s:s, s:s, s:i, s:b}", "stage",
				id_of(table->stage, s), "level",
				id_of(table->level, l), "procedures",
				(int)*cell(table, role, s, l), "gap",
				(int)is_gap(table, role, s, l)));
	return cells;
}

static void
print_json(const struct table *table)
{
	const char *lang = subject_language(table->edition);
	json_t *roles = json_array();
	json_t *sectors = json_array();

	for (size_t i = 0; i < table->role->value_count; i++) {
		const struct axis_value *value = &table->role->values[i];

		if (is_counted(table, i))
			json_array_append_new(roles,
			    json_pack("{s:s, s:s, s:i, s:o}", "id", value->id,
				"label",
				label_get(&value->label, lang, value->id),
				"procedures", (int)table->in_all[i], "cells",
				describe_cells(table, i)));
		for (size_t s = 0;
		     bits_get(table->sectors, i) && s < table->stages; s++)
			json_array_append_new(sectors,
			    json_pack("{s:s, s:s, s:i, s:b}", "id", value->id,
				"stage", id_of(table->stage, s), "led",
				(int)*led_cell(table, i, s), "enough",
				(int)(*led_cell(table, i, s) >= ENOUGH_LED)));
	}
	subject_print_json(
	    json_pack("{s:o, s:o}", "roles", roles, "sectors", sectors));
}

/* --- text --- */

enum { NAME_CELLS = 26 };

static void
add_heads(const struct table *table, struct buf *out)
{
	buf_add_format(out, "%*s", NAME_CELLS, "");
	for (size_t s = 0; s < table->stages; s++) {
		buf_add_text(out, "  ");
		column_add_cell(out, id_of(table->stage, s),
		    3 * table->levels - 1);
	}
	column_end_line(out);
	buf_add_format(out, "%*s", NAME_CELLS, "");
	for (size_t s = 0; s < table->stages; s++) {
		buf_add_char(out, ' ');
		for (size_t l = 0; l < table->levels; l++)
			buf_add_format(out, " %2.2s", id_of(table->level, l));
	}
	column_end_line(out);
}

static void
add_row(const struct table *table, size_t role, struct buf *out)
{
	buf_add_text(out, "  ");
	column_add_cell(out, table->role->values[role].id, NAME_CELLS - 2);
	for (size_t s = 0; s < table->stages; s++) {
		buf_add_char(out, ' ');
		for (size_t l = 0; l < table->levels; l++) {
			unsigned count = *cell(table, role, s, l);

			if (count > 0)
				buf_add_format(out, " %2u", count);
			else
				buf_add_format(out, "  %s",
				    is_gap(table, role, s, l) ? "-" : "·");
		}
	}
	column_end_line(out);
}

static void
add_idle(const struct table *table, struct buf *out)
{
	static const char *const head[DIAG_LANGUAGES] = {
		"\nRoles that act in no procedure: %zu of %zu\n",
		"\nRoles que no actúan en ningún procedimiento: %zu de %zu\n",
	};
	struct buf names = { 0 };
	size_t idle = 0;
	size_t roles = 0;

	for (size_t i = 0; i < table->role->value_count; i++) {
		if (!is_counted(table, i))
			continue;
		roles++;
		if (table->in_all[i] > 0)
			continue;
		idle++;
		buf_add_format(&names, "%s ", table->role->values[i].id);
	}
	buf_add_format(out, head[table->edition->diag->language], idle, roles);
	if (idle > 0) {
		buf_add_text(out, "  ");
		column_add_wrapped(out, buf_text(&names), 2, 2);
	}
	buf_clear(&names);
}

static void
add_sectors(const struct table *table, struct buf *out)
{
	static const char *const head[DIAG_LANGUAGES] = {
		"\nSectors that lead fewer than %d procedures of a stage:\n",
		"\nSectores que lideran menos de %d procedimientos de una "
		"etapa:\n",
	};
	static const char *const none[DIAG_LANGUAGES] = { "  none\n",
		"  ninguno\n" };
	enum diag_language ui = table->edition->diag->language;
	bool any = false;

	buf_add_format(out, head[ui], ENOUGH_LED);
	for (size_t i = 0; i < table->role->value_count; i++) {
		struct buf line = { 0 };

		for (size_t s = 0;
		     bits_get(table->sectors, i) && s < table->stages; s++)
			if (*led_cell(table, i, s) < ENOUGH_LED)
				buf_add_format(&line, "%s %u  ",
				    id_of(table->stage, s),
				    *led_cell(table, i, s));
		if (line.size > 0) {
			any = true;
			buf_add_text(out, "  ");
			column_add_cell(out, table->role->values[i].id,
			    NAME_CELLS - 1);
			column_add_wrapped(out, buf_text(&line), NAME_CELLS + 1,
			    NAME_CELLS + 1);
		}
		buf_clear(&line);
	}
	if (!any)
		buf_add_text(out, none[ui]);
}

static void
print_text(const struct table *table)
{
	static const char *const legend[DIAG_LANGUAGES] = {
		"Procedures that a role acts in, by stage and level.\n"
		"- is a gap; · is no level of that role.\n\n",
		"Procedimientos en que actúa un rol, por etapa y nivel.\n"
		"- es un hueco; · no es un nivel de ese rol.\n\n",
	};
	struct buf out = { 0 };

	buf_add_text(&out, legend[table->edition->diag->language]);
	if (table->stage != NULL || table->level != NULL)
		add_heads(table, &out);
	for (size_t i = 0; i < table->role->value_count; i++)
		if (is_counted(table, i))
			add_row(table, i, &out);
	add_idle(table, &out);
	add_sectors(table, &out);
	column_print(&out);
}

/* --- the answer --- */

static void
open_table(struct table *table, const struct edition *edition)
{
	const struct axes *axes = &edition->project->axes;
	size_t roles;

	*table = (struct table){ .edition = edition,
		.role = &axes->axes[axes->role],
		.stage = find_axis(edition, "stage"),
		.level = find_axis(edition, "level") };
	roles = table->role->value_count;
	table->stages = table->stage ? table->stage->value_count : 1;
	table->levels = table->level ? table->level->value_count : 1;
	table->acts = mem_array(roles * table->stages * table->levels,
	    sizeof(*table->acts));
	table->in_all = mem_array(roles, sizeof(*table->in_all));
	table->led = mem_array(roles * table->stages, sizeof(*table->led));
	table->sectors = mem_array(table->role->words, sizeof(uint64_t));
	find_sectors(table);
}

static void
close_table(struct table *table)
{
	free(table->acts);
	free(table->in_all);
	free(table->led);
	free(table->sectors);
}

int
coverage_answer(const struct edition *edition, void *context)
{
	static const char *const no_roles[DIAG_LANGUAGES] = {
		"this project declares no roles: coverage cannot be shown",
		"este proyecto no declara roles: no se puede mostrar coverage",
	};
	const struct coverage_question *question = context;
	const xmlNode *root = xmlDocGetRootElement(subject_book(edition)->doc);
	struct table table;

	if (edition->project->axes.role == AXIS_NONE)
		return diag_report_path(edition->diag, DIAG_USAGE, NULL,
		    no_roles[edition->diag->language], NULL);
	open_table(&table, edition);
	for (const xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true))
		if (node_is(node, "task"))
			count_task(&table, node);
	(question->json ? print_json : print_text)(&table);
	close_table(&table);
	return 0;
}
