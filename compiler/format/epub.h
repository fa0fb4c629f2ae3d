/*
 * The format "epub": an EPUB 3.3 publication, a chapter per page of the site.
 * Invariant: every chapter carries class, edition, code and notice; the
 * metadata on accessibility say what was found in the content, no more; same
 * handbook, same bytes.
 * Source: EPUB 3.3 and EPUB Accessibility 1.1 (W3C Recommendations of 2023).
 */
#ifndef VADE_FORMAT_EPUB_H
#define VADE_FORMAT_EPUB_H

#include "format/emitter.h"

/* An emitter. */
int epub_emit(struct emit_job *job, struct diag *diag);

#endif
