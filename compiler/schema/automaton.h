/*
 * The lazy automaton of a schema: states and the steps between them. Used by
 * the validator.
 * A state is a pattern: a choice of AFTERs, whose second part is a MARK with
 * the number of what follows in the element around. Those are with the
 * transition into the element, so a state is the same wherever the element
 * stands.
 * Invariant: NOT_ALLOWED is the state in which nothing is allowed; no step
 * leads out of it.
 */
#ifndef VADE_SCHEMA_AUTOMATON_H
#define VADE_SCHEMA_AUTOMATON_H

#include "schema/derive.h"
#include "schema/schema.h"

/* What a state becomes without a name; MEMO_NONE: not worked out yet. */
struct state {
	uint32_t closed;
	uint32_t text;
	uint32_t end;
};

/* A start tag, or an attribute with its value: into it, and what follows. */
struct transition {
	uint32_t child; /* the state in it */
	uint32_t first; /* of what follows, by mark */
	uint32_t count;
	bool takes_all; /* any value leads to the one that follows */
};

struct schema {
	struct patterns patterns;
	struct datatypes datatypes;
	uint32_t start;       /* the state before the root */
	struct state *states; /* by pattern */
	size_t state_count;
	struct memo steps; /* number of a transition, 0: there is none */
	struct transition *transitions;
	size_t transition_count;
	size_t transition_capacity;
	uint32_t *rests;
	size_t rest_count;
	size_t rest_capacity;
	struct memo ends;  /* of transition and marks */
	struct memo found; /* what automaton_find_element gave, by name */
};

void automaton_init(struct schema *schema, uint32_t start);
void automaton_clear(struct schema *schema);

uint32_t automaton_make_step(struct schema *schema, uint64_t key);
uint32_t
automaton_make_end(struct schema *schema, uint32_t transition, uint32_t marks);
struct state *automaton_make_state(struct schema *schema, uint32_t state);

/* The transition by a start tag or attribute; 0: the state allows none. */
static inline uint32_t
automaton_step(struct schema *schema, enum derive what, uint32_t state,
    uint32_t name)
{
	uint64_t key =
	    (uint64_t)(what + 1) << 60 | (uint64_t)name << 32 | state;
	uint32_t transition = memo_get(&schema->steps, key);

	return transition != MEMO_NONE ? transition
				       : automaton_make_step(schema, key);
}

static inline struct state *
automaton_state(struct schema *schema, uint32_t state)
{
	return state < schema->state_count &&
		schema->states[state].end != MEMO_NONE
	    ? &schema->states[state]
	    : automaton_make_state(schema, state);
}

/* What follows a transition whose child ended with these marks. */
static inline uint32_t
automaton_leave(struct schema *schema, uint32_t transition, uint32_t marks)
{
	const struct transition *t = &schema->transitions[transition];

	return t->count == 1 ? schema->rests[t->first]
			     : automaton_make_end(schema, transition, marks);
}

/* The marks of a state whose content is this text; NOT_ALLOWED: it is not
 * allowed. */
uint32_t automaton_read(struct schema *schema, uint32_t state, const char *text,
    const xmlNode *node);
/* The content that elements of this name have anywhere, for one that stands
 * where it should not; NOT_ALLOWED: there are none. *is_written: the schema
 * writes the name out. */
uint32_t
automaton_find_element(struct schema *schema, uint32_t name, bool *is_written);

#endif
