/* project/table: what is left of a table of which cells, rows or columns are
 * for others, its spans counted anew. */
#include "tree.h"

#include "base/bits.h"
#include "project/project.h"

/* A handbook of an officer, cleared for res, and what it shows of the book. */
struct reader {
	struct tree tree;
	struct project project;
	struct handbook handbook;
	struct masks masks;
	struct edition edition;
	struct view view;
};

/* The masks of that one handbook, from the reaches. */
static void
show_to_officer(struct reader *reader)
{
	const struct reaches *reaches = &reader->tree.reaches;
	size_t axis = (size_t)reaches->axes->role;
	size_t officer = 1;

	reader->masks.words = 1;
	reader->masks.reach_count = reaches->all.count;
	reader->masks.bits =
	    mem_array(reaches->all.count, sizeof(*reader->masks.bits));
	for (uint32_t i = 0; i < reaches->all.count; i++)
		reader->masks.bits[i] =
		    bits_get(reach_leaves(reaches, axis,
				 reach_sets(reaches, i)[axis]),
			officer) &&
		    reach_rank(reaches, i) <= reader->handbook.clearance;
}

static void
reader_open(struct reader *reader, const char *content)
{
	memset(reader, 0, sizeof(*reader));
	assert_int_equal(tree_open(&reader->tree, tree_axes, content), 0);
	reader->project.axes = reader->tree.axes;
	reader->handbook.clearance = 2;
	show_to_officer(reader);
	reader->edition = (struct edition){ .project = &reader->project,
		.reaches = &reader->tree.reaches,
		.masks = &reader->masks,
		.diag = &reader->tree.diag };
	reader->view = (struct view){ .edition = &reader->edition,
		.handbook = &reader->handbook,
		.book = &reader->tree.book,
		.lang = "en" };
	copy_selected(&reader->view);
}

static void
reader_close(struct reader *reader)
{
	view_clear(&reader->view);
	free(reader->masks.bits);
	tree_close(&reader->tree);
}

/* --- a table as a line of text --- */

static void
add_attribute(struct buf *text, const xmlNode *node, const char *name,
    const char *mark)
{
	const char *value = node_attribute(node, name);

	if (value != NULL)
		buf_add_format(text, "%s%s", mark, value);
}

/* "a", or "_" if blank, and how far it goes: "a@c" begins in column c, "a:b-d" is from column b
 * to d, "a+1" goes a row further; of HTML "a x2" is two columns wide, "a y2"
 * two rows high. */
static void
add_cell(struct buf *text, const xmlNode *cell)
{
	char *words = node_text_dup(cell);

	buf_add_text(text, words[0] != '\0' ? words : "_");
	free(words);
	add_attribute(text, cell, "colname", "@");
	add_attribute(text, cell, "spanname", "?");
	add_attribute(text, cell, "namest", ":");
	add_attribute(text, cell, "nameend", "-");
	add_attribute(text, cell, "morerows", "+");
	add_attribute(text, cell, "colspan", " x");
	add_attribute(text, cell, "rowspan", " y");
}

/* Columns, then rows: "cols 2 .a .b / 1 2 / 3 4". */
static char *
draw(const xmlNode *root)
{
	struct buf text = { 0 };
	const xmlNode *node = root;

	while ((node = node_walk(node, root, true)) != NULL) {
		if (node_is(node, "tgroup"))
			add_attribute(&text, node, "cols", "cols ");
		if (node_is(node, "colspec"))
			add_attribute(&text, node, "colname", " .");
		if (node_is(node, "col") || node_is(node, "colgroup")) {
			buf_add_format(&text, " %s", (const char *)node->name);
			add_attribute(&text, node, "span", "*");
		}
		if (node_is(node, "row") || node_is(node, "tr"))
			buf_add_text(&text, " /");
		if (node_is(node, "entry") || node_is(node, "td")) {
			buf_add_char(&text, ' ');
			add_cell(&text, node);
		}
	}
	return buf_take(&text);
}

static void
mend_all(struct reader *reader)
{
	xmlNode *root = reader->view.root;

	for (xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true))
		if (node->type == XML_ELEMENT_NODE)
			table_mend(&reader->view, node);
}

/* --- tests --- */

#define TABLE(columns, specs, rows)                                            \
	"<informaltable><tgroup cols='" columns "'>" specs "<tbody>" rows      \
	"</tbody></tgroup></informaltable>"
#define WEB(cols, rows)                                                        \
	"<informaltable>" cols "<tbody>" rows "</tbody></informaltable>"
#define R(cells) "<row>" cells "</row>"
#define T(cells) "<tr>" cells "</tr>"
#define E(words) "<entry>" words "</entry>"
#define D(words) "<td>" words "</td>"
/* for others; above the clearance */
#define O(words) "<entry audience='edu'>" words "</entry>"
#define X(words) "<entry security='cas'>" words "</entry>"
#define RO(cells) "<row audience='edu'>" cells "</row>"
#define TO(cells) "<tr audience='edu'>" cells "</tr>"
#define NAMES                                                                  \
	"<colspec colname='a'/><colspec colname='b'/><colspec colname='c'/>"

struct table_row {
	const char *content;
	const char *left;
};

static void
check_rows(const struct table_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct reader reader;
		char *drawn;

		reader_open(&reader, rows[i].content);
		mend_all(&reader);
		drawn = draw(reader.view.root);
		CHECK_TEXT(drawn, rows[i].left, "%s", rows[i].content);
		free(drawn);
		reader_close(&reader);
	}
}

