/*
 * Writes parts of the stylesheet's pages anew, for formats in which a page is
 * not a file of the site: with other links, ids, images, and as XHTML where
 * that is wanted. Used by single and epub.
 * Invariant: an element outside the list of html_write.h never reaches the output;
 * every id and reference to one goes through the same function, so they agree.
 */
#ifndef VADE_FORMAT_PAGE_REWRITE_H
#define VADE_FORMAT_PAGE_REWRITE_H

#include "format/emitter.h"
#include "format/html_write.h"
#include "style/result_tree.h"

struct rewrite {
	struct buf out;
	struct html_memo memo; /* of the result that the pages are of */
	bool xhtml;
	const struct view *view;
	const struct result_pages *pages;
	size_t page;     /* that is being written */
	const char *bad; /* the element that may not stand there, lent */
	/* Adds the id of the open page that is `id` on the site. */
	void (*add_id)(struct rewrite *rewrite, const char *id);
	/* Adds a link's new address: "#id" of the page, or fragment ("" or
	 * with its "#") of page `to`. */
	void (*add_link)(struct rewrite *rewrite, size_t to,
	    const char *fragment);
	/* Adds where an image is. */
	void (*add_image)(struct rewrite *rewrite, const struct asset *asset);
	/* Is the element left out? NULL: none is. */
	bool (*is_dropped)(const xmlNode *node);
	/* An attribute's value here, lent; NULL: it is left out. */
	const char *(
	    *change)(const xmlNode *node, const char *name, const char *value);
};

/*
 * Writes a node, or the children of one; pages inside are left out. 0, or -1
 * with rewrite->bad set.
 */
int rewrite_node(struct rewrite *rewrite, const xmlNode *node);
int rewrite_children(struct rewrite *rewrite, const xmlNode *node);
/* The words of the page's title, for contents and heads; added to text. */
void rewrite_add_heading(const struct rewrite *rewrite, size_t page,
    struct buf *text);

#endif
