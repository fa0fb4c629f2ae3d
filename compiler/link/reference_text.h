/*
 * What an element is called: the heading of a page, and what a reference to
 * it says ("Chapter 1, Ropes", "Figure 1.1", "2", "the section called “X”").
 * Part of link.
 * Invariant: words of the view alone, in its language; never an id and never
 * the name of an element or a file.
 */
#ifndef VADE_LINK_REFERENCE_TEXT_H
#define VADE_LINK_REFERENCE_TEXT_H

#include "project/view.h"

/* The title of a component, what stands for it (a refname), or the word for
 * its kind ("Index"). The caller frees. */
char *reference_text_heading(const struct view *view, const xmlNode *node);

/*
 * What a reference to a copied element says. Needs number_view before. style
 * is an xrefstyle or NULL: "select: label quotedtitle" and "template: %n, %t"
 * as docbook-xsl has them; pages are not named, and another style changes
 * nothing. The caller frees.
 */
char *reference_text_make(const struct view *view, const xmlNode *target,
    const char *style);

#endif
