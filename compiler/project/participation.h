/*
 * The share of a handbook in a step (DESIGN section 6): its own, handed to
 * it, or another's. Used by copy and task_facts.
 * Invariant: a share is decided by roles alone; what may be read was decided
 * before, by the masks.
 */
#ifndef VADE_PROJECT_PARTICIPATION_H
#define VADE_PROJECT_PARTICIPATION_H

#include "project/view.h"

enum participation {
	PARTICIPATION_WHOLE,    /* shown in full: no roles to tell apart */
	PARTICIPATION_MINE,     /* a role of the handbook acts */
	PARTICIPATION_STANDIN,  /* acts when whoever should cannot be reached */
	PARTICIPATION_RECEIVED, /* handed to a role of the handbook */
	PARTICIPATION_LINE, /* another's: its title, and what must not be missed */
	PARTICIPATION_NONE, /* another's, left out */
};

/* Who acts in a step: its v:actor, that of a step around it, else the lead;
 * NULL in a procedure of no task. Lent. */
const char *participation_actors(const xmlNode *step);
/* Who does a step when its actors cannot be reached: its v:standin, or that of
 * a step around it, unless a v:actor stands between; NULL for nobody. Lent. */
const char *participation_standins(const xmlNode *step);
/* The task around a source element, NULL if there is none. */
const xmlNode *participation_task(const xmlNode *source);
/* Does one of the tokens name a role of the handbook? Parties never do. The
 * handbook has role values; tokens may be NULL. */
bool participation_names_reader(const struct view *view, const char *tokens);
/* For whom an element that the handbook shows says that it is written: what
 * names roles, and is shown, names the reader's; in a handbook for no roles it
 * is for others. Of an element that a filter made (NULL): for anybody. */
enum use_for { USE_FOR_READER, USE_FOR_ANYBODY, USE_FOR_OTHERS };
enum use_for
participation_use_for(const struct view *view, const xmlNode *source);
/* The share of the view's handbook in a source step that it may read. */
enum participation
participation_of_step(const struct view *view, const xmlNode *step);
/* Does a branch go with the step around it, which is no line? It says nothing
 * of its own of who acts, and has no share of its own. */
bool participation_goes_along(const struct view *view, const xmlNode *step);
/* Does a list of steps in another's step lead to one that must show, outside
 * of warnings: of the handbook's own, handed to it, or, in brief, a decision,
 * each of whose branches is a line? */
bool participation_leads_on(const struct view *view, const xmlNode *list);

#endif
