/* vade refs: who cites a reference, form, term, parameter or role. */
#include "cli/agencies.h"
#include "cli/command.h"
#include "query/query.h"

int
cmd_refs(struct invocation *invocation, struct diag *diag)
{
	static const char *const wrong[] = {
		"vade refs needs one name, and a project at most",
		"vade refs necesita un nombre y, como mucho, un proyecto"
	};
	struct question question = { .form = invocation->json ? "json" : NULL };
	struct request *request = &invocation->request;
	struct result result = { 0 };

	if (invocation->operand_count < 1 || invocation->operand_count > 2)
		return diag_report_path(diag, DIAG_USAGE, NULL,
		    wrong[diag->language], "vade refs NAME [FILE]", NULL);
	if (agencies_one(invocation, diag) != 0)
		return -1;
	question.name = invocation->operands[0];
	request->source =
	    invocation->operand_count > 1 ? invocation->operands[1] : ".";
	request->output = NULL;
	request->asks_agencies = true;
	request->question = refs_answer;
	request->question_context = &question;
	return build_run(request, &result, diag);
}
