/*
 * The adapter to libxslt: compiles the embedded stylesheets once and runs
 * them. The only place, with sheet.c, that includes libxslt.
 * Invariant: a stylesheet reads only embedded sheets and its input, writes
 * nothing but its result, and a result that is not whole is never used.
 * Source: research/security.md section 2.
 */
#ifndef VADE_EMIT_SHEET_H
#define VADE_EMIT_SHEET_H

#include <libxml/tree.h>

#include "base/diag.h"

struct sheet;

/* Compiles an embedded stylesheet by name. NULL with V0601 reported. */
struct sheet *sheet_new(const char *name, struct diag *diag);
void sheet_free(struct sheet *sheet);
/*
 * Transforms doc, which libxslt may mark. The caller frees the result. NULL
 * with V0601 reported.
 */
xmlDoc *sheet_run(const struct sheet *sheet, xmlDoc *doc, struct diag *diag);

#endif
