/*
 * Says what the schema does not allow in a book: a row of the catalogue for
 * each kind of error, its place, and what could stand there, most likely
 * first. Used by load and, for projected views, by check.
 * Invariant: names are written as the author would write them there.
 */
#ifndef VADE_SYNTAX_INVALID_H
#define VADE_SYNTAX_INVALID_H

#include "base/diag.h"
#include "model/book.h"
#include "schema/schema.h"

/* Reports V0115 or one of V0160 to V0168. Returns -1. */
int invalid_report(const struct book *book, const struct schema_error *error,
    struct diag *diag);
/* The place of an error: a tag's name, an attribute's value, or text. */
struct place invalid_place(const struct book *book,
    const struct schema_error *error, const struct sources *sources);
/* What is missing, or what could stand there: "title / info". The caller
 * frees. NULL: nothing could. */
char *invalid_wanted(const struct schema_error *error);

#endif
