/* vade audit: proves that a built folder holds nothing its readers may not
 * read. */
#include <stdlib.h>

#include "base/alloc.h"
#include "cli/agencies.h"
#include "cli/command.h"
#include "audit/built_folder.h"

static int
report_operands(const struct invocation *invocation, struct diag *diag)
{
	static const char *const missing[] = {
		"vade audit needs the folder to look at",
		"vade audit necesita la carpeta que debe mirar",
	};
	static const char *const extra[] = {
		"%s is one name too many",
		"%s es un nombre de más",
	};
	char *what = invocation->operand_count == 0
	    ? mem_dup(missing[diag->language])
	    : mem_format(extra[diag->language], invocation->operands[2]);

	diag_report_path(diag, DIAG_USAGE, NULL, what, "vade audit DIR [FILE]",
	    NULL);
	free(what);
	return -1;
}

int
cmd_audit(struct invocation *invocation, struct diag *diag)
{
	struct audit_tree tree = { 0 };
	struct result result = { 0 };

	if (invocation->operand_count == 0 || invocation->operand_count > 2)
		return report_operands(invocation, diag);
	if (agencies_one(invocation, diag) != 0)
		return -1;
	tree.folder = invocation->operands[0];
	tree.json = invocation->json;
	invocation->request.source =
	    invocation->operand_count == 2 ? invocation->operands[1] : ".";
	invocation->request.output = NULL;
	invocation->request.question = audit_tree_question;
	invocation->request.question_context = &tree;
	return build_run(&invocation->request, &result, diag);
}
