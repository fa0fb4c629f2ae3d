/* select/element_readers: who may read an element, from its and its ancestors'
 * attributes. */
#include "tree.h"

#include "base/bits.h"

/* Adds the leaves of an axis: "0", ".", in order. */
static void
add_leaves(struct buf *text, const struct tree *tree, size_t axis, uint32_t set)
{
	const uint64_t *leaves = reach_leaves(&tree->reaches, axis, set);

	for (size_t i = 0; i < tree->axes.axes[axis].value_count; i++)
		buf_add_char(text, bits_get(leaves, i) ? (char)('0' + i) : '.');
}

/* "012345 012 int! low": role, stage, class ('!' if stated), urgency. */
static char *
reach_text(const struct tree *tree, const char *id)
{
	const xmlNode *node = book_find_id(&tree->book, id);
	struct buf text = { 0 };
	uint32_t reach;
	const uint32_t *sets;
	const uint64_t *urgency;
	size_t rank = 0;

	assert_non_null(node);
	reach = book_element(&tree->book, node)->reach;
	sets = reach_sets(&tree->reaches, reach);
	add_leaves(&text, tree, 0, sets[0]);
	buf_add_char(&text, ' ');
	add_leaves(&text, tree, 1, sets[1]);
	buf_add_format(&text, " %s%s",
	    tree->axes.axes[2].values[reach_rank(&tree->reaches, reach)].id,
	    sets[2] & 1 ? "!" : "");
	urgency = reach_leaves(&tree->reaches, 3, sets[3]);
	while (!bits_get(urgency, rank))
		rank++;
	buf_add_format(&text, " %s", tree->axes.axes[3].values[rank].id);
	return buf_take(&text);
}

