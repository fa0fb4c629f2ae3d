/*
 * Projects: what one handbook shows of a book, in the reader's words. The one
 * door to copy, repair, task_facts and handoff_directory.
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

/*
 * repair: Mends what a view's elements say of each other when one of two is
 * gone: index ranges, callouts, references to footnotes; then what an element
 * must have (project/required). After copy.
 * Invariant: computed from the view alone.
 * Linear in nodes.
 */
void repair_view(struct view *view);

/*
 * required: Gives back what an element must have and selection took: "None"
 * where a reader would miss something, "Untitled" for the words that name a
 * thing, or another name for the whole (a figure without its title is
 * informal). After copy, before anything reads the view.
 * Invariant: computed from the view alone, so that nothing tells what was
 * taken, or why. No readable word is lost. What only its author could name (a
 * section, a chapter) is left as it is, and found by check/view_validity.
 * Linear in nodes.
 */
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
 * table: Tables of which selection took cells, rows or columns: what is left
 * stays in its place. After copy, as part of repair.
 * Invariant: the grid is laid out on what the clearance lets the handbook
 * read, so what is above it changes nothing: a cell that may be read but is
 * for others becomes a blank one, a cell above the clearance never was. A
 * table of which nothing readable was taken is left as its author wrote it.
 * Source: CALS tables (OASIS Exchange Table Model, TR 9503:1995) and HTML's
 * table model.
 * Mends one element if it holds rows: a tgroup, an entrytbl, a table of HTML;
 * or the fields of a segmented list. Linear in its rows times its columns; one
 * of more than four million places is left alone.
 */
void table_mend(const struct view *view, xmlNode *node);

/*
 * task_facts: What a procedure says about roles, in the reader's words: facts,
 * actors, receivers, decisions, the RACI table.
 * Invariant: only elements that the view holds are spoken of.
 * Adds v:facts, v:raci and step attributes to every task of the view.
 */
void task_annotate(struct view *view);

/*
 * handoff_directory: The directory of a handbook's hand-offs (DESIGN section
 * 6): to whom and from whom, for what, when, how and by when. Last part of
 * project; a section of the view like any other, so that every format has it.
 * Invariant: it is made of the view's own steps alone; its ids cannot be an
 * author's (load/index.c reserves them).
 * Appends the directory to the view's root; needs task_annotate before. None
 * is made for a handbook without roles, or whose roles neither hand over nor
 * receive, or where the root has no place for it. Linear in nodes.
 */
void handoff_directory_add(struct view *view);

#endif
