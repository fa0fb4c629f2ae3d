/* script/select_rule: what a rule sees, and that only a clear answer counts. */
#include "unit.h"

#include "base/bits.h"
#include "script/select_rule.h"

/* A set axis with the values a b c, and an ordered one with low high. */
struct world {
	struct axis letters;
	struct axis heights;
};

static void
add_values(struct axis *axis, const char *id, const char *const *names)
{
	struct place other;

	*axis = (struct axis){ .id = mem_dup(id), .words = 1 };
	for (; *names != NULL; names++)
		assert_non_null(axis_add_value(axis, *names, AXIS_NONE,
		    (struct place){ 0 }, &other));
}

/* Gives the axes to a struct axes, which clears them. */
static void
world_clear(struct world *world)
{
	struct axes axes;

	axes_init(&axes);
	axes.axes = mem_array(2, sizeof(*axes.axes));
	axes.axes[0] = world->letters;
	axes.axes[1] = world->heights;
	axes.count = 2;
	axes_clear(&axes);
}

static void
world_init(struct world *world)
{
	static const char *const letters[] = { "a", "b", "c", NULL };
	static const char *const heights[] = { "low", "high", NULL };

	add_values(&world->letters, "letter", letters);
	add_values(&world->heights, "height", heights);
}

static int
open_rule(struct select_rule *rule, const char *text, struct diag *diag)
{
	return select_rule_open(rule, "filters/x.lua", text, strlen(text),
	    (struct place){ 0 }, diag);
}

static void
chunks_that_are_no_rule(void)
{
	static const char *const rows[][2] = {
		{ "", "V0504" },
		{ "return nil", "V0504" },
		{ "return true", "V0504" },
		{ "return 'yes'", "V0504" },
		{ "return {}", "V0504" },
		{ "return { select = true }", "V0504" },
		{ "return each_axis()", "V0504" },
		{ "return (", "V0501" },
		{ "error('x')", "V0502" },
		{ "while true do end", "V0503" },
		/* a table that runs code when it is looked at */
		{ "return setmetatable({}, { __index = function() "
		  "error('x') end })",
		    "V0502" },
		{ "return setmetatable({}, { __index = function() "
		  "while true do end end })",
		    "V0503" },
	};

	alarm(600);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct select_rule rule;
		struct diag diag = { 0 };

		CHECK(open_rule(&rule, rows[i][0], &diag) == -1, "%s",
		    rows[i][0]);
		CHECK_TEXT(unit_codes(&diag), rows[i][1], "%s", rows[i][0]);
		select_rule_close(&rule); /* closed already: nothing happens */
		diag_clear(&diag);
	}
	alarm(0);
}

static void
each_axis_is_told_apart(void)
{
	static const struct {
		const char *text;
		bool per_axis;
	} rows[] = {
		{ "return function() return true end", false },
		{ "return each_axis(function() return true end)", true },
		{ "return { select = function() return true end }", false },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct select_rule rule;
		struct diag diag = { 0 };

		if (CHECK(open_rule(&rule, rows[i].text, &diag) == 0, "%s",
			rows[i].text))
			CHECK(rule.per_axis == rows[i].per_axis, "%s: %d",
			    rows[i].text, rule.per_axis);
		select_rule_close(&rule);
		diag_clear(&diag);
	}
}

