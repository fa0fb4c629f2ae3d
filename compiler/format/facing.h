/*
 * Two languages of a handbook side by side. Used by the worker, on what the
 * stylesheet made of each.
 * Invariant: units stand beside each other by their ids, and by their place
 * among their kind where they have none; no word of either side is lost or
 * said twice but those of the frame that a page has once (search, skip link,
 * what leads to other handbooks). Ids of the page are the first side's; where
 * both have one, the second side's gets the language before it, or behind the
 * "v-" that the ids of the frame begin with.
 */
#ifndef VADE_FORMAT_FACING_H
#define VADE_FORMAT_FACING_H

#include <libxml/tree.h>

/*
 * The pages of both results as one, nested as html_cut and result_list_pages
 * want them. Pages go by their names; one that only one side has stands
 * alone. Linear in the nodes. The caller frees the document; left and right
 * stay as they are.
 */
xmlDoc *facing_new(const xmlDoc *left, const char *left_lang,
    const xmlDoc *right, const char *right_lang);

#endif
