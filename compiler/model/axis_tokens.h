/*
 * The tokens of an axis attribute as a set of leaves (DESIGN section 5, rules
 * 1 and 2). Used for sources and handbooks alike.
 * Invariant: what cannot be understood is an error, never "all" or "none".
 */
#ifndef VADE_MODEL_AXIS_TOKENS_H
#define VADE_MODEL_AXIS_TOKENS_H

#include "base/diag.h"
#include "model/axes.h"
#include "model/book.h"

/* The value of the attribute that carries an axis; NULL if absent. Lent. */
const char *axis_tokens_of(const struct axis *axis, const xmlNode *node);

/* Where the tokens stand, for messages: an attribute of a start tag, or, with
 * attribute NULL, the words of its element. */
struct axis_tokens_origin {
	struct place tag;
	const char *attribute;
};

/*
 * Parses tokens on a tree or set axis into leaves (axis->words words, zeroed
 * by this function). Allows `=`, `!` (if negatives is true), groups. Returns
 * -1 with V02xx reported: empty, undeclared, a party, or a set that comes out
 * empty.
 */
int axis_tokens_parse(const struct axis *axis, const char *tokens,
    bool negatives, const struct axis_tokens_origin *origin, uint64_t *leaves,
    struct diag *diag);

/*
 * The rank of the one token on an ordered axis, from 0 = lowest; -1 with
 * V02xx reported.
 */
int axis_tokens_rank(const struct axis *axis, const char *tokens,
    const struct axis_tokens_origin *origin, struct diag *diag);

#endif
