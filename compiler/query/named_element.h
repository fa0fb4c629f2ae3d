/*
 * The element a question is about, and how people are told which it is.
 * Used by the questions of who, why, refs and matrix.
 * Invariant: an element is looked up, named and placed in edition_book.
 */
#ifndef VADE_QUERY_NAMED_ELEMENT_H
#define VADE_QUERY_NAMED_ELEMENT_H

#include <jansson.h>

#include "project/sources_and_readers.h"

/* NULL with V0410 and the nearest id reported. Lent. */
const xmlNode *
named_element_find(const struct edition *edition, const char *id);

/* The step around an element or itself, NULL if there is none. */
const xmlNode *named_element_step(const xmlNode *node);
/* The nearest element around, or itself, that has an id; NULL. */
const xmlNode *named_element_named(const xmlNode *node);

/* Its title, or the term, or the text of a reference; "" if it has none. The
 * caller frees. */
char *named_element_title_format(const xmlNode *node);
/* "step 4 of EDU-O-01", "procedure", "chapter": what it is, in the language of
 * messages. The caller frees. */
char *
named_element_kind_format(const struct edition *edition, const xmlNode *node);
/* The same of an element of any book. */
char *named_element_kind_in(const struct book *book, enum diag_language ui,
    const xmlNode *node);
/* {"id", "element", "title", ".kind"} */
json_t *named_element_json(const struct edition *edition, const xmlNode *node);

/* Where the start tag of an element is; of one of its attributes, if `name`
 * (as written) is not NULL; of one token in it: {"path", "line", "column"}. */
json_t *named_element_place_json(const struct edition *edition,
    const xmlNode *node, const char *name, const char *token);
json_t *place_json(const struct edition *edition, struct place place);

/* The label of a clearance: "cas"; NULL without such an axis. Lent. */
const char *class_name(const struct edition *edition, int rank);
/* {"id", "class", "title"} */
json_t *
handbook_json(const struct edition *edition, const struct handbook *handbook);

#endif
