#include "emitter.h"

#include "emit/docbook.h"
#include "emit/pdf.h"
#include "emit/site.h"
#include "emit/text.h"

static int (*const emitters[FORMAT_COUNT])(struct emit_job *job,
    struct diag *diag) = {
#define FORMAT(id, name, suffix, is_default, emit, word, english, spanish) emit,
#include "model/format.def"
#undef FORMAT
};

int
emit_format(enum format format, struct emit_job *job, struct diag *diag)
{
	return emitters[format](job, diag);
}

const xmlDoc *
emit_pages(struct emit_job *job, struct diag *diag)
{
	if (job->pages == NULL)
		job->pages = sheet_run(job->look->html, job->view->doc, diag);
	if (job->pages == NULL ||
	    look_check(job->look, job->view->project, job->view, job->view->doc,
		job->pages, diag) != 0)
		return NULL;
	return job->pages;
}
