/*
 * A hash map from byte strings to numbers or things, in order of insertion.
 * Used for ids, interned sets, token memos.
 * Invariant: entries[0 .. count) stand in order of insertion; nothing is ever
 * removed, so an entry's index is a stable number for its key.
 */
#ifndef VADE_BASE_MAP_H
#define VADE_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map_entry {
	char *key;  /* owned; zero-terminated after its size bytes */
	void *item; /* the caller's, lent; NULL at first */
	uint64_t hash;
	uint32_t size;
	uint32_t value; /* the caller's; 0 at first */
};

struct map {
	struct map_entry *entries;
	size_t count;
	size_t capacity;
	uint32_t *slots; /* index + 1 into entries, 0 = free */
	size_t slot_count;
};

void map_clear(struct map *map);
/*
 * The entry of a key; made if it is new (*is_new tells; may be
 * NULL). Lent until the next map_put.
 */
struct map_entry *
map_put(struct map *map, const void *key, size_t size, bool *is_new);
/* NULL if the key is not there; that is a result, not a failure. */
struct map_entry *map_get(const struct map *map, const void *key, size_t size);
struct map_entry *map_get_text(const struct map *map, const char *key);
struct map_entry *map_put_text(struct map *map, const char *key, bool *is_new);
/* The key most like a word, as text_nearest says; NULL if none is. Lent. */
const char *map_nearest(const struct map *map, const char *word);

#endif
