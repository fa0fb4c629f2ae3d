/*
 * A selection rule in Lua: is a unit for a reader? Used by select/mask.
 * Invariant: a rule sees the sets of an attribute combination and of a
 * handbook, never a node or a text; it answers true or false, and anything
 * else is an error.
 */
#ifndef VADE_SCRIPT_SELECT_RULE_H
#define VADE_SCRIPT_SELECT_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "model/axes.h"
#include "script/sandbox.h"

struct select_rule {
	struct sandbox sandbox;
	struct place place; /* of the line that names the filter */
	bool per_axis;      /* made by each_axis: judges all readers at once */
};

/* One axis of a unit or reader: its leaves, or on the clearance axis NULL and
 * its rank. */
struct select_rule_set {
	const struct axis *axis;
	const uint64_t *leaves;
	int rank;
};

/*
 * Opens a state and runs the chunk. `name` is its path, lent. 0, or -1 with
 * V05xx reported; then the rule is closed already.
 */
int select_rule_open(struct select_rule *rule, const char *name,
    const char *text, size_t size, struct place place, struct diag *diag);
void select_rule_close(struct select_rule *rule);

/*
 * Asks a rule made by each_axis for which of the readers a set of leaves of
 * one axis is: values are the leaves of each reader, chosen gets a bit for
 * each (bits_words(count) words, zeroed by this function). 0, or -1 with
 * V05xx reported.
 */
int select_rule_ask_axis(struct select_rule *rule, const struct axis *axis,
    const uint64_t *leaves, const uint64_t *const *values, size_t count,
    uint64_t *chosen, struct diag *diag);
/* Asks any other rule about all axes at once; count sets on both sides. */
int select_rule_ask(struct select_rule *rule,
    const struct select_rule_set *unit, const struct select_rule_set *reader,
    size_t count, const char *handbook, struct diag *diag);
/* The same; *reason is the text that the rule gives with its answer, NULL if
 * none. The caller frees it. */
int select_rule_ask_reason(struct select_rule *rule,
    const struct select_rule_set *unit, const struct select_rule_set *reader,
    size_t count, const char *handbook, char **reason, struct diag *diag);

#endif
