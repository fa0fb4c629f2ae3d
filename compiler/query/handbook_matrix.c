#include "handbook_matrix.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "query/terminal.h"
#include "check/named_element.h"

/* What a reader of the matrix needs to know of a cell. */
enum cell { CELL_ABSENT, CELL_BRIEF, CELL_FULL };

static const char *const cell_names[] = { "absent", "brief", "full" };
static const char *const cell_marks[] = { "·", "b", "F" };
static const char *const legend[DIAG_LANGUAGES] = {
	"F in full, b in brief (others' steps as lines), · absent",
	"F íntegro, b abreviado (pasos de otros en una línea), · ausente",
};

static enum cell
cell_at(const struct matrix *matrix, size_t row, size_t column)
{
	enum shown_how how =
	    matrix->cells[row * matrix->handbook_count + column];

	if (how == SHOWN_ABSENT)
		return CELL_ABSENT;
	return how == SHOWN_BRIEF ? CELL_BRIEF : CELL_FULL;
}

static const struct handbook *
handbook_at(const struct matrix *matrix, size_t column)
{
	return &matrix->edition->project->handbooks[matrix->handbooks[column]];
}

static const char *
title_at(const struct matrix *matrix, size_t column)
{
	const struct handbook *handbook = handbook_at(matrix, column);

	return lang_text_get(&handbook->title,
	    named_element_language(matrix->edition), handbook->id);
}

static const char *
id_at(const struct matrix *matrix, size_t row)
{
	const char *id = node_id(matrix->tasks[row]);

	return id != NULL ? id : "-";
}

/* --- text: a block per sector --- */

/* The columns of one block. */
struct block {
	const struct matrix *matrix;
	size_t columns[COLUMN_LINE];
	size_t count;
	size_t id_width;
};

static int
sector_at(const struct matrix *matrix, size_t column)
{
	return axis_sector(axes_role(&matrix->edition->project->axes),
	    handbook_at(matrix, column)->exact_role);
}

static size_t
id_width(const struct matrix *matrix)
{
	size_t width = 4;

	for (size_t i = 0; i < matrix->task_count; i++) {
		size_t own = terminal_width(id_at(matrix, i));

		if (own > width)
			width = own;
	}
	return width > 24 ? 24 : width;
}

static bool
row_is_absent(const struct block *block, size_t row)
{
	for (size_t i = 0; i < block->count; i++)
		if (cell_at(block->matrix, row, block->columns[i]) !=
		    CELL_ABSENT)
			return false;
	return true;
}

static void
add_block_rows(const struct block *block, struct buf *out)
{
	static const char *const rest[DIAG_LANGUAGES] = {
		"  Absent in all of these: %zu of %zu procedures.\n",
		"  Ausentes en todos estos: %zu de %zu procedimientos.\n",
	};
	const struct matrix *matrix = block->matrix;
	size_t absent = 0;

	for (size_t row = 0; row < matrix->task_count; row++) {
		if (row_is_absent(block, row)) {
			absent++;
			continue;
		}
		buf_add_text(out, "  ");
		terminal_add_cell(out, id_at(matrix, row), block->id_width);
		for (size_t i = 0; i < block->count; i++)
			buf_add_format(out, "  %s",
			    cell_marks[cell_at(matrix, row,
				block->columns[i])]);
		buf_add_char(out, '\n');
	}
	if (absent > 0)
		buf_add_format(out, rest[matrix->edition->diag->language],
		    absent, matrix->task_count);
}

static void
add_block(const struct block *block, int sector, struct buf *out)
{
	const struct matrix *matrix = block->matrix;
	const struct axis_value *value =
	    &axes_role(&matrix->edition->project->axes)->values[sector];

	buf_add_char(out, '\n');
	terminal_add_wrapped(out,
	    lang_text_get(&value->label,
		named_element_language(matrix->edition), value->id),
	    0, 2);
	for (size_t i = 0; i < block->count; i++) {
		char *line = mem_format("%s: %s",
		    handbook_at(matrix, block->columns[i])->id,
		    title_at(matrix, block->columns[i]));

		buf_add_format(out, "  %2zu ", i + 1);
		terminal_add_wrapped(out, line, 5, 5);
		free(line);
	}
	buf_add_format(out, "  %*s", (int)block->id_width, "");
	for (size_t i = 0; i < block->count; i++)
		buf_add_format(out, " %2zu", i + 1);
	buf_add_char(out, '\n');
	add_block_rows(block, out);
}

