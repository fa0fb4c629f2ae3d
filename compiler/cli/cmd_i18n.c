/* vade i18n: what the languages agreed on, what is stale, and agreeing it. */
#include <string.h>

#include "base/list.h"
#include "cli/command.h"
#include "query/translation.h"

static const struct i18n_row {
	const char *name;
	bool writes; /* takes units after the project, and a reason */
	edition_question *answer;
} rows[] = {
	{ "status", false, translation_status_answer },
	{ "stale", false, translation_stale_answer },
	{ "stamp", true, translation_stamp_answer },
};

static const struct i18n_row *
find_row(const char *name)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
	return NULL;
}

static int
report_use(const char *const texts[], struct diag *diag)
{
	return diag_report_path(diag, DIAG_USAGE, NULL, texts[diag->language],
	    "vade i18n status [FILE] | stale [FILE] | stamp [FILE] [UNIT...]",
	    NULL);
}

/* What would not be heeded is an error, and a reason is one of named units. */
static int
check_use(const struct i18n_row *row, const struct invocation *invocation,
    struct diag *diag)
{
	static const char *const unknown[] = {
		"vade i18n needs status, stale or stamp",
		"a vade i18n le falta status, stale o stamp"
	};
	static const char *const too_many[] = {
		"only stamp takes units after the project",
		"solo stamp admite unidades tras el proyecto"
	};
	static const char *const idle_reason[] = {
		"--reason is for stamp, of units that are named",
		"--reason es para stamp, de unidades nombradas"
	};

	if (row == NULL)
		return report_use(unknown, diag);
	if (!row->writes && invocation->operand_count > 2)
		return report_use(too_many, diag);
	if (invocation->reason != NULL &&
	    (!row->writes || invocation->operand_count < 3))
		return report_use(idle_reason, diag);
	return 0;
}

int
cmd_i18n(struct invocation *invocation, struct diag *diag)
{
	const char *name =
	    invocation->operand_count > 0 ? invocation->operands[0] : "status";
	const struct i18n_row *row = find_row(name);
	struct request *request = &invocation->request;
	struct question question = { .form = invocation->json ? "json" : NULL,
		.reason = invocation->reason };
	struct result result = { 0 };

	if (check_use(row, invocation, diag) != 0)
		return -1;
	if (invocation->operand_count > 2) {
		question.units = invocation->operands + 2;
		question.unit_count = invocation->operand_count - 2;
	}
	request->source =
	    invocation->operand_count > 1 ? invocation->operands[1] : ".";
	request->output = NULL;
	request->asks_units = true;
	request->keeps_defaults = true;
	request->question = row->answer;
	request->question_context = &question;
	return build_run(request, &result, diag);
}
