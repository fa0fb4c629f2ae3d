/*
 * The index of a handbook from A to Z: what authors' index terms say, the
 * glossary's terms where they are used, and the procedures and forms. Used by
 * the worker for all formats: the stylesheets write what stands here.
 * Invariant: made of the projected tree alone, in the dictionaries' order
 * (text_collation_key).
 */
#ifndef VADE_COMPOSE_TERM_INDEX_H
#define VADE_COMPOSE_TERM_INDEX_H

#include "project/view.h"

/* The id of the index, and so the name of its page, where it is ours. */
#define TERM_INDEX_ID "v-index"

/*
 * Fills the author's first empty index, else one that it appends to the view's
 * last book, article or part; none where nothing is to be listed or there is
 * no place for it. The index gets
 *   v:index > v:letter[@name] > v:entry[@words]
 *           > v:place[@number], v:see, v:also, v:entry
 * and each place the same number as v:place. Before the pages are found.
 * Linear, but for sorting.
 */
void term_index_add(struct view *view);

/*
 * Says of each v:place where it is (@href, @text), once the pages are known;
 * @again of one on the page of the place before it. Linear.
 */
void term_index_link(struct view *view);

#endif
