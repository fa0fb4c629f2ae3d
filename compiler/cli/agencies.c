#include "agencies.h"

#include <string.h>

int
agencies_one(struct invocation *invocation, struct diag *diag)
{
	static const char *const extra[] = {
		"this command is about one agency at a time",
		"esta orden trata de un organismo cada vez",
	};

	if (invocation->agencies.count > 1)
		return diag_report_path(diag, DIAG_USAGE, NULL,
		    extra[diag->language], "--agency DIR", NULL);
	if (invocation->agencies.count == 1)
		invocation->request.agency = invocation->agencies.names[0];
	return 0;
}

/* Those that vade.xml lists, in its order. */
static int
run_listed(struct invocation *invocation, agency_run *run, struct diag *diag)
{
	struct project project = { 0 };
	struct sources sources = { 0 };
	int rc;

	invocation->request.agency = NULL;
	rc = pipeline_read_project(&invocation->request, &project, &sources,
	    diag);
	diag->sources = NULL;
	if (rc == 0 && project.agency_count == 0)
		rc = diag_report_path(diag, DIAG_AGENCY_MISSING, NULL, "all",
		    NULL);
	invocation->request.agency_listed = true;
	for (size_t i = 0; rc == 0 && i < project.agency_count; i++) {
		invocation->request.agency = project.agencies[i].href;
		rc = run(invocation, diag);
	}
	invocation->request.agency_listed = false;
	invocation->request.agency = NULL;
	project_clear(&project);
	sources_clear(&sources);
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
