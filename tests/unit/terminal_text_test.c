/* query/terminal_text: text in 80 cells. */
#include "unit.h"

#include "query/terminal_text.h"

static const struct {
	const char *text;
	size_t cells;
	const char *want;
} cells[] = {
	{ "abc", 5, "abc  " },
	{ "abc", 3, "abc" },
	{ "abcd", 3, "ab…" },
	{ "año", 4, "año " },
	{ "año nuevo", 4, "año…" },
	{ "", 2, "  " },
	{ "日本", 3, "日…" },
	{ "a\x1b[2J", 8, "a?[2J   " },
	{ "\xe2\x80\xae"
	  "x",
	    3, "?x " },
};

static void
cells_are_cut_and_padded(void)
{
	for (size_t i = 0; i < COUNT(cells); i++) {
		struct buf out = { 0 };

		terminal_add_cell(&out, cells[i].text, cells[i].cells);
		CHECK_TEXT(buf_text(&out), cells[i].want, "%s", cells[i].text);
		buf_clear(&out);
	}
}

static void
words_are_wrapped(void)
{
	struct buf out = { 0 };
	struct buf words = { 0 };

	for (int i = 0; i < 100; i++)
		buf_add_text(&words, i % 7 == 0 ? "señal\n" : "word ");
	buf_add_text(&out, "head ");
	terminal_add_wrapped(&out, buf_text(&words), 5, 4);
	for (char *line = strtok(out.data, "\n"); line != NULL;
	     line = strtok(NULL, "\n")) {
		size_t width = terminal_width(line);

		CHECK(width <= COLUMN_LINE, "%zu cells: %s", width, line);
		CHECK(line[strlen(line) - 1] != ' ', "ends in a blank: %s",
		    line);
	}
	buf_clear(&words);
	buf_clear(&out);
}

static const struct {
	const char *text;
	const char *want;
} wrapped[] = {
	{ "", "\n" },
	{ "  one   two\n", "one two\n" },
	{ "a\x07"
	  "b",
	    "a?b\n" },
};

static void
small_texts(void)
{
	for (size_t i = 0; i < COUNT(wrapped); i++) {
		struct buf out = { 0 };

		terminal_add_wrapped(&out, wrapped[i].text, 0, 2);
		CHECK_TEXT(buf_text(&out), wrapped[i].want, "%s",
		    wrapped[i].text);
		buf_clear(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(cells_are_cut_and_padded),
		UNIT(words_are_wrapped),
		UNIT(small_texts),
	};

	return cmocka_run_group_tests_name("terminal_text", tests, NULL, NULL);
}
