/*
 * The memory of which books were found valid, between runs: a small file of
 * keys in the user's cache folder. Used by the supervisor.
 * Invariant: losing it costs time only; a key is written only after the
 * validator said yes.
 */
#ifndef VADE_PUBLISH_VALIDITY_H
#define VADE_PUBLISH_VALIDITY_H

#include <stdbool.h>

#include "base/map.h"

struct validity {
	char *path; /* NULL: there is no cache folder */
	struct map keys;
	bool changed;
};

/* $XDG_CACHE_HOME/vade/valid, or ~/.cache/vade/valid. */
void validity_open(struct validity *validity);
bool validity_has(const struct validity *validity, const char *key);
void validity_add(struct validity *validity, const char *key);
/* Writes the newest keys back if there are new ones, by rename. */
void validity_close(struct validity *validity);

#endif
