/*
 * The form of `v:accept="CODE …" v:reason="…"`, in sources and in axes.xml
 * (DESIGN section 4). What was accepted is looked at by accept_covers (check.h).
 * Invariant: nothing is accepted without a reason, and never what is an error
 * or concerns the class of a text, the notice or the audit.
 */
#ifndef VADE_LOAD_ACCEPT_SYNTAX_H
#define VADE_LOAD_ACCEPT_SYNTAX_H

#include "base/diag.h"
#include "model/book.h"

/* Every acceptance of a book. 0, or -1 with V034x reported. Before validation,
 * which cannot say what is wrong. */
int accept_syntax_check_book(const struct book *book, struct diag *diag);

/*
 * The acceptance of an unused name in axes.xml, at a start tag: *place is that
 * of the code, all zero if there is none. 0, or -1 with V034x reported.
 */
int accept_syntax_of_name(const xmlNode *node, struct place tag,
    struct place *place, struct diag *diag);

#endif
