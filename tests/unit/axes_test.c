/* model/axes and model/axis_tokens: the tokens of an axis as a set of leaves. */
#include "unit.h"

#include "base/bits.h"
#include "model/axes.h"
#include "model/axis_tokens.h"

/*
 * police          0   police-officer 1   police-school 2
 * fire            3   fire-chief 4
 * edu             5   edu-school 6   edu-teacher 7 (below edu-school)
 * group field = police-officer fire
 * group nested = field edu, by hand
 * party court
 */
static int
add(struct axis *axis, const char *id, int parent)
{
	struct place other;

	assert_non_null(
	    axis_add_value(axis, id, parent, (struct place){ 0 }, &other));
	return (int)axis->value_count - 1;
}

static void
add_group(struct axis *axis, const char *id, const char *tokens)
{
	struct place other;
	struct axis_tokens_origin origin = { { 0 }, NULL };
	struct diag diag = { 0 };
	struct axis_group *group =
	    axis_add_group(axis, id, (struct place){ 0 }, &other);

	assert_non_null(group);
	group->leaves = mem_array(axis->words, sizeof(*group->leaves));
	assert_int_equal(axis_tokens_parse(axis, tokens, false, &origin,
			     group->leaves, &diag),
	    0);
}

static struct axis *
make_axis(struct axes *axes, const char *id, enum axis_kind kind)
{
	struct axis *axis;

	axes->axes = mem_grow(axes->axes, axes->count, &axes->capacity,
	    sizeof(*axes->axes));
	axis = &axes->axes[axes->count++];
	*axis = (struct axis){ .id = mem_dup(id),
		.attribute = mem_dup(id),
		.kind = kind };
	return axis;
}

static struct axis *
make_roles(struct axes *axes)
{
	struct axis *axis;
	struct place other;
	int top;
	int school;

	axes_init(axes);
	axis = make_axis(axes, "role", AXIS_TREE);
	top = add(axis, "police", AXIS_NONE);
	add(axis, "police-officer", top);
	add(axis, "police-school", top);
	axis_end_value(axis, (size_t)top);
	top = add(axis, "fire", AXIS_NONE);
	add(axis, "fire-chief", top);
	axis_end_value(axis, (size_t)top);
	top = add(axis, "edu", AXIS_NONE);
	school = add(axis, "edu-school", top);
	add(axis, "edu-teacher", school);
	axis_end_value(axis, (size_t)school);
	axis_end_value(axis, (size_t)top);
	axis->words = bits_words(axis->value_count);
	add_group(axis, "field", "police-officer fire");
	add_group(axis, "nested", "field edu");
	assert_non_null(
	    axis_add_party(axis, "court", (struct place){ 0 }, &other));
	return axis;
}

static const char *
leaves_text(const struct axis *axis, const uint64_t *leaves)
{
	static char text[128];

	text[0] = '\0';
	for (size_t i = 0; i < axis->value_count; i++)
		text[i] = bits_get(leaves, i) ? (char)('0' + i) : '.';
	text[axis->value_count] = '\0';
	return text;
}

static void
expressions_are_sets_of_leaves(void)
{
	static const struct {
		const char *tokens;
		const char *leaves;
	} rows[] = {
		/* a value stands for its own leaf and all below it */
		{ "police", "012....." },
		{ "police-officer", ".1......" },
		{ "police-school", "..2....." },
		{ "edu", ".....567" },
		{ "edu-school", "......67" },
		{ "edu-teacher", ".......7" },
		/* = is the own leaf alone */
		{ "=police", "0......." },
		{ "=edu-school", "......6." },
		{ "=edu-teacher", ".......7" },
		/* union, separators, repetition, order */
		{ "police fire", "01234..." },
		{ "fire police", "01234..." },
		{ "police;fire", "01234..." },
		{ " \t\npolice ;; fire\r\n", "01234..." },
		{ "police police", "012....." },
		{ "=police police-school", "0.2....." },
		/* ! takes away from the positives, whatever the order */
		{ "police !police-school", "01......" },
		{ "!police-school police", "01......" },
		{ "police !=police", ".12....." },
		{ "police fire !police", "...34..." },
		{ "edu !edu-school", ".....5.." },
		{ "edu !=edu-school", ".....5.7" },
		/* or from all, if there are no positives */
		{ "!police", "...34567" },
		{ "!=police", ".1234567" },
		{ "!police !fire", ".....567" },
		/* what is taken away need not have been there */
		{ "fire !police", "...34..." },
		/* groups */
		{ "field", ".1.34..." },
		{ "nested", ".1.34567" },
		{ "field police", "01234..." },
		{ "police !field", "0.2....." },
		{ "!field", "0.2..567" },
		{ "!nested", "0.2....." },
	};
	struct axes axes;
	struct axis *axis = make_roles(&axes);

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct axis_tokens_origin origin = { { 0 }, NULL };
		struct diag diag = { 0 };
		uint64_t leaves[1] = { ~UINT64_C(0) };
		int rc = axis_tokens_parse(axis, rows[i].tokens, true, &origin,
		    leaves, &diag);

		CHECK(rc == 0, "\"%s\": %s", rows[i].tokens, unit_codes(&diag));
		CHECK_TEXT(leaves_text(axis, leaves), rows[i].leaves, "\"%s\"",
		    rows[i].tokens);
		diag_clear(&diag);
	}
	axes_clear(&axes);
}

