/* base/map: order of insertion, growth, keys of any bytes. */
#include "unit.h"

#include "base/map.h"

static void
put_makes_an_entry_once(void)
{
	struct map map = { 0 };
	bool is_new = false;
	struct map_entry *entry = map_put_text(&map, "a", &is_new);

	CHECK(is_new && entry->value == 0, "a new entry has the value 0");
	entry->value = 7;
	entry = map_put_text(&map, "a", &is_new);
	CHECK(!is_new && entry->value == 7, "the old entry is found");
	CHECK(map.count == 1, "%zu entries", map.count);
	CHECK(map_put_text(&map, "b", NULL) != NULL, "is_new may be NULL");
	CHECK(map.count == 2, "%zu entries", map.count);
	map_clear(&map);
	CHECK(map.count == 0 && map.entries == NULL, "cleared");
}

static void
get_finds_what_was_put(void)
{
	struct map map = { 0 };

	CHECK(map_get_text(&map, "a") == NULL, "an empty map has nothing");
	map_put_text(&map, "a", NULL)->value = 1;
	CHECK(map_get_text(&map, "a") == map.entries, "a is there");
	CHECK(map_get_text(&map, "A") == NULL, "case counts");
	CHECK(map_get_text(&map, "") == NULL, "the empty key is not there");
	map_put_text(&map, "", NULL)->value = 2;
	CHECK(map_get_text(&map, "")->value == 2, "now it is");
	CHECK(map_get(&map, "abc", 1)->value == 1, "the size counts");
	map_clear(&map);
}

static void
keys_are_bytes(void)
{
	struct map map = { 0 };

	map_put(&map, "a\0b", 3, NULL)->value = 1;
	map_put(&map, "a\0c", 3, NULL)->value = 2;
	map_put(&map, "a", 1, NULL)->value = 3;
	CHECK(map.count == 3, "%zu keys", map.count);
	CHECK(map_get(&map, "a\0b", 3)->value == 1, "a 0 b");
	CHECK(map_get(&map, "a\0c", 3)->value == 2, "a 0 c");
	CHECK(map_get(&map, "a\0", 2) == NULL, "a 0 is not there");
	CHECK(map.entries[0].key[3] == '\0', "a zero follows the key");
	map_clear(&map);
}

static void
many_keys_keep_their_order(void)
{
	enum { MANY = 20000 };
	struct map map = { 0 };
	char key[16];

	for (int i = 0; i < MANY; i++) {
		snprintf(key, sizeof(key), "key-%d", i * 7919 % MANY);
		map_put_text(&map, key, NULL)->value = (uint32_t)i;
	}
	CHECK(map.count == MANY, "%zu keys", map.count);
	for (int i = 0; i < MANY; i++) {
		const struct map_entry *entry;

		snprintf(key, sizeof(key), "key-%d", i * 7919 % MANY);
		entry = map_get_text(&map, key);
		if (!CHECK(entry == &map.entries[i], "%s", key) ||
		    !CHECK(entry->value == (uint32_t)i, "value of %s", key))
			break;
	}
	CHECK(map_get_text(&map, "key-20000") == NULL, "one too many");
	map_clear(&map);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(put_makes_an_entry_once),
		UNIT(get_finds_what_was_put),
		UNIT(keys_are_bytes),
		UNIT(many_keys_keep_their_order),
	};

	return cmocka_run_group_tests_name("base/map", tests, NULL, NULL);
}
