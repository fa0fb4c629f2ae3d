/*
 * What must hold of every procedure for all handbooks at once, checked on the
 * reaches and masks, without building (DESIGN section 6).
 * Invariant: whoever acts, receives or is sent on can read what concerns
 * them; if not, it is an error at the line that says so.
 */
#ifndef VADE_CHECK_PROCEDURE_READERS_H
#define VADE_CHECK_PROCEDURE_READERS_H

#include "project/edition.h"

/*
 * Checks the procedures of one book (attributes are equal in all languages,
 * so one is enough). 0, or -1 with V03xx reported.
 */
int
procedure_readers_check(const struct edition *edition, const struct book *book);

#endif
