/*
 * Validity of a book against schemas/manual.rng by libxml2's RELAX NG, and
 * the key under which a valid book is remembered.
 * Invariant: a key depends on every byte of every file of the book and of the
 * schema, so a known key means that these very bytes were found valid. It
 * guards against change, not against somebody who writes the user's cache.
 */
#ifndef VADE_LOAD_VALIDATE_H
#define VADE_LOAD_VALIDATE_H

#include "base/diag.h"
#include "base/source.h"
#include "model/book.h"

enum { VALIDITY_KEY = 33 }; /* hex digits of an XXH3-128 and a zero */

/* The key of the sources [first, last] (numbers) of one book. */
void validate_key(const struct sources *sources, uint32_t first, uint32_t last,
    char key[VALIDITY_KEY]);
/* Validates the tree. 0, or -1 with V0115 reported. */
int validate_book(const struct book *book, struct diag *diag);

#endif
