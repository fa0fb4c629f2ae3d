/*
 * What an agency must leave as it is: the warnings and safeguards of every
 * procedure that it shows. Used by the front.
 * Invariant: a handbook of its edition that shows a procedure shows each of
 * its warnings that the base edition shows there.
 */
#ifndef VADE_CHECK_AGENCY_WARNINGS_H
#define VADE_CHECK_AGENCY_WARNINGS_H

#include "project/edition.h"
#include "load/xml.h"

/*
 * Compares the masks with those of the project without the agency's adoption
 * and filters. 0, or -1 with V0185 reported. Linear in elements.
 */
int
agency_warnings_check(const struct edition *edition, struct xml_reader *reader);

#endif
