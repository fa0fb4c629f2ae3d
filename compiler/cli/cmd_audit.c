/* vade audit: proves that a built folder holds nothing its readers may not
 * read. */
#include "cli/agencies.h"
#include "cli/command.h"
#include "audit/built_folder.h"

int
cmd_audit(struct invocation *invocation, struct diag *diag)
{
	struct audit_tree tree = { .json = invocation->json };

	if (invocation->operand_count == 0)
		return words_report_usage(diag, "vade audit DIR [FILE]",
		    WORDS_AUDIT_OPERANDS);
	if (invocation->operand_count > 2)
		return words_report_usage(diag, "vade audit DIR [FILE]",
		    WORDS_NAME_TOO_MANY, invocation->operands[2]);
	tree.folder = invocation->operands[0];
	return agencies_ask(invocation, 1, audit_tree_question, &tree, diag);
}
