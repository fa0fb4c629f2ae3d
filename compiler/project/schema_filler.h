/*
 * What DocBook wants of an element besides what a reader is shown: a step of
 * another role that is but a title is whole to its reader, but no DocBook.
 * Used by the check of validity and by the writer of plain DocBook; pages and
 * texts need nothing of it.
 * Source: DocBook 5.0 schema (docbook.rng of docbook5-xml).
 */
#ifndef VADE_PROJECT_SCHEMA_FILLER_H
#define VADE_PROJECT_SCHEMA_FILLER_H

#include <stdbool.h>

#include <libxml/tree.h>

/*
 * The element that makes it what DocBook allows, empty and at its end: "para",
 * or "step", which wants a para in turn; NULL if nothing is wanted.
 */
const char *schema_filler_wants(const xmlNode *node);

#endif
