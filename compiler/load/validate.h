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

/* The schema, compiled; NULL with a report of a bug of ours. The caller frees.*/
struct validator *validator_new(struct diag *diag);
void validator_free(struct validator *validator);
/* What is wrong with an element; text is libxml2's, without its line end. */
typedef void
validate_report(void *context, const xmlNode *node, const char *text);
/*
 * Is the document valid? Reports at most 32 causes, the innermost first, and
 * sets *count to their number. A document that cites what is outside of it is
 * not valid to libxml2, which says nothing then: false with a count of 0.
 */
bool validator_check(const struct validator *validator, xmlDoc *doc,
    validate_report *report, void *context, size_t *count);
/* Is the root of DocBook 5? 0, or -1 with V0151 or V0498: nothing else is worth saying. */
int validate_kind(const struct book *book, struct diag *diag);
/* Validates the tree. 0, or -1 with V0115 reported, or one V0152 if the book
 * says that it is of a version after 5.0. */
int validate_book(const struct book *book, struct diag *diag);

#endif
