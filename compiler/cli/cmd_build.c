/* vade build: compiles handbooks and publishes them. */
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "cli/agencies.h"
#include "cli/command.h"
#include "query/answer.h"

/* Where to open what was built: the index of each shelf. */
static void
print_addresses(const struct request *request, const struct result *result)
{
	owned char *output = realpath(request->output, NULL);

	for (size_t i = 0; output != NULL && i < result->shelf_count; i++)
		fprintf(stderr, "  file://%s/%s/index.html\n", output,
		    result->shelves[i]);
}

/* What was built, as an object of the array that --json prints; addresses of
 * shelves are paths of their index below the output. */
static json_t *
metadata_edition(const struct request *request, const struct result *result)
{
	json_t *shelves = json_array();

	for (size_t i = 0; i < result->shelf_count; i++) {
		owned char *index =
		    mem_format("%s/index.html", result->shelves[i]);

		json_array_append_new(shelves, json_string(index));
	}
	return json_pack("{s:s?, s:s, s:b, s:I, s:I, s:o}", "agency",
	    request->agency, "output", request->output, "unchanged",
	    result->unchanged, "files", (json_int_t)result->files, "bytes",
	    (json_int_t)result->bytes, "shelves", shelves);
}

static void
print_edition(const struct invocation *invocation, const struct result *result)
{
	const struct request *request = &invocation->request;
	const char *agency = request->agency != NULL ? request->agency : "";
	const char *of = request->agency != NULL ? ", " : "";

	if (result->unchanged)
		fprintf(stderr, words_say(invocation->ui, WORDS_UNCHANGED),
		    request->output, of, agency);
	else
		fprintf(stderr, words_say(invocation->ui, WORDS_BUILT),
		    result->files, (double)result->bytes / 1e6, request->output,
		    of, agency);
	print_addresses(request, result);
}

/* One edition: the base, or request->agency's. */
static int
build_edition(struct invocation *invocation, struct diag *diag)
{
	struct request *request = &invocation->request;
	scoped(result_clear) struct result result = { 0 };
	int rc = build_run(request, &result, diag);

	if (rc == 0 && !request->stop_after_select) {
		if (!invocation->quiet)
			print_edition(invocation, &result);
		if (invocation->json)
			json_array_append_new(invocation->editions,
			    metadata_edition(request, &result));
	}
	return rc;
}

int
cmd_build(struct invocation *invocation, struct diag *diag)
{
	struct request *request = &invocation->request;
	int rc;

	if (command_take_source(invocation, diag) != 0 ||
	    plan_read_formats(&request->wanted, diag) != 0)
		return -1;
	if (request->output == NULL)
		request->output = "out";
	request->progress = !invocation->quiet && !request->verbose &&
	    invocation->format == DIAG_HUMAN && isatty(STDERR_FILENO);
	invocation->editions = json_array();
	rc = agencies_each(invocation, build_edition, diag);
	if (invocation->json)
		answer_print_json_take(json_incref(invocation->editions));
	json_decref(invocation->editions);
	return rc;
}
