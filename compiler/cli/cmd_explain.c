/* vade explain: what a message means, an example, the cure. */
#include <string.h>

#include "base/alloc.h"
#include "base/example.h"
#include "cli/command.h"
#include "query/answer.h"

/* What the words of a part are: what they begin with, and what JSON calls them. */
enum words_of { CAPTION, COMMAND, FILE_LINES };
static const struct {
	const char *indent, *member;
} ways[] = {
	[CAPTION] = { "  ", "caption" },
	[COMMAND] = { "    $ ", "command" },
	[FILE_LINES] = { "    ", "lines" },
};

static enum words_of
words_of_part(const struct example_part *part)
{
	if (strpbrk(part->place, "./") != NULL)
		return FILE_LINES;
	return part->place[0] == '$' || part->place[0] == '\0' ? COMMAND
							       : CAPTION;
}

/* Steps to the next part of one side, in the language of messages. */
static bool
next_of_side(const char **at, const char *side, enum diag_language ui,
    struct example_part *part)
{
	static const char *const others[DIAG_LANGUAGES] = { "es", "en" };

	while (*at != NULL && example_next(at, part))
		if (strcmp(part->kind, side) == 0 &&
		    strcmp(part->place, others[ui]) != 0)
			return true;
	return false;
}

static void
print_side(const struct diag_row *row, const char *side, enum words heading,
    enum diag_language ui)
{
	const char *at = example_find((enum diag_code)(row - diag_rows));
	struct example_part part;
	scoped(buf_clear) struct buf text = { 0 };

	while (next_of_side(&at, side, ui, &part)) {
		enum words_of words = words_of_part(&part);

		if (text.size == 0)
			buf_add_format(&text, "\n%s:\n",
			    words_say(ui, heading));
		if (words == FILE_LINES)
			buf_add_format(&text, "  %s\n", part.place);
		example_add(&text, &part, ways[words].indent);
	}
	fputs(buf_text(&text), stdout);
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
	struct buf text = { 0 };
	json_t *parts = json_array();

	while (next_of_side(&at, side, ui, &part)) {
		enum words_of words = words_of_part(&part);
		json_t *described = json_object();

		if (words == FILE_LINES)
			json_object_set_new(described, "file",
			    json_string(part.place));
		example_add(&text, &part, "");
		json_object_set_new(described, ways[words].member,
		    json_string(buf_text(&text)));
		json_array_append_new(parts, described);
		buf_clear(&text);
	}
	return parts;
}

static json_t *
describe_row(const struct diag_row *row, enum diag_language ui)
{
	return json_pack("{s:s, s:s, s:i, s:s, s:s, s:s, s:o, s:o, s:o}",
	    "code", row->code, "severity",
	    words_say(DIAG_EN, WORDS_NOTE + row->severity), "status",
	    row->status, "text", row->text[ui], "help", row->help[ui],
	    "explanation", row->explain[ui], "wrong",
	    describe_side(row, "wrong", ui), "right",
	    describe_side(row, "right", ui), "run",
	    describe_side(row, "run", ui));
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