/* The unit is for a and b, of height low; the reader is b and c, and high. */
static void
a_rule_sees_every_axis_and_answers(void)
{
	static const struct {
		const char *body;
		int answer;
		const char *codes;
	} rows[] = {
		{ "return true", 1, "" },
		{ "return false", 0, "" },
		{ "return false, 'a reason'", 0, "" },
		{ "return unit.letter:meets(reader.letter)", 1, "" },
		{ "return unit.letter:has('a') and not "
		  "unit.letter:has('c')",
		    1, "" },
		{ "return reader.letter:has('a')", 0, "" },
		{ "return table.concat(unit.letter:names()) == 'ab' and "
		  "table.concat(reader.letter:names()) == 'bc'",
		    1, "" },
		{ "return unit.height == 'low' and reader.height == 'high'", 1,
		    "" },
		{ "return reader.handbook == 'police'", 1, "" },
		{ "return unit.handbook == nil", 1, "" },
		{ "return unit.letter == nil", 0, "" },
		/* anything but true and false is an error, never yes or no */
		{ "return", -1, "V0504" },
		{ "return nil", -1, "V0504" },
		{ "return 1", -1, "V0504" },
		{ "return 0", -1, "V0504" },
		{ "return 'true'", -1, "V0504" },
		{ "return {}", -1, "V0504" },
		{ "return unit.letter", -1, "V0504" },
		{ "return function() return true end", -1, "V0504" },
		{ "error('no')", -1, "V0502" },
		{ "return unit.letter:has('z')", -1, "V0502" },
		{ "return unit.letter:has()", -1, "V0502" },
		{ "return unit.letter:meets('a')", -1, "V0502" },
		{ "return unit.letter.meets({}, reader.letter)", -1, "V0502" },
		{ "unit.letter.x = 1 return true", -1, "V0502" },
		{ "return unit.nothing:has('a')", -1, "V0502" },
		{ "while true do end", -1, "V0503" },
		{ "pcall(function() while true do end end) return true", -1,
		    "V0503" },
	};
	struct world world;
	uint64_t of_unit[] = { 3 };
	uint64_t of_reader[] = { 6 };

	world_init(&world);
	struct select_rule_set unit[] = { { &world.letters, of_unit, 0 },
		{ &world.heights, NULL, 0 } };
	struct select_rule_set reader[] = { { &world.letters, of_reader, 0 },
		{ &world.heights, NULL, 1 } };
	alarm(600);
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *text = mem_format("return function(unit, reader) %s end",
		    rows[i].body);
		struct select_rule rule;
		struct diag diag = { 0 };

		assert_int_equal(open_rule(&rule, text, &diag), 0);
		/* Twice, to see that the stack is as before. */
		for (int turn = 0; turn < 2; turn++)
			CHECK(select_rule_ask(&rule, unit, reader, 2, "police",
				  &diag) == rows[i].answer,
			    "%s, turn %d", rows[i].body, turn);
		CHECK_TEXT(unit_codes(&diag), rows[i].codes, "%s",
		    rows[i].body);
		select_rule_close(&rule);
		diag_clear(&diag);
		free(text);
	}
	alarm(0);
	world_clear(&world);
}

/* The axis is letter; reach is a and b; the readers are a, c, b+c, nobody. */
static void
a_rule_of_each_axis_chooses_readers(void)
{
	static const struct {
		const char *body;
		uint64_t chosen; /* if no codes */
		const char *codes;
	} rows[] = {
		{ "return readers:that_meet(unit.reach)", 5, "" },
		{ "local a = readers:that_meet(unit.reach) "
		  "return readers:that_meet(unit.reach)",
		    5, "" },
		{ "assert(unit.axis == 'letter' and unit.reach:has('b')) "
		  "return readers:that_meet(unit.reach)",
		    5, "" },
		{ "return true", 0, "V0504" },
		{ "return false", 0, "V0504" },
		{ "return nil", 0, "V0504" },
		{ "return {}", 0, "V0504" },
		{ "return readers", 0, "V0504" },
		{ "return unit.reach", 0, "V0504" },
		{ "return 15", 0, "V0504" },
		{ "return readers:that_meet('a')", 0, "V0502" },
		{ "return readers:that_meet()", 0, "V0502" },
		{ "return readers.that_meet({}, unit.reach)", 0, "V0502" },
		{ "return readers:nothing()", 0, "V0502" },
		{ "while true do end", 0, "V0503" },
	};
	struct world world;
	static const uint64_t reach[] = { 3 };
	static const uint64_t values[4] = { 1, 4, 6, 0 };
	const uint64_t *lists[] = { &values[0], &values[1], &values[2],
		&values[3] };

	world_init(&world);
	alarm(600);
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *text = mem_format(
		    "return each_axis(function(unit, readers) %s end)",
		    rows[i].body);
		struct select_rule rule;
		struct diag diag = { 0 };

		assert_int_equal(open_rule(&rule, text, &diag), 0);
		for (int turn = 0; turn < 2; turn++) {
			uint64_t chosen[1] = { ~UINT64_C(0) };
			int rc = select_rule_ask_axis(&rule, &world.letters,
			    reach, lists, COUNT(lists), chosen, &diag);

			CHECK((rc == 0) == (rows[i].codes[0] == '\0'),
			    "%s, turn %d: %d", rows[i].body, turn, rc);
			CHECK(rc != 0 || chosen[0] == rows[i].chosen,
			    "%s: chosen %x", rows[i].body, (unsigned)chosen[0]);
		}
		CHECK_TEXT(unit_codes(&diag), rows[i].codes, "%s",
		    rows[i].body);
		select_rule_close(&rule);
		diag_clear(&diag);
		free(text);
	}
	alarm(0);
	world_clear(&world);
}

