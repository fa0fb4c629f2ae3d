/*
 * Answers `vade roles matrix`: which handbook of one role shows which
 * procedure, in full or in brief.
 * Invariant: a cell is what the projection really shows (visibility.h).
 */
#include <string.h>

#include "base/alloc.h"
#include "query/answer.h"
#include "query/named_element.h"
#include "query/query.h"
#include "query/terminal_text.h"
#include "query/visibility.h"

/* Procedures are rows, handbooks that are for exactly one role are columns. */
struct matrix {
	const struct edition *edition;
	const struct book *book;
	const struct axis *role; /* NULL: there are no handbooks of one role */
	json_t *handbooks;       /* {"id", "role", "title"} */
	json_t *procedures;      /* {"id", "title", "cells"} */
	json_t *blocks;          /* columns that stand together in a text */
};

/* What a reader of the matrix needs to know of a cell. */
static const char *
cell_name(enum shown_how how)
{
	return visibility_name(how > SHOWN_BRIEF ? SHOWN_FULL : how);
}

/* Adds the column of a handbook: a cell of every procedure, in their order. */
static void
add_cells(struct matrix *matrix, size_t handbook)
{
	const char *id = matrix->edition->project->handbooks[handbook].id;
	struct visibility sight;
	size_t row = 0;

	visibility_open(&sight, matrix->edition, matrix->book, handbook);
	node_each(node, book_root(matrix->book))
		if (node_is(node, "task"))
			json_object_set_new(
			    json_object_get(
				json_array_get(matrix->procedures, row++),
				"cells"),
			    id,
			    json_string(
				cell_name(visibility_of(&sight, node))));
	visibility_close(&sight);
}

static void
add_procedures(struct matrix *matrix)
{
	node_each(node, book_root(matrix->book))
		if (node_is(node, "task"))
			json_array_append_new(matrix->procedures,
			    json_pack("{s:s, s:o, s:{}}", "id",
				node_id(node) ? node_id(node) : "-", "title",
				answer_text_take(
				    named_element_title_format(node)),
				"cells"));
}

static void
add_handbooks(struct matrix *matrix)
{
	const struct project *project = matrix->edition->project;

	for (size_t i = 0; i < project->handbook_count; i++) {
		const struct handbook *handbook = &project->handbooks[i];

		if (handbook->exact_role == AXIS_NONE)
			continue;
		json_array_append_new(matrix->handbooks,
		    json_pack("{s:s, s:s, s:s, s:i}", "id", handbook->id,
			"role", matrix->role->values[handbook->exact_role].id,
			"title",
			lang_text_get(&handbook->title,
			    edition_language(matrix->edition), handbook->id),
			".sector",
			axis_sector(matrix->role, handbook->exact_role)));
		add_cells(matrix, i);
	}
}

/* --- a text: a block per sector, or several, as wide as a line allows --- */

static size_t
id_width(const struct matrix *matrix)
{
	size_t width = 4;
	json_t *row;
	size_t i;

	json_array_foreach(matrix->procedures, i, row)
	{
		const char *id = json_string_value(json_object_get(row, "id"));

		if (terminal_width(id) > width)
			width = terminal_width(id);
	}
	return width > 24 ? 24 : width;
}

/* Adds a row to a block, if one of its handbooks shows the procedure. */
static bool
add_row(json_t *block, const json_t *procedure)
{
	json_auto_t *cells = json_array();
	bool is_absent = true;
	json_t *column;
	size_t i;

	json_array_foreach(json_object_get(block, "columns"), i, column)
	{
		json_t *cell =
		    json_object_get(json_object_get(procedure, "cells"),
			json_string_value(json_object_get(column, "id")));

		is_absent &= strcmp(json_string_value(cell), "absent") == 0;
		json_array_append(cells, cell);
	}
	if (!is_absent)
		json_array_append_new(json_object_get(block, "rows"),
		    json_pack("{s:O, s:O}", "id",
			json_object_get(procedure, "id"), "cells", cells));
	return !is_absent;
}

static void
add_block(const struct matrix *matrix, int sector, json_t *columns)
{
	const struct axis_value *value = &matrix->role->values[sector];
	json_t *block = json_pack("{s:s, s:O, s:[]}", "label",
	    lang_text_get(&value->label, edition_language(matrix->edition),
		value->id),
	    "columns", columns, "rows");
	json_t *procedure;
	int absent = 0;
	size_t i;

	json_array_foreach(matrix->procedures, i, procedure) absent +=
	    !add_row(block, procedure);
	json_object_set_new(block, "absent", json_integer(absent));
	json_array_append_new(matrix->blocks, block);
}

static void
add_sector(const struct matrix *matrix, int sector, size_t room)
{
	json_t *columns = json_array();
	json_t *handbook;
	size_t i;

	json_array_foreach(matrix->handbooks, i, handbook)
	{
		json_t *column;

		if (json_integer_value(json_object_get(handbook, ".sector")) !=
		    sector)
			continue;
		if (json_array_size(columns) == room) {
			add_block(matrix, sector, columns);
			json_decref(columns);
			columns = json_array();
		}
		column = json_copy(handbook);
		json_object_set_new(column, "number",
		    json_integer((json_int_t)json_array_size(columns) + 1));
		json_array_append_new(columns, column);
	}
	if (json_array_size(columns) > 0)
		add_block(matrix, sector, columns);
	json_decref(columns);
}

int
handbook_matrix_answer(const struct edition *edition, void *context)
{
	const struct question *question = context;
	struct matrix matrix = { edition, edition_book(edition),
		axes_role(&edition->project->axes), json_array(), json_array(),
		json_array() };
	size_t width;

	add_procedures(&matrix);
	add_handbooks(&matrix);
	width = id_width(&matrix);
	for (size_t i = 0; matrix.role && i < matrix.role->value_count; i++)
		if (axis_sector(matrix.role, (int)i) == (int)i)
			add_sector(&matrix, (int)i,
			    (COLUMN_LINE - 2 - width) / 3);
	answer_print_take(json_pack("{s:o, s:o, s:o, s:i, s:s}", "handbooks",
			      matrix.handbooks, "procedures", matrix.procedures,
			      ".blocks", matrix.blocks, ".width", (int)width,
			      ".language", edition_language(edition)),
	    "matrix", question->form, edition->diag->language);
	return 0;
}
