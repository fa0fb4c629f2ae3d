/* query/answer: layouts and words, whose tags are filled from a tree. */
#include "unit.h"

#include "query/answer.h"

/* A key that no word has is a template itself. */
static const struct {
	const char *template;
	const char *want;
} tags[] = {
	{ "{name}", "Ana" },
	{ "{none}", "" },
	{ "{none|-}", "-" },
	{ "{name|-}", "Ana" },
	{ "{in/deep}", "down" },
	{ "{in/none}", "" },
	{ "{number}", "7" },
	{ "{yes} {no}", "true false" },
	{ "{name:5}|", "Ana  |" },
	{ "{name:2}|", "A…|" },
	{ "{name:2+}|", "Ana|" },
	{ "{name:4+}|", "Ana |" },
	{ "{name:-5}|", "  Ana|" },
	{ "{name:-1}|", "Ana|" },
	{ "{name:=number}|", "Ana    |" },
	{ "{:3}|", "   |" },
	{ "{none|?:3}|", "?  |" },
	{ "{list#} of {in#}", "3 of 1" },
	{ "{#list}<{.}>{/}", "<a><b><c>" },
	{ "{#list , }{.}{/}", "a, b, c" },
	{ "{#in}{@}={.}{/}", "deep=down" },
	{ "{#rows}{id}{?title}: {title}{/}{!title}!{/};{/}", "1: one;2!;" },
	{ "{#rows}{^name}{/}", "AnaAna" },
	{ "{#none}x{/}y", "y" },
	{ "{?none}{#list}{?x}{/}{/}{/}y", "y" },
	{ "{?yes}a{/}{?no}b{/}{!no}c{/}{?number}d{/}{?list}e{/}", "acde" },
	{ "{yes%answer}", "yes" },
	{ "{yes%answer:5}|", "yes  |" },
	{ "{%none}", "none" },
	{ "a { b }", "a { b }" },
	{ "blank  \nend", "blank\nend" },
	{ "- {>4}{words}\n",
	    "- word word word word word word word word word "
	    "word word word word word word\n    word\n" },
};

static void
tags_are_filled(void)
{
	json_t *tree =
	    json_loads("{\"name\": \"Ana\", \"number\": 7, \"yes\": true, "
		       "\"no\": false, \"in\": {\"deep\": \"down\"}, \"list\": "
		       "[\"a\", \"b\", \"c\"], \"rows\": [{\"id\": 1, "
		       "\"title\": \"one\"}, {\"id\": 2}], \"words\": \"word "
		       "word word word word word\\nword word word word word "
		       "word word word word word\"}",
		0, NULL);

	for (size_t i = 0; i < COUNT(tags); i++) {
		char *text =
		    answer_words_format(tree, tags[i].template, DIAG_EN);

		CHECK_TEXT(text, tags[i].want, "%s", tags[i].template);
		free(text);
	}
	json_decref(tree);
}

static void
bytes_that_are_no_text_are_replaced(void)
{
	json_t *text = answer_text("a\xff"
				   "b");

	CHECK_TEXT(json_string_value(text),
	    "a\xef\xbf\xbd"
	    "b",
	    "%s", "no UTF-8");
	json_decref(text);
}

static const char *const texts[] = {
#define LAYOUT(answer, form, text) text,
#include "query/layouts.def"
#undef LAYOUT
#define WORD(key, english, spanish) english, spanish,
#include "query/words.def"
#undef WORD
};

static const char *const keys[] = {
#define WORD(key, english, spanish) key,
#include "query/words.def"
#undef WORD
};

/* Is it a word, or the beginning of some ("how" of "how-own")? */
static bool
is_word(const char *key, size_t len, bool of_a_value)
{
	for (size_t i = 0; i < COUNT(keys); i++)
		if (strncmp(keys[i], key, len) == 0 &&
		    keys[i][len] == (of_a_value ? '-' : '\0'))
			return true;
	return false;
}

static void
words_that_are_named_exist(void)
{
	for (size_t i = 0; i < COUNT(texts); i++)
		for (const char *at = texts[i]; (at = strchr(at, '%')) != NULL;
		     at++)
			CHECK(is_word(at + 1, strcspn(at + 1, "|:}"),
				  at[-1] != '{'),
			    "no such word: %s", at);
}

static void
parts_are_closed(void)
{
	for (size_t i = 0; i < COUNT(texts); i++) {
		int depth = 0;

		for (const char *at = texts[i]; (at = strchr(at, '{')) != NULL;
		     at++) {
			depth += strchr("#?!", at[1]) != NULL;
			depth -= at[1] == '/';
			CHECK(depth >= 0, "closes too much: %s", texts[i]);
		}
		CHECK(depth == 0, "is not closed: %s", texts[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(tags_are_filled),
		UNIT(bytes_that_are_no_text_are_replaced),
		UNIT(words_that_are_named_exist),
		UNIT(parts_are_closed),
	};

	return cmocka_run_group_tests_name("answer", tests, NULL, NULL);
}
