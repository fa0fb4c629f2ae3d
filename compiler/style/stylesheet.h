/*
 * The adapter to libxslt: compiles the embedded stylesheets once and runs
 * them. The only place that includes libxslt.
 * Invariant: a stylesheet reads only embedded sheets and its input, writes
 * nothing but its result, and a result that is not whole is never used.
 * Source: research/security.md section 2.
 */
#ifndef VADE_STYLE_STYLESHEET_H
#define VADE_STYLE_STYLESHEET_H

#include <stdbool.h>
#include <stdint.h>

#include <libxml/tree.h>

#include "base/diag.h"

struct stylesheet;

/*
 * Gets every page (v:page) of a result when it is whole, those inside it
 * before it. The node is lent; unless all is kept, it is gone after that, so
 * that a handbook needs the room of its largest page.
 */
struct page_taker {
	void (*take)(struct page_taker *taker, const xmlNode *page);
	bool keep;
};

/* Compiles an embedded stylesheet by name. NULL with V0601 reported. */
struct stylesheet *stylesheet_new(const char *name, struct diag *diag);
/*
 * Compiles a stylesheet of the project, which may import "vade:NAME", the
 * embedded sheets, and nothing else. doc is taken; file is its number in
 * sources, for places. NULL with V0625 reported.
 */
struct stylesheet *
stylesheet_new_take(xmlDoc *doc, uint32_t file, struct diag *diag);
void stylesheet_free(struct stylesheet *sheet);
/* A copy of a stylesheet that is not compiled yet; the caller frees it. */
xmlDoc *stylesheet_copy(const xmlDoc *doc);
/* Compiles such a copy without one child of its root element. As
 * stylesheet_new_take; doc stays the caller's. */
struct stylesheet *stylesheet_new_without(const xmlDoc *doc,
    const xmlNode *part, uint32_t file, struct diag *diag);
/* Where an element of the project's stylesheet stands. */
struct place stylesheet_place(const struct stylesheet *sheet,
    const xmlNode *node, struct diag *diag);
/* Is it a stylesheet of the project? */
bool stylesheet_is_foreign(const struct stylesheet *sheet);
/* Reports that the result of a sheet cannot be used. Returns -1. */
int stylesheet_refuse(const struct stylesheet *sheet, const char *what,
    struct diag *diag);
/*
 * Transforms doc, which libxslt may mark. The caller frees the result; taker
 * (NULL: none) gets its pages. NULL with V0601 reported, or V0625 if the sheet
 * is the project's.
 */
xmlDoc *stylesheet_run(const struct stylesheet *sheet, xmlDoc *doc,
    struct page_taker *taker, struct diag *diag);

#endif
