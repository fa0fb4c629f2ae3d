/* base/buf and base/bits: growing bytes, sets of small numbers. */
#include "unit.h"

#include "base/bits.h"
#include "base/buf.h"

static void
text_is_always_a_string(void)
{
	struct buf buf = { 0 };

	CHECK_TEXT(buf_text(&buf), "", "empty");
	CHECK(buf.data == NULL, "nothing is held before the first addition");
	buf_add_text(&buf, "ab");
	buf_add_char(&buf, 'c');
	buf_add(&buf, "defg", 2);
	buf_add_format(&buf, "-%d-%s", 7, "x");
	CHECK_TEXT(buf_text(&buf), "abcde-7-x", "all of it");
	CHECK(buf.size == 9, "%zu bytes", buf.size);
	buf_clear(&buf);
	CHECK(buf.data == NULL && buf.size == 0 && buf.capacity == 0,
	    "cleared");
	buf_add_text(&buf, "again");
	CHECK_TEXT(buf_text(&buf), "again", "usable after clear");
	buf_clear(&buf);
}

/* Around the room that is tried first, and far above it. */
static void
a_format_may_give_any_length(void)
{
	for (int size = 120; size < 5000; size += size < 260 ? 1 : 997) {
		struct buf buf = { 0 };

		buf_add_text(&buf, "a");
		buf_add_format(&buf, "%*d%s", size, 7, "x");
		CHECK(buf.size == (size_t)size + 2 &&
			strlen(buf.data) == buf.size &&
			strcmp(buf.data + size, "7x") == 0,
		    "%d characters give %zu", size + 2, buf.size);
		buf_clear(&buf);
	}
}

static void
nothing_added_is_the_empty_text(void)
{
	struct buf buf = { 0 };

	buf_add(&buf, NULL, 0);
	CHECK(buf.size == 0 && buf.data != NULL && buf.data[0] == '\0',
	    "no bytes");
	buf_add_text(&buf, "");
	CHECK(buf.size == 0, "no text");
	buf_clear(&buf);
}

static void
zero_bytes_count(void)
{
	struct buf buf = { 0 };

	buf_add(&buf, "a\0b", 3);
	buf_add_char(&buf, '\0');
	CHECK(buf.size == 4 && memcmp(buf.data, "a\0b\0", 5) == 0, "%zu bytes",
	    buf.size);
	buf_clear(&buf);
}

static void
u32_is_little_endian(void)
{
	static const struct {
		uint32_t value;
		const char *bytes;
	} rows[] = {
		{ 0, "\0\0\0\0" },
		{ 1, "\1\0\0\0" },
		{ 0x12345678, "\x78\x56\x34\x12" },
		{ 0xffffffff, "\xff\xff\xff\xff" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf buf = { 0 };

		buf_add_u32(&buf, rows[i].value);
		CHECK(buf.size == 4 && memcmp(buf.data, rows[i].bytes, 4) == 0,
		    "%08x", rows[i].value);
		buf_clear(&buf);
	}
}

static void
take_gives_the_bytes_away(void)
{
	struct buf buf = { 0 };
	char *text = buf_take(&buf);

	CHECK_TEXT(text, "", "of an empty one");
	free(text);
	buf_add_text(&buf, "abc");
	text = buf_take(&buf);
	CHECK_TEXT(text, "abc", "of a full one");
	CHECK(buf.data == NULL && buf.size == 0, "then it is empty");
	free(text);
}

static void
growth_keeps_every_byte(void)
{
	struct buf buf = { 0 };

	for (int i = 0; i < 100000; i++)
		buf_add_char(&buf, (char)('a' + i % 26));
	CHECK(buf.size == 100000 && buf.data[100000] == '\0', "%zu bytes",
	    buf.size);
	for (int i = 0; i < 100000; i++)
		if (!CHECK(buf.data[i] == 'a' + i % 26, "byte %d", i))
			break;
	buf_clear(&buf);
}

static void
reserve_has_room_and_adds_nothing(void)
{
	struct buf buf = { 0 };
	char *end;

	buf_add_text(&buf, "ab");
	end = buf_reserve(&buf, 1000);
	CHECK(end == buf.data + 2 && buf.size == 2, "at the end");
	CHECK(buf.capacity > 1002, "room for %zu", buf.capacity);
	memset(end, 'x', 1000);
	buf_clear(&buf);
}

static void
bits_are_where_they_were_set(void)
{
	uint64_t bits[3] = { 0 };

	CHECK(bits_words(0) == 0 && bits_words(1) == 1 && bits_words(64) == 1 &&
		bits_words(65) == 2,
	    "words");
	CHECK(bits_empty(bits, 3), "empty");
	bits_set_range(bits, 62, 130);
	for (size_t i = 0; i < 192; i++)
		CHECK(bits_get(bits, i) == (i >= 62 && i < 130), "bit %zu", i);
	CHECK(!bits_empty(bits, 3), "not empty");
}

static void
bits_meet_and_lie_inside(void)
{
	static const struct {
		uint64_t a[2];
		uint64_t b[2];
		bool meet;
		bool inside;
	} rows[] = {
		{ { 0, 0 }, { 0, 0 }, false, true },
		{ { 0, 0 }, { 1, 1 }, false, true },
		{ { 1, 0 }, { 1, 0 }, true, true },
		{ { 0, 4 }, { 0, 6 }, true, true },
		{ { 0, 6 }, { 0, 4 }, true, false },
		{ { 1, 0 }, { 0, 1 }, false, false },
		{ { 1, 4 }, { 1, 0 }, true, false },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK(bits_meet(rows[i].a, rows[i].b, 2) == rows[i].meet &&
			bits_inside(rows[i].a, rows[i].b, 2) == rows[i].inside,
		    "row %zu", i);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(text_is_always_a_string),
		UNIT(a_format_may_give_any_length),
		UNIT(nothing_added_is_the_empty_text),
		UNIT(zero_bytes_count),
		UNIT(u32_is_little_endian),
		UNIT(take_gives_the_bytes_away),
		UNIT(growth_keeps_every_byte),
		UNIT(reserve_has_room_and_adds_nothing),
		UNIT(bits_are_where_they_were_set),
		UNIT(bits_meet_and_lie_inside),
	};

	return cmocka_run_group_tests_name("base/buf", tests, NULL, NULL);
}
