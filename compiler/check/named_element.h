/*
 * The element a question is about, and how people are told which it is.
 * Used by the questions of who, why and refs.
 * Invariant: an element is looked up, named and placed in the book of the
 * language that messages are in, if the project has it.
 */
#ifndef VADE_CHECK_NAMED_ELEMENT_H
#define VADE_CHECK_NAMED_ELEMENT_H

#include <jansson.h>

#include "project/edition.h"

/* The book in the language of messages, else the first. Lent. */
const struct book *named_element_book(const struct edition *edition);
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
/* "step 4 of EDU-O-01", "procedure EDU-O-01", "chapter": what it is, in the
 * language of messages. The caller frees. */
char *
named_element_kind_format(const struct edition *edition, const xmlNode *node);

/* "en/book.xml:12:5". The caller frees. */
char *
named_element_place_format(const struct edition *edition, struct place place);
/* {"path", "line", "column"} */
json_t *
named_element_place_json(const struct edition *edition, struct place place);
/* Where the start tag of an element is; of one of its attributes, if `name`
 * (as written) is not NULL; of one token in it. */
struct place named_element_place(const struct edition *edition,
    const xmlNode *node, const char *name, const char *token);

/* The label of a handbook's clearance: "cas"; NULL without such an axis. */
const char *named_element_class(const struct edition *edition, int rank);
/* ", class cas", to go on after a name; "" without such an axis. The caller
 * frees. */
char *named_element_class_format(const struct edition *edition, int rank);
/* The language that labels are taken in: "en" or "es". */
const char *named_element_language(const struct edition *edition);
/* Prints an answer in JSON and frees it. */
void named_element_print_json(json_t *answer);

#endif
