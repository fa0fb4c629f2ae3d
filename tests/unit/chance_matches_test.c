/* audit/chance_matches: five words where readable texts meet, and five that are not. */
#include "unit.h"

#include "audit/chance_matches.h"

enum { OPEN, CLOSED }; /* levels */

/* Texts that are read: by all, by few. */
static const struct {
	const char *text;
	int level;
} texts[] = {
	{ "Channel", OPEN },
	{ "Who", OPEN },
	{ "Judge", OPEN },
	{ "Social worker", OPEN },
	{ "The secure line of the court.", OPEN },
	{ "Tell the police at once\x1e"
	  "By day and by night",
	    OPEN },
	{ "Head of the armed unit", CLOSED },
};

static const char labels[] = "<axes><label a=\"Bailiff\">Clerk &amp; "
			     "usher</label><label>Guard</label></axes>";

static bool
explains(const char *before, const char *run, const char *after, int level)
{
	struct chance_matches seams = { 0 };
	struct gram_text words;
	struct gram_text page;
	size_t first;
	char *text = mem_format("%s %s %s", before, run, after);
	bool is;

	for (size_t i = 0; i < COUNT(texts); i++)
		chance_matches_add(&seams, texts[i].text, strlen(texts[i].text),
		    texts[i].level);
	chance_matches_add_markup(&seams, labels, strlen(labels), OPEN);
	gram_text_read(&words, before, strlen(before));
	first = words.count;
	gram_text_clear(&words);
	gram_text_read(&words, run, strlen(run));
	gram_text_read(&page, text, strlen(text));
	is = chance_matches_explain(&seams, &page, first, words.count, level);
	gram_text_clear(&words);
	gram_text_clear(&page);
	chance_matches_clear(&seams);
	free(text);
	return is;
}

static void
a_run_is_explained_by_readable_texts_alone(void)
{
	static const struct {
		const char *before;
		const char *run;
		const char *after;
		bool want;
	} rows[] = {
		/* a label and a text; two of a list; three; the edge of one */
		{ "", "Channel: the secure line of", "the court", true },
		{ "the", "secure line of the court", "", false },
		{ "", "social worker; judge", "", true },
		{ "ask", "judge; social worker; judge; who", "", true },
		{ "tell the police", "at once; social worker; judge", "",
		    true },
		{ "the secure line", "of the court; Who: Judge", "", true },
		{ "by day", "and by night; social worker", "", true },
		{ "social", "worker; judge; who; channel", "", true },
		/* a text is not there to its end, or from its beginning */
		{ "", "channel: the secure line of", "judges", false },
		{ "the safe line", "of the court; who: judge", "", false },
		{ "by night", "and by night; social worker", "", false },
		{ "", "judge; social", "", false },
		{ "a", "worker; judge", "", false },
		/* a word of nobody between, before, after */
		{ "", "judge; ana; social worker", "", false },
		{ "", "ana; judge; social worker", "", false },
		{ "", "judge; social worker; ana", "", false },
		{ "", "judge", "", false },
		/* the end of one block and the beginning of the next */
		{ "tell the police", "at once by day and", "by night", true },
		/* of a file of settings: what stands between tags */
		{ "", "clerk & usher; guard", "", true },
		{ "", "bailiff; guard", "", false },
		{ "", "label; guard", "", false },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		bool got =
		    explains(rows[i].before, rows[i].run, rows[i].after, OPEN);

		CHECK(got == rows[i].want, "%s [%s] %s: %s", rows[i].before,
		    rows[i].run, rows[i].after, got ? "a seam" : "none");
	}
}

static void
a_text_of_few_explains_nothing_to_others(void)
{
	static const char run[] = "judge; head of the armed";

	CHECK(!explains("", run, "unit", OPEN), "%s: a seam", run);
	CHECK(explains("", run, "unit", CLOSED), "%s: none", run);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(a_run_is_explained_by_readable_texts_alone),
		UNIT(a_text_of_few_explains_nothing_to_others),
	};

	return cmocka_run_group_tests_name("chance_matches", tests, NULL, NULL);
}
