/*
 * Words of an SVG that something opaque is painted over afterwards: they are
 * in the file and not in the picture. Used by svg.c on what is left of
 * one.
 */
#ifndef VADE_PICTURE_PAINTED_OVER_WORDS_H
#define VADE_PICTURE_PAINTED_OVER_WORDS_H

#include <stdbool.h>

#include <libxml/tree.h>

/* Words that are painted over, and by what. Lent from the document. */
struct picture_cover {
	const xmlNode *words;
	const xmlNode *over; /* NULL: too much is drawn to be judged */
};

/* Are there any? Then it says the first. Widths of words are guessed, and what
 * covers most of them covers them. */
bool picture_find_cover(struct picture_cover *found, const xmlNode *root);

#endif
