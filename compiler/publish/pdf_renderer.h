/*
 * Renderers: processes that turn documents into PDF with Typst, one for each
 * worker at a time (format/typ/render.js is what runs in them). Used by the
 * front, which starts them, and by workers, which ask.
 * Invariant: a renderer has no network, writes no file, knows nothing of the
 * environment, and ends when the front does. What one document does to it, the
 * next worker does not feel.
 */
#ifndef VADE_PUBLISH_PDF_RENDERER_H
#define VADE_PUBLISH_PDF_RENDERER_H

#include "format/emitter.h"
#include "publish/typst_installation.h"

struct renderers {
	struct process_renderer *all; /* one a slot; started when wanted */
	size_t count;
	struct typst_engine engine;
	unsigned long seconds;   /* after which a document is given up */
	unsigned long megabytes; /* that a renderer may allocate */
};

/*
 * Makes room for renderers, as many of at most count as there is memory for,
 * but one. $VADE_RENDER_SECONDS and $VADE_RENDER_MB set the limits of each. 0,
 * or -1 reported.
 */
int renderers_open(struct renderers *renderers,
    const struct typst_engine *engine, size_t count, struct diag *diag);
/*
 * Sees that the renderer of a slot can be asked: starts it if there is none,
 * if it died or failed, or if it grew too large. Only the front may, between
 * two workers. 0, or -1 reported.
 */
int
renderers_ready(struct renderers *renderers, size_t slot, struct diag *diag);
/* The renderer of a worker. Lent; not for two workers at once. */
struct renderer *renderers_get(const struct renderers *renderers, size_t slot);
/* Ends them and waits. */
void renderers_close(struct renderers *renderers);

#endif
