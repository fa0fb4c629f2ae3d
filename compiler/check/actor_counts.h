/*
 * Who acts in which procedures, counted by role, stage and level. Used by the
 * coverage rule of a project, by the notes of what a role lacks and by
 * `vade roles coverage`.
 * Invariant: who acts is what steps and leads say; who only reads does not
 * count. Attributes are equal in every language, so one book is looked at.
 */
#ifndef VADE_CHECK_ACTOR_COUNTS_H
#define VADE_CHECK_ACTOR_COUNTS_H

#include "project/edition.h"

/* The counts. An axis that the project does not declare is one column. */
struct actor_counts {
	const struct edition *edition;
	const struct axis *role;
	const struct axis *stage; /* NULL = not declared */
	const struct axis *level;
	size_t stages; /* at least 1 */
	size_t levels;
	unsigned *acts;   /* role × stage × level: procedures */
	unsigned *in_all; /* role: procedures */
};

/* Counts all procedures of an edition whose project declares roles. */
void
actor_counts_open(struct actor_counts *acting, const struct edition *edition);
void actor_counts_close(struct actor_counts *acting);

unsigned actor_counts_count(const struct actor_counts *acting, size_t role,
    size_t stage, size_t level);
/* No procedure, on a level that is one of the role's. */
bool actor_counts_is_gap(const struct actor_counts *acting, size_t role,
    size_t stage, size_t level);
/* The name of a column; "" for an axis that is not declared. Lent. */
const char *actor_counts_id(const struct axis *axis, size_t index);

/* A role that somebody has: one with a handbook of its own, or without roles
 * below it. */
bool actor_counts_is_counted(const struct edition *edition, size_t role);
/* Sets the values of the role axis that are sectors to be covered: those of
 * the group all-sectors; without it, all. */
void actor_counts_sectors(const struct edition *edition, uint64_t *sectors);
/* Sets the sectors that lead a procedure. */
void actor_counts_lead_sectors(const struct edition *edition,
    const xmlNode *task, uint64_t *sectors);
/* Is a procedure for this value of a tree or set axis, as it and what is
 * around it say? */
bool actor_counts_is_for(const struct edition *edition, const xmlNode *task,
    const struct axis *axis, size_t value);

#endif
