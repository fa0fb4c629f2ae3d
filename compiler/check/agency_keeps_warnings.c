/*
 * What an agency must leave as it is: the warnings and safeguards of every
 * procedure that it shows. Used by the front.
 * Invariant: a handbook of its edition that shows a procedure shows each of
 * its warnings that the base edition shows there.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "check/check.h"
#include "filter/protected.h"

/* What a reader must not have without its warnings: the procedure around it,
 * else what holds it. */
static const xmlNode *
scope_of(const xmlNode *node)
{
	for (const xmlNode *up = node->parent; up != NULL; up = up->parent)
		if (up->type == XML_ELEMENT_NODE && node_is(up, "task"))
			return up;
	return node->parent->type == XML_ELEMENT_NODE ? node->parent : node;
}

static int
check_node(const struct edition *edition, const struct masks *base,
    const struct book *book, const xmlNode *node)
{
	const struct project *project = edition->project;
	uint32_t reach = book_element(book, node)->reach;
	uint32_t scope = book_element(book, scope_of(node))->reach;

	for (size_t h = 0; h < project->handbook_count; h++)
		if (masks_show(edition->masks, scope, h) &&
		    masks_show(base, reach, h) &&
		    !masks_show(edition->masks, reach, h))
			return diag_report_related(edition->diag,
			    DIAG_AGENCY_WARNING,
			    source_tag_place(edition->sources,
				book_place(book, node)),
			    project->agency->place, project->handbooks[h].id,
			    NULL);
	return 0;
}

/* --- local instructions --- */

/* The box that load/agency_additions.c made of an instruction. */
static bool
is_instruction(const struct edition *edition, const struct book *book,
    const xmlNode *node)
{
	const char *local = edition->project->agency->local;
	const struct source *source =
	    local != NULL && node_has_role(node, "sidebar", "local")
	    ? sources_get(edition->sources, book_place(book, node).file)
	    : NULL;

	return source != NULL && strcmp(source->path, local) == 0;
}

/* A handbook that shows an element; SIZE_MAX if none does. */
static size_t
find_reader(const struct edition *edition, const struct book *book,
    const xmlNode *node)
{
	uint32_t reach = book_element(book, node)->reach;

	for (size_t h = 0; h < edition->project->handbook_count; h++)
		if (masks_show(edition->masks, reach, h))
			return h;
	return SIZE_MAX;
}

/* An instruction that nobody reads would be lost without a word, while some
 * handbook shows what it belongs to. */
static int
check_instruction(const struct edition *edition, const struct book *book,
    const xmlNode *box)
{
	size_t reader = find_reader(edition, book, box->parent);

	if (reader == SIZE_MAX || find_reader(edition, book, box) != SIZE_MAX)
		return 0;
	return diag_report_related(edition->diag, DIAG_LOCAL_UNREAD,
	    source_tag_place(edition->sources, book_place(book, box)),
	    source_tag_place(edition->sources, book_place(book, box->parent)),
	    edition->project->handbooks[reader].id, NULL);
}

/* --- all --- */

static int
check_book(const struct edition *edition, const struct masks *base,
    const struct book *book)
{
	int rc = 0;

	node_each(node, book_root(book)) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		if (protected_warns(node))
			rc |= check_node(edition, base, book, node);
		if (is_instruction(edition, book, node))
			rc |= check_instruction(edition, book, node);
	}
	return rc;
}

/* The project as it is without the agency: its own filters, and handbooks of
 * the values that they had. The caller frees handbooks and their values. */
static struct project
without_agency(const struct project *project)
{
	const struct agency *agency = project->agency;
	struct project base = *project;

	base.filter_count = agency->base_filters;
	base.handbooks =
	    mem_array(project->handbook_count, sizeof(*base.handbooks));
	for (size_t h = 0; h < project->handbook_count; h++) {
		struct handbook *handbook = &base.handbooks[h];

		*handbook = project->handbooks[h];
		handbook->values =
		    mem_array(project->axes.count + 1, sizeof(uint64_t *));
		for (size_t i = 0; i < project->axes.count; i++)
			handbook->values[i] = (int)i == agency->adopted_axis
			    ? handbook->unadopted
			    : project->handbooks[h].values[i];
	}
	return base;
}

/* Compares the masks with those of the project without the agency's adoption
 * and filters. Linear in elements. */
void
agency_keeps_warnings_check(struct checks *checks)
{
	const struct edition *edition = checks->edition;
	const struct project *project = edition->project;
	struct project base;
	struct masks masks = { 0 };

	if (project->agency == NULL)
		return;
	base = without_agency(project);
	if (masks_compute(&masks, edition->reaches, &base, checks->reader,
		false, edition->diag) == 0)
		check_book(edition, &masks, &edition->books[0]);
	for (size_t h = 0; h < project->handbook_count; h++)
		free(base.handbooks[h].values);
	free(base.handbooks);
	masks_clear(&masks);
}
