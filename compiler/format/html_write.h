/*
 * Writes pages of a transformation's result as HTML 5.
 * Invariant: every text and attribute is escaped; an element outside the
 * list of allowed ones never reaches a page. v:page elements inside a page
 * are pages of their own. 
 */
#ifndef VADE_FORMAT_HTML_WRITE_H
#define VADE_FORMAT_HTML_WRITE_H

#include <libxml/tree.h>

#include "base/buf.h"

/* What becomes of an element of the stylesheet's result in a page. */
enum html_place {
	HTML_REFUSED,  /* an error: it may not stand there */
	HTML_LEFT_OUT, /* not allowed in a drawing, and missing there */
	HTML_VOID,     /* written without an end tag */
	HTML_WRITTEN,
};

/* What was found of the elements of one result, by the pointers of their names:
 * those of a document are interned. Empty: all zero. */
struct html_memo {
	struct {
		const xmlChar *name;
		unsigned tag;
	} rows[256];
};

enum html_place html_place(struct html_memo *memo, const xmlNode *node);

struct html_page {
	char *name; /* "index.html" */
	struct buf bytes;
};

struct html_pages {
	struct html_page *pages;
	size_t count;
	size_t capacity;
	/* An element or page that is not allowed, the first; NULL = none. Then
	 * the pages are of no use. */
	char *bad;
	struct html_memo memo;
};

/* Writes a page (v:page) of the stylesheet's result; not the pages inside it. */
void html_add(struct html_pages *pages, const xmlNode *page);
/* Writes all pages of a result. 0, or -1 with pages->bad set. */
int html_cut(struct html_pages *pages, const xmlDoc *result);
/* Sorts the pages by their names. */
void html_sort(struct html_pages *pages);
void html_clear(struct html_pages *pages);

#endif
