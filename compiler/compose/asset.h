/*
 * The images a view shows: read, cleaned (picture/picture.h), named by their
 * content, referred to.
 * Invariant: an asset's name depends on its cleaned bytes alone, so two
 * handbooks that show one image have one name, and a name tells nothing else.
 */
#ifndef VADE_COMPOSE_ASSET_H
#define VADE_COMPOSE_ASSET_H

#include "project/view.h"

/* Hex digits of a SHA-256 that name an asset. */
enum { ASSET_DIGITS = 16 };

/*
 * Reads every image of the view from the project and leaves v:src on it, and
 * the agency's logo, which is told by its path (project->agency->logo). 0, or
 * -1 with V01xx reported.
 */
int asset_collect(struct view *view);

/* Lends the images of another view to this one, after its own. */
void asset_add_all(struct view *view, const struct view *other);

/* What is wrong with the agency's logo; 0 if there is none. */
int asset_check_logo(const struct project *project, struct diag *diag);
/* The same faults in a whole book: every image is read as a build does. */
int asset_check(const struct project *project, const struct book *book,
    struct diag *diag);

#endif
