/*
 * Pages of a view: which elements begin one, their names, order, headings and
 * class marks. First half of link.
 * Invariant: a page's name depends only on its element (its id, else its
 * kind and number), and no two pages of a view share a name.
 */
#ifndef VADE_LINK_PAGES_H
#define VADE_LINK_PAGES_H

#include "project/view.h"

struct page {
	xmlNode *node;
	char *name;    /* "edu-o-01.html" */
	char *heading; /* plain words */
	size_t parent; /* index of the page around it; itself for the first */
	size_t end;    /* one past the last page inside it */
};

struct pages {
	struct page *pages;
	size_t count;
	size_t capacity;
};

/*
 * Page names that would collide if a handbook showed everything: a fault of
 * the book, found without building. 0, or -1 with V0405 reported.
 */
int pages_check(const struct book *book, struct diag *diag);

/* Leaves v:inline on the tasks of a book without a project that stand between
 * paragraphs: they stay there. Before pages_find. */
void pages_keep_inline(struct view *view);
/* Finds the pages in document order. 0, or -1 with V0405 reported. */
int pages_find(struct pages *pages, struct view *view);
void pages_clear(struct pages *pages);
/* Leaves v:page, v:heading, v:prev, v:next, v:trail, v:contents … on them, and
 * a v:former per file name that the page had by a former id. */
void pages_annotate(const struct pages *pages, struct view *view);
/* Does this element begin a page (when it is not the root)? */
bool pages_is_page(const xmlNode *node);

#endif