static void
cals_is_mended(void)
{
	static const struct table_row rows[] = {
		/* what lost nothing readable is as its author wrote it */
		{ TABLE("2", "", R(E("1") E("2"))), "cols 2 / 1 2" },
		/* a cell for others becomes a blank one */
		{ TABLE("3", "",
		      R(E("1") O("2") E("3")) R(E("4") E("5") E("6"))),
		    "cols 3 / 1 _ 3 / 4 5 6" },
		/* one above the clearance never was */
		{ TABLE("3", "",
		      R(E("1") X("2") E("3")) R(E("4") E("5") E("6"))),
		    "cols 3 / 1 3 / 4 5 6" },
		/* a column of which nothing is left goes */
		{ TABLE("3", NAMES,
		      R(E("1") O("2") E("3")) R(E("4") O("5") E("6"))),
		    "cols 2 .a .c / 1 3 / 4 6" },
		/* and a span across it is narrower */
		{ TABLE("3", NAMES,
		      R(E("1") O("2") E("3"))
			  R("<entry namest='a' nameend='c'>4</entry>")),
		    "cols 2 .a .c / 1 3 / 4:a-c" },
		{ TABLE("3", NAMES,
		      R(E("1") O("2") E("3"))
			  R("<entry namest='b' nameend='c'>4</entry>")),
		    "cols 2 .a .c / 1 3 / 4@c" },
		/* one that spans nothing else keeps its first column */
		{ TABLE("3", NAMES,
		      R(E("1") O("2") O("3"))
			  R(E("0") "<entry namest='b' nameend='c'>4</entry>")),
		    "cols 2 .a .b / 1 _ / 0 4" },
		/* a spanspec is written out */
		{ TABLE("3",
		      NAMES "<spanspec spanname='s' namest='a' nameend='b'/>",
		      R(O("1") E("2") E("3"))
			  R("<entry spanname='s'>4</entry>" E("5"))),
		    "cols 2 .b .c / 2 3 / 4 5" },
		/* where a name says so, a cell begins later */
		{ TABLE("3", NAMES,
		      R(O("1") "<entry colname='c'>2</entry>")
			  R(E("3") E("4") E("5"))),
		    "cols 3 .a .b .c / _ 2@c / 3 4 5" },
		/* a row inside of a cell that reaches down */
		{ TABLE("2", "",
		      R("<entry morerows='2'>1</entry>" E("2")) RO(E("3"))
			  R(E("4"))),
		    "cols 2 .c2 / 1+1 2 / 4@c2" },
		/* the row in which such a cell begins */
		{ TABLE("2", "",
		      RO("<entry morerows='1'>1</entry>" E("2")) R(E("3"))),
		    "cols 1 / 3" },
		/* it reaches no further than its section */
		{ TABLE("2", "",
		      R("<entry morerows='9'>1</entry>" E("2")) R(E("3"))),
		    "cols 2 .c2 / 1+1 2 / 3@c2" },
		/* a row of none but cells for others */
		{ TABLE("2", "", R(E("1") E("2")) R(O("3") O("4"))),
		    "cols 2 / 1 2" },
	};

	check_rows(rows, COUNT(rows));
}

static void
html_is_mended(void)
{
	static const struct table_row rows[] = {
		/* whole; a blank; a narrower span, and its col goes too */
		{ WEB("", T(D("1") D("2"))), " / 1 2" },
		{ WEB("",
		      T(D("1") "<td audience='edu'>2</td>" D("3"))
			  T(D("4") D("5") D("6"))),
		    " / 1 _ 3 / 4 5 6" },
		{ WEB("<col/><col/><col/>",
		      T(D("1") "<td audience='edu'>2</td>" D("3"))
			  T("<td colspan='3'>4</td>")),
		    " col col / 1 3 / 4 x2" },
		/* a col of several columns is one less wide */
		{ WEB("<col span='2'/><col/>",
		      T("<td audience='edu'>1</td>" D("2") D("3"))),
		    " col col / 2 3" },
		{ WEB("<colgroup><col/></colgroup><colgroup span='2'/>",
		      T("<td audience='edu'>1</td>" D("2") D("3"))),
		    " colgroup*2 / 2 3" },
		/* rows that are gone do not count; 0 is to the end */
		{ WEB("",
		      T("<td rowspan='3'>1</td>" D("2")) TO(D("3")) T(D("4"))),
		    " / 1 y2 2 / 4" },
		{ WEB("",
		      T("<td rowspan='0'>1</td>" D("2")) TO(D("3")) T(D("4"))),
		    " / 1 y2 2 / 4" },
		/* a wide one for others is a wide blank; above, nothing */
		{ WEB("",
		      T("<td colspan='2' audience='edu'>1</td>" D("2"))
			  T(D("3") D("4") D("5"))),
		    " / _ x2 2 / 3 4 5" },
		{ WEB("",
		      T("<td colspan='2' security='cas'>1</td>" D("2"))
			  T(D("3") D("4") D("5"))),
		    " / 2 / 3 4 5" },
	};

	check_rows(rows, COUNT(rows));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(cals_is_mended),
		UNIT(html_is_mended),
	};

	return cmocka_run_group_tests_name("project/table", tests, tree_start,
	    NULL);
}
