/*
 * Numbers of a view in one linear pass: parts, chapters, appendices, figures,
 * tables, examples, equations, footnotes. Sorted lists (glossary) too.
 * Invariant: they depend on the projected tree alone. Step labels are not
 * made here: they are the same in every handbook (select/steps).
 */
#ifndef VADE_LINK_NUMBER_H
#define VADE_LINK_NUMBER_H

#include "project/view.h"

/* Leaves v:label on what is numbered; an author's own label attribute wins,
 * and is then the same in every handbook. */
void number_view(struct view *view);
/* Puts glossary entries into the order of the view's language. */
void number_sort_glossaries(struct view *view);

#endif
