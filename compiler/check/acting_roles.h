/*
 * Who acts in which procedures, counted by role, stage and level. Used by the
 * coverage rule of a project, by the notes of what a role lacks and by
 * `vade roles coverage`.
 * Invariant: who acts is what steps and leads say; who only reads does not
 * count. Attributes are equal in every language, so one book is looked at.
 */
#ifndef VADE_CHECK_ACTING_ROLES_H
#define VADE_CHECK_ACTING_ROLES_H

#include "project/sources_and_readers.h"

/* The counts. An axis that the project does not declare is one column. */
struct acting_roles {
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
acting_roles_open(struct acting_roles *acting, const struct edition *edition);
void acting_roles_close(struct acting_roles *acting);

unsigned acting_roles_count(const struct acting_roles *acting, size_t role,
    size_t stage, size_t level);
/* No procedure, on a level that is one of the role's. */
bool acting_roles_is_gap(const struct acting_roles *acting, size_t role,
    size_t stage, size_t level);
/* The name of a column; "" for an axis that is not declared. Lent. */
const char *acting_roles_id(const struct axis *axis, size_t index);

/* A role that somebody has: one with a handbook of its own, or without roles
 * below it. */
bool acting_roles_is_counted(const struct edition *edition, size_t role);
/* Sets the values of the role axis that are sectors to be covered: those of
 * the group all-sectors; without it, all. */
void acting_roles_sectors(const struct edition *edition, uint64_t *sectors);
/* Sets the sectors that lead a procedure. */
void acting_roles_lead_sectors(const struct edition *edition,
    const xmlNode *task, uint64_t *sectors);
/* Is a procedure for this value of a tree or set axis, as it and what is
 * around it say? */
bool acting_roles_is_for(const struct edition *edition, const xmlNode *task,
    const struct axis *axis, size_t value);

#endif