static void
expressions_fail_closed(void)
{
	static const struct {
		const char *tokens;
		bool negatives;
		const char *codes;
	} rows[] = {
		{ "", true, "V0202" },
		{ " \t\n;;", true, "V0202" },
		{ "polise", true, "V0201" },
		{ "police polise fyre", true, "V0201 V0201" },
		{ "Police", true, "V0201" },
		{ "all", true, "V0201" },
		{ "!polise", true, "V0201" },
		{ "=polise", true, "V0201" },
		{ "!=polise", true, "V0201" },
		{ "police,fire", true, "V0201" },
		{ "!", true, "V0201" },
		{ "=", true, "V0201" },
		{ "!!police", true, "V0201" },
		{ "==police", true, "V0201" },
		{ "=!police", true, "V0201" },
		/* comes out empty */
		{ "police !police", true, "V0203" },
		{ "=police !police", true, "V0203" },
		{ "police-officer !police", true, "V0203" },
		{ "!police !fire !edu", true, "V0203" },
		{ "field !field", true, "V0203" },
		/* no = on groups */
		{ "=field", true, "V0204" },
		{ "police !=field", true, "V0204" },
		/* parties have no leaf */
		{ "court", true, "V0208" },
		{ "police court", true, "V0208" },
		{ "!court", true, "V0208" },
		{ "=court", true, "V0208" },
		/* role attributes of procedures take no ! */
		{ "!police", false, "V0204" },
		{ "police !police-school", false, "V0204" },
		{ "=police", false, "" },
		{ "field", false, "" },
	};
	struct axes axes;
	struct axis *axis = make_roles(&axes);

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct axis_tokens_origin origin = { { 0 }, NULL };
		struct diag diag = { 0 };
		uint64_t leaves[1] = { 0 };
		int rc = axis_tokens_parse(axis, rows[i].tokens,
		    rows[i].negatives, &origin, leaves, &diag);

		CHECK_TEXT(unit_codes(&diag), rows[i].codes, "\"%s\"",
		    rows[i].tokens);
		CHECK((rc == 0) == (rows[i].codes[0] == '\0') &&
			(rc == 0 || rc == -1),
		    "\"%s\": returned %d", rows[i].tokens, rc);
		diag_clear(&diag);
	}
	axes_clear(&axes);
}

/* A token that begins as a declared name does is not that name. */
static void
long_tokens_are_not_cut(void)
{
	static const size_t sizes[] = { 1, 126, 127, 128, 129, 300, 5000 };

	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct axes axes;
		struct axis *axis;
		struct axis *ordered;
		struct axis_tokens_origin origin = { { 0 }, NULL };
		struct diag diag = { 0 };
		uint64_t leaves[1];
		char *id = mem_alloc(sizes[i] + 2);

		axes_init(&axes);
		axis = make_axis(&axes, "os", AXIS_SET);
		memset(id, 'x', sizes[i]);
		add(axis, id, AXIS_NONE);
		axis->words = 1;
		CHECK(axis_tokens_parse(axis, id, true, &origin, leaves,
			  &diag) == 0,
		    "%zu bytes are the name", sizes[i]);
		id[sizes[i]] = 'x';
		CHECK(axis_tokens_parse(axis, id, true, &origin, leaves,
			  &diag) == -1,
		    "%zu bytes and one more are not", sizes[i]);
		ordered = make_axis(&axes, "class", AXIS_ORDERED);
		add(ordered, id, AXIS_NONE);
		CHECK(axis_tokens_rank(ordered, id, &origin, &diag) == 0,
		    "rank of %zu bytes", sizes[i]);
		id[sizes[i]] = '\0';
		CHECK(axis_tokens_rank(ordered, id, &origin, &diag) == -1,
		    "one byte fewer than %zu", sizes[i]);
		free(id);
		diag_clear(&diag);
		axes_clear(&axes);
	}
}

