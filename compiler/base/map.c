#include "map.h"

#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "base/list.h"
#include "alloc.h"
#include "text.h"

void
map_clear(struct map *map)
{
	for (size_t i = 0; i < map->count; i++)
		free(map->entries[i].key);
	free(map->entries);
	free(map->slots);
	memset(map, 0, sizeof(*map));
}

/* The slot that holds the key, or the free one where it would go. */
static uint32_t *
find_slot(const struct map *map, uint64_t hash, const void *key, size_t size)
{
	size_t at = (size_t)hash & (map->slot_count - 1);

	while (map->slots[at] != 0) {
		const struct map_entry *entry =
		    &map->entries[map->slots[at] - 1];

		if (entry->hash == hash && entry->size == size &&
		    memcmp(entry->key, key, size) == 0)
			break;
		at = (at + 1) & (map->slot_count - 1);
	}
	return &map->slots[at];
}

static void
grow_slots(struct map *map)
{
	map->slot_count = map->slot_count ? map->slot_count * 2 : 64;
	free(map->slots);
	map->slots = mem_array(map->slot_count, sizeof(*map->slots));
	for (size_t i = 0; i < map->count; i++) {
		const struct map_entry *entry = &map->entries[i];

		*find_slot(map, entry->hash, entry->key, entry->size) =
		    (uint32_t)i + 1;
	}
}

struct map_entry *
map_put(struct map *map, const void *key, size_t size, bool *is_new)
{
	uint64_t hash = XXH3_64bits(key, size);
	struct map_entry *entry;
	uint32_t *slot;

	if (map->count * 2 >= map->slot_count)
		grow_slots(map);
	slot = find_slot(map, hash, key, size);
	if (is_new != NULL)
		*is_new = *slot == 0;
	if (*slot != 0)
		return &map->entries[*slot - 1];
	entry = list_add(map->entries, map->count, map->capacity);
	*entry = (struct map_entry){ .key = mem_dup_len(key, size),
		.size = (uint32_t)size,
		.hash = hash };
	*slot = (uint32_t)map->count;
	return entry;
}

struct map_entry *
map_get(const struct map *map, const void *key, size_t size)
{
	uint32_t slot;

	if (map->slot_count == 0)
		return NULL;
	slot = *find_slot(map, XXH3_64bits(key, size), key, size);
	return slot == 0 ? NULL : &map->entries[slot - 1];
}

struct map_entry *
map_get_text(const struct map *map, const char *key)
{
	return map_get(map, key, strlen(key));
}

struct map_entry *
map_put_text(struct map *map, const char *key, bool *is_new)
{
	return map_put(map, key, strlen(key), is_new);
}

const char *
map_nearest(const struct map *map, const char *word)
{
	const char **keys = mem_array(map->count + 1, sizeof(*keys));
	const char *nearest;

	for (size_t i = 0; i < map->count; i++)
		keys[i] = map->entries[i].key;
	nearest = text_nearest(word, keys, map->count);
	free(keys);
	return nearest;
}
