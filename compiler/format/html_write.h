/*
 * Writes pages of a transformation's result as HTML 5.
 * Invariant: every text and attribute is escaped; an element outside the
 * list of allowed ones never reaches a page. v:page elements inside a page
 * are pages of their own; v:code becomes the edition's code.
 * The code depends on every word that the pages show, and on nothing else: not
 * on what the view holds besides, such as ids of targets that are not there. So
 * it is the same in every format, in any build.
 */
#ifndef VADE_FORMAT_HTML_WRITE_H
#define VADE_FORMAT_HTML_WRITE_H

#include <libxml/tree.h>

#include "base/buf.h"

enum { HTML_CODE_SIZE = 10 }; /* hex digits */

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
	/* An element or page that is not allowed, the first; NULL = none. Then
	 * the pages are of no use. */
	char *bad;
	struct html_memo *memo;
};

/* Writes a page (v:page) of the stylesheet's result; not the pages inside it. */
void html_add(struct html_pages *pages, const xmlNode *page);
/* Writes all pages of a result. 0, or -1 with pages->bad set. */
int html_cut(struct html_pages *pages, const xmlDoc *result);
/*
 * Sorts the pages by their names, and writes into them the short code of the
 * edition: the first HTML_CODE_SIZE hex digits of a digest of them all.
 */
void html_seal(struct html_pages *pages, char code[HTML_CODE_SIZE + 1]);
void html_clear(struct html_pages *pages);

#endif
