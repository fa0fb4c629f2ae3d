/* vade explain: what a message means, an example, the cure. */
#include "cli/command.h"
#include "query/answer.h"

static void
explain_row(const struct diag_row *row, enum diag_language ui)
{
	printf("%s (%s, %s %d)\n\n  %s\n\n%s\n", row->code,
	    words_say(ui, WORDS_NOTE + row->severity),
	    words_say(ui, WORDS_EXIT_STATUS), row->status, row->text[ui],
	    row->explain[ui]);
	if (row->help[ui][0] != '\0')
		printf("\n%s: %s\n", words_say(ui, WORDS_CURE), row->help[ui]);
}

static json_t *
describe_row(const struct diag_row *row, enum diag_language ui)
{
	return json_pack("{s:s, s:s, s:i, s:s, s:s, s:s}", "code", row->code,
	    "severity", words_say(DIAG_EN, WORDS_NOTE + row->severity),
	    "status", row->status, "text", row->text[ui], "help", row->help[ui],
	    "explanation", row->explain[ui]);
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
