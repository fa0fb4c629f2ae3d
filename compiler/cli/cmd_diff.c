/* vade diff: what changed between two versions, and for whom. */
#include <string.h>

#include "base/list.h"
#include "cli/command.h"
#include "diff/change.h"
#include "query/query.h"

/* Every word that --kind takes. */
static const char *const kinds[] = {
#define OP(name, data) data,
#include "diff/change.def"
#define CLASS(name, data) data,
#include "diff/change.def"
#define FLAG(name, data, critical) data,
#include "diff/change.def"
#define URGENCY(name, data) data,
#include "diff/change.def"
};

static int
check_kinds(const struct names *wanted, struct diag *diag)
{
	for (size_t i = 0; i < wanted->count; i++) {
		bool is_known = false;

		for (size_t k = 0; k < COUNT(kinds); k++)
			is_known |= strcmp(wanted->names[i], kinds[k]) == 0;
		if (!is_known)
			return option_report_unknown(diag, WORDS_DIFF_KIND,
			    WORDS_NEAREST_COMMAND, wanted->names[i], kinds,
			    COUNT(kinds));
	}
	return 0;
}

int
cmd_diff(struct invocation *invocation, struct diag *diag)
{
	struct request *request = &invocation->request;
	const struct wanted *wanted = &request->wanted;
	struct question question = { .form = invocation->json ? "json" : NULL,
		.kinds = invocation->kinds.names,
		.kind_count = invocation->kinds.count,
		.languages = wanted->languages.names,
		.language_count = wanted->languages.count,
		.fails = invocation->exit_code };
	struct result result = { 0 };

	if (invocation->operand_count != 2)
		return words_report_usage(diag, "vade diff OLD NEW",
		    WORDS_DIFF_OPERANDS);
	if (wanted->handbooks.count > 1)
		return words_report_usage(diag,
		    "vade diff --handbook ID OLD NEW", WORDS_DIFF_HANDBOOKS);
	if (check_kinds(&invocation->kinds, diag) != 0)
		return -1;
	if (wanted->handbooks.count == 1)
		question.handbook = wanted->handbooks.names[0];
	request->against = invocation->operands[0];
	request->source = invocation->operands[1];
	request->output = NULL;
	request->question = changes_answer;
	request->question_context = &question;
	return build_run(request, &result, diag);
}
