/*
 * The PDF engine: a folder with Typst's node modules, and the program node.
 * Installed apart (make deps-pdf), so it may be missing. Used by the front,
 * by renderers and by `vade doctor`.
 * Invariant: finding it runs nothing.
 */
#ifndef VADE_PUBLISH_TYPST_INSTALLATION_H
#define VADE_PUBLISH_TYPST_INSTALLATION_H

#include <stdbool.h>

/* Where the engine is. All owned. */
struct typst_engine {
	char *folder;  /* holds node_modules; NULL: there is none */
	char *node;    /* the program; NULL: there is none */
	bool unwanted; /* the user said to do without */
};

/*
 * Looks for the engine: in $VADE_TYPST (an empty one: not wanted), else in
 * typst/ beside the program or one folder up, else in ../share/vade/typst; and
 * for node in $VADE_NODE, else in $PATH.
 */
void typst_engine_find(struct typst_engine *engine);
/* to is overwritten. */
void
typst_engine_copy(struct typst_engine *to, const struct typst_engine *from);
void typst_engine_clear(struct typst_engine *engine);
bool typst_engine_is_whole(const struct typst_engine *engine);

#endif
