/*
 * The pictures that a reader may see, known by the bytes that we write. Used
 * by audit, which cannot read what a picture shows.
 * Invariant: a picture is known only if every byte of it, or in a PDF every
 * dot, is that of a source.
 */
#ifndef VADE_AUDIT_KNOWN_PICTURES_H
#define VADE_AUDIT_KNOWN_PICTURES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/digest.h"
#include "base/root_file.h"
#include "base/map.h"

struct audit_pictures {
	struct map files; /* digest of the bytes -> lowest level + 1 */
	struct map dots;  /* the same for what a PDF makes of them */
};

/* A picture that is read from this level on, as it is written. */
void audit_picture_add(struct audit_pictures *pictures, const char *bytes,
    size_t size, int level);
/* May a reader of this level see it? is_dots: bytes are of a PDF. */
bool audit_picture_known(const struct audit_pictures *pictures,
    const char *bytes, size_t size, int level, bool is_dots);
void audit_pictures_clear(struct audit_pictures *pictures);

#endif