/* The blocks of a sector, each as wide as a line allows. */
static void
add_sector(const struct matrix *matrix, int sector, struct buf *out)
{
	struct block block = { .matrix = matrix, .id_width = id_width(matrix) };
	size_t room = (COLUMN_LINE - 2 - block.id_width) / 3;

	for (size_t i = 0; i < matrix->handbook_count; i++) {
		if (sector_at(matrix, i) != sector)
			continue;
		if (block.count == room) {
			add_block(&block, sector, out);
			block.count = 0;
		}
		block.columns[block.count++] = i;
	}
	if (block.count > 0)
		add_block(&block, sector, out);
}

static void
print_text(const struct matrix *matrix)
{
	static const char *const none[DIAG_LANGUAGES] = {
		"No handbook is for exactly one role.\n",
		"Ningún manual es para un solo rol.\n",
	};
	enum diag_language ui = matrix->edition->diag->language;
	struct buf out = { 0 };

	if (matrix->handbook_count == 0)
		buf_add_text(&out, none[ui]);
	else
		buf_add_format(&out, "%s\n", legend[ui]);
	for (size_t i = 0; matrix->handbook_count > 0 &&
	     i < axes_role(&matrix->edition->project->axes)->value_count;
	     i++)
		if (axis_sector(axes_role(&matrix->edition->project->axes),
			(int)i) == (int)i)
			add_sector(matrix, (int)i, &out);
	terminal_print(&out);
}

/* --- CSV, RFC 4180 --- */

static void
put_field(const char *text, char end)
{
	putchar('"');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			putchar('"');
		putchar(*text);
	}
	putchar('"');
	if (end == '\n')
		putchar('\r');
	putchar(end);
}

static void
print_csv(const struct matrix *matrix)
{
	static const char *const heads[DIAG_LANGUAGES][2] = {
		{ "procedure", "title" },
		{ "procedimiento", "título" },
	};
	const char *const *head = heads[matrix->edition->diag->language];
	size_t last = matrix->handbook_count;

	put_field(head[0], ',');
	put_field(head[1], last > 0 ? ',' : '\n');
	for (size_t i = 0; i < last; i++)
		put_field(handbook_at(matrix, i)->id,
		    i + 1 < last ? ',' : '\n');
	for (size_t row = 0; row < matrix->task_count; row++) {
		char *title = named_element_title_format(matrix->tasks[row]);

		put_field(id_at(matrix, row), ',');
		put_field(title, last > 0 ? ',' : '\n');
		for (size_t i = 0; i < last; i++)
			put_field(cell_names[cell_at(matrix, row, i)],
			    i + 1 < last ? ',' : '\n');
		free(title);
	}
}

/* --- HTML: one file, nothing fetched --- */

static void
put_escaped(const char *text)
{
	for (; *text != '\0'; text++)
		switch (*text) {
		case '<':
			fputs("&lt;", stdout);
			break;
		case '>':
			fputs("&gt;", stdout);
			break;
		case '&':
			fputs("&amp;", stdout);
			break;
		case '"':
			fputs("&quot;", stdout);
			break;
		default:
			putchar(*text);
		}
}

static void
put_html_head(const struct matrix *matrix)
{
	static const char *const title[DIAG_LANGUAGES] = { "Procedures by role",
		"Procedimientos por rol" };
	static const char *const corner[DIAG_LANGUAGES] = { "Procedure",
		"Procedimiento" };
	enum diag_language ui = matrix->edition->diag->language;

	printf("<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
	       "<meta charset=\"utf-8\">\n"
	       "<meta name=\"viewport\" content=\"width=device-width\">\n"
	       "<title>%s</title>\n<style>\n"
	       "body { font-family: sans-serif }\n"
	       "table { border-collapse: collapse }\n"
	       "caption, th[scope=row] { text-align: left; padding: 0.3em }\n"
	       "thead th { writing-mode: vertical-rl; padding: 0.5em 0.1em; "
	       "position: sticky; top: 0; background: Canvas }\n"
	       "thead th:first-child { writing-mode: horizontal-tb }\n"
	       "td { text-align: center; border: 1px solid; padding: 0.2em }\n"
	       "td.full { font-weight: bold }\n"
	       "</style>\n</head>\n<body>\n<main>\n<h1>%s</h1>\n<table>\n"
	       "<caption>%s</caption>\n<thead>\n<tr><th scope=\"col\">%s</th>",
	    named_element_language(matrix->edition), title[ui], title[ui],
	    legend[ui], corner[ui]);
	for (size_t i = 0; i < matrix->handbook_count; i++) {
		fputs("<th scope=\"col\">", stdout);
		put_escaped(title_at(matrix, i));
		fputs("</th>", stdout);
	}
	puts("</tr>\n</thead>\n<tbody>");
}

