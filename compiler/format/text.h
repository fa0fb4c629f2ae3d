/*
 * The format "text": a handbook as one file of plain text, 80 columns wide,
 * what text.xsl makes of its view, wrapped.
 * Invariant: each page begins with what every page of a handbook says: its
 * class, edition, date in force, language, copy condition, code and notice.
 */
#ifndef VADE_FORMAT_TEXT_H
#define VADE_FORMAT_TEXT_H

#include "format/emitter.h"

/* An emitter. */
int text_emit(struct emit_job *job, struct diag *diag);

#endif