/* Sets of one axis say nothing about another, and readers do not outlive
 * their question. */
static void
things_of_another_question_are_refused(void)
{
	static const char text[] =
	    "local kept, reach return each_axis(function(unit, readers) "
	    "  if not kept then kept, reach = readers, unit.reach "
	    "  elseif unit.axis == 'letter' then "
	    "    return kept:that_meet(unit.reach) "
	    "  else return readers:that_meet(reach) end "
	    "  return readers:that_meet(unit.reach) "
	    "end)";
	struct world world;
	static const uint64_t reach[] = { 3 };
	const uint64_t *lists[] = { reach, reach };
	uint64_t chosen[1];
	struct select_rule rule;
	struct diag diag = { 0 };

	world_init(&world);
	assert_int_equal(open_rule(&rule, text, &diag), 0);
	CHECK(select_rule_ask_axis(&rule, &world.letters, reach, lists, 2,
		  chosen, &diag) == 0 &&
		chosen[0] == 3,
	    "the first question");
	CHECK(select_rule_ask_axis(&rule, &world.heights, reach, lists, 2,
		  chosen, &diag) == -1,
	    "a set of another axis");
	CHECK_TEXT(unit_codes(&diag), "V0502", "another axis");
	diag_clear(&diag);
	CHECK(select_rule_ask_axis(&rule, &world.letters, reach, lists, 2,
		  chosen, &diag) == -1,
	    "readers of an earlier question");
	CHECK_TEXT(unit_codes(&diag), "V0504", "earlier readers");
	select_rule_close(&rule);
	diag_clear(&diag);
	world_clear(&world);
}

static void
sets_of_different_axes_do_not_meet(void)
{
	struct world world;
	uint64_t leaves[] = { 1 };
	struct select_rule rule;
	struct diag diag = { 0 };

	world_init(&world);
	struct select_rule_set sets[] = { { &world.letters, leaves, 0 },
		{ &world.heights, leaves, 0 } };
	assert_int_equal(
	    open_rule(&rule,
		"return function(u, r) return u.letter:meets(r.height) end",
		&diag),
	    0);
	CHECK(select_rule_ask(&rule, sets, sets, 2, "h", &diag) == -1, "asked");
	CHECK_TEXT(unit_codes(&diag), "V0502", "refused");
	select_rule_close(&rule);
	diag_clear(&diag);
	world_clear(&world);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(chunks_that_are_no_rule),
		UNIT(each_axis_is_told_apart),
		UNIT(a_rule_sees_every_axis_and_answers),
		UNIT(a_rule_of_each_axis_chooses_readers),
		UNIT(things_of_another_question_are_refused),
		UNIT(sets_of_different_axes_do_not_meet),
	};

	return cmocka_run_group_tests_name("script/select_rule", tests, NULL,
	    NULL);
}
