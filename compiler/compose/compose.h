/*
 * Composes a handbook: what we add to a projected view, the numbers, pages and
 * targets of all of it, and drawings, by the table steps.def. The only caller
 * of link and of the rooms' other files here.
 * Invariant: computed from the view, the project's settings and the files it
 * shows; the order of the steps is that of the table.
 */
#ifndef VADE_COMPOSE_COMPOSE_H
#define VADE_COMPOSE_COMPOSE_H

#include "link/pages.h"
#include "project/view.h"

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

#endif
