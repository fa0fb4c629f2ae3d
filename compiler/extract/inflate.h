/*
 * Unpacking of deflate for the audit: zips, gzip and PDFs. Used by unpack and
 * pdf_file.
 * Invariant: no more is unpacked than the caller allows, of all parts of a
 * file together, and what is broken is never taken for read.
 */
#ifndef VADE_EXTRACT_INFLATE_H
#define VADE_EXTRACT_INFLATE_H

#include <stddef.h>

#include "base/buf.h"
#include "extract/unread.h"

/*
 * Appends to out what the bytes hold; window as inflateInit2 takes it. *total
 * counts unpacked bytes, which may be `most`; *used gets how many of the bytes
 * it took. Returns why not all was read: UNREAD_LARGE or UNREAD_BROKEN.
 */
enum unread inflate_bytes(const char *bytes, size_t size, int window,
    size_t most, size_t *total, struct buf *out, size_t *used);

#endif
