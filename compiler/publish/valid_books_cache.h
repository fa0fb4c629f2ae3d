/*
 * The memory of which books were found valid, between runs: a small file of
 * keys in the user's cache folder. Used by the supervisor.
 * Invariant: losing it costs time only; a key is written only after the
 * validator said yes.
 */
#ifndef VADE_PUBLISH_VALID_BOOKS_CACHE_H
#define VADE_PUBLISH_VALID_BOOKS_CACHE_H

#include <stdbool.h>

#include "base/map.h"

struct valid_cache {
	char *path; /* NULL: there is no cache folder */
	struct map keys;
	bool changed;
};

/* $XDG_CACHE_HOME/vade/valid, or ~/.cache/vade/valid. */
void valid_cache_open(struct valid_cache *validity);
bool valid_cache_has(const struct valid_cache *validity, const char *key);
void valid_cache_add(struct valid_cache *validity, const char *key);
/* Writes the newest keys back if there are new ones, by rename. */
void valid_cache_close(struct valid_cache *validity);

#endif
