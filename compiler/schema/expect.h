/*
 * What a state wanted: the facts of an error. Used by the validator.
 * Invariant: facts are of names that the schema writes out; lists are in the
 * order of their numbers.
 */
#ifndef VADE_SCHEMA_EXPECT_H
#define VADE_SCHEMA_EXPECT_H

#include "schema/automaton.h"

enum expect { EXPECT_ELEMENTS, EXPECT_ATTRIBUTES };

/* Owns what an error lends. */
struct expected {
	struct schema_name *names;
	struct schema_name *missing;
	const char **values;
	const char **types;
};

/* Tells in *error what could, and what must, follow in a state. */
void expect_names(struct schema *schema, enum expect what, uint32_t state,
    struct schema_error *error, struct expected *expected);
/* Tells which values the state of an attribute or element takes. */
void expect_values(struct schema *schema, uint32_t state, const char *text,
    struct schema_error *error, struct expected *expected);
/* Tells the name nearest to one that is not there. */
void expect_nearest(struct schema *schema, enum expect what, const char *ns,
    const char *local, struct schema_error *error);
void expected_clear(struct expected *expected);

#endif
