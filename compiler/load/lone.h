/*
 * A DocBook file that is given alone, without a project. Used by the front.
 * Invariant: a file that a project above it includes is never alone, and one
 * whose project cannot be read is not either: what cannot be judged is not
 * shown to everybody.
 */
#ifndef VADE_LOAD_LONE_H
#define VADE_LOAD_LONE_H

#include "base/diag.h"
#include "model/book.h"
#include "model/project.h"

/*
 * Looks for the nearest vade.xml above the file that includes it. True with
 * the project's folder and the file's path in it, the caller's to free.
 */
bool lone_find_project(const char *folder, const char *file,
    char **project_folder, char **part);

/*
 * Refuses a book that has a class anywhere, since without a project nobody is
 * kept from it: V0215 and -1. With all_classes it is built, and a notice on
 * every page says so.
 */
int lone_check_classes(struct project *project, const struct book *book,
    bool all_classes, struct diag *diag);

/*
 * Leaves only the findings that concern one file of a project; one finding
 * more says how many others there are, an error if they hold one.
 */
void lone_keep_findings(struct diag *diag, const char *part);

/* The book's own title is that of the handbook, its shelf and the project. */
void lone_take_title(struct project *project, const struct book *book);

#endif
