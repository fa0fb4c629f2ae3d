/*
 * manifest.json and SHA256SUMS of a shelf.
 * Invariant: they list every other file of the shelf's folder, sorted, with
 * size and SHA-256, and nothing outside it.
 */
#ifndef VADE_PUBLISH_MANIFEST_H
#define VADE_PUBLISH_MANIFEST_H

#include "publish/output.h"

/*
 * Writes both files of a shelf from what is in the new output. facts is a
 * JSON object text of what the project says of it; partial marks a build of a
 * part of its handbooks. 0, or -1 reported.
 */
int manifest_write(struct output *output, const char *shelf, const char *facts,
    bool partial, struct diag *diag);

#endif
