/* vade build: compiles handbooks and publishes them. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "cli/agencies.h"
#include "cli/command.h"

static int
one_operand(struct invocation *invocation, struct diag *diag)
{
	static const char *const extra[] = { "%s is one name too many",
		"%s es un nombre de más" };
	static const char *const help[] = {
		"one project or DocBook file at a time",
		"un proyecto o un fichero DocBook cada vez",
	};

	if (invocation->operand_count > 1) {
		char *what =
		    mem_format(extra[diag->language], invocation->operands[1]);

		diag_report_path(diag, DIAG_USAGE, NULL, what,
		    help[diag->language], NULL);
		free(what);
		return -1;
	}
	invocation->request.source =
	    invocation->operand_count == 1 ? invocation->operands[0] : ".";
	return 0;
}

/* Where to open what was built: the index of each shelf. */
static void
print_addresses(const struct request *request, const struct result *result)
{
	char *output = realpath(request->output, NULL);

	for (size_t i = 0; output != NULL && i < result->shelf_count; i++)
		fprintf(stderr, "  file://%s/%s/index.html\n", output,
		    result->shelves[i]);
	free(output);
}

/* One edition: the base, or request->agency's. */
static int
build_edition(struct invocation *invocation, struct diag *diag)
{
	static const char *const built[] = {
		"%zu files, %.1f MB: %s%s%s\n",
		"%zu ficheros, %.1f MB: %s%s%s\n",
	};
	static const char *const same[] = {
		"nothing changed: %s%s%s\n",
		"nada ha cambiado: %s%s%s\n",
	};
	struct request *request = &invocation->request;
	const char *agency = request->agency != NULL ? request->agency : "";
	const char *of = request->agency != NULL ? ", " : "";
	struct result result = { 0 };
	int rc = pipeline_run(request, &result, diag);

	if (rc == 0 && !invocation->quiet && !request->stop_after_select) {
		if (result.unchanged)
			fprintf(stderr, same[invocation->ui], request->output,
			    of, agency);
		else
			fprintf(stderr, built[invocation->ui], result.files,
			    (double)result.bytes / 1e6, request->output, of,
			    agency);
		print_addresses(request, &result);
	}
	result_clear(&result);
	return rc;
}

int
cmd_build(struct invocation *invocation, struct diag *diag)
{
	struct request *request = &invocation->request;

	if (one_operand(invocation, diag) != 0 ||
	    plan_read_formats(&request->wanted, diag) != 0)
		return -1;
	if (request->output == NULL)
		request->output = "out";
	request->progress = !invocation->quiet && !request->verbose &&
	    invocation->format == DIAG_HUMAN && isatty(STDERR_FILENO);
	return agencies_each(invocation, build_edition, diag);
}

static int
check_edition(struct invocation *invocation, struct diag *diag)
{
	struct result result = { 0 };

	return pipeline_run(&invocation->request, &result, diag);
}

int
cmd_check(struct invocation *invocation, struct diag *diag)
{
	static const char *const clean[] = {
		"nothing found\n",
		"no se ha encontrado nada\n",
	};
	int rc;

	if (one_operand(invocation, diag) != 0 ||
	    plan_read_formats(&invocation->request.wanted, diag) != 0)
		return -1;
	invocation->request.output = NULL;
	rc = agencies_each(invocation, check_edition, diag);
	if (rc == 0 && diag->count == 0 && !invocation->quiet)
		fputs(clean[invocation->ui], stderr);
	return rc;
}
