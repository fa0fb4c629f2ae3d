/* select/step_labels: labels that stay the same for every reader. */
#include "tree.h"

/* The labels of all steps, in document order. */
static char *
labels(const struct tree *tree)
{
	xmlNode *root = xmlDocGetRootElement(tree->book.doc);
	struct buf text = { 0 };

	for (xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true))
		if (node_is(node, "step"))
			buf_add_format(&text, "%s%s", text.size ? " " : "",
			    step_labels_get(&tree->book, node));
	return buf_take(&text);
}

#define S "<step/>"
#define P "<step security='pub'/>"
#define R "<step security='res'/>"
#define C "<step security='cas'/>"
#define PROC(inside) "<procedure>" inside "</procedure>"
#define SUB(inside) "<step><substeps>" inside "</substeps></step>"
#define ALT(inside)                                                            \
	"<step><stepalternatives v:decision='yes'>" inside                     \
	"</stepalternatives></step>"

static void
labels_are_these(void)
{
	static const struct {
		const char *content;
		const char *labels;
	} rows[] = {
		{ "<para/>", "" },
		{ PROC(S S S), "1 2 3" },
		/* a higher class has its own series after the last base step*/
		{ PROC(S R C C S), "1 1-R1 1-C1 1-C2 2" },
		{ PROC(R S), "0-R1 1" },
		{ PROC(R C R S), "0-R1 0-C1 0-R2 1" },
		{ PROC(S R S R), "1 1-R1 2 2-R1" },
		{ PROC(S C R C R S), "1 1-C1 1-R1 1-C2 1-R2 2" },
		{ PROC(C C), "0-C1 0-C2" },
		/* a class without a mark is written out */
		{ PROC(S "<step security='int'/>" S), "1 1-int1 2" },
		/* the base class is the procedure's own */
		{ "<procedure security='res'>" S R C S "</procedure>",
		    "1 2 2-C1 3" },
		{ "<chapter security='res'>" PROC(S R C S) "</chapter>",
		    "1 2 2-C1 3" },
		/* a lower class is raised to it */
		{ "<procedure security='res'>" P S "</procedure>", "1 2" },
		{ "<procedure security='cas'>" R C "</procedure>", "1 2" },
		/* substeps: of the step's class */
		{ PROC(S SUB(S S) S), "1 2 2.1 2.2 3" },
		{ PROC(SUB(S R S)), "1 1.1 1.1-R1 1.2" },
		{ PROC(SUB(R S)), "1 1.0-R1 1.1" },
		{ PROC(SUB(SUB(S S) S)), "1 1.1 1.1.1 1.1.2 1.2" },
		{ PROC(S "<step security='res'><substeps>" S C R
			 "</substeps></step>" S),
		    "1 1-R1 1-R1.1 1-R1.1-C1 1-R1.2 2" },
		/* branches of a decision */
		{ PROC(S S S S ALT(S S S) S), "1 2 3 4 5 5a 5b 5c 6" },
		{ PROC(ALT(S R S)), "1 1a 1a-R1 1b" },
		{ PROC(ALT("<step><substeps>" S S "</substeps></step>" S)),
		    "1 1a 1a.1 1a.2 1b" },
		{ PROC(ALT("<step><substeps>" R "</substeps></step>")),
		    "1 1a 1a.0-R1" },
		/* 5.0-R1: 5-R1 is a step, and 5-R1a the first branch of that */
		{ PROC(ALT(R C S R)), "1 1.0-R1 1.0-C1 1a 1a-R1" },
		{ PROC(S "<step security='res'><stepalternatives>" S C
			 "</stepalternatives></step>"),
		    "1 1-R1 1-R1a 1-R1a-C1" },
		/* of a branch: 1aa is the twenty-seventh of step 1 */
		{ PROC(ALT(ALT(S S) S)), "1 1a 1a.a 1a.b 1b" },
		{ PROC(ALT(S ALT(R))), "1 1a 1b 1b.0-R1" },
		{ PROC(ALT(S R S S S S S S S S S S S S S S S S S S S S S S S S S
			  S S S)),
		    "1 1a 1a-R1 1b 1c 1d 1e 1f 1g 1h 1i 1j 1k 1l 1m 1n 1o 1p "
		    "1q 1r 1s 1t 1u 1v 1w 1x 1y 1z 1aa 1ab 1ac" },
		/* and all alternatives, a decision or not */
		{ PROC("<step><stepalternatives>" S S
		       "</stepalternatives></step>"),
		    "1 1a 1b" },
		/* each procedure counts for itself */
		{ PROC(S S) PROC(S), "1 2 1" },
		{ PROC("<step>" PROC(S S) "</step>" S), "1 1 2 2" },
		/* what is no step is not counted */
		{ PROC("<title>t</title><para/>" S "<warning/>" S), "1 2" },
		{ PROC(S "<step xmlns='urn:x'/>" S), "1 2" },
		/* who may read a step moves no label */
		{ PROC(S "<step audience='edu'/>" S), "1 2 3" },
		{ PROC(S "<step audience='edu' security='res'/>" S
			 "<step audience='fire' security='res'/>"),
		    "1 1-R1 2 2-R1" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct tree tree;
		int rc = tree_open(&tree, tree_axes, rows[i].content);
		char *text;

		CHECK(rc == 0, "%s: %s", rows[i].content,
		    unit_codes(&tree.diag));
		step_labels_compute(&tree.reaches, &tree.book);
		text = labels(&tree);
		CHECK_TEXT(text, rows[i].labels, "%s", rows[i].content);
		free(text);
		tree_close(&tree);
	}
}

static void
other_elements_have_no_label(void)
{
	struct tree tree;

	tree_open(&tree, tree_axes,
	    "<procedure xml:id='p'><step xml:id='s'><para xml:id='x'/></step>"
	    "</procedure>");
	step_labels_compute(&tree.reaches, &tree.book);
	CHECK_TEXT(step_labels_get(&tree.book, book_find_id(&tree.book, "p")),
	    "", "a procedure");
	CHECK_TEXT(step_labels_get(&tree.book, book_find_id(&tree.book, "x")),
	    "", "a paragraph");
	CHECK_TEXT(step_labels_get(&tree.book, book_find_id(&tree.book, "s")),
	    "1", "a step");
	tree_close(&tree);
}

/* Steps above a reader's class, put anywhere, move nothing that he sees. */
static void
higher_steps_move_no_lower_label(void)
{
	static const char *const higher[] = { "", R, C, R C, C C R };
	static const char want[] = "1 1-int1 2 2.1 2.2 3 3a 3b";

	for (size_t i = 0; i < COUNT(higher) * COUNT(higher); i++) {
		const char *a = higher[i % COUNT(higher)];
		const char *b = higher[i / COUNT(higher)];
		char *content = mem_format(
		    "<procedure>%s<step/>%s<step security='int'/>%s<step>"
		    "<substeps>%s<step/>%s<step/>%s</substeps></step>%s<step>"
		    "<stepalternatives>%s<step/>%s<step/></stepalternatives>"
		    "</step>%s</procedure>",
		    a, b, a, b, a, b, b, a, b, a);
		struct tree tree;
		struct buf seen = { 0 };
		xmlNode *root;

		tree_open(&tree, tree_axes, content);
		step_labels_compute(&tree.reaches, &tree.book);
		root = xmlDocGetRootElement(tree.book.doc);
		for (xmlNode *node = root; node != NULL;
		     node = node_walk(node, root, true)) {
			if (!node_is(node, "step") ||
			    reach_rank(&tree.reaches,
				book_element(&tree.book, node)->reach) > 1)
				continue;
			buf_add_format(&seen, "%s%s", seen.size ? " " : "",
			    step_labels_get(&tree.book, node));
		}
		CHECK_TEXT(buf_text(&seen), want, "row %zu: %s", i, content);
		buf_clear(&seen);
		tree_close(&tree);
		free(content);
	}
}

static void
without_classes_steps_are_counted(void)
{
	static const char axes[] =
	    "<axes xmlns='urn:vademecum:axes:1'>"
	    "<axis id='system' attribute='os' kind='set'>"
	    "<value id='linux'/><value id='bsd'/></axis></axes>";
	struct tree tree;
	char *text;

	tree_open(&tree, axes,
	    PROC(S "<step security='cas' os='bsd'/>" ALT(S S)));
	step_labels_compute(&tree.reaches, &tree.book);
	text = labels(&tree);
	CHECK_TEXT(text, "1 2 3 3a 3b", "labels");
	free(text);
	tree_close(&tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(labels_are_these),
		UNIT(other_elements_have_no_label),
		UNIT(higher_steps_move_no_lower_label),
		UNIT(without_classes_steps_are_counted),
	};

	return cmocka_run_group_tests_name("select/step_labels", tests,
	    tree_start, NULL);
}
