/*
 * A namespace that is not the one that was meant: told once, where it was
 * declared or should have been, not at each name that it makes unknown. Used
 * by load/validate.
 * Invariant: all names of one declaration give one finding.
 */
#ifndef VADE_SYNTAX_WRONG_NAMESPACE_H
#define VADE_SYNTAX_WRONG_NAMESPACE_H

#include "base/diag.h"
#include "model/book.h"
#include "schema/schema.h"

/* Is an error one only because of its namespace? Then V0169 is reported. */
bool wrong_namespace_report(const struct book *book,
    const struct schema_error *error, struct diag *diag);

#endif
