/* model/axis_tokens_format: a set of leaves as the tokens an author would write. */
#include "unit.h"

#include "base/bits.h"
#include "model/axis_tokens_format.h"
#include "model/axis_tokens.h"

/* tree: 0 police (1 officer (2 school), 3 chief), 4 edu (5 teacher)
 * set:  a b c d e f g h */
static const struct {
	const char *id;
	int parent;
} tree[] = { { "police", -1 }, { "officer", 0 }, { "school", 1 },
	{ "chief", 0 }, { "edu", -1 }, { "teacher", 4 } };

static void
make_tree(struct axis *axis)
{
	struct place other;

	*axis = (struct axis){ .id = mem_dup("role"),
		.attribute = mem_dup("audience"),
		.kind = AXIS_TREE };
	for (size_t i = 0; i < COUNT(tree); i++) {
		axis_add_value(axis, tree[i].id, tree[i].parent,
		    (struct place){ 0 }, &other);
		for (int at = (int)i; at >= 0; at = tree[at].parent)
			axis_end_value(axis, (size_t)at);
	}
	axis->words = bits_words(axis->value_count);
}

static void
make_set(struct axis *axis)
{
	struct place other;

	*axis = (struct axis){ .id = mem_dup("letter"),
		.attribute = mem_dup("condition"),
		.kind = AXIS_SET };
	for (const char *c = "abcdefgh"; *c != '\0'; c++)
		axis_add_value(axis, (char[]){ *c, '\0' }, AXIS_NONE,
		    (struct place){ 0 }, &other);
	axis->words = bits_words(axis->value_count);
}

static void
clear(struct axis *axis)
{
	struct axes axes = { .axes = mem_array(1, sizeof(*axis)), .count = 1 };

	axes.axes[0] = *axis;
	axes_clear(&axes);
}

/* Tokens as written, and as they come back. */
static const struct row {
	bool is_tree;
	const char *tokens;
	const char *want;
} rows[] = {
	{ true, "police", "police" },
	{ true, "officer", "officer" },
	{ true, "=officer", "=officer" },
	{ true, "school", "school" },
	{ true, "=school", "school" },
	{ true, "officer chief", "officer chief" },
	{ true, "=police officer chief", "police" },
	{ true, "police !school", "=police =officer chief" },
	{ true, "police edu", "police edu" },
	{ false, "c a", "a c" },
	{ false, "!a", "!a" },
	{ false, "a b c d e", "a b c d e" },
	{ false, "!a !b", "!a !b" },
	{ false, "!a !b !c", "d e f g h" },
};

static void
tokens_come_back(void)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct axis_tokens_origin origin = { { 0 }, NULL };
		struct diag diag = { 0 };
		uint64_t leaves = 0;
		uint64_t again = 0;
		struct axis axis;
		char *text;

		(rows[i].is_tree ? make_tree : make_set)(&axis);
		assert_int_equal(axis_tokens_parse(&axis, rows[i].tokens, true,
				     &origin, &leaves, &diag),
		    0);
		text = axis_tokens_format(&axis, &leaves);
		CHECK_TEXT(text, rows[i].want, "%s", rows[i].tokens);
		CHECK(axis_tokens_parse(&axis, text, true, &origin, &again,
			  &diag) == 0 &&
			again == leaves,
		    "%s means another set than %s", text, rows[i].tokens);
		free(text);
		clear(&axis);
	}
}

static void
every_set_comes_back(void)
{
	struct axis_tokens_origin origin = { { 0 }, NULL };
	struct diag diag = { 0 };
	struct axis axis;

	make_tree(&axis);
	for (uint64_t leaves = 1; leaves < 1U << COUNT(tree); leaves++) {
		uint64_t again = 0;
		char *text = axis_tokens_format(&axis, &leaves);

		CHECK(axis_tokens_parse(&axis, text, true, &origin, &again,
			  &diag) == 0 &&
			again == leaves,
		    "%s is not %llx", text, (unsigned long long)leaves);
		free(text);
	}
	clear(&axis);
}

static void
empty_and_all(void)
{
	uint64_t none = 0;
	uint64_t all = (1U << COUNT(tree)) - 1;
	struct axis axis;
	char *text;

	make_tree(&axis);
	text = axis_tokens_format(&axis, &none);
	CHECK_TEXT(text, "", "empty");
	CHECK(!axis_tokens_are_all(&axis, &none), "nothing is not all");
	CHECK(axis_tokens_are_all(&axis, &all), "all is all");
	free(text);
	clear(&axis);
}

static void
one_token(void)
{
	static const struct {
		const char *token;
		bool known;
		uint64_t leaves;
	} one[] = {
		{ "police", true, 0x0f },
		{ "=police", true, 0x01 },
		{ "!officer", true, 0x06 },
		{ "!=officer", true, 0x02 },
		{ "court", false, 0 },
		{ "", false, 0 },
	};
	struct axis axis;

	make_tree(&axis);
	for (size_t i = 0; i < COUNT(one); i++) {
		uint64_t leaves = 0;
		bool known = axis_tokens_add_leaves(&axis, one[i].token,
		    strlen(one[i].token), &leaves);

		CHECK(known == one[i].known && leaves == one[i].leaves,
		    "%s gives %llx", one[i].token, (unsigned long long)leaves);
	}
	clear(&axis);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(tokens_come_back),
		UNIT(every_set_comes_back),
		UNIT(empty_and_all),
		UNIT(one_token),
	};

	return cmocka_run_group_tests_name("tokens", tests, NULL, NULL);
}
