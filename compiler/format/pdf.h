/*
 * The formats that Typst lays out: a handbook on A4, as PDF/UA-1 and as
 * PDF/A-2a, field cards on A6, alone or four on a sheet, and bulletins.
 * Invariant: the worker says all that a document is made of; the renderer
 * adds nothing, and equal requests have equal answers.
 */
#ifndef VADE_FORMAT_PDF_H
#define VADE_FORMAT_PDF_H

#include "format/emitter.h"

/* All as emit_format says. */
int pdf_emit(struct emit_job *job, struct diag *diag);
int pdf_archive_emit(struct emit_job *job, struct diag *diag);
int card_emit(struct emit_job *job, struct diag *diag);
int card_sheet_emit(struct emit_job *job, struct diag *diag);
/* Of the page job->only, which is in the view. */
int bulletin_emit(struct emit_job *job, struct diag *diag);

/*
 * Lays out a page of nothing in every font and throws it away, then asks the
 * engine what it is: its version, that of node and names of fonts, parted by
 * tabs. 0, or -1 with V0652 or V0653 reported.
 */
int pdf_try(struct renderer *renderer, struct buf *about, struct diag *diag);

#endif
