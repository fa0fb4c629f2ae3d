/*
 * The values of a PDF: where each begins and ends, and what it says. Used by
 * all that reads PDFs for the audit.
 * Invariant: a value is a span of bytes that is lent by the file; nothing is
 * read past its end, no value is nested deeper than PDF_DEPTH, and what is not
 * built as ISO 32000-1, 7.2 and 7.3 says is told, never guessed.
 */
#ifndef VADE_EXTRACT_PDF_SYNTAX_H
#define VADE_EXTRACT_PDF_SYNTAX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum { PDF_DEPTH = 64 };

/* at == NULL: there is no such value. */
struct pdf_span {
	const char *at;
	const char *end;
};

enum pdf_kind {
	PDF_NOTHING,
	PDF_NAME,
	PDF_STRING, /* (…) or <…> */
	PDF_DICT,
	PDF_ARRAY,
	PDF_NUMBER,
	PDF_REFERENCE, /* 12 0 R */
	PDF_WORD,      /* true, null, or an operator */
};

enum pdf_step { PDF_VALUE, PDF_END, PDF_BROKEN };

bool pdf_is_blank(char c);
bool pdf_is_regular(char c);
/* Past white space and comments. */
const char *pdf_skip_blank(const char *at, const char *end);
/*
 * Takes the next value off the front of *rest. In what pages draw there are no
 * references, so "1 0 R" is three values there.
 */
enum pdf_step
pdf_next(struct pdf_span *rest, struct pdf_span *value, bool with_references);
/* The next value that is no bracket, at whatever depth of a sound value; false
 * at its end. */
bool pdf_flat(struct pdf_span *rest, struct pdf_span *value);
enum pdf_kind pdf_kind(struct pdf_span value);
/* What stands between the brackets of a dictionary or an array. */
struct pdf_span pdf_inside(struct pdf_span value);
/* A name with its #20 undone; "Type" for /Type. */
bool pdf_name_is(struct pdf_span value, const char *name);
void pdf_name(struct pdf_span value, struct buf *bytes);
/* The value of a key; a key that stands twice sets *twice. */
struct pdf_span pdf_get(struct pdf_span dict, const char *key, bool *twice);
/* The object of a reference, or another whole number; false if it is none. */
bool pdf_unsigned(struct pdf_span value, uint32_t *number);
bool pdf_number(struct pdf_span value, double *number);
/* The bytes of a string, appended. */
void pdf_string(struct pdf_span value, struct buf *bytes);
/* A string of a dictionary in UTF-8: it is UTF-16 or UTF-8 with a mark, else
 * one byte a letter. Appended. */
void pdf_string_text(struct pdf_span value, struct buf *text);
/* UTF-16, big endian, as UTF-8. Appended. */
void pdf_utf16(struct buf *text, const char *bytes, size_t size);

#endif
