/*
 * Numbers, targets and marks of a view: what each file of this room leaves on
 * it. Called in the order of compose/steps.def, and from nowhere else. Pages
 * (link/pages.h) and captions (link/reference_text.h) are beside it.
 * Invariant: every pass is linear in the nodes, and computed from the view
 * alone.
 */
#ifndef VADE_LINK_LINK_H
#define VADE_LINK_LINK_H

#include "link/pages.h"
#include "project/view.h"

/*
 * cell_columns: The cells of CALS tables, each in its column: by colname,
 * namest and nameend, spanname, and by what reaches down from above. Part of
 * link.
 * Invariant: a cell stands under the column that it names; the places that a
 * row leaves out before it are blank cells, so every format may count.
 * Source: OASIS Exchange Table Model (TR 9503:1995).
 * Fills rows, and leaves v:columns, v:align, v:valign on cells and v:width on
 * colspecs. Linear in the rows times the columns of each table; a column
 * beyond the thousandth is left alone.
 */
void cell_columns_place(struct view *view);

/*
 * number: Numbers of a view in one linear pass: parts, chapters, appendices,
 * figures, tables, examples and equations (by chapter), footnotes, questions,
 * items of lists, callouts. Sorted lists (glossary) too.
 * Invariant: they depend on the projected tree alone. Step labels are not made
 * here: they are the same in every handbook (select/step_labels).
 * Leaves v:label on what is numbered; an author's own label attribute wins,
 * and is then the same in every handbook. A list that does not begin at one
 * gets v:start; items that show the numbers above theirs, v:number.
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
 * callout: Callouts of a view: the marks of areas stand in the listing, and
 * each callout says the numbers of its marks.
 * Invariant: a mark has the number of number_view in the listing, in the list
 * and in every reference to it.
 * Needs number_view before. Linear in the nodes. An area on a line that the
 * listing lacks stands at its end; areas of a picture stay where they are.
 */
void callout_place(struct view *view);

/*
 * line_numbers: Numbers of the lines of listings that ask for them. Part of
 * link.
 * Invariant: they are text of the listing, so every format shows the same, and
 * the listing asks for them no more.
 * linenumbering="numbered", from startinglinenumber, or on from the last with
 * continuation="continues". After callout_place. Linear in the text.
 */
void line_numbers_add(struct view *view);

/*
 * former_ids: Former ids (v:was) of what a view shows: an anchor for each,
 * where its element begins, so that old links still land there in every
 * format. That a page had another file name is told by link/pages.
 * Invariant: an anchor stands where DocBook allows one, on the page of its
 * element.
 * Adds the anchors. Linear in nodes.
 */
void former_ids_add(struct view *view);

/*
 * resolve: Links of a view: where each leads, and what it says when its target
 * is not in this handbook.
 * Invariant: no link dangles and none names what is above the handbook's
 * clearance.
 * Leaves v:target (an id), v:target-page and v:target-mark on what links, and
 * v:text where that says nothing by itself; v:href only for an address on the
 * web; v:go-target …, v:go-text where a branch goes on.
 */
void resolve_links(struct view *view, const struct pages *pages);

/*
 * class_mark: Where the mark of a class stands in text: v:mark, "RESTRICTED",
 * on the first element in a classed one that can begin with it; on a page of a
 * draft that word too.
 * Invariant: a class is marked once, in its own element, before its words.
 * Needs pages_annotate before. Linear in the nodes.
 */
void class_mark_place(struct view *view);

#endif
