/*
 * Zip archives in memory, the adapter to minizip, zlib's own.
 * Invariant: same files, same bytes: entries have one fixed time that depends
 * on no time zone, and no extra fields.
 * Source: measured on Debian 12: libzip does this too, but brings libcrypto,
 * whose loading was a twentieth of a build; libarchive gives the first entry of
 * an EPUB a field that it must not have.
 */
#ifndef VADE_FORMAT_ZIP_H
#define VADE_FORMAT_ZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct zip_writer;

struct zip_writer *zip_writer_new(void);
/* Adds a file; the bytes are copied. is_stored: not compressed. */
void zip_writer_add(struct zip_writer *writer, const char *name,
    const void *bytes, size_t size, bool is_stored);
/*
 * Writes the archive into out and frees the writer. 0, or -1 if minizip
 * failed; *why (to be freed by the caller) says how.
 */
int zip_writer_finish(struct zip_writer *writer, struct buf *out, char **why);

#endif
