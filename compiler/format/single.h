/*
 * The format "single": the whole handbook as one HTML file that needs nothing
 * beside it: style and images are inside. The form for phones.
 * Invariant: it refers to no other file, and every link inside it resolves.
 */
#ifndef VADE_FORMAT_SINGLE_H
#define VADE_FORMAT_SINGLE_H

#include "format/emitter.h"

/* An emitter. */
int single_emit(struct emit_job *job, struct diag *diag);

#endif
