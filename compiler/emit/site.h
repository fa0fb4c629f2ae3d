/*
 * The site of a handbook (html/…) and the index page of a shelf.
 * Invariant: every page carries the edition's short code, which depends on
 * every byte of the site and on nothing outside it.
 */
#ifndef VADE_EMIT_SITE_H
#define VADE_EMIT_SITE_H

#include <stdbool.h>

#include "emit/emitter.h"

int site_emit(const struct emit_job *job, struct diag *diag);

/* Is the handbook, in a language, in the output this build leaves? */
struct site_presence {
	bool (*is_there)(const struct site_presence *presence, size_t handbook,
	    const char *lang);
};

/* index.html and vade.css of a shelf. 0, or -1 reported. */
int site_emit_shelf(const struct project *project, size_t shelf,
    enum build_mode mode, const struct site_presence *presence,
    const struct sheet *html, struct sink *sink, struct diag *diag);

#endif
