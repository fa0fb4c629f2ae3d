/*
 * Numbers of a view in one linear pass: parts, chapters, appendices, figures,
 * tables, examples and equations (by chapter), footnotes, questions, items of
 * lists, callouts. Sorted lists (glossary) too.
 * Invariant: they depend on the projected tree alone. Step labels are not
 * made here: they are the same in every handbook (select/step_labels).
 */
#ifndef VADE_LINK_NUMBER_H
#define VADE_LINK_NUMBER_H

#include "project/view.h"

/* Leaves v:label on what is numbered; an author's own label attribute wins,
 * and is then the same in every handbook. A list that does not begin at one
 * gets v:start; items that show the numbers above theirs, v:number. */
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

#endif
