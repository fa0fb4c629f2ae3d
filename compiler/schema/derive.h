/*
 * Derivatives: what is left of a pattern after a start tag, an attribute, the
 * end of the attributes, text, or an end tag. Used by the automaton.
 * Invariant: a derivative is NOT_ALLOWED if, and only if, the pattern does not
 * allow what is read; each is worked out once.
 */
#ifndef VADE_SCHEMA_DERIVE_H
#define VADE_SCHEMA_DERIVE_H

#include "schema/datatype.h"
#include "schema/pattern.h"

enum derive {
	DERIVE_OPEN, /* a start tag: a choice of what is in it and after it */
	DERIVE_OPEN_LATER, /* the same, what must come before being left out */
	DERIVE_ATTRIBUTE, /* its name: a choice of its value and what is after*/
	DERIVE_CLOSE,     /* the end of the attributes */
	DERIVE_CLOSE_SHORT, /* the same, attributes that lack being left out */
	DERIVE_TEXT,        /* text that is not blank, among elements */
	DERIVE_END,         /* an end tag */
	DERIVE_ANY_END,     /* the same, whatever lacks being left out */
};

/* name is that of the tag or attribute, else 0. */
uint32_t derive(struct patterns *patterns, enum derive what, uint32_t pattern,
    uint32_t name);

/* Does the pattern of a value, or of an element's content without its
 * attributes, allow this text? node resolves prefixes. */
bool
derive_allows_text(struct patterns *patterns, const struct datatypes *datatypes,
    uint32_t pattern, const char *text, const xmlNode *node);
/* Does it allow any text at all? */
bool derive_allows_all(const struct patterns *patterns,
    const struct datatypes *datatypes, uint32_t pattern);

#endif
