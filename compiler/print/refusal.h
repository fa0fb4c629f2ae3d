/*
 * Where in the sources stands what the PDF engine refuses? It has never seen
 * them, and tells at most some words.
 */
#ifndef VADE_PRINT_REFUSAL_H
#define VADE_PRINT_REFUSAL_H

#include "project/view.h"

/* Reports a refusal of the file at path in the engine's words, as V0602, V0660
 * or V0652. Returns -1. */
int print_refused(const struct view *view, const char *path,
    const char *refusal, struct diag *diag);

/* Refuses at once, as V0602, a drawing of an author with a sign on which the
 * engine would hang until its limit. 0 or -1. */
int print_refuse_drawings(const struct view *view, const char *path,
    struct diag *diag);

#endif