static void
a_child_only_narrows(void)
{
	static const struct {
		const char *content; /* the element asked about is 'x' */
		const char *reach;
	} rows[] = {
		/* nothing said: everybody, the lowest class */
		{ "<para xml:id='x'/>", "012345 012 pub low" },
		{ "<para audience='police' xml:id='x'/>",
		    "012... 012 pub low" },
		{ "<para audience='=police' xml:id='x'/>",
		    "0..... 012 pub low" },
		{ "<para audience='!police' xml:id='x'/>",
		    "...345 012 pub low" },
		{ "<para audience='field' xml:id='x'/>", ".1.34. 012 pub low" },
		{ "<para condition='oper;plan' xml:id='x'/>",
		    "012345 0.2 pub low" },
		{ "<para condition='!oper' xml:id='x'/>",
		    "012345 01. pub low" },
		{ "<para security='res' xml:id='x'/>", "012345 012 res! low" },
		{ "<para security='pub' xml:id='x'/>", "012345 012 pub! low" },
		{ "<para v:urgency='mid' xml:id='x'/>", "012345 012 pub mid" },
		{ "<para audience='fire' condition='plan' security='cas' "
		  "v:urgency='high' xml:id='x'/>",
		    "...34. 0.. cas! high" },
		/* inherited */
		{ "<chapter audience='police' condition='oper' "
		  "security='int' v:urgency='mid'><section><para xml:id='x'/>"
		  "</section></chapter>",
		    "012... ..2 int! mid" },
		/* intersected, whichever of the two is wider */
		{ "<chapter audience='police'><para audience='officer fire' "
		  "xml:id='x'/></chapter>",
		    ".1.... 012 pub low" },
		{ "<chapter audience='officer'><para audience='police' "
		  "xml:id='x'/></chapter>",
		    ".1.... 012 pub low" },
		{ "<chapter audience='police'><para audience='!school' "
		  "xml:id='x'/></chapter>",
		    "01.... 012 pub low" },
		{ "<chapter audience='!school'><section audience='police'>"
		  "<para audience='=police school' xml:id='x'/></section>"
		  "</chapter>",
		    "0..... 012 pub low" },
		/* a set that comes out empty by inheritance reaches nobody */
		{ "<chapter audience='police'><para audience='fire' "
		  "xml:id='x'/></chapter>",
		    "...... 012 pub low" },
		{ "<chapter audience='police'><section audience='fire'>"
		  "<para audience='police' xml:id='x'/></section></chapter>",
		    "...... 012 pub low" },
		/* the higher of two classes */
		{ "<chapter security='int'><para security='cas' xml:id='x'/>"
		  "</chapter>",
		    "012345 012 cas! low" },
		{ "<chapter security='cas'><para security='int' xml:id='x'/>"
		  "</chapter>",
		    "012345 012 cas! low" },
		{ "<chapter security='res'><para security='res' xml:id='x'/>"
		  "</chapter>",
		    "012345 012 res! low" },
		{ "<chapter v:urgency='high'><para v:urgency='mid' "
		  "xml:id='x'/></chapter>",
		    "012345 012 pub high" },
		{ "<chapter v:urgency='low'><para v:urgency='mid' "
		  "xml:id='x'/></chapter>",
		    "012345 012 pub mid" },
		/* a brother says nothing about a brother */
		{ "<chapter><para audience='fire' security='cas'/>"
		  "<para xml:id='x'/></chapter>",
		    "012345 012 pub low" },
		{ "<chapter audience='fire'/><chapter><para xml:id='x'/>"
		  "</chapter>",
		    "012345 012 pub low" },
		/* the attribute of another namespace, or of none, is another*/
		{ "<para urgency='high' xml:id='x'/>", "012345 012 pub low" },
		{ "<para xmlns:w='urn:x' w:urgency='high' xml:id='x'/>",
		    "012345 012 pub low" },
		{ "<para xmlns:w='urn:vademecum:1' w:urgency='high' "
		  "xml:id='x'/>",
		    "012345 012 pub high" },
		/* an element of any namespace carries the axes */
		{ "<s xmlns='urn:x' audience='fire' xml:id='x'/>",
		    "...34. 012 pub low" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct tree tree;
		int rc = tree_open(&tree, tree_axes, rows[i].content);
		char *text = reach_text(&tree, "x");

		CHECK(rc == 0 && tree.diag.count == 0, "%s: %s",
		    rows[i].content, unit_codes(&tree.diag));
		CHECK_TEXT(text, rows[i].reach, "%s", rows[i].content);
		free(text);
		tree_close(&tree);
	}
}

#define STEPS "<procedure><step/></procedure>"

static void
a_task_is_for_those_who_act(void)
{
	static const struct {
		const char *content;
		const char *reach;
	} rows[] = {
		{ "<task xml:id='x' v:lead='officer' security='int'>" STEPS
		  "</task>",
		    ".1.... 012 int! low" },
		{ "<task xml:id='x' v:lead='police' security='int'>" STEPS
		  "</task>",
		    "012... 012 int! low" },
		{ "<task xml:id='x' v:lead='=police' security='int'>" STEPS
		  "</task>",
		    "0..... 012 int! low" },
		{ "<task xml:id='x' v:lead='field' security='int'>" STEPS
		  "</task>",
		    ".1.34. 012 int! low" },
		{ "<task xml:id='x' v:lead='officer' v:with='chief edu' "
		  "v:informed='school' security='int'>" STEPS "</task>",
		    ".12.45 012 int! low" },
		/* a partner takes part without reading it */
		{ "<task xml:id='x' v:lead='officer' v:partner='fire court' "
		  "security='int'>" STEPS "</task>",
		    ".1.... 012 int! low" },
		/* an explicit audience replaces that */
		{ "<task xml:id='x' v:lead='officer' v:with='edu' "
		  "audience='police' security='int'>" STEPS "</task>",
		    "012... 012 int! low" },
		/* below a parent that is wide enough */
		{ "<chapter audience='police edu'><task xml:id='x' "
		  "v:lead='officer' v:with='edu' security='int'>" STEPS
		  "</task></chapter>",
		    ".1...5 012 int! low" },
		/* nothing inside the task adds readers */
		{ "<task v:lead='officer' security='int'><procedure>"
		  "<step v:actor='fire' v:to='edu' audience='police fire' "
		  "xml:id='x'/></procedure></task>",
		    ".1.... 012 int! low" },
		/* a class that is inherited is a class */
		{ "<chapter security='pub'><task xml:id='x' v:lead='edu'>" STEPS
		  "</task></chapter>",
		    ".....5 012 pub! low" },
		/* only DocBook's task is one */
		{ "<task xmlns='urn:x' xml:id='x'/>", "012345 012 pub low" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct tree tree;
		int rc = tree_open(&tree, tree_axes, rows[i].content);
		char *text = reach_text(&tree, "x");

		CHECK(rc == 0 && tree.diag.count == 0, "%s: %s",
		    rows[i].content, unit_codes(&tree.diag));
		CHECK_TEXT(text, rows[i].reach, "%s", rows[i].content);
		free(text);
		tree_close(&tree);
	}
}

static void
mistakes_fail_closed(void)
{
	static const struct {
		const char *content;
		const char *codes;
	} rows[] = {
		{ "<para audience='polise'/>", "V0201" },
		{ "<para audience='police polise'/>", "V0201" },
		{ "<para audience=''/>", "V0202" },
		{ "<para audience=' ; '/>", "V0202" },
		{ "<para audience='police !police'/>", "V0203" },
		{ "<para audience='=field'/>", "V0204" },
		{ "<para audience='court'/>", "V0208" },
		{ "<para condition='=none'/>", "V0201" },
		{ "<para security='secret'/>", "V0201" },
		{ "<para security=''/>", "V0202" },
		{ "<para security='pub int'/>", "V0204" },
		{ "<para security='!pub'/>", "V0204" },
		{ "<para v:urgency='=low'/>", "V0204" },
		{ "<para v:urgency='soon'/>", "V0201" },
		/* an attribute of ours that means nothing */
		{ "<para v:audience='police'/>", "V0209" },
		{ "<para v:os='linux'/>", "V0209" },
		/* every place is reported, the same mistake or not */
		{ "<para audience='polise'/><para audience='polise'/>",
		    "V0201 V0201" },
		{ "<para audience='polise' security='x'/>", "V0201 V0201" },
		/* what is wrong inside a part that nobody reads is wrong */
		{ "<chapter audience='police'><section audience='fire'>"
		  "<para audience='polise'/></section></chapter>",
		    "V0201" },
		/* tasks, forms and guidelines need a class */
		{ "<task v:lead='edu'>" STEPS "</task>", "V0205" },
		{ "<section role='form'/>", "V0205" },
		{ "<section role='guideline'/>", "V0205" },
		{ "<section role='other'/>", "" },
		{ "<section role='form' security='pub'/>", "" },
		{ "<chapter security='pub'><section role='form'/></chapter>",
		    "" },
		/* a lead is one role or group */
		{ "<task security='int'>" STEPS "</task>", "V0301" },
		{ "<task v:lead='' security='int'>" STEPS "</task>", "V0301" },
		{ "<task v:lead='edu fire' security='int'>" STEPS "</task>",
		    "V0301" },
		{ "<task v:lead='nobody' security='int'>" STEPS "</task>",
		    "V0201" },
		{ "<task v:lead='!edu' security='int'>" STEPS "</task>",
		    "V0204" },
		{ "<task v:lead='court' security='int'>" STEPS "</task>",
		    "V0208" },
		{ "<task v:lead='edu' v:with='' security='int'>" STEPS
		  "</task>",
		    "V0202" },
		{ "<task v:lead='edu' v:informed='!fire' security='int'>" STEPS
		  "</task>",
		    "V0204" },
		/* wrong readers are wrong although an audience replaces them*/
		{ "<task v:lead='edu' v:with='nobody' audience='edu' "
		  "security='int'>" STEPS "</task>",
		    "V0201" },
		/* an ancestor that would silently drop one who acts */
		{ "<chapter audience='police'><task v:lead='officer' "
		  "v:with='edu' security='int'>" STEPS "</task></chapter>",
		    "V0207" },
		{ "<chapter audience='officer'><task v:lead='police' "
		  "security='int'>" STEPS "</task></chapter>",
		    "V0207" },
		{ "<chapter audience='fire'><task v:lead='edu' "
		  "security='int'>" STEPS "</task></chapter>",
		    "V0207" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct tree tree;
		int rc = tree_open(&tree, tree_axes, rows[i].content);

		CHECK_TEXT(unit_codes(&tree.diag), rows[i].codes, "%s",
		    rows[i].content);
		CHECK((rc == 0) == (rows[i].codes[0] == '\0'), "%s: %d",
		    rows[i].content, rc);
		tree_close(&tree);
	}
}

static void
an_attribute_of_no_axis_is_a_warning_once(void)
{
	static const struct {
		const char *content;
		const char *codes;
	} rows[] = {
		{ "<para os='linux'/>", "V0206" },
		{ "<para os='linux'/><para os='bsd'/>", "V0206" },
		{ "<para os='linux' arch='x'/>", "V0206 V0206" },
		{ "<para userlevel='S'/>", "V0206" },
		{ "<para role='x'/>", "" },
		{ "<para audience='edu' condition='plan' security='pub'/>",
		    "" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct tree tree;

		CHECK(tree_open(&tree, tree_axes, rows[i].content) == 0,
		    "%s is read", rows[i].content);
		CHECK_TEXT(unit_codes(&tree.diag), rows[i].codes, "%s",
		    rows[i].content);
		tree_close(&tree);
	}
}

/* Without a role axis a task is an element like others; without a clearance
 * axis nothing has a class. */
static void
a_project_may_have_other_axes(void)
{
	static const char axes[] =
	    "<axes xmlns='urn:vademecum:axes:1'>"
	    "<axis id='system' attribute='os' kind='set'>"
	    "<value id='linux'/><value id='bsd'/></axis></axes>";
	const struct element *element;
	struct tree tree;
	int rc = tree_open(&tree, axes,
	    "<task xml:id='x'>" STEPS "</task><para os='bsd' xml:id='y'/>");

	CHECK(rc == 0, "%s", unit_codes(&tree.diag));
	element = book_element(&tree.book, book_find_id(&tree.book, "x"));
	CHECK(element->reach == 0, "the task is for all: %u", element->reach);
	CHECK(reach_rank(&tree.reaches, element->reach) == 0, "no class");
	element = book_element(&tree.book, book_find_id(&tree.book, "y"));
	CHECK(reach_leaves(&tree.reaches, 0,
		  reach_sets(&tree.reaches, element->reach)[0])[0] == 2,
	    "bsd");
	tree_close(&tree);
}

/* Equal combinations are one reach, however they came about. */
static void
equal_reaches_are_one(void)
{
	static const char *const same[] = { "b", "c", "d" };
	struct tree tree;
	uint32_t reach;

	assert_int_equal(tree_open(&tree, tree_axes,
			     "<para xml:id='a' audience='police fire'/>"
			     "<para xml:id='b' audience='fire'/>"
			     "<para xml:id='c' audience=' fire;fire '/>"
			     "<chapter audience='police fire'><para xml:id='d' "
			     "audience='!police'/></chapter>"),
	    0);
	reach = book_element(&tree.book, book_find_id(&tree.book, "b"))->reach;
	for (size_t i = 0; i < COUNT(same); i++)
		CHECK(
		    book_element(&tree.book, book_find_id(&tree.book, same[i]))
			    ->reach == reach,
		    "%s", same[i]);
	CHECK(book_element(&tree.book, book_find_id(&tree.book, "a"))->reach !=
		reach,
	    "a is another");
	CHECK(tree.reaches.all.count == 3, "%zu reaches",
	    tree.reaches.all.count);
	tree_close(&tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(a_child_only_narrows),
		UNIT(a_task_is_for_those_who_act),
		UNIT(mistakes_fail_closed),
		UNIT(an_attribute_of_no_axis_is_a_warning_once),
		UNIT(a_project_may_have_other_axes),
		UNIT(equal_reaches_are_one),
	};

	return cmocka_run_group_tests_name("select/element_readers", tests,
	    tree_start, NULL);
}
