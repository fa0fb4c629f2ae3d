/*
 * The index page of a shelf: its handbooks by sector, with a link per
 * language and format, and the names of those that this output lacks.
 * Invariant: it names nothing that is not on the shelf.
 */
#ifndef VADE_FORMAT_SHELF_H
#define VADE_FORMAT_SHELF_H

#include "format/emitter.h"

/* What the output this build leaves holds. Asked for the shelf's own only. */
struct shelf_offer {
	/* The formats of a handbook in a tongue; 0 = it is not there. */
	uint32_t (*formats)(const struct shelf_offer *offer, size_t handbook,
	    size_t tongue);
	/* Bytes of a format that is there. */
	size_t (*size)(const struct shelf_offer *offer, size_t handbook,
	    size_t tongue, enum format format);
};

/* index.html, vade.css, and where there are roles or languages shelf.js: the
 * sites that are there, by which pages lead straight to one another and to no
 * language that is not there. 0, or -1 reported. */
int shelf_emit(const struct project *project, size_t shelf,
    enum build_mode mode, const struct shelf_offer *offer,
    const struct organisation_look *look, struct sink *sink, struct diag *diag);

/* The page above the shelves, index.html and vade.css: those listed, by their
 * titles, and how to reach the others. 0, or -1 reported. */
int shelf_emit_root(const struct project *project, const bool *listed,
    enum build_mode mode, const struct organisation_look *look,
    struct sink *sink, struct diag *diag);

#endif
