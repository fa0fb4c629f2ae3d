/*
 * The units of a translation: the text blocks of a book, the smallest elements
 * that hold words and are not part of a sentence themselves. Gathered by load
 * before an agency's texts and values come in; compared by parity.
 * Invariant: every word of a book is in exactly one unit, but for what each
 * language has of its own (keywords, index terms) and what is no text of it
 * (remarks, annotations). A unit is named by the nearest xml:id and its place
 * among the units of that id, from 1: "EDU-O-01.s1/2" (DESIGN section 9).
 */
#ifndef VADE_MODEL_TRANSLATION_UNIT_H
#define VADE_MODEL_TRANSLATION_UNIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <libxml/tree.h>

enum { UNIT_DIGITS = 16 };

struct unit {
	const xmlNode *node; /* lent by the book */
	uint32_t scope;      /* index into the ids of units */
	uint32_t position;   /* in the scope, from 1 */
	uint64_t kind;       /* hash of the names from the scope down to it */
	bool is_safety;      /* in a step, or in what protects */
	char digest[UNIT_DIGITS + 1]; /* of the words: SHA-256, cut */
	char *words;                  /* white space folded; owned */
};

/* In document order. */
struct units {
	struct unit *items;
	size_t count;
	size_t capacity;
	char **scopes; /* ids, "" for what is below none; owned */
	size_t scope_count;
	size_t scope_capacity;
};

/* Gathers the units of a document. Never fails; linear in nodes but for the
 * depth at which ids stand. */
struct units *units_gather(const xmlDoc *doc);
void units_free(struct units *units); /* NULL allowed */
/* Does an element stand in a sentence, so that it is part of a unit? */
bool unit_is_inline(const xmlNode *node);

#endif
