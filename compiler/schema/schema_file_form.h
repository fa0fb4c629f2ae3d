/*
 * The form of a schema's file: RELAX NG section 3, and what of section 4 is
 * asked of a file by itself. Used by the reader.
 * Invariant: a file that passes has only elements of RELAX NG in it, each with
 * the attributes and children that it takes, names and types without blanks
 * around them, and no text but in name, value and param.
 */
#ifndef VADE_SCHEMA_SCHEMA_FILE_FORM_H
#define VADE_SCHEMA_SCHEMA_FILE_FORM_H

#include <stdbool.h>

#include <libxml/tree.h>

#include "schema/schema.h"

#define RNG_NAMESPACE "http://relaxng.org/ns/structure/1.0"

/* Takes out annotations, then looks at the file. 0, or -1 with *fault told. */
int syntax_check(xmlDoc *doc, const char *file, struct schema_fault *fault);
/* Tells a fault at a node of a schema. Returns -1. */
int
syntax_fault(struct schema_fault *fault, const char *file, const xmlNode *node,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Is it an element of this name? Of files that passed. */
bool syntax_is(const xmlNode *node, const char *name);
/* The attribute's value, NULL if it is not there. Lent. */
const char *syntax_attribute(const xmlNode *node, const char *name);
/* All text in the node; the caller frees. */
char *syntax_text(const xmlNode *node);

#endif
