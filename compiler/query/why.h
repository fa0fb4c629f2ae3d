/*
 * The two halves of the answer to `why`: the attributes that decide, and the
 * verdicts.
 * Invariant: what is said is read from the reaches, the masks and the
 * projection, never computed anew; no filter is asked about what is above the
 * handbook's clearance.
 */
#ifndef VADE_QUERY_WHY_H
#define VADE_QUERY_WHY_H

#include <jansson.h>

#include "project/sources_and_readers.h"

/* The attributes, from the root down to the node, that say for whom it is,
 * each with what it did, in the order in which selection applied them. */
json_t *why_attributes_json(const struct edition *edition, const xmlNode *node);

/* Adds to the answer a verdict on the node per axis and per filter, and one in
 * all. 0, or -1 with V05xx of a filter reported. */
int why_verdicts_add(json_t *answer, const struct edition *edition,
    const xmlNode *node, size_t handbook);

#endif
