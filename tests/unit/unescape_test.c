/* extract/unescape: where the lines of a plain text part blocks. */
#include "unit.h"

#include "extract/unescape.h"

/* '/' stands for a break, ',' for a pause. */
static const struct {
	const char *text;
	const char *wanted;
} lines[] = {
	{ "one\n---\ntwo", "one/---,two" },
	{ "one\n--\ntwo", "one,--,two" }, /* too short for a rule */
	{ "one\n\ntwo", "one/,two" },
	{ "one\n \t\r\ntwo", "one/ \t\r,two" },
	{ "one\n- - -\ntwo", "one/- - -,two" },
	{ "one\n-*-\ntwo", "one,-*-,two" }, /* not one sign */
	{ "one\n---a\ntwo", "one,---a,two" },
	{ "one\n+--+\ntwo", "one/+--+,two" }, /* the frame of a table */
	{ "one\n+==+==+\ntwo", "one/+==+==+,two" },
	{ "one\n|  +--+\ntwo", "one/|  +--+,two" }, /* a cell of two rows */
	{ "one\n+--+==+\ntwo", "one,+--+==+,two" },
	{ "one\n| a |--+\ntwo", "one,| a |--+,two" },
	{ "one\nabc\ntwo", "one,abc,two" },
	{ "one\n--", "one,--" },
	{ "one\n---", "one/---" },
};

static void
test_lines_that_part(void **state)
{
	(void)state;
	unit_failures = 0;
	for (size_t i = 0; i < COUNT(lines); i++) {
		const char *text = lines[i].text;
		struct decoded decoded;
		char *got;

		decode_raw(&decoded, text, strlen(text));
		decode_lines(&decoded);
		got = mem_format("%.*s", (int)decoded.size, decoded.text);
		for (char *at = got; *at != '\0'; at++)
			*at = *at == DECODE_BREAK ? '/'
			    : *at == DECODE_PAUSE ? ','
						  : *at;
		unit_check(strcmp(got, lines[i].wanted) == 0, __LINE__,
		    "\"%s\" is \"%s\", wanted \"%s\"", text, got,
		    lines[i].wanted);
		free(got);
		decode_clear(&decoded);
	}
	assert_int_equal(unit_failures, 0);
}

/* What lies behind the end of a text, here a sign, is no part of its last
 * line. */
static void
test_nothing_behind_the_end(void **state)
{
	char text[] = "one\n---";
	uint32_t at[sizeof(text)] = { 0 };
	struct decoded decoded = { .text = text, .at = at, .size = 6 };

	(void)state;
	decode_lines(&decoded);
	assert_int_equal(text[3], DECODE_PAUSE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines_that_part),
		cmocka_unit_test(test_nothing_behind_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
