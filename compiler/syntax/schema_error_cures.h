/*
 * The cures of schema errors that are slips: what people write who know HTML or
 * DocBook 4, an element one level too high, an attribute without its prefix, a
 * namespace that is not ours. Used by load, which tells what the schema does
 * not allow.
 * Invariant: what a cure names may stand where it is proposed.
 */
#ifndef VADE_SYNTAX_SCHEMA_ERROR_CURES_H
#define VADE_SYNTAX_SCHEMA_ERROR_CURES_H

#include "base/diag.h"
#include "schema/schema.h"

/* The cure in a language; NULL if the error is of no kind that is known. The
 * caller frees. */
char *schema_error_cure(const struct schema_error *error,
    enum diag_language language);

/*
 * The namespace that is wrong, if the error is one only because of it: all
 * others of the same namespace in a file have the same root. NULL if not.
 * "" = none. Lent.
 */
const char *schema_error_namespace(const struct schema_error *error);

#endif
