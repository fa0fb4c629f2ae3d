/* Runs of words and numbers: what is found in a text, however it is set. */
#include "unit.h"

#include "audit/shingles.h"

enum { LEAST = 6 };

static bool
finds(const char *secret, const char *text)
{
	struct grams grams = { 0 };
	struct gram_reader reader;
	struct gram_run runs[GRAM_MOST];
	size_t count;
	bool found = false;

	grams_add_text(&grams, secret, strlen(secret), LEAST, false, 1, 0);
	gram_read(&reader, text, strlen(text));
	while ((count = gram_next(&reader, runs)) != SIZE_MAX)
		for (size_t i = 0; i < count; i++)
			found |= grams_get(&grams, runs[i].hash) != NULL;
	grams_clear(&grams);
	return found;
}

static void
a_text_is_found_however_it_is_set(void)
{
	static const struct {
		const char *secret;
		const char *text;
		bool want;
	} rows[] = {
		{ "ask the officer on duty", "Ask the officer on duty.", true },
		{ "ask the officer on duty", "ASK\n the\tOFFICER on duty",
		    true },
		{ "ask the officer on duty", "ask the officer", false },
		/* five words of a longer one give it away */
		{ "never ask the officer on duty", "the officer on duty never",
		    false },
		{ "never ask the officer on duty",
		    "go and ask the officer on duty", true },
		/* a number is one whatever parts its groups */
		{ "600123456", "call 600 123 456 now", true },
		{ "600123456", "call 600-123.456 now", true },
		{ "600 12 34 56", "600123456", true },
		{ "600123456", "600 123 457", false },
		/* too short to be evidence */
		{ "12345", "12345", false },
		/* as many groups as a number may have, after more of them */
		{ "76543210", "9 7 6 5 4 3 2 1 0", true },
		{ "76543210", "1 2 3 9 7 6 5 4 3 2 1 0", true },
		{ "76543210", "9 8 7 6 5 4 3 2 1 0 9", true },
		/* a word between parts them */
		{ "600123456", "600 and 123456 and", false },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		bool got = finds(rows[i].secret, rows[i].text);

		CHECK(got == rows[i].want, "%s in %s: %s", rows[i].secret,
		    rows[i].text, got ? "found" : "not found");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(a_text_is_found_however_it_is_set),
	};

	return cmocka_run_group_tests_name("gram", tests, NULL, NULL);
}
