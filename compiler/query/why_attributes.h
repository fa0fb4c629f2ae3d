/*
 * The trail of an element: the attributes, from the root down to it, that say
 * for whom it is, each with what it did. Used by why.
 * Invariant: facts stand in the order in which selection applied them; what
 * they did is read from the reaches, never computed anew.
 */
#ifndef VADE_QUERY_WHY_ATTRIBUTES_H
#define VADE_QUERY_WHY_ATTRIBUTES_H

#include "project/edition.h"

enum why_rule {
	WHY_INHERITED,     /* all of what is around was in it already */
	WHY_NARROWED,      /* to `effective` */
	WHY_NOBODY,        /* nothing in common with what is around */
	WHY_CLASS_SET,     /* the first class on the way */
	WHY_CLASS_RAISED,  /* higher than around */
	WHY_CLASS_KEPT,    /* not higher than around, so that stays */
	WHY_TASK_DEFAULT,  /* of v:lead: lead ∪ with ∪ informed */
	WHY_TASK_PART,     /* of v:with, v:informed: the same */
	WHY_TASK_REPLACED, /* of the three, if the task has an audience */
	WHY_RULES,
};

struct why_attribute {
	const xmlNode *node;
	char name[64];      /* of the attribute, as authors write it */
	const char *tokens; /* lent */
	size_t axis;
	enum why_rule rule;
	char *effective; /* what is left then: tokens, or the class */
};

struct why_attributes {
	struct why_attribute *facts;
	size_t count;
	size_t capacity;
};

void why_attributes_follow(struct why_attributes *trail,
    const struct edition *edition, const xmlNode *node);
void why_attributes_clear(struct why_attributes *trail);

/* "narrowed", the same in every language, for data. */
const char *why_attributes_rule_name(enum why_rule rule);
/* "narrowed to police-officer". The caller frees. */
char *why_attributes_words_format(const struct why_attribute *fact,
    const struct axes *axes, enum diag_language ui);

#endif
