#include "classed_table_cells.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"

struct checker {
	const struct reaches *reaches;
	const struct book *book;
	struct diag *diag;
	const xmlNode **rows; /* of one section, in order */
	size_t count;
	size_t capacity;
	int rc;
};

static int
rank_of(const struct checker *checker, const xmlNode *node)
{
	return reach_rank(checker->reaches,
	    book_element(checker->book, node)->reach);
}

static const char *
class_of(const struct checker *checker, const xmlNode *node)
{
	const struct axes *axes = checker->reaches->axes;

	return axes->axes[axes->clearance].values[rank_of(checker, node)].id;
}

static bool
is_row(const xmlNode *node)
{
	return node_is(node, "row") || node_is(node, "tr") ||
	    node_is(node, "seglistitem");
}

static bool
is_cell(const xmlNode *node)
{
	return node_is(node, "entry") || node_is(node, "entrytbl") ||
	    node_is(node, "td") || node_is(node, "th") || node_is(node, "seg");
}

/* --- names of columns --- */

static const xmlNode *
columns_of(const xmlNode *cell)
{
	const xmlNode *node = cell->parent;

	while (node->type == XML_ELEMENT_NODE && !node_is(node, "tgroup") &&
	    !node_is(node, "entrytbl"))
		node = node->parent;
	return node;
}

/* The colspec or spanspec of a name, which is no secret in this row. */
static const xmlNode *
find_spec(const struct checker *checker, const xmlNode *cell,
    const char *element, const char *attribute, const char *name)
{
	for (const xmlNode *child = node_first_element(columns_of(cell));
	     name != NULL && child != NULL; child = node_next_element(child)) {
		const char *own = node_is(child, element)
		    ? node_attribute(child, attribute)
		    : NULL;

		if (own != NULL && strcmp(own, name) == 0 &&
		    rank_of(checker, child) <= rank_of(checker, cell->parent))
			return child;
	}
	return NULL;
}

/* Does a cell of CALS say in which column it stands? */
static bool
is_named(const struct checker *checker, const xmlNode *cell)
{
	static const char *const names[] = { "colname", "namest" };
	const xmlNode *span = find_spec(checker, cell, "spanspec", "spanname",
	    node_attribute(cell, "spanname"));

	for (size_t i = 0; i < 2; i++)
		if (find_spec(checker, cell, "colspec", "colname",
			node_attribute(cell, names[i])) != NULL)
			return true;
	return span != NULL &&
	    find_spec(checker, cell, "colspec", "colname",
		node_attribute(span, "namest")) != NULL;
}

static bool
names_all(const struct checker *checker, const xmlNode *row)
{
	node_each_element(cell, row)
		if (is_cell(cell) && !is_named(checker, cell))
			return false;
	return node_is(row, "row");
}

/* --- the check --- */

static void
report(struct checker *checker, enum diag_code code, const xmlNode *cell,
    const xmlNode *row)
{
	checker->rc = diag_report(checker->diag, code,
	    source_tag_place(checker->diag->sources,
		book_place(checker->book, cell)),
	    class_of(checker, cell), class_of(checker, row), NULL);
}

/* How many rows further down a cell reaches. */
static size_t
reach_down(const struct checker *checker, size_t at, const xmlNode *cell)
{
	size_t most = checker->count - at - 1;
	bool html = node_is(cell->parent, "tr");
	const char *text = node_attribute(cell, html ? "rowspan" : "morerows");
	long rows = text != NULL ? strtol(text, NULL, 10) : html;

	if (html)
		rows = rows == 0 ? (long)most : rows - 1;
	return rows < 0 ? 0 : (size_t)rows > most ? most : (size_t)rows;
}

/* The first fault of a cell is told; its other rows have the same cure. */
static bool
check_cell(struct checker *checker, size_t at, const xmlNode *cell)
{
	int rank = rank_of(checker, cell);
	size_t last = at + reach_down(checker, at, cell);

	for (size_t i = at; i <= last; i++) {
		const xmlNode *row = checker->rows[i];
		int row_rank = rank_of(checker, row);

		if (rank < row_rank)
			report(checker, DIAG_CELL_REACHES, cell, row);
		else if (rank > row_rank && !names_all(checker, row))
			report(checker,
			    node_is(row, "row") ? DIAG_CELL_CLASS
						: DIAG_CELL_CLASS_PLACED,
			    cell, row);
		else
			continue;
		return false;
	}
	return true;
}

static void
check_row(struct checker *checker, size_t at)
{
	const xmlNode *cell = node_first_element(checker->rows[at]);

	while (
	    cell != NULL && (!is_cell(cell) || check_cell(checker, at, cell)))
		cell = node_next_element(cell);
}

/* What is not a cell, but counts them: a title of a list in columns, the
 * name of a column. */
static void
check_counted(struct checker *checker, const xmlNode *node,
    const xmlNode *section)
{
	bool is_column =
	    node_is(node, "colspec") && node_attribute(node, "colname") != NULL;

	if ((is_column || node_is(node, "segtitle")) &&
	    rank_of(checker, node) > rank_of(checker, section))
		report(checker,
		    is_column ? DIAG_COLUMN_CLASS : DIAG_LIST_TITLE_CLASS, node,
		    section);
}

/* The rows among the children of a section, or of what has none. */
static void
check_rows(struct checker *checker, const xmlNode *section)
{
	checker->count = 0;
	node_each_element(child, section) {
		check_counted(checker, child, section);
		if (!is_row(child))
			continue;
		*list_add(checker->rows, checker->count, checker->capacity) =
		    child;
	}
	for (size_t i = 0; i < checker->count; i++)
		check_row(checker, i);
}

int
classed_table_cells_check(const struct reaches *reaches,
    const struct book *book, struct diag *diag)
{
	static const char *const sections[] = { "tgroup", "entrytbl", "thead",
		"tbody", "tfoot", "table", "informaltable", "segmentedlist",
		NULL };
	struct checker checker = { .reaches = reaches,
		.book = book,
		.diag = diag };

	if (reaches->axes->clearance == AXIS_NONE)
		return 0;
	node_each(node, book_root(book))
		if (node->type == XML_ELEMENT_NODE &&
		    node_is_one_of(node, sections))
			check_rows(&checker, node);
	free(checker.rows);
	return checker.rc;
}
