/*
 * What is wrong with a file that is not well-formed XML, in words for people
 * who write manuals: what was meant, where it began, how to mend it. Used by
 * xml, the adapter to libxml2.
 * Invariant: one finding a file, at a place that lies in it; what no row of
 * the table knows is V0105, with libxml2's own sentence as its last word.
 */
#ifndef VADE_SYNTAX_WELLFORMED_H
#define VADE_SYNTAX_WELLFORMED_H

#include <libxml/xmlerror.h>

#include "base/diag.h"
#include "base/source.h"

/* libxml2 gave up at `place` in a file that is named at `from` ({0} = by the
 * command line). Always -1, with V0105 or a row of V047 to V049 reported. */
int wellformed_report(struct diag *diag, struct place place, struct place from,
    const xmlError *error);
/*
 * A DOCTYPE that names what is not read: that of HTML or of DocBook 4. Either
 * id may be NULL. false if it is neither, and nothing is reported.
 */
bool wellformed_report_doctype(struct diag *diag, struct place place,
    const char *name, const char *public_id, const char *system_id);

#endif
