/*
 * The look of an organisation: a stylesheet that imports ours, and CSS that
 * comes after ours. Read by the front, used by every worker.
 * Invariant: a look changes how things are shown, never which: it reads no
 * other file, writes none, and what protects people (the notice, the class
 * mark, the edition's code, every warning and step label) is still there, or
 * nothing is published.
 */
#ifndef VADE_STYLE_ORGANISATION_LOOK_H
#define VADE_STYLE_ORGANISATION_LOOK_H

#include "style/css_rule.h"
#include "style/stylesheet.h"
#include "load/xml.h"
#include "project/view.h"

struct organisation_look {
	const struct stylesheet *html;  /* the project's, or the embedded one */
	const struct stylesheet *plain; /* the embedded one */
	xmlDoc *overlay;                /* the project's as it was read */
	uint32_t overlay_file;          /* in sources */
	struct map ours;                /* classes that our CSS has rules for */
	struct map own; /* those of the organisation's own boxes */
	bool has_css;
	struct css_sheet css;
};

/*
 * Reads and compiles what the project names; without a look, the embedded
 * sheet. 0, or -1 with V0625 to V0636 (or V01xx, of the files) reported. What
 * it makes lives as long as the process.
 */
int organisation_look_read(struct organisation_look *files,
    const struct project *project, struct xml_reader *reader,
    struct diag *diag);

/*
 * Does the result of a project's sheet still hold what protects, in its place
 * (style/protection_kept.h)? pages is what the sheet made of doc: a handbook,
 * of this view, or a shelf (view NULL); its data: pictures are cleaned. 0, or
 * -1 with V0627, V0635 or V0637 reported at the template that does it.
 */
int organisation_look_check(const struct organisation_look *files,
    const struct project *project, const struct view *view, xmlDoc *doc,
    xmlDoc *pages, struct diag *diag);

#endif
