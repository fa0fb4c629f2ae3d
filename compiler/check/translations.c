/*
 * What a release refuses of its languages: words that nobody held against
 * those of the other languages since one of them changed.
 * Invariant: the language that is released is looked at; that another lags
 * behind it is no fault of it.
 */

#include "check/check.h"

/* What is wrong with a unit of the language that is released. NULL: nothing. */
static const char *
describe(enum unit_state state, enum diag_language language)
{
	static const char *const words[UNIT_STATES][DIAG_LANGUAGES] = {
		[UNIT_STALE] = { "its counterpart has changed",
		    "su equivalente ha cambiado" },
		[UNIT_BOTH] = { "it and its counterpart have changed",
		    "tanto esta como su equivalente han cambiado" },
		[UNIT_NEW] = { "nobody has agreed it with its counterpart",
		    "nadie la ha acordado con su equivalente" },
		[UNIT_DIFFERENT] = { "its counterpart is another element",
		    "su equivalente es otro elemento" },
		[UNIT_EXTRA] = { "it has no counterpart",
		    "no tiene equivalente" },
		[UNIT_MISSING] = { "it is missing", "falta" },
	};

	return words[state][language];
}

static void
report(const struct checks *checks, const struct unit_side *here,
    const struct unit_side *there, const struct unit_pair *pair)
{
	const struct edition *edition = checks->edition;
	const struct unit_side *side = pair->here != NULL ? here : there;
	const struct unit *unit = pair->here != NULL ? pair->here : pair->there;
	const char *what = describe(pair->state, edition->diag->language);

	if (what != NULL)
		diag_report(edition->diag, DIAG_RELEASE_UNIT,
		    source_tag_place(edition->sources,
			book_place(&edition->books[side - edition->sides],
			    unit->node)),
		    here->lang, there->lang, what, NULL);
}

static void
check_pair(const struct checks *checks, const struct unit_side *here,
    const struct unit_side *there)
{
	struct alignment alignment;

	if (!here->agreement->is_written) {
		diag_report_path(checks->edition->diag, DIAG_RELEASE_NOT_AGREED,
		    here->agreement->path, here->lang, there->lang,
		    here->agreement->path, NULL);
		return;
	}
	alignment_make(&alignment, here, there);
	for (size_t i = 0; i < alignment.count; i++)
		report(checks, here, there, &alignment.pairs[i]);
	alignment_clear(&alignment);
}

void
translations_check(struct checks *checks)
{
	const struct unit_side *sides = checks->edition->sides;
	size_t count = checks->edition->project->tree_count;

	for (size_t i = 0; sides != NULL && i < count; i++)
		for (size_t j = 0; sides[i].is_built && j < count; j++)
			if (i != j)
				check_pair(checks, &sides[i], &sides[j]);
}
