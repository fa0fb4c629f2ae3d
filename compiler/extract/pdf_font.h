/*
 * What the codes of a PDF's fonts mean, and how wide they are. Used by
 * pdf_page.
 * Invariant: a code has a meaning only if the file says so: by ToUnicode, or,
 * in a font of one byte a code, by a known encoding and known names of
 * letters. A font of which that cannot be told is refused, a code without a
 * meaning has none; nothing is guessed.
 * Source: ISO 32000-1, 9.6 (simple fonts), 9.7 (composite), 9.10.
 */
#ifndef VADE_EXTRACT_PDF_FONT_H
#define VADE_EXTRACT_PDF_FONT_H

#include "extract/pdf_file.h"

struct pdf_font {
	const char *key; /* where its dictionary begins */
	enum unread why; /* it is not read */
	bool two_bytes;  /* a code */
	uint32_t code_count;
	uint32_t *at;    /* per code: offset into text; 0 = no meaning */
	float *widths;   /* per code, in ems; negative = not said */
	float otherwise; /* width of a code that has none */
	struct buf text; /* zero-ended pieces of UTF-8, the first empty */
};

struct pdf_fonts {
	struct pdf_font *fonts; /* they never move */
	size_t count;
};

/* The font of a dictionary, read once; NULL, and pdf->why says so, if the file
 * has more than any book. Lent. */
struct pdf_font *
pdf_font_read(struct pdf_fonts *fonts, struct pdf *pdf, struct pdf_span dict);
/* The letters of a code, "" if it has no meaning. Lent. */
const char *pdf_font_letters(const struct pdf_font *font, uint32_t code);
/* In ems. */
double pdf_font_width(const struct pdf_font *font, uint32_t code);
void pdf_fonts_clear(struct pdf_fonts *fonts);

#endif
