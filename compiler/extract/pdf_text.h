/*
 * The words of a PDF: strings of its dictionaries (titles, alternatives,
 * destinations), what its pages draw, and every stream in it. Used by unpack.
 * Invariant: it is UNREAD_NOTHING only if every object was looked at and every
 * stream was given to somebody who reads its kind.
 */
#ifndef VADE_EXTRACT_PDF_TEXT_H
#define VADE_EXTRACT_PDF_TEXT_H

#include "extract/pdf_file.h"
#include "extract/unpack.h"

/*
 * Gives all that a PDF says. *unpacked is how much was unpacked of the file
 * that it is in, and is counted up. Returns why not all of it can be read.
 */
enum unread pdf_text_give(const char *bytes, size_t size, size_t *unpacked,
    unpack_part *part, void *context);

#endif
