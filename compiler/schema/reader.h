/*
 * Reads a schema's files into patterns: RELAX NG section 4. Used by schema.c.
 * Invariant: what it gives passes the restrictions of section 7.
 */
#ifndef VADE_SCHEMA_READER_H
#define VADE_SCHEMA_READER_H

#include "schema/datatype.h"
#include "schema/pattern.h"
#include "schema/schema.h"

/* The pattern of the start into *start. 0, or -1 with *fault told. */
int reader_read(struct patterns *patterns, struct datatypes *datatypes,
    const char *name, schema_open *open, void *context,
    struct schema_fault *fault, uint32_t *start);

/* --- section 7 (restrict.c) --- */

/* Does the start, with all that it leads to, keep the restrictions? 0, or -1
 * with *why a constant text. */
int restrict_check(struct patterns *patterns, uint32_t start, const char **why);

#endif
