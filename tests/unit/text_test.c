/* base/text: characters, tokens, distances, the order of the dictionary. */
#include "unit.h"

#include "base/text.h"

static void
a_word_of_a_list_is_a_whole_one(void)
{
	static const char list[] = "aaa; aa\tba-a ab";
	static const char *const in[] = { "aaa", "aa", "ba-a", "ab" };
	static const char *const out[] = { "a", "b", "ba", "a-a", "aaaa", "-a",
		"aa\tba-a", "aaa;", " ", "" };

	for (size_t i = 0; i < COUNT(in); i++)
		CHECK(text_is_one_of(in[i], list), "%s", in[i]);
	for (size_t i = 0; i < COUNT(out); i++)
		CHECK(!text_is_one_of(out[i], list), "'%s'", out[i]);
	CHECK(!text_is_one_of(NULL, list) && !text_is_one_of("a", ""), "none");
}

static void
decode_reads_one_character(void)
{
	static const struct {
		const char *bytes;
		size_t size;
		uint32_t c;
		size_t len;
	} rows[] = {
		{ "a", 1, 'a', 1 },
		{ "\x7f", 1, 0x7f, 1 },
		{ "\xc2\x80", 2, 0x80, 2 },
		{ "\xc3\xb1", 2, 0xf1, 2 },
		{ "\xdf\xbf", 2, 0x7ff, 2 },
		{ "\xe0\xa0\x80", 3, 0x800, 3 },
		{ "\xe2\x82\xac", 3, 0x20ac, 3 },
		{ "\xef\xbf\xbf", 3, 0xffff, 3 },
		{ "\xf0\x90\x80\x80", 4, 0x10000, 4 },
		{ "\xf4\x8f\xbf\xbf", 4, 0x10ffff, 4 },
		/* malformed: a byte alone, overlong, surrogate, too high */
		{ "\x80", 1, 0xfffd, 1 },
		{ "\xc1\xbf", 2, 0xfffd, 1 },
		{ "\xe0\x9f\xbf", 3, 0xfffd, 1 },
		{ "\xed\xa0\x80", 3, 0xfffd, 1 },
		{ "\xf0\x8f\xbf\xbf", 4, 0xfffd, 1 },
		{ "\xf4\x90\x80\x80", 4, 0xfffd, 1 },
		{ "\xf5\x80\x80\x80", 4, 0xfffd, 1 },
		{ "\xff", 1, 0xfffd, 1 },
		/* cut off, or not continued */
		{ "\xc3\xb1", 1, 0xfffd, 1 },
		{ "\xe2\x82\xac", 2, 0xfffd, 1 },
		{ "\xe2\x82x", 3, 0xfffd, 1 },
		{ "\xc3\xc3", 2, 0xfffd, 1 },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		uint32_t c = 0;
		size_t len = text_decode(rows[i].bytes, rows[i].size, &c);

		CHECK(c == rows[i].c && len == rows[i].len,
		    "row %zu: U+%04X of %zu bytes, not U+%04X of %zu", i, c,
		    len, rows[i].c, rows[i].len);
	}
}

static void
what_is_encoded_decodes(void)
{
	static const uint32_t rows[][2] = { { 0, 0 }, { 'a', 'a' },
		{ 0x7f, 0x7f }, { 0x80, 0x80 }, { 0x7ff, 0x7ff },
		{ 0x800, 0x800 }, { 0xd7ff, 0xd7ff }, { 0xe000, 0xe000 },
		{ 0xffff, 0xffff }, { 0x10000, 0x10000 },
		{ 0x10ffff, 0x10ffff }, { 0xd800, 0xfffd }, { 0xdfff, 0xfffd },
		{ 0x110000, 0xfffd }, { UINT32_MAX, 0xfffd } };

	for (size_t i = 0; i < COUNT(rows); i++) {
		char bytes[4];
		uint32_t c = 0;
		size_t len = text_encode(bytes, rows[i][0]);

		CHECK(text_decode(bytes, len, &c) == len && c == rows[i][1],
		    "row %zu: U+%04X became U+%04X", i, rows[i][0], c);
	}
}

static void
utf8_names_the_first_wrong_byte(void)
{
	static const struct {
		const char *text;
		bool valid;
		size_t bad;
	} rows[] = {
		{ "", true, 0 },
		{ "plain", true, 0 },
		{ "a\xc3\xb1o \xe2\x82\xac \xf0\x9f\x9a\x92", true, 0 },
		{ "a\xf1o", false, 1 },
		{ "\xc3\xb1\xc3", false, 2 },
		{ "ok\xed\xa0\x80", false, 2 },
		{ "ok\xc0\x80", false, 2 },
		/* around the words that are looked at in one go */
		{ "12345678", true, 0 },
		{ "1234567\xf1", false, 7 },
		{ "12345678\xf1", false, 8 },
		{ "1234567\xc3\xb1"
		  "1234567890\xc3",
		    false, 19 },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t bad = 0;
		bool valid =
		    text_is_utf8(rows[i].text, strlen(rows[i].text), &bad);

		CHECK(valid == rows[i].valid && (valid || bad == rows[i].bad),
		    "row %zu: %d at %zu, not %d at %zu", i, valid, bad,
		    rows[i].valid, rows[i].bad);
	}
}

