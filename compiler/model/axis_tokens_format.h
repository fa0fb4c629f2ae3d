/*
 * A set of leaves as the tokens an author would write for it. Used by the
 * questions of who reads what and why.
 * Invariant: the tokens mean exactly the set: axis_tokens_parse gives it back.
 */
#ifndef VADE_MODEL_AXIS_TOKENS_FORMAT_H
#define VADE_MODEL_AXIS_TOKENS_FORMAT_H

#include "model/axes.h"

/*
 * Few tokens for the leaves of a tree or set axis, parted by blanks: values
 * that cover a subtree, `=value`, or, if those were many, what is missing
 * from all with `!`. "" for the empty set. The caller frees.
 */
char *axis_tokens_format(const struct axis *axis, const uint64_t *leaves);
/* Are these all leaves of the axis? */
bool axis_tokens_are_all(const struct axis *axis, const uint64_t *leaves);
/* What the two sets have in common, as axis_tokens_format; the caller frees. */
char *axis_tokens_common_format(const struct axis *axis, const uint64_t *a,
    const uint64_t *b);
/*
 * Adds the leaves of one token of len bytes as steps and leads write it (a
 * value, `=value` or group; `!` is passed over). False, and nothing added, if
 * it is a party or not declared.
 */
bool axis_tokens_add_leaves(const struct axis *axis, const char *token,
    size_t len, uint64_t *leaves);
/* The same for each of the tokens; NULL adds nothing. */
void axis_tokens_add_list(const struct axis *axis, const char *tokens,
    uint64_t *leaves);

#endif
