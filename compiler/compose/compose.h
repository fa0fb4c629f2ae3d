/*
 * Composes a handbook: what we add to a projected view, the numbers, pages and
 * targets of all of it, and drawings, by the table steps.def. The only caller
 * of link and of the rooms' other files here.
 * What each file is for, and its invariant, stands at its head.
 * Invariant: computed from the view, the project's settings and the files it
 * shows; the order of the steps is that of the table.
 */
#ifndef VADE_COMPOSE_COMPOSE_H
#define VADE_COMPOSE_COMPOSE_H

#include "link/pages.h"
#include "project/view.h"

/* The id of the index, and so the name of its page, where it is ours. */
#define TERM_INDEX_ID "v-index"

enum compose_part { COMPOSE_ADD, COMPOSE_LINK, COMPOSE_DRAW };

struct compose_step {
	const char *name;
	const char *needs; /* names of earlier steps, by blanks */
	enum compose_part part;
	/* 0, or -1 with a report. */
	int (*run)(struct view *view, struct pages *pages);
};

extern const struct compose_step compose_steps[];
extern const size_t compose_step_count;

/*
 * Runs every step on a view that was projected and filtered. Stops after one
 * that failed. Returns 0 and how many pages there are, or -1 with V04xx
 * reported.
 */
int compose_view(struct view *view, size_t *page_count);

/*
 * Gives each form that has fields the name of its sheet (v:sheet), and each
 * procedure the list of the forms that it cites (v:forms), in the order in
 * which it cites them. Linear in the nodes and citations.
 */
void form_add(struct view *view);

/*
 * Adds v:situations, v:call and v:later to the root of a linked view, v:readers
 * to its procedures, v:tel to the number of the emergency services where it is
 * written. A procedure is of a situation if its stage (axis "stage") is "oper",
 * or, without a stage, if it says when it is used; it is urgent if it shows a
 * warning[@role='life']. Linear in the view, times handbooks for each
 * procedure.
 */
void situation_add(struct view *view);

/*
 * Adds v:matrix to the root of a linked view: a column per role of the
 * handbook, or per sector if it is for no role in particular, and a line per
 * procedure; and pictures of it. Nothing, in the handbook of one role, or where
 * there are not two of each. Linear in procedures times columns.
 */
void role_matrix_add(struct view *view);

/*
 * Puts a v:picture kind="lane" with a drawing at the end of every task whose
 * shown steps have more than one actor or a decision. Linear in steps, times
 * the lanes of a procedure.
 */
void swimlane_draw(struct view *view);

/*
 * Fills the author's first empty index, else one that it appends to the view's
 * last book, article or part; none where nothing is to be listed or there is no
 * place for it. The index gets
 *   v:index > v:letter[@name] > v:entry[@words]
 *           > v:place[@number], v:see, v:also, v:entry
 * and each place the same number as v:place. Before the pages are found.
 * Linear, but for sorting.
 */
void term_index_add(struct view *view);

/*
 * Says of each v:place where it is (@href, @text), once the pages are known;
 * @again of one on the page of the place before it. Linear.
 */
void term_index_link(struct view *view);

/*
 * Gives procedures v:lead, v:with, v:informed, v:partner, steps v:actor, v:to
 * (lists of roles) and v:go ("" if it leads to what is not shown), both
 * v:own-class; and the top element v:names[@project] > v:language[@id],
 * v:class[@id, @label], v:roles[@id = a list] > v:role[@id, @label]. Linear.
 */
void ids_for_programs_add(struct view *view);

#endif
