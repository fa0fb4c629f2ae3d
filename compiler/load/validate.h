/*
 * Validity of a book against schemas/manual.rng, and the key under which a valid book is remembered.
 * Invariant: a key depends on every byte of every file of the book and of the
 * schema, so a known key means that these very bytes were found valid. It
 * guards against change, not against somebody who writes the user's cache.
 */
#ifndef VADE_LOAD_VALIDATE_H
#define VADE_LOAD_VALIDATE_H

#include "base/diag.h"
#include "base/source.h"
#include "model/book.h"
#include "schema/schema.h"

enum { VALIDITY_KEY = 33 }; /* hex digits of an XXH3-128 and a zero */

/* The key of the sources [first, last] (numbers) of one book. */
void validate_key(const struct sources *sources, uint32_t first, uint32_t last,
    char key[VALIDITY_KEY]);

/* The manual's schema, compiled; NULL with a report of a bug of ours. The
 * caller frees. */
struct schema *validate_schema(struct diag *diag);
/* Is the root of DocBook 5? 0, or -1 with V0151 or V0498: nothing else is worth saying. */
int validate_kind(const struct book *book, struct diag *diag);
/* Validates the tree. 0, or -1 with V0115 or V0160 to V0168 reported, or one
 * V0152 if the book says that it is of a version after 5.0. */
int validate_book(struct schema *schema, const struct book *book,
    struct diag *diag);

#endif
