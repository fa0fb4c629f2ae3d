/* base/source: where a byte stands, and what an attribute's token marks. */
#include "unit.h"

static void
position_counts_characters(void)
{
	static const char text[] = "ab\n"
				   "\tñandú x\r\n"
				   "\n"
				   "🚒 fire\n"
				   "last";
	static const struct {
		const char *at; /* the byte where this text starts */
		uint32_t line;
		uint32_t column;
		uint32_t utf16;
		const char *line_text;
	} rows[] = {
		{ "ab", 1, 1, 1, "ab" },
		{ "b\n", 1, 2, 2, "ab" },
		{ "\n\t", 1, 3, 3, "ab" },
		{ "\tñ", 2, 1, 1, "\tñandú x" },
		{ "ñandú", 2, 2, 2, "\tñandú x" },
		{ "andú", 2, 3, 3, "\tñandú x" },
		{ "x\r", 2, 8, 8, "\tñandú x" },
		{ "\r\n\n", 2, 9, 9, "\tñandú x" },
		{ "\n🚒", 3, 1, 1, "" },
		{ "🚒", 4, 1, 1, "🚒 fire" },
		{ " fire", 4, 2, 3, "🚒 fire" },
		{ "fire", 4, 3, 4, "🚒 fire" },
		{ "last", 5, 1, 1, "last" },
		{ "t", 5, 4, 4, "last" },
	};
	struct sources sources = { 0 };
	uint32_t file = unit_source(&sources, "a.xml", text);
	const struct source *source = sources_get(&sources, file);

	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *at = i + 1 == COUNT(rows)
		    ? text + sizeof(text) - 2
		    : strstr(text, rows[i].at);
		struct position position =
		    source_position(source, (size_t)(at - text));
		char *line = mem_dup_len(source->bytes + position.line_start,
		    source_line_size(source, position.line_start));

		CHECK(position.line == rows[i].line &&
			position.column == rows[i].column &&
			position.column_utf16 == rows[i].utf16,
		    "\"%s\": %u:%u (%u), not %u:%u (%u)", rows[i].at,
		    position.line, position.column, position.column_utf16,
		    rows[i].line, rows[i].column, rows[i].utf16);
		CHECK_TEXT(line, rows[i].line_text, "line of \"%s\"",
		    rows[i].at);
		free(line);
	}
	sources_clear(&sources);
}

static void
position_after_the_end_is_the_end(void)
{
	struct sources sources = { 0 };
	uint32_t file = unit_source(&sources, "a.xml", "ab\ncd");
	uint32_t empty = unit_source(&sources, "b.xml", "");
	struct position position =
	    source_position(sources_get(&sources, file), 99);

	CHECK(position.line == 2 && position.column == 3, "%u:%u",
	    position.line, position.column);
	position = source_position(sources_get(&sources, empty), 0);
	CHECK(position.line == 1 && position.column == 1 &&
		source_line_size(sources_get(&sources, empty), 0) == 0,
	    "of an empty file");
	sources_clear(&sources);
}

/* A long source is marked every few thousand bytes: around each mark, also in
 * the middle of a character, and far from any line end. */
static void
positions_are_the_same_across_stretches(void)
{
	struct buf text = { 0 };
	struct sources sources = { 0 };
	const struct source *source;
	uint32_t line = 1;
	uint32_t column = 1;

	for (int i = 0; i < 3000; i++)
		buf_add_text(&text, i % 700 == 699 ? "\n" : "añ🚒 ");
	source = sources_get(&sources,
	    unit_source(&sources, "a.xml", buf_text(&text)));
	for (size_t i = 0; i < source->size; i++) {
		struct position at = source_position(source, i);
		unsigned char byte = (unsigned char)source->bytes[i];
		bool begins = (byte & 0xc0) != 0x80;

		if (begins && (at.line != line || at.column != column))
			fail_msg("byte %zu: %u:%u, not %u:%u", i, at.line,
			    at.column, line, column);
		column = byte == '\n' ? 1 : column + begins;
		line += byte == '\n';
	}
	buf_clear(&text);
	sources_clear(&sources);
}

static void
files_count_from_one(void)
{
	struct sources sources = { 0 };
	uint32_t first = unit_source(&sources, "a.xml", "a");
	uint32_t second = unit_source(&sources, "b.xml", "abc");
	/* XXH3-128 of "abc", as xxhsum -H2 prints it */
	static const unsigned char want[] = { 0x06, 0xb0, 0x5a, 0xb6 };

	CHECK(first == 1 && second == 2, "%u, %u", first, second);
	CHECK_TEXT(sources_get(&sources, 1)->path, "a.xml", "first");
	CHECK_TEXT(sources_get(&sources, 2)->path, "b.xml", "second");
	CHECK(sources_get(&sources, 0) == NULL, "0 is nowhere");
	CHECK(sources_get(&sources, 3) == NULL, "3 is not there");
	CHECK(memcmp(sources_get(&sources, 2)->digest, want, 4) == 0,
	    "digest of abc");
	sources_clear(&sources);
}

