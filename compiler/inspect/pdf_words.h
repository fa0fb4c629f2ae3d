/*
 * The words of a PDF: strings of its dictionaries (titles, alternatives) and
 * what its pages draw, by each font's own table of characters. Used by
 * unpack, which inflates the streams.
 * Invariant: words are never lost for want of order: a line is a line, and
 * the pages stand as they are in the file. Linear in the file.
 * Source: ISO 32000-1, 7.3.4 (strings), 9.4.3 (showing), 9.10.3 (ToUnicode).
 */
#ifndef VADE_INSPECT_PDF_WORDS_H
#define VADE_INSPECT_PDF_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/map.h"
#include "inspect/unpack.h"

enum { PDF_CODES = 1 << 16 };

/* What a font's codes mean: offsets into its text; 0 = nothing. */
struct pdf_codes {
	uint32_t object; /* of the ToUnicode stream */
	uint32_t *at;    /* PDF_CODES of them */
	struct buf text; /* zero-ended pieces of UTF-8, the first empty */
};

struct pdf_words {
	struct buf plain;   /* strings outside streams, a line each */
	struct map names;   /* "/f0" -> object of its ToUnicode, the last one */
	struct map unicode; /* "504" -> object of its ToUnicode */
	struct pdf_codes *codes;
	size_t code_count;
	size_t code_capacity;
	struct buf *contents; /* what draws pages, unread */
	size_t content_count;
	size_t content_capacity;
};

/* Takes what stands outside of streams; before the streams. */
void pdf_words_plain(struct pdf_words *words, const char *bytes, size_t size);
/* Takes an inflated stream of this object. */
void pdf_words_stream(struct pdf_words *words, uint32_t object,
    const char *bytes, size_t size);
/* Gives all words; twice what pages draw, the second time without the hyphens
 * at ends of lines. */
void pdf_words_give(struct pdf_words *words, unpack_part *part, void *context);
void pdf_words_clear(struct pdf_words *words);

#endif