static void
sets_of_more_than_one_word(void)
{
	struct axes axes;
	struct axis *axis;
	struct axis_tokens_origin origin = { { 0 }, NULL };
	struct diag diag = { 0 };
	uint64_t leaves[3];
	char id[16];

	axes_init(&axes);
	axis = make_axis(&axes, "os", AXIS_SET);
	for (int i = 0; i < 130; i++) {
		snprintf(id, sizeof(id), "v%d", i);
		add(axis, id, AXIS_NONE);
	}
	axis->words = bits_words(axis->value_count);
	CHECK(axis_tokens_parse(axis, "!v0 !v64 !v129", true, &origin, leaves,
		  &diag) == 0,
	    "parse");
	for (size_t i = 0; i < 192; i++)
		CHECK(bits_get(leaves, i) ==
			(i < 130 && i != 0 && i != 64 && i != 129),
		    "leaf %zu", i);
	diag_clear(&diag);
	axes_clear(&axes);
}

static void
ranks_are_one_token(void)
{
	static const struct {
		const char *tokens;
		int rank;
		const char *codes;
	} rows[] = {
		{ "pub", 0, "" },
		{ "int", 1, "" },
		{ "cas", 3, "" },
		{ " \tres\n;", 2, "" },
		{ "", -1, "V0202" },
		{ " ; ", -1, "V0202" },
		{ "secret", -1, "V0201" },
		{ "PUB", -1, "V0201" },
		{ "pub int", -1, "V0204" },
		{ "pub pub", -1, "V0204" },
		{ "pub;int", -1, "V0204" },
		{ "!pub", -1, "V0204" },
		{ "=pub", -1, "V0204" },
	};
	static const char *const classes[] = { "pub", "int", "res", "cas" };
	struct axes axes;
	struct axis *axis;

	axes_init(&axes);
	axis = make_axis(&axes, "class", AXIS_ORDERED);
	for (size_t i = 0; i < COUNT(classes); i++)
		add(axis, classes[i], AXIS_NONE);
	axis->words = 1;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct axis_tokens_origin origin = { { 0 }, NULL };
		struct diag diag = { 0 };
		int rank =
		    axis_tokens_rank(axis, rows[i].tokens, &origin, &diag);

		CHECK(rank == rows[i].rank, "\"%s\": rank %d, not %d",
		    rows[i].tokens, rank, rows[i].rank);
		CHECK_TEXT(unit_codes(&diag), rows[i].codes, "\"%s\"",
		    rows[i].tokens);
		diag_clear(&diag);
	}
	axes_clear(&axes);
}

/* The caret is under the very token, and the help names the nearest one. */
static void
errors_mark_the_token(void)
{
	static const struct {
		const char *tag;
		const char *tokens;
		uint32_t offset;
		uint32_t len;
		const char *help;
	} rows[] = {
		{ "<p role='fire polise'>", "fire polise", 14, 6,
		    "did you mean police?" },
		{ "<p role='fire !polise'>", "fire !polise", 14, 7,
		    "did you mean police?" },
		{ "<p role='zzzzzz'>", "zzzzzz", 9, 6,
		    "declared: police, police-officer, police-school, fire, "
		    "fire-chief, edu, edu-school, edu-teacher" },
		{ "<p role='feild'>", "feild", 9, 5, "did you mean field?" },
		{ "<p role='fire !fire'>", "fire !fire", 14, 5,
		    "delete !fire, or write who else it is for" },
	};
	struct axes axes;
	struct axis *axis = make_roles(&axes);

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sources sources = { 0 };
		struct diag diag = { .sources = &sources };
		struct axis_tokens_origin origin = {
			{ unit_source(&sources, "a.xml", rows[i].tag), 0, 0 },
			"role"
		};
		uint64_t leaves[1];

		axis_tokens_parse(axis, rows[i].tokens, true, &origin, leaves,
		    &diag);
		if (CHECK(diag.count == 1, "%s: %zu", rows[i].tag,
			diag.count)) {
			const struct diag_record *record = &diag.records[0];

			CHECK(record->offset == rows[i].offset &&
				record->len == rows[i].len,
			    "%s: %u + %u", rows[i].tag, record->offset,
			    record->len);
			CHECK_TEXT(record->help, rows[i].help, "%s",
			    rows[i].tag);
		}
		diag_clear(&diag);
		sources_clear(&sources);
	}
	axes_clear(&axes);
}

