/*
 * Links that would have nothing to say: those without words of their own to
 * what a reader of the link may not read (DESIGN section 6).
 * Invariant: a link that passes says something in every handbook that shows
 * it, and never the title of what is above the clearance.
 */

#include "base/alloc.h"
#include "check/check.h"

/* The public summaries of a book: a procedure's id to the section. */
static void
collect_summaries(const struct book *book, struct map *summaries)
{
	node_each(node, book_root(book)) {
		const char *of = node->type == XML_ELEMENT_NODE
		    ? node_vade_attribute(node, "summary-of")
		    : NULL;

		if (of != NULL)
			map_put_text(summaries, of, NULL)->value =
			    (uint32_t)(uintptr_t)node->_private;
	}
}

/* Does the link speak only through its target? */
static bool
needs_target(const xmlNode *node)
{
	return (node_is(node, "xref") || node_is(node, "biblioref") ||
		   node_is(node, "link")) &&
	    node->children == NULL && node_attribute(node, "linkend") &&
	    node_vade_attribute(node, "else") == NULL &&
	    node_attribute(node, "xreflabel") == NULL;
}

/* The first handbook that shows the link but may not name its target. */
static const struct handbook *
find_puzzled(const struct edition *edition, const struct book *book,
    const xmlNode *link, const xmlNode *target, const struct map *summaries)
{
	const struct project *project = edition->project;
	uint32_t reach = book_element(book, link)->reach;
	int rank =
	    reach_rank(edition->reaches, book_element(book, target)->reach);
	const struct map_entry *summary =
	    map_get_text(summaries, node_id(target));

	for (size_t h = 0; h < project->handbook_count; h++) {
		const struct handbook *handbook = &project->handbooks[h];

		if (rank <= handbook->clearance ||
		    !masks_show(edition->masks, reach, h))
			continue;
		if (summary != NULL &&
		    masks_show(edition->masks,
			book->elements[summary->value].reach, h))
			continue;
		return handbook;
	}
	return NULL;
}

static void
check_book(const struct edition *edition, const struct book *book)
{
	struct diag *diag = edition->diag;
	scoped(map_clear) struct map summaries = { 0 };

	collect_summaries(book, &summaries);
	node_each(node, book_root(book)) {
		const struct handbook *handbook;
		const xmlNode *target;

		if (!needs_target(node))
			continue;
		target = book_find_id(book, node_attribute(node, "linkend"));
		handbook = target == NULL
		    ? NULL
		    : find_puzzled(edition, book, node, target, &summaries);
		if (handbook != NULL)
			diag_report_related(diag, DIAG_LINK_UNREADABLE,
			    source_attribute_place(diag->sources,
				book_place(book, node), "linkend", NULL),
			    source_tag_place(diag->sources,
				book_place(book, target)),
			    node_id(target), handbook->id, NULL);
	}
}

/* Linear in nodes times handbooks of a link. */
void
wordless_links_check(struct checks *checks)
{
	const struct edition *edition = checks->edition;

	for (size_t i = 0; i < edition->project->tree_count; i++)
		check_book(edition, &edition->books[i]);
}
