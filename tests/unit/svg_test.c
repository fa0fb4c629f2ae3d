/* compose/svg: words broken into the lines of a box. */
#include "unit.h"

#include "compose/svg.h"

static const struct {
	const char *words;
	int width;
	const char *want; /* lines joined by '|' */
} wraps[] = {
	{ "", 100, "" },
	{ "   ", 100, "" },
	{ "one", 100, "one" },
	{ "one two", 100, "one two" },
	{ "one two", 40, "one|two" },
	{ "  one   two ", 40, "one|two" },
	/* A word too long for a line is cut, never lost. */
	{ "abcdefghijklmnop", 60, "abcdefg|hijklmno|p" },
	{ "a abcdefghijklmnop b", 60, "a|abcdefg|hijklmno|p b" },
	/* Never a line without a character, however narrow. */
	{ "ññ", 1, "ñ|ñ" },
	{ "Avise a la coordinación", 90, "Avise a la|coordinación" },
};

static void
words_become_lines(void)
{
	for (size_t i = 0; i < COUNT(wraps); i++) {
		struct svg_text text = { 0 };
		char got[256] = "";

		svg_wrap(&text, wraps[i].words, wraps[i].width);
		for (size_t j = 0; j < text.count; j++) {
			strcat(got, j > 0 ? "|" : "");
			strcat(got, text.lines[j]);
		}
		CHECK_TEXT(got, wraps[i].want, "%s in %d", wraps[i].words,
		    wraps[i].width);
		svg_text_clear(&text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(words_become_lines),
	};

	return cmocka_run_group_tests_name("drawing", tests, NULL, NULL);
}
