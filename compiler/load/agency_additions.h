/*
 * What an agency adds to a book: its local.xml (instructions and procedures of
 * its own) and the values of parameters. Put into the tree before anything is
 * known of it, so that every check, rule and number treats it as it treats the
 * manual's own text. Used by the front.
 * Invariant: an instruction stands inside its anchor, so it is for the
 * anchor's readers or fewer; no step is added to, or moved in, a procedure of
 * the manual.
 */
#ifndef VADE_LOAD_AGENCY_ADDITIONS_H
#define VADE_LOAD_AGENCY_ADDITIONS_H

#include "load/xml.h"
#include "model/project.h"

/*
 * Adds local.xml to the book of one language. An anchor whose words are not
 * those that the instruction was written for is a warning, in a release an
 * error. 0, or -1 with V018x reported.
 */
int local_apply(const struct project *project, struct xml_reader *reader,
    struct book *book, bool release);

/* Puts the agency's values in the place of the phrases' own texts. */
void local_fill(const struct project *project, struct book *book);
/* Warns of values that no phrase asks for. */
void local_report(const struct project *project, const struct book *book,
    struct diag *diag);

#endif
