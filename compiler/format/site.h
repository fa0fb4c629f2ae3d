/*
 * The site of a handbook: the pages that the stylesheet made, the style sheet
 * and the images, in a folder.
 * Invariant: every page carries the edition's short code.
 */
#ifndef VADE_FORMAT_SITE_H
#define VADE_FORMAT_SITE_H

#include "format/emitter.h"

/* An emitter. */
int site_emit(struct emit_job *job, struct diag *diag);

struct site {
	const char *folder; /* "x/" before each name */
	const struct html_pages *pages;
	const struct organisation_look *look;
	const struct asset *assets;
	size_t asset_count;
	const struct buf *search; /* of search_of; NULL = no script */
};

/*
 * Makes the pages of a handbook, or of a shelf (view NULL), with the edition's
 * code in them, and gives that. *tree gets nested v:page elements, or nothing
 * if NULL: then the room of one page is enough. 0, or -1 reported.
 */
int site_make(const struct organisation_look *look,
    const struct project *project, const struct view *view, xmlDoc *doc,
    struct html_pages *pages, xmlDoc **tree, struct diag *diag);
/* Sends the files of a site. 0, or -1 reported. */
int site_send(const struct site *site, struct sink *sink);

#endif
