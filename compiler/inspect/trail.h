/*
 * The trail of an element: the attributes, from the root down to it, that say
 * for whom it is, each with what it did. Used by why.
 * Invariant: facts stand in the order in which selection applied them; what
 * they did is read from the reaches, never computed anew.
 */
#ifndef VADE_INSPECT_TRAIL_H
#define VADE_INSPECT_TRAIL_H

#include "inspect/edition.h"

enum trail_rule {
	TRAIL_INHERITED,     /* all of what is around was in it already */
	TRAIL_NARROWED,      /* to `effective` */
	TRAIL_NOBODY,        /* nothing in common with what is around */
	TRAIL_CLASS_SET,     /* the first class on the way */
	TRAIL_CLASS_RAISED,  /* higher than around */
	TRAIL_CLASS_KEPT,    /* not higher than around, so that stays */
	TRAIL_TASK_DEFAULT,  /* of v:lead: lead ∪ with ∪ informed */
	TRAIL_TASK_PART,     /* of v:with, v:informed: the same */
	TRAIL_TASK_REPLACED, /* of the three, if the task has an audience */
	TRAIL_RULES,
};

struct trail_fact {
	const xmlNode *node;
	char name[64];      /* of the attribute, as authors write it */
	const char *tokens; /* lent */
	size_t axis;
	enum trail_rule rule;
	char *effective; /* what is left then: tokens, or the class */
};

struct trail {
	struct trail_fact *facts;
	size_t count;
	size_t capacity;
};

void trail_follow(struct trail *trail, const struct edition *edition,
    const xmlNode *node);
void trail_clear(struct trail *trail);

/* "narrowed", the same in every language, for data. */
const char *trail_rule_name(enum trail_rule rule);
/* "narrowed to police-officer". The caller frees. */
char *trail_words_format(const struct trail_fact *fact, const struct axes *axes,
    enum diag_language ui);

#endif
