/* vade explain: what a message means, an example, the cure. */
#include <stdlib.h>

#include "base/alloc.h"
#include "cli/command.h"
#include "query/answer.h"

static const char *const severities[DIAG_LANGUAGES][3] = {
	{ "note", "warning", "error" },
	{ "nota", "aviso", "error" },
};

static void
explain_row(const struct diag_row *row, enum diag_language ui)
{
	printf("%s (%s, %s %d)\n\n  %s\n\n%s\n", row->code,
	    severities[ui][row->severity],
	    ui == DIAG_ES ? "salida" : "exit status", row->status,
	    row->text[ui], row->explain[ui]);
	if (row->help[ui][0] != '\0')
		printf("\n%s: %s\n", ui == DIAG_ES ? "Remedio" : "Help",
		    row->help[ui]);
}

static json_t *
describe_row(const struct diag_row *row, enum diag_language ui)
{
	return json_pack("{s:s, s:s, s:i, s:s, s:s, s:s}", "code", row->code,
	    "severity", severities[DIAG_EN][row->severity], "status",
	    row->status, "text", row->text[ui], "help", row->help[ui],
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
		    severities[ui][diag_rows[i].severity],
		    diag_rows[i].text[ui]);
}

static int
report_code(const struct invocation *invocation, struct diag *diag)
{
	static const char *const text[] = { "there is no code %s",
		"no existe el código %s" };
	static const char *const help[] = { "vade explain lists all codes",
		"vade explain enumera todos los códigos" };
	char *what = mem_format(text[invocation->ui], invocation->operands[0]);

	diag_report_path(diag, DIAG_USAGE, NULL, what, help[invocation->ui],
	    NULL);
	free(what);
	return -1;
}

int
cmd_explain(struct invocation *invocation, struct diag *diag)
{
	enum diag_language ui = invocation->ui;
	enum diag_code code = DIAG_COUNT;

	if (invocation->operand_count != 0) {
		code = diag_find(invocation->operands[0]);
		if (code == DIAG_COUNT)
			return report_code(invocation, diag);
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
