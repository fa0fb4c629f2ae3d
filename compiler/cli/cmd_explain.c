/* vade explain: what a message means, an example, the cure. */
#include <string.h>

#include "base/example.h"
#include "cli/command.h"
#include "query/answer.h"

/* A part of one side of an example, in the language of messages; the caller
 * frees what buf holds. */
static bool
next_of_side(const char **at, const char *side, enum diag_language ui,
    struct example_part *part, struct buf *lines, const char *indent)
{
	static const char *const others[DIAG_LANGUAGES] = { "es", "en" };

	while (*at != NULL && example_next(at, part))
		if (strcmp(part->kind, side) == 0 &&
		    strcmp(part->place, others[ui]) != 0) {
			example_add(lines, part, indent);
			return true;
		}
	return false;
}

static bool
is_file(const char *place)
{
	return strpbrk(place, "./") != NULL;
}

static void
print_side(const struct diag_row *row, const char *side, enum words heading,
    enum diag_language ui)
{
	const char *at = example_find((enum diag_code)(row - diag_rows));
	struct example_part part;
	struct buf lines = { 0 };
	bool first = true;

	while (next_of_side(&at, side, ui, &part, &lines, "    ")) {
		if (first)
			printf("\n%s:\n", words_say(ui, heading));
		first = false;
		if (is_file(part.place))
			printf("  %s\n", part.place);
		fputs(buf_text(&lines), stdout);
		buf_clear(&lines);
	}
}

static void
explain_row(const struct diag_row *row, enum diag_language ui)
{
	printf("%s (%s, %s %d)\n\n  %s\n\n%s\n", row->code,
	    words_say(ui, WORDS_NOTE + row->severity),
	    words_say(ui, WORDS_EXIT_STATUS), row->status, row->text[ui],
	    row->explain[ui]);
	print_side(row, "wrong", WORDS_WRONG, ui);
	print_side(row, "right", WORDS_RIGHT, ui);
	print_side(row, "run", WORDS_SAID_BY, ui);
	if (row->help[ui][0] != '\0')
		printf("\n%s: %s\n", words_say(ui, WORDS_CURE), row->help[ui]);
}

static json_t *
describe_side(const struct diag_row *row, const char *side,
    enum diag_language ui)
{
	const char *at = example_find((enum diag_code)(row - diag_rows));
	struct example_part part;
	struct buf lines = { 0 };
	json_t *parts = json_array();

	while (next_of_side(&at, side, ui, &part, &lines, "")) {
		json_array_append_new(parts,
		    json_pack("{s:s, s:s}", "file",
			is_file(part.place) ? part.place : "", "text",
			buf_text(&lines)));
		buf_clear(&lines);
	}
	return parts;
}

static json_t *
describe_row(const struct diag_row *row, enum diag_language ui)
{
	return json_pack("{s:s, s:s, s:i, s:s, s:s, s:s, s:o, s:o}", "code",
	    row->code, "severity",
	    words_say(DIAG_EN, WORDS_NOTE + row->severity), "status",
	    row->status, "text", row->text[ui], "help", row->help[ui],
	    "explanation", row->explain[ui], "wrong",
	    describe_side(row, "wrong", ui), "right",
	    describe_side(row, "right", ui));
}

static json_t *
describe_rows(enum diag_language ui)
{
	json_t *rows = json_array();

	for (int i = 0; i < DIAG_COUNT; i++)
		json_array_append_new(rows, describe_row(&diag_rows[i], ui));
	return rows;
}

static void
list_rows(enum diag_language ui)
{
	for (int i = 0; i < DIAG_COUNT; i++)
		printf("%s  %-7s  %s\n", diag_rows[i].code,
		    words_say(ui, WORDS_NOTE + diag_rows[i].severity),
		    diag_rows[i].text[ui]);
}

int
cmd_explain(struct invocation *invocation, struct diag *diag)
{
	enum diag_language ui = invocation->ui;
	enum diag_code code = DIAG_COUNT;

	if (invocation->operand_count != 0) {
		code = diag_find(invocation->operands[0]);
		if (code == DIAG_COUNT)
			return words_report_usage(diag,
			    words_say(ui, WORDS_ALL_CODES), WORDS_UNKNOWN_CODE,
			    invocation->operands[0]);
	}
	if (invocation->json)
		answer_print_json_take(code == DIAG_COUNT
			? describe_rows(ui)
			: describe_row(&diag_rows[code], ui));
	else if (code == DIAG_COUNT)
		list_rows(ui);
	else
		explain_row(&diag_rows[code], ui);
	return 0;
}
