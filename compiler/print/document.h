/*
 * The document that the PDF formats print: what print.xsl makes of a view,
 * completed for the Typst templates. Used by format/pdf.c.
 * Invariant: every reference in it leads to an element of it, headings never
 * skip a level, every table is a full grid, and text has single spaces.
 */
#ifndef VADE_PRINT_DOCUMENT_H
#define VADE_PRINT_DOCUMENT_H

#include "style/stylesheet.h"
#include "project/view.h"

/* A drawing taken out of the document, "drawn/1.svg". */
struct print_file {
	char *name;
	char *bytes;
	size_t size;
};

struct print {
	xmlDoc *doc;
	struct print_file *files;
	size_t count;
	size_t capacity;
};

/*
 * Makes the document of a view. Linear. 0, or
 * -1 with V0601 reported.
 */
int print_make(struct print *print, const struct stylesheet *sheet,
    const struct view *view, struct diag *diag);

/*
 * Marks the pages that begin a sheet of paper (@sheet). A page does, unless
 * there is little on the last one: a title with a few lines on a sheet is a
 * sheet too many. What stands alone does so after a line; and what follows it
 * does.
 */
void print_sheets(xmlNode *root);

/* --- one part of it, in table_grids.c --- */

/*
 * Makes the tables below a node full grids of cells: spans end where the
 * table does, missing cells are added, and every table says how wide its
 * columns are, by what is in them.
 */
void print_tables(xmlNode *root);

/* --- another, in cut_drawings.c --- */

/*
 * Puts in place of the drawing in a "drawn" element as many pieces of it as it
 * takes to read its words on paper, at 6.5 points at least, and says
 * ("sideways") if they want a sheet on its side. Each piece is a drawing.
 */
void print_drawing(xmlNode *drawn);

/* --- another, in drawn_words.c --- */

/*
 * Moves those words of a drawing of ours that an SVG cannot show in an
 * accessible PDF into the image ("words" with x, y and, as SVG has them,
 * text-anchor, font-weight and transform), which also tells its width in the
 * same units.
 */
void print_drawn_words(xmlNode *image, xmlNode *svg);

/* --- another, in index_places.c --- */

/*
 * Leads the references ("r") of the index's entries ("e") to the elements with
 * their numbers (@place). keys counts the keys of elements ("k12") given so
 * far.
 */
void print_index(xmlDoc *doc, size_t *keys);

/* The key of an element, given if it has none. Lent. */
const char *print_key(xmlNode *node, size_t *keys);
/* An attribute without a namespace; NULL if it is not there. Lent. */
const char *print_get(const xmlNode *node, const char *name);
void print_set_number(xmlNode *node, const char *name, int number);
/* Is it an element of the document with this name? */
bool print_is(const xmlNode *node, const char *name);
/* The next node in document order inside root; NULL at the end. */
xmlNode *print_walk(const xmlNode *node, const xmlNode *root);

#endif
