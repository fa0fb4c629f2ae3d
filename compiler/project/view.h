/*
 * A view: what one handbook in one language shows, on its way from the
 * masters to pages. Made by project, completed by link, read by format.
 * Invariant: the document holds copies of selected nodes only; a copied
 * element's _private is its source element (NULL for what we made).
 */
#ifndef VADE_PROJECT_VIEW_H
#define VADE_PROJECT_VIEW_H

#include "project/docbook_elements.h"
#include "project/sources_and_readers.h"

/* An image that the handbook shows. */
struct asset {
	char *path; /* from the project root */
	char *name; /* in the output: digest and extension */
	char *bytes;
	size_t size;
};

struct view {
	const struct edition *edition; /* lent, like the next four */
	const struct handbook *handbook;
	size_t handbook_index;
	const struct book *book;
	const char *lang;
	xmlDoc *doc;    /* owned; root v:handbook */
	xmlNode *root;  /* the DocBook root in it, NULL if nothing is shown */
	xmlNs *docbook; /* namespaces of doc */
	xmlNs *vade;
	struct element_memo memo;
	struct asset *assets;
	size_t asset_count;
	size_t asset_capacity;
};

/* A view without a document: what the projection is asked to make. */
struct view view_open(const struct edition *edition, const struct book *book,
    size_t handbook);
void view_clear(struct view *view);

/* The source element of a copy, NULL for what we made. */
const xmlNode *view_source(const xmlNode *node);
/* Is this source element shown by the handbook (itself, by its mask)? */
bool view_shows(const struct view *view, const xmlNode *source);
/* The rank of a source element on the clearance axis; of what we made (NULL)
 * the handbook's own, for it may tell of anything in it. */
int view_rank(const struct view *view, const xmlNode *source);
/* The value of the clearance axis with this rank; NULL without such an axis */
const struct axis_value *view_class(const struct view *view, int rank);

/* The value that the agency of the build gives a parameter, NULL if it gives
 * none; *date is the day it was true, or NULL. Lent. */
const char *
view_parameter(const struct view *view, const char *name, const char **date);

/* New nodes of the view's document, appended to parent. */
xmlNode *view_add(const struct view *view, xmlNode *parent, const char *name);
void view_set(const xmlNode *node, const char *name, const char *value);
void view_set_vade(const struct view *view, xmlNode *node, const char *name,
    const char *value);

#endif
