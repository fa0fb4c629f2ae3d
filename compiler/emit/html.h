/*
 * Writes pages of a transformation's result as HTML 5.
 * Invariant: every text and attribute is escaped; an element outside the
 * list of allowed ones never reaches a page. v:page elements inside a page
 * are pages of their own; v:code becomes room for the edition's code.
 */
#ifndef VADE_EMIT_HTML_H
#define VADE_EMIT_HTML_H

#include <libxml/tree.h>

#include "base/buf.h"

enum { HTML_CODE_SIZE = 10 };

/* What becomes of an element of the stylesheet's result in a page. */
enum html_place {
	HTML_REFUSED,  /* an error: it may not stand there */
	HTML_LEFT_OUT, /* not allowed in a drawing, and missing there */
	HTML_VOID,     /* written without an end tag */
	HTML_WRITTEN,
};

enum html_place html_place(const xmlNode *node);

struct html_page {
	char *name; /* "index.html" */
	struct buf bytes;
	size_t *codes; /* offsets where the code goes, HTML_CODE_SIZE bytes */
	size_t code_count;
	size_t code_capacity;
};

struct html_pages {
	struct html_page *pages;
	size_t count;
	size_t capacity;
};

/*
 * Cuts the result of the stylesheet into pages, in document order. 0, or -1
 * if an element or page name is not allowed; *bad (lent) says which.
 */
int html_cut(struct html_pages *pages, const xmlDoc *result, const char **bad);
void html_clear(struct html_pages *pages);

#endif
