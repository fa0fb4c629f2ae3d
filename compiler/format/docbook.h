/*
 * The format "docbook": a handbook as one plain DocBook 5.0 file, for any tool
 * that knows DocBook. What v: attributes say is turned into content: labels
 * and classes into titles, actors and receivers into paragraphs, facts and
 * responsibilities into lists and tables; images are inside the file.
 * Invariant: valid against DocBook 5.0's schema, and no id is cited that is
 * not there.
 */
#ifndef VADE_FORMAT_DOCBOOK_H
#define VADE_FORMAT_DOCBOOK_H

#include "format/emitter.h"

/* An emitter. */
int docbook_emit(struct emit_job *job, struct diag *diag);

#endif
