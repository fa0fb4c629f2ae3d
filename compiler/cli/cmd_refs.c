/* vade refs: who cites a reference, form, term, parameter or role. */
#include "cli/agencies.h"
#include "cli/command.h"
#include "query/query.h"

int
cmd_refs(struct invocation *invocation, struct diag *diag)
{
	struct question question = { .form = invocation->json ? "json" : NULL };

	if (invocation->operand_count < 1 || invocation->operand_count > 2)
		return words_report_usage(diag, "vade refs NAME [FILE]",
		    WORDS_REFS_OPERANDS);
	question.name = invocation->operands[0];
	invocation->request.asks_agencies = true;
	return agencies_ask(invocation, 1, refs_answer, &question, diag);
}
