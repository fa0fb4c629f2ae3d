/*
 * Renderers: processes that turn documents into PDF with Typst, one for each
 * worker at a time (emit/typ/render.js is what runs in them). Used by the
 * front, which starts them, and by workers, which ask.
 * Invariant: a renderer has no network, writes no file, knows nothing of the
 * environment, and ends when the front does.
 */
#ifndef VADE_PUBLISH_RENDERER_H
#define VADE_PUBLISH_RENDERER_H

#include <sys/types.h>

#include "emit/emitter.h"

/* Where the engine is. All owned. */
struct engine {
	char *folder;  /* holds node_modules; NULL: there is none */
	char *node;    /* the program; NULL: there is none */
	bool unwanted; /* the user said to do without */
};

/*
 * Looks for the engine: in $VADE_TYPST (an empty one: not wanted), else in
 * typst/ beside the program or one folder up, else in ../share/vade/typst; and
 * for node in $VADE_NODE, else in $PATH.
 */
void engine_find(struct engine *engine);
void engine_clear(struct engine *engine);
bool engine_is_whole(const struct engine *engine);

struct renderers {
	struct process_renderer *all;
	size_t count;
};

/* Starts count renderers. 0, or -1 reported. */
int renderers_start(struct renderers *renderers, const struct engine *engine,
    size_t count, struct diag *diag);
/* The renderer of a worker. Lent; not for two workers at once. */
struct renderer *renderers_get(const struct renderers *renderers, size_t index);
/* Ends them and waits. */
void renderers_stop(struct renderers *renderers);

#endif