static void
cells_of_characters(void)
{
	static const struct {
		uint32_t c;
		int cells;
	} rows[] = {
		{ 'a', 1 },
		{ 0xf1, 1 },
		{ 0x301, 0 },
		{ 0x200b, 0 },
		{ 0xfe0f, 0 },
		{ 0x4e2d, 2 },
		{ 0x1f692, 2 },
		{ 0x2026, 1 },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK(text_cells(rows[i].c) == rows[i].cells,
		    "U+%04X: %d cells, not %d", rows[i].c,
		    text_cells(rows[i].c), rows[i].cells);
}

static void
control_characters(void)
{
	static const struct {
		uint32_t c;
		bool is_control;
	} rows[] = {
		{ 0, true },
		{ 0x1b, true },
		{ '\n', true },
		{ ' ', false },
		{ '~', false },
		{ 0x7f, true },
		{ 0x80, true },
		{ 0x9b, true },
		{ 0x9f, true },
		{ 0xa0, false },
		{ 0xf1, false },
		{ 0x202e, true },
		{ 0x2026, false },
		{ 0x2066, true },
		{ 0x2069, true },
		{ 0xfffd, false },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK(text_is_control(rows[i].c) == rows[i].is_control,
		    "U+%04X: %d", rows[i].c, text_is_control(rows[i].c));
}

static void
blank_is_white_space_of_xml(void)
{
	static const struct {
		const char *text;
		bool blank;
	} rows[] = {
		{ "", true },
		{ " \t\r\n", true },
		{ " x ", false },
		{ "\v", false },
		{ ";", false },
		{ "\xc2\xa0", false },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK(text_is_blank(rows[i].text) == rows[i].blank,
		    "row %zu: \"%s\"", i, rows[i].text);
}

static void
tokens_part_at_space_and_semicolon(void)
{
	static const struct {
		const char *text;
		const char *joined; /* the tokens, each followed by '|' */
	} rows[] = {
		{ "", "" },
		{ " ;\t\r\n;", "" },
		{ "a", "a|" },
		{ "a b", "a|b|" },
		{ "a;b", "a|b|" },
		{ "  a ;; b\nc\t", "a|b|c|" },
		{ "!a =b-c.d", "!a|=b-c.d|" },
		{ "a,b", "a,b|" },
		{ "a\xc2\xa0"
		  "b",
		    "a\xc2\xa0"
		    "b|" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		char joined[64] = "";
		const char *at = rows[i].text;
		const char *token;
		size_t len = 0;

		while ((token = text_next_token(&at, &len)) != NULL) {
			strncat(joined, token, len);
			strcat(joined, "|");
		}
		CHECK_TEXT(joined, rows[i].joined, "tokens of \"%s\"",
		    rows[i].text);
		CHECK(*at == '\0', "row %zu stops before the end", i);
	}
}

static void
distance_counts_slips(void)
{
	static const struct {
		const char *a;
		const char *b;
		size_t limit;
		size_t distance;
	} rows[] = {
		{ "", "", 3, 0 },
		{ "police", "police", 3, 0 },
		{ "police", "polic", 3, 1 },
		{ "polic", "police", 3, 1 },
		{ "police", "policr", 3, 1 },
		{ "police", "ploice", 3, 1 },
		{ "ca", "abc", 3, 3 },
		{ "kitten", "sitting", 9, 3 },
		{ "", "abc", 9, 3 },
		{ "abc", "xyz", 1, 2 },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		size_t got = text_distance(rows[i].a, rows[i].b, rows[i].limit);

		CHECK(got == rows[i].distance, "%s, %s: %zu, not %zu",
		    rows[i].a, rows[i].b, got, rows[i].distance);
		CHECK(got == text_distance(rows[i].b, rows[i].a, rows[i].limit),
		    "%s, %s: not symmetric", rows[i].a, rows[i].b);
	}
}

static void
distance_of_long_words_is_beyond_the_limit(void)
{
	char word[66];

	memset(word, 'a', sizeof(word) - 1);
	word[64] = '\0';
	CHECK(text_distance(word, word, 2) == 0, "64 bytes are compared");
	word[64] = 'a';
	word[65] = '\0';
	CHECK(text_distance(word, word, 2) == 3, "65 bytes are not");
	CHECK(text_distance("a", word, 2) == 3, "nor on the other side");
}

static void
nearest_is_a_slip_of_the_pen(void)
{
	static const char *const names[] = { "police", "police-officer", "fire",
		"fire-chief", "edu" };
	static const struct {
		const char *word;
		const char *nearest;
	} rows[] = {
		{ "polise", "police" },
		{ "plice", "police" },
		{ "firre", "fire" },
		{ "police-oficer", "police-officer" },
		{ "edu", "edu" },
		{ "e", NULL },
		{ "zzzzzz", NULL },
		{ "", NULL },
		{ "fird", "fire" },
		{ "“edu”", "edu" },
		{ "«polise»", "police" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_TEXT(text_nearest(rows[i].word, names, COUNT(names)),
		    rows[i].nearest, "nearest to \"%s\"", rows[i].word);
	CHECK(text_nearest("a", names, 0) == NULL, "nearest of none");
}

static void
nearest_takes_the_first_of_equals(void)
{
	static const char *const names[] = { "abd", "abe", "abc" };

	CHECK_TEXT(text_nearest("abx", names, 3), "abd", "of three equals");
	CHECK_TEXT(text_nearest("abc", names, 3), "abc", "of one better");
}

/* Each list stands in the order of the dictionary. */
static void
collation_is_that_of_the_dictionary(void)
{
	static const struct {
		const char *name;
		const char *words[8];
	} rows[] = {
		{ "ñ after n", { "nube", "nzz", "ñame", "ñu", "oasis" } },
		{ "ñ inside", { "cana", "canto", "caña", "cañón", "capa" } },
		{ "Ñ as ñ", { "NUBE", "Ñame", "ñu", "Oasis" } },
		{ "ñ as n + U+0303",
		    { "canto",
			"can\xcc\x83"
			"a",
			"capa" } },
		{ "accents fold", { "arbol", "árbol", "arboleda", "asa" } },
		{ "accents as marks",
		    { "arbol", "a\xcc\x81rbol", "arboleda", "asa" } },
		{ "ü folds", { "pingo", "pingüino", "pino" } },
		{ "case folds", { "Fire", "fire", "Fire brigade", "firm" } },
		{ "shorter first", { "fire", "fire alarm", "firearm" } },
		{ "English", { "naive", "naïve", "naked", "rest", "résumé" } },
		{ "digits before letters", { "1", "10", "a" } },
		{ "other Latin", { "cerny", "černý", "czar", "lodz", "łódź" } },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		for (size_t j = 1; j < 8 && rows[i].words[j] != NULL; j++) {
			char *a = text_collation_key(rows[i].words[j - 1]);
			char *b = text_collation_key(rows[i].words[j]);

			CHECK(strcmp(a, b) < 0, "%s: %s is not before %s",
			    rows[i].name, rows[i].words[j - 1],
			    rows[i].words[j]);
			free(a);
			free(b);
		}
	}
}

/* The base letter of every accented letter up to U+017F; by the Unicode
 * character names. One letter a character, from U+00C0 on. */
static void
collation_folds_every_latin_letter(void)
{
	static const char want[] = "aaaaaaaceeeeiiiidnooooo*ouuuuyts"
				   "aaaaaaaceeeeiiiidnooooo/ouuuuyty"
				   "aaaaaaccccccccddddeeeeeeeeeegggggggghhhh"
				   "iiiiiiiiiiiijjkkkllllllllllnnnnnnnnn"
				   "oooooooorrrrrrssssssssttttttuuuuuuuuuuuu"
				   "wwyyyzzzzzzs";

	assert_int_equal(sizeof(want) - 1, 0x180 - 0xc0);
	for (uint32_t c = 0xc0; c < 0x180; c++) {
		char letter[3] = { (char)(0xc0 | c >> 6),
			(char)(0x80 | (c & 0x3f)), '\0' };
		char *key = text_collation_key(letter);

		if (c == 0xd1 || c == 0xf1)
			CHECK(strncmp(key, "n\x7f\1", 3) == 0, "ñ");
		else
			CHECK(key[0] == want[c - 0xc0] && key[1] == '\1',
			    "U+%04X: %c, not %c", c, key[0], want[c - 0xc0]);
		free(key);
	}
}

static void
collation_keeps_equal_words_apart(void)
{
	char *a = text_collation_key("Arbol");
	char *b = text_collation_key("árbol");

	CHECK(strncmp(a, b, 6) == 0, "the folded parts are equal");
	CHECK(strcmp(a, b) != 0, "the keys are not");
	free(a);
	free(b);
}

static void
lower_is_ascii_only(void)
{
	char text[] = "EDU-O-01 \xc3\x91z";

	text_to_lower(text);
	CHECK_TEXT(text, "edu-o-01 \xc3\x91z", "lower case");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(a_word_of_a_list_is_a_whole_one),
		UNIT(decode_reads_one_character),
		UNIT(what_is_encoded_decodes),
		UNIT(utf8_names_the_first_wrong_byte),
		UNIT(cells_of_characters),
		UNIT(control_characters),
		UNIT(blank_is_white_space_of_xml),
		UNIT(tokens_part_at_space_and_semicolon),
		UNIT(distance_counts_slips),
		UNIT(distance_of_long_words_is_beyond_the_limit),
		UNIT(nearest_is_a_slip_of_the_pen),
		UNIT(nearest_takes_the_first_of_equals),
		UNIT(collation_is_that_of_the_dictionary),
		UNIT(collation_folds_every_latin_letter),
		UNIT(collation_keeps_equal_words_apart),
		UNIT(lower_is_ascii_only),
	};

	return cmocka_run_group_tests_name("base/text", tests, NULL, NULL);
}
