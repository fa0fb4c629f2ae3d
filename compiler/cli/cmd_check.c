/* vade check: builds every handbook in memory, and tells what is wrong. */
#include <stdio.h>

#include "base/alloc.h"
#include "cli/agencies.h"
#include "cli/command.h"
#include "query/answer.h"

static int
check_edition(struct invocation *invocation, struct diag *diag)
{
	scoped(result_clear) struct result result = { 0 };

	return build_run(&invocation->request, &result, diag);
}

/* How many there are of each kind; the messages themselves are printed as
 * --message-format says. */
static json_t *
describe_findings(const struct diag *diag)
{
	return json_pack("{s:b, s:I, s:I, s:I}", "clean", diag->count == 0,
	    "errors", (json_int_t)diag_count(diag, DIAG_ERROR), "warnings",
	    (json_int_t)diag_count(diag, DIAG_WARNING), "notes",
	    (json_int_t)diag_count(diag, DIAG_NOTE));
}

int
cmd_check(struct invocation *invocation, struct diag *diag)
{
	int rc;

	if (command_take_source(invocation, diag) != 0 ||
	    plan_read_formats(&invocation->request.wanted, diag) != 0)
		return -1;
	invocation->request.output = NULL;
	rc = agencies_each(invocation, check_edition, diag);
	if (rc == 0 && diag->count == 0 && !invocation->quiet)
		fputs(words_say(invocation->ui, WORDS_CLEAN), stderr);
	if (invocation->json)
		answer_print_json_take(describe_findings(diag));
	return rc;
}