/* The marked text: place.len bytes from place.offset; '@' + offset if 0. */
static const char *
marked(const struct sources *sources, struct place place)
{
	static char text[128];

	if (place.len == 0)
		snprintf(text, sizeof(text), "@%u", place.offset);
	else
		snprintf(text, sizeof(text), "%.*s", (int)place.len,
		    sources_get(sources, place.file)->bytes + place.offset);
	return text;
}

static void
attribute_places(void)
{
	static const struct {
		const char *tag;
		const char *name;
		const char *token;
		const char *marked;
		uint32_t offset;
	} rows[] = {
		{ "<para audience=\"fire police\">", "audience", NULL,
		    "fire police", 16 },
		{ "<para audience=\"fire police\">", "audience", "police",
		    "police", 21 },
		{ "<para audience='fire;police'>", "audience", "police",
		    "police", 21 },
		{ "<para\n\taudience =\n 'fire'/>", "audience", "fire", "fire",
		    20 },
		/* > and the other quote inside a value are text */
		{ "<para role='a > \"b\"' audience='x'>", "audience", "x", "x",
		    31 },
		{ "<para role=\"it's > it\" audience=\"x\">", "audience", "x",
		    "x", 33 },
		/* a value that looks like an attribute */
		{ "<para role=\"audience='y'\" audience='x'>", "audience", "x",
		    "x", 36 },
		/* whole tokens only */
		{ "<p a='police-officer police'>", "a", "police", "police",
		    21 },
		{ "<p a='xpolice !police police'>", "a", "police", "police",
		    22 },
		{ "<p a='!police'>", "a", "!police", "!police", 6 },
		{ "<p a='\npolice\t'>", "a", "police", "police", 7 },
		/* a token that is not there as written: the whole value */
		{ "<p a='poli&#x63;e x'>", "a", "police", "poli&#x63;e x", 6 },
		{ "<p a=''>", "a", "police", "@6", 6 },
		/* whole names only */
		{ "<p xa='1' ab='2' a='3'>", "a", NULL, "3", 20 },
		{ "<p v:a='1' a='2'>", "a", NULL, "2", 14 },
		{ "<p v:a='1' a='2'>", "v:a", NULL, "1", 8 },
		{ "<p A='1' a='2'>", "a", NULL, "2", 12 },
		{ "<p a='1' aud='2' audience='3'>", "audience", NULL, "3", 27 },
		/* not written: the tag's name */
		{ "<para role='x'>", "audience", "x", "<para", 0 },
		{ "<db:para>", "audience", NULL, "<db:para", 0 },
		{ "<para/><b audience='x'/>", "audience", "x", "<para", 0 },
		{ "<para", "audience", NULL, "<para", 0 },
		{ "<para a='x", "a", NULL, "<para", 0 },
		{ "<ñu-1.x a='b'>", "c", NULL, "<ñu-1.x", 0 },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sources sources = { 0 };
		uint32_t file = unit_source(&sources, "a.xml", rows[i].tag);
		struct place place = source_attribute_place(&sources,
		    (struct place){ file, 0, 0 }, rows[i].name, rows[i].token);

		CHECK_TEXT(marked(&sources, place), rows[i].marked,
		    "%s of %s, token %s", rows[i].name, rows[i].tag,
		    rows[i].token ? rows[i].token : "-");
		CHECK(place.offset == rows[i].offset, "%s: at %u, not %u",
		    rows[i].tag, place.offset, rows[i].offset);
		sources_clear(&sources);
	}
}

static void
places_that_are_nowhere_stay(void)
{
	static const struct place rows[] = {
		{ 0, 0, 0 },
		{ 9, 5, 0 },
		{ 1, 100, 3 },
	};
	struct sources sources = { 0 };

	unit_source(&sources, "a.xml", "text <b a='x'/>");
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct place tag = source_tag_place(&sources, rows[i]);
		struct place value =
		    source_attribute_place(&sources, rows[i], "a", "x");

		CHECK(memcmp(&tag, &rows[i], sizeof(tag)) == 0 &&
			memcmp(&value, &rows[i], sizeof(value)) == 0,
		    "row %zu", i);
	}
	CHECK(source_tag_place(&sources, (struct place){ 1, 0, 0 }).len == 0,
	    "a place that is no tag");
	CHECK(source_tag_place(&sources, (struct place){ 1, 5, 0 }).len == 2,
	    "a place that is one");
	sources_clear(&sources);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(position_counts_characters),
		UNIT(positions_are_the_same_across_stretches),
		UNIT(position_after_the_end_is_the_end),
		UNIT(files_count_from_one),
		UNIT(attribute_places),
		UNIT(places_that_are_nowhere_stay),
	};

	return cmocka_run_group_tests_name("base/source", tests, NULL, NULL);
}
