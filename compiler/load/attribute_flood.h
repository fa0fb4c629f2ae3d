/*
 * A look at the bytes of a file before libxml2 sees them: one element with
 * very many attributes holds libxml2 for minutes with no callback before
 * (research/security.md section 0).
 * Invariant: no file that passes has a start tag above the limits.
 */
#ifndef VADE_LOAD_ATTRIBUTE_FLOOD_H
#define VADE_LOAD_ATTRIBUTE_FLOOD_H

#include "load/xml.h"

/* Linear in the bytes. Returns 0, or -1 with V0108 reported. */
int attribute_flood_check(const struct source *source, uint32_t file,
    const struct xml_limits *limits, struct diag *diag);

#endif
