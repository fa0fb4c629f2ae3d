#include "agencies.h"

#include <string.h>

#include "base/alloc.h"

int
agencies_ask(struct invocation *invocation, size_t file,
    edition_question *question, void *context, struct diag *diag)
{
	struct request *request = &invocation->request;
	struct result result = { 0 };

	if (invocation->agencies.count > 1)
		return words_report_usage(diag, "--agency DIR",
		    WORDS_ONE_AGENCY);
	if (invocation->agencies.count == 1)
		request->agency = invocation->agencies.names[0];
	request->source =
	    invocation->operand_count > file ? invocation->operands[file] : ".";
	request->output = NULL;
	request->question = question;
	request->question_context = context;
	return build_run(request, &result, diag);
}

/* The folders that vade.xml lists, as the front tells them: each ends with a
 * zero byte. */
struct listed {
	size_t size;
	char folders[256 << 10];
};

/* An edition_question. */
static int
list_agencies(const struct edition *edition, void *context)
{
	struct listed *listed = context;

	for (size_t i = 0; i < edition->project->agency_count; i++) {
		const char *href = edition->project->agencies[i].href;
		size_t size = strlen(href) + 1;

		if (size > sizeof(listed->folders) - listed->size)
			return diag_report_path(edition->diag, DIAG_XML_LIMIT,
			    NULL, "256 KB <agency>", NULL);
		memcpy(listed->folders + listed->size, href, size);
		listed->size += size;
	}
	if (listed->size == 0)
		return diag_report_path(edition->diag, DIAG_AGENCY_MISSING,
		    NULL, "all", NULL);
	return 0;
}

/* This process reads no content: the front does, and lists them. */
static int
read_listed(const struct invocation *invocation, struct listed *listed,
    struct diag *diag)
{
	struct request request = invocation->request;
	struct result result = { 0 };

	request.agency = NULL;
	request.output = NULL;
	request.asks_project = true;
	request.question = list_agencies;
	request.question_context = listed;
	return build_run(&request, &result, diag);
}

/* Those that vade.xml lists, in its order. */
static int
run_listed(struct invocation *invocation, agency_run *run, struct diag *diag)
{
	struct listed *listed = mem_shared(sizeof(*listed));
	int rc = read_listed(invocation, listed, diag);

	invocation->request.agency_listed = true;
	for (size_t at = 0; rc == 0 && at < listed->size;
	     at += strlen(listed->folders + at) + 1) {
		invocation->request.agency = listed->folders + at;
		rc = run(invocation, diag);
	}
	invocation->request.agency_listed = false;
	invocation->request.agency = NULL;
	return rc;
}

int
agencies_each(struct invocation *invocation, agency_run *run, struct diag *diag)
{
	const struct names *agencies = &invocation->agencies;
	int rc = 0;

	if (agencies->count == 0)
		return run(invocation, diag);
	for (size_t i = 0; rc == 0 && i < agencies->count; i++) {
		if (strcmp(agencies->names[i], "all") == 0) {
			rc = run_listed(invocation, run, diag);
			continue;
		}
		invocation->request.agency = agencies->names[i];
		rc = run(invocation, diag);
	}
	return rc;
}
