/*
 * What the pages, forms and patterns of a PDF draw, as words. Used by
 * pdf_text.
 * Invariant: every sign that is shown is given, or pdf->why says why it cannot
 * be; an operator that ISO 32000-1, annex A does not know ends the reading.
 * What the signs are drawn with (colour, clip, no ink at all) does not count.
 */
#ifndef VADE_EXTRACT_PDF_PAGE_H
#define VADE_EXTRACT_PDF_PAGE_H

#include "extract/pdf_font.h"

struct pdf_pages {
	struct pdf *pdf;
	struct pdf_fonts fonts;
	struct buf drawn; /* words, as pdf_lines gives them */
	struct buf said;  /* strings that are not drawn, a line each */
	size_t signs;     /* shown so far */
};

/* Reads a stream that draws: content of a page with the resources (a value,
 * maybe none) that it has. */
void pdf_page_read(struct pdf_pages *pages, struct pdf_object *object,
    struct pdf_span resources);
/* The contents of a page, one stream or several. */
void pdf_page_read_all(struct pdf_pages *pages, struct pdf_span contents,
    struct pdf_span resources);
void pdf_pages_clear(struct pdf_pages *pages);

#endif
