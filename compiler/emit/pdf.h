/*
 * The formats that Typst lays out: a handbook on A4, as PDF/UA-1 and as
 * PDF/A-2a, field cards on A6, alone or four on a sheet, and bulletins.
 * Invariant: the worker says all that a document is made of; the renderer
 * adds nothing, and equal requests have equal answers.
 */
#ifndef VADE_EMIT_PDF_H
#define VADE_EMIT_PDF_H

#include "emit/emitter.h"

/* All as emit_format says. */
int pdf_emit(struct emit_job *job, struct diag *diag);
int pdf_archive_emit(struct emit_job *job, struct diag *diag);
int card_emit(struct emit_job *job, struct diag *diag);
int card_sheet_emit(struct emit_job *job, struct diag *diag);
/* Of the page job->only, which is in the view. */
int bulletin_emit(struct emit_job *job, struct diag *diag);

#endif
