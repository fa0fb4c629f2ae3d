/* vade params: the values an agency may set, where each is used. */
#include "cli/agencies.h"
#include "cli/command.h"
#include "query/query.h"

int
cmd_params(struct invocation *invocation, struct diag *diag)
{
	struct question question = { .missing = invocation->missing,
		.form = invocation->json ? "json" : invocation->form };

	if (invocation->operand_count > 1)
		return words_report_usage(diag, "vade params [FILE]",
		    WORDS_PARAMS_OPERANDS);
	invocation->request.keeps_defaults = true;
	return agencies_ask(invocation, 0, parameters_answer, &question, diag);
}
