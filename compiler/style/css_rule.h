/*
 * The CSS of an organisation, by an allow-list (css_allowed.def): what it
 * addresses, what it sets, and to what. Used by organisation_look.
 * Invariant: what comes out was understood token by token and is written anew,
 * so a browser reads nothing else in it; what is not on the lists is an error
 * with its place, never left out in silence.
 */
#ifndef VADE_STYLE_CSS_RULE_H
#define VADE_STYLE_CSS_RULE_H

#include "base/buf.h"
#include "base/diag.h"
#include "base/map.h"

struct css_sheet {
	struct buf pages; /* as it goes into sites and single files */
	struct buf book;  /* without colours: EPUB readers bring their own */
	/* Own classes whose boxes have a ground that only words of their own
	 * were judged on: nothing that protects may stand in them. */
	struct map painted;
};

/*
 * Reads the source of a number. own holds the classes that the organisation's
 * stylesheet gives to boxes of its own (may be empty). 0, or -1 with V0628 to
 * V0633 or V0140 to V0142 reported. The caller calls css_sheet_clear.
 */
int css_read(struct css_sheet *sheet, uint32_t file, const struct map *own,
    struct diag *diag);
void css_sheet_clear(struct css_sheet *sheet);

/* Adds the classes that a sheet of ours has rules for. */
void css_add_classes(struct map *classes, const char *text, size_t size);

#endif