static void
names_are_unique_on_an_axis(void)
{
	static const char *const taken[] = { "police", "edu-teacher", "field",
		"court" };
	struct axes axes;
	struct axis *axis = make_roles(&axes);
	struct place place = { 1, 2, 3 };

	for (size_t i = 0; i < COUNT(taken); i++) {
		struct place other = { 9, 9, 9 };

		CHECK(axis_add_value(axis, taken[i], AXIS_NONE, place,
			  &other) == NULL &&
			other.file == 0,
		    "value %s", taken[i]);
		CHECK(axis_add_group(axis, taken[i], place, &other) == NULL,
		    "group %s", taken[i]);
		CHECK(axis_add_party(axis, taken[i], place, &other) == NULL,
		    "party %s", taken[i]);
	}
	CHECK(axis->value_count == 8 && axis->group_count == 2 &&
		axis->party_count == 1,
	    "nothing was added");
	axes_clear(&axes);
}

static void
names_are_found_by_kind(void)
{
	static const struct {
		const char *name;
		int value;
		bool is_group;
		bool is_party;
	} rows[] = {
		{ "police", 0, false, false },
		{ "edu-teacher", 7, false, false },
		{ "field", AXIS_NONE, true, false },
		{ "court", AXIS_NONE, false, true },
		{ "polic", AXIS_NONE, false, false },
		{ "", AXIS_NONE, false, false },
	};
	struct axes axes;
	struct axis *axis = make_roles(&axes);

	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *name = rows[i].name;
		size_t len = strlen(name);

		CHECK(axis_find_value(axis, name, len) == rows[i].value &&
			(axis_find_group(axis, name, len) != NULL) ==
			    rows[i].is_group &&
			(axis_find_party(axis, name, len) != NULL) ==
			    rows[i].is_party,
		    "%s", name);
	}
	CHECK(axis_find_value(axis, "police-officer", 6) == 0,
	    "the length counts");
	CHECK(axes_find(&axes, "role") == 0, "the axis");
	CHECK(axes_find(&axes, "roles") == AXIS_NONE, "no axis");
	axes_clear(&axes);
}

static void
nearest_knows_values_groups_and_parties(void)
{
	static const char *const rows[][2] = {
		{ "polce", "police" },
		{ "feild", "field" },
		{ "cuort", "court" },
		{ "zzzzzz", NULL },
	};
	struct axes axes;
	struct axis *axis = make_roles(&axes);

	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_TEXT(axis_nearest(axis, rows[i][0]), rows[i][1], "%s",
		    rows[i][0]);
	axes_clear(&axes);
}

static void
labels_fall_back(void)
{
	static const char *const rows[][3] = {
		{ "police", "en", "Police" },
		{ "police", "es", "Policía" },
		{ "police", "fr", "Police" },
		{ "=police", "es", "Policía" },
		{ "fire", "es", "fire" },
		{ "nobody", "es", "nobody" },
	};
	struct axes axes;
	struct axis *axis = make_roles(&axes);

	lang_text_set(&axis->values[0].label, "en", "Police");
	lang_text_set(&axis->values[0].label, "es", "?");
	lang_text_set(&axis->values[0].label, "es", "Policía");
	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_TEXT(axis_label(axis, rows[i][0], rows[i][1]), rows[i][2],
		    "%s in %s", rows[i][0], rows[i][1]);
	CHECK_TEXT(lang_text_exact(&axis->values[0].label, "fr"), NULL,
	    "exact");
	axes_clear(&axes);
}

static void
attribute_names_as_authors_write_them(void)
{
	struct axes axes;
	struct axis *axis = make_roles(&axes);
	char name[64];

	CHECK_TEXT(axis_attribute_name(axis, name), "role", "DocBook's");
	axis->is_vade = true;
	CHECK_TEXT(axis_attribute_name(axis, name), "v:role", "ours");
	axes_clear(&axes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(expressions_are_sets_of_leaves),
		UNIT(expressions_fail_closed),
		UNIT(long_tokens_are_not_cut),
		UNIT(sets_of_more_than_one_word),
		UNIT(ranks_are_one_token),
		UNIT(errors_mark_the_token),
		UNIT(names_are_unique_on_an_axis),
		UNIT(names_are_found_by_kind),
		UNIT(nearest_knows_values_groups_and_parties),
		UNIT(labels_fall_back),
		UNIT(attribute_names_as_authors_write_them),
	};

	return cmocka_run_group_tests_name("model/axes", tests, NULL, NULL);
}
