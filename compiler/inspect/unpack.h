/*
 * What is packed in a file: the members of a zip (EPUB, OCF), the compressed
 * streams of a PDF and the words that they draw, gzip. Used by audit.
 * Invariant: bytes that cannot be unpacked are reported, never passed over;
 * what it holds in memory is bounded, whatever the file claims.
 */
#ifndef VADE_INSPECT_UNPACK_H
#define VADE_INSPECT_UNPACK_H

#include <stdbool.h>
#include <stddef.h>

/* Gets a part: its name ("" if it has none) and its bytes, lent. */
typedef void
unpack_part(void *context, const char *name, const char *bytes, size_t size);

/* Does the file begin like one whose content is packed? */
bool unpack_is_packed(const char *bytes, size_t size);
/*
 * Calls part for everything that is packed in the file, parts in parts too.
 * Returns false if something in it cannot be read: encrypted, an unknown
 * method, broken, or more than a book can be.
 */
bool
unpack_file(const char *bytes, size_t size, unpack_part *part, void *context);

#endif
