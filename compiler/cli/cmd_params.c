/* vade params: the values an agency may set, where each is used. */
#include "cli/agencies.h"
#include "cli/command.h"
#include "query/query.h"

int
cmd_params(struct invocation *invocation, struct diag *diag)
{
	static const char *const wrong[] = {
		"vade params needs a project at most",
		"vade params necesita, como mucho, un proyecto"
	};
	struct question question = { .missing = invocation->missing,
		.form = invocation->json ? "json" : invocation->form };
	struct request *request = &invocation->request;
	struct result result = { 0 };

	if (invocation->operand_count > 1)
		return diag_report_path(diag, DIAG_USAGE, NULL,
		    wrong[diag->language], "vade params [FILE]", NULL);
	if (agencies_one(invocation, diag) != 0)
		return -1;
	request->source =
	    invocation->operand_count > 0 ? invocation->operands[0] : ".";
	request->output = NULL;
	request->keeps_defaults = true;
	request->question = parameters_answer;
	request->question_context = &question;
	return build_run(request, &result, diag);
}
