/*
 * Projects: what one handbook shows of a book, in the reader's words. The one
 * door to copy, repair, task_facts and handoff_directory.
 * What each file is for, and its invariant, stands at its head.
 * Invariant: a view holds nothing that its handbook does not select.
 */
#ifndef VADE_PROJECT_PROJECT_H
#define VADE_PROJECT_PROJECT_H

#include "project/view.h"

/* The id of the directory of hand-offs, and so the name of its page. */
#define HANDOFFS_ID "handoffs"

/* The selected part of a book, mended where something is gone. Linear in the
 * book; view_clear frees it. */
struct view project_view(const struct edition *edition, const struct book *book,
    size_t handbook);
/* Leaves on the view what its procedures say about roles, and adds the
 * directory of hand-offs. Linear in the view. */
void project_annotate(struct view *view);

/*
 * Copies what a handbook shows into a new document.
 * Invariant: a node is copied only if its mask says so and its parent was
 * copied; what selection empties does not stay behind as a shell.
 * Makes view->doc with the root v:handbook and below it the selected tree
 * (view->root, NULL if nothing of it is selected). Linear in nodes.
 */
void copy_selected(struct view *view);

/* After copy. Linear in nodes. */
void repair_view(struct view *view);

/* As part of repair. Linear in nodes. */
void required_mend(struct view *view);

/*
 * schema_filler: What DocBook wants of an element besides what a reader is
 * shown: a step of another role that is but a title is whole to its reader,
 * but no DocBook. Source: DocBook 5.0 schema (docbook.rng of docbook5-xml).
 * The element that makes it what DocBook allows, empty and at its end: "para",
 * or "step", which wants a para in turn; NULL if nothing is wanted.
 */
const char *schema_filler_wants(const xmlNode *node);

/*
 * Mends one element if it holds rows: a tgroup, an entrytbl, a table of HTML;
 * or the fields of a segmented list. Linear in its rows times its columns; one
 * of more than four million places is left alone.
 */
void table_mend(const struct view *view, xmlNode *node);

/* Adds v:facts, v:raci and step attributes to every task of the view. */
void task_annotate(struct view *view);

/*
 * Appends the directory to the view's root; needs task_annotate before. None is
 * made for a handbook without roles, or whose roles neither hand over nor
 * receive, or where the root has no place for it. Linear in nodes.
 */
void handoff_directory_add(struct view *view);

#endif
