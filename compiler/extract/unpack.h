/*
 * What is packed in a file: the members of a zip (EPUB, OCF), what a PDF
 * holds, gzip. Used by audit.
 * Invariant: bytes that cannot be unpacked are told, never passed over; what
 * it holds in memory is bounded, whatever the file claims.
 */
#ifndef VADE_EXTRACT_UNPACK_H
#define VADE_EXTRACT_UNPACK_H

#include <stdbool.h>
#include <stddef.h>

#include "extract/unread.h"

/* What a part is. */
enum unpack_kind {
	UNPACK_FILE,    /* a file of its own, of whatever kind */
	UNPACK_WORDS,   /* text */
	UNPACK_BYTES,   /* tables and the like: words in it may be chance */
	UNPACK_PICTURE, /* a picture as it is packed, or its dots */
};

/* Gets a part: what it is, its name ("" if it has none), its bytes, lent. */
typedef void unpack_part(void *context, enum unpack_kind kind, const char *name,
    const char *bytes, size_t size);

/* Does the file begin like one whose content is packed? */
bool unpack_is_packed(const char *bytes, size_t size);
/*
 * Calls part for everything that is packed in the file, parts in parts too.
 * Returns why something in it cannot be read: the first reason.
 */
enum unread
unpack_file(const char *bytes, size_t size, unpack_part *part, void *context);

#endif