static void
print_html(const struct matrix *matrix)
{
	put_html_head(matrix);
	for (size_t row = 0; row < matrix->task_count; row++) {
		char *title = named_element_title_format(matrix->tasks[row]);

		fputs("<tr><th scope=\"row\">", stdout);
		put_escaped(id_at(matrix, row));
		fputs(" ", stdout);
		put_escaped(title);
		fputs("</th>", stdout);
		for (size_t i = 0; i < matrix->handbook_count; i++) {
			enum cell cell = cell_at(matrix, row, i);

			printf("<td class=\"%s\">%s</td>", cell_names[cell],
			    cell_marks[cell]);
		}
		puts("</tr>");
		free(title);
	}
	puts("</tbody>\n</table>\n</main>\n</body>\n</html>");
}

/* --- JSON --- */

static json_t *
describe_row(const struct matrix *matrix, size_t row)
{
	json_t *cells = json_object();
	char *title = named_element_title_format(matrix->tasks[row]);
	json_t *object;

	for (size_t i = 0; i < matrix->handbook_count; i++)
		json_object_set_new(cells, handbook_at(matrix, i)->id,
		    json_string(cell_names[cell_at(matrix, row, i)]));
	object = json_pack("{s:s, s:s, s:o}", "id", id_at(matrix, row), "title",
	    title, "cells", cells);
	free(title);
	return object;
}

static void
print_json(const struct matrix *matrix)
{
	json_t *handbooks = json_array();
	json_t *rows = json_array();

	for (size_t i = 0; i < matrix->handbook_count; i++) {
		const struct handbook *handbook = handbook_at(matrix, i);

		json_array_append_new(handbooks,
		    json_pack("{s:s, s:s, s:s}", "id", handbook->id, "role",
			axes_role(&matrix->edition->project->axes)
			    ->values[handbook->exact_role]
			    .id,
			"title", title_at(matrix, i)));
	}
	for (size_t i = 0; i < matrix->task_count; i++)
		json_array_append_new(rows, describe_row(matrix, i));
	named_element_print_json(json_pack("{s:o, s:o}", "handbooks", handbooks,
	    "procedures", rows));
}

/* --- the answer --- */

static const struct handbook_matrix_format formats[] = {
	{ "text", print_text },
	{ "csv", print_csv },
	{ "html", print_html },
	{ "json", print_json },
};

const struct handbook_matrix_format *
handbook_matrix_find_format(const char *name)
{
	for (size_t i = 0; i < COUNT(formats); i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	return NULL;
}

const struct handbook_matrix_format *
handbook_matrix_default_format(void)
{
	return &formats[0];
}

static void
collect(struct matrix *matrix, const struct book *book)
{
	const struct project *project = matrix->edition->project;
	const xmlNode *root = xmlDocGetRootElement(book->doc);

	for (const xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true)) {
		if (!node_is(node, "task"))
			continue;
		*list_add(matrix->tasks, matrix->task_count,
		    matrix->task_capacity) = node;
	}
	matrix->handbooks =
	    mem_array(project->handbook_count, sizeof(*matrix->handbooks));
	for (size_t i = 0; i < project->handbook_count; i++)
		if (project->handbooks[i].exact_role != AXIS_NONE)
			matrix->handbooks[matrix->handbook_count++] = i;
}

static void
fill(struct matrix *matrix, const struct book *book)
{
	size_t width = matrix->handbook_count;

	matrix->cells =
	    mem_array(matrix->task_count * width + 1, sizeof(*matrix->cells));
	for (size_t i = 0; i < width; i++) {
		struct shown sight;

		shown_open(&sight, matrix->edition, book, matrix->handbooks[i]);
		for (size_t row = 0; row < matrix->task_count; row++)
			matrix->cells[row * width + i] =
			    shown_of(&sight, matrix->tasks[row]);
		shown_close(&sight);
	}
}

int
handbook_matrix_answer(const struct edition *edition, void *context)
{
	const struct handbook_matrix_format *format = context;
	const struct book *book = named_element_book(edition);
	struct matrix matrix = { .edition = edition };

	collect(&matrix, book);
	fill(&matrix, book);
	format->print(&matrix);
	free(matrix.tasks);
	free(matrix.handbooks);
	free(matrix.cells);
	return 0;
}
