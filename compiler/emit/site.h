/*
 * The site of a handbook: the pages that the stylesheet made, the style sheet
 * and the images, in a folder.
 * Invariant: every page carries the edition's short code.
 */
#ifndef VADE_EMIT_SITE_H
#define VADE_EMIT_SITE_H

#include "emit/emitter.h"

/* An emitter. */
int site_emit(struct emit_job *job, struct diag *diag);

struct site {
	const char *folder; /* "x/" before each name */
	const char *code;
	const struct look_files *look;
	const struct asset *assets;
	size_t asset_count;
	const struct buf *search; /* of search_write; NULL = no script */
};

/* Writes the pages of a transformation. 0, or -1 reported. */
int site_write(const xmlDoc *result, const struct site *site, struct sink *sink,
    struct diag *diag);

#endif
