/*
 * Numbers, targets and marks of a view: what each file of this room leaves on
 * it. Called in the order of compose/steps.def, and from nowhere else. Pages
 * (link/pages.h) and captions (link/reference_text.h) are beside it.
 * What each file is for, and its invariant, stands at its head.
 * Invariant: every pass is linear in the nodes, and computed from the view
 * alone.
 */
#ifndef VADE_LINK_LINK_H
#define VADE_LINK_LINK_H

#include "link/pages.h"
#include "project/view.h"

/*
 * Fills rows, and leaves v:columns, v:align, v:valign on cells and v:width on
 * colspecs. Linear in the rows times the columns of each table; a column beyond
 * the thousandth is left alone.
 */
void cell_columns_place(struct view *view);

/*
 * Leaves v:label on what is numbered; an author's own label attribute wins, and
 * is then the same in every handbook. A list that does not begin at one gets
 * v:start; items that show the numbers above theirs, v:number.
 */
void number_view(struct view *view);

/* How numbers look: 4, d, D, iv, IV. The caller frees. */
enum number_style {
	NUMBER_ARABIC,
	NUMBER_LOWER_LETTER,
	NUMBER_UPPER_LETTER,
	NUMBER_LOWER_ROMAN,
	NUMBER_UPPER_ROMAN,
};
char *number_format(unsigned number, enum number_style style);
/* Puts glossary entries into the order of the view's language. */
void number_sort_glossaries(struct view *view);

/*
 * Needs number_view before. Linear in the nodes. An area on a line that the
 * listing lacks stands at its end; areas of a picture stay where they are.
 */
void callout_place(struct view *view);

/*
 * linenumbering="numbered", from startinglinenumber, or on from the last with
 * continuation="continues". After callout_place. Linear in the text.
 */
void line_numbers_add(struct view *view);

/* Adds the anchors. Linear in nodes. */
void former_ids_add(struct view *view);

/*
 * Leaves v:target (an id), v:target-page and v:target-mark on what links, and
 * v:text where that says nothing by itself; v:href only for an address on the
 * web; v:go-target …, v:go-text where a branch goes on.
 */
void resolve_links(struct view *view, const struct pages *pages);

/* Needs pages_annotate before. Linear in the nodes. */
void class_mark_place(struct view *view);

#endif
