/*
 * The format "json": the procedures of a handbook as data, for other programs:
 * steps, actors, hand-offs, decisions, responsibilities, and the facts of the
 * edition. Its form is schemas/handbook.schema.json.
 * Invariant: an id stands in it only if the handbook shows what has it.
 */
#ifndef VADE_FORMAT_JSON_H
#define VADE_FORMAT_JSON_H

#include "format/emitter.h"

/* An emitter. */
int json_emit(struct emit_job *job, struct diag *diag);

#endif
