/*
 * Marks classes in the text: v:mark, "RESTRICTED", on the first element in a
 * classed one that can begin with it; on a page of a draft that word too.
 * Invariant: a class is marked once, in its own element, before its words.
 */
#include "link.h"

#include "base/alloc.h"
#include "model/ui.h"

/* A class that no text has said yet. */
struct mark {
	const char *label; /* NULL: none waits */
	bool is_page;
};

/* Elements that may begin with the mark of a class. */
static const char *const holders[] = { "title", "para", "simpara", "term",
	"glossterm", "member", "bibliomixed", "phrase", "emphasis",
	"literallayout", "programlisting", "screen", "seg", "refentrytitle",
	NULL };

/* Their words may be C's, who says nothing of a class. */
static const char *const citations[] = { "biblioref", "coref", "glosssee",
	"glossseealso", "link", "olink", "xref", NULL };

static void
take_label(const struct view *view, const xmlNode *node, struct mark *mark)
{
	const char *label = node_vade_attribute(node, "class-label");
	bool is_page = node_vade_attribute(node, "page") != NULL;

	if (label != NULL)
		*mark = (struct mark){ label, is_page };
	else if (is_page && view->edition->mode == MODE_DRAFT)
		*mark = (struct mark){ "", is_page };
}

static void
set_mark(const struct view *view, xmlNode *node, struct mark *mark)
{
	bool is_draft = mark->is_page && view->edition->mode == MODE_DRAFT;
	owned char *text =
	    mem_format("%s%s%s", is_draft ? ui_word(view->lang, "draft") : "",
		is_draft && mark->label[0] != '\0' ? " · " : "", mark->label);

	view_set_vade(view, node, "mark", text);
	mark->label = NULL;
}

static void
mark_in(struct view *view, xmlNode *node, struct mark *mark)
{
	bool is_plain = node_is(node, NULL) && !node_is_one_of(node, citations);

	if (is_plain)
		take_label(view, node, mark);
	if (is_plain && mark->label != NULL && node_is_one_of(node, holders))
		set_mark(view, node, mark);
	node_each_child(child, node)
		if (node_is(child, "footnote")) /* a text of its own */
			mark_in(view, child, &(struct mark){ NULL, false });
		else if (child->type == XML_ELEMENT_NODE &&
		    child->ns != view->vade)
			mark_in(view, child, mark);
	/* Nothing in it could carry it. */
	if ((element_facts(&view->memo, node) & ELEMENT_CONTAINER) != 0)
		mark->label = NULL;
}

void
class_mark_place(struct view *view)
{
	struct mark mark = { NULL, false };

	if (view->root != NULL)
		mark_in(view, view->root, &mark);
}
