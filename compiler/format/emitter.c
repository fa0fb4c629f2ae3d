#include "emitter.h"

#include "format/docbook.h"
#include "format/epub.h"
#include "format/json.h"
#include "format/pdf.h"
#include "format/single.h"
#include "format/site.h"
#include "format/text.h"

static int (*const emitters[FORMAT_COUNT])(struct emit_job *job,
    struct diag *diag) = {
#define FORMAT(id, name, suffix, is_default, emit, word, english, spanish) emit,
#include "model/format.def"
#undef FORMAT
};

static const char *const sheet_names[FORMAT_COUNT] = {
	[FORMAT_DOCBOOK] = "docbook.xsl",
	[FORMAT_EPUB] = "epub.xsl",
	[FORMAT_TEXT] = "text.xsl",
	[FORMAT_JSON] = "json.xsl",
};

int
emit_read_sheets(struct stylesheet *sheets[FORMAT_COUNT], uint32_t wanted,
    struct diag *diag)
{
	int rc = 0;

	for (enum format i = 0; rc == 0 && i < FORMAT_COUNT; i++) {
		if (sheet_names[i] == NULL || !format_in(wanted, i))
			continue;
		sheets[i] = stylesheet_new(sheet_names[i], diag);
		rc = sheets[i] != NULL ? 0 : -1;
	}
	return rc;
}

int
emit_format(enum format format, struct emit_job *job, struct diag *diag)
{
	return emitters[format](job, diag);
}

int
emit_start(struct emit_job *job, uint32_t wanted, struct diag *diag)
{
	const uint32_t site = UINT32_C(1) << FORMAT_HTML;
	bool trees = (wanted & FORMATS_PAGES & ~site) != 0;
	xmlDoc *tree = NULL;
	int rc;

	/* What an organisation's sheet makes is looked at in every build. */
	if ((wanted & FORMATS_PAGES) == 0 &&
	    !stylesheet_is_foreign(job->look->html))
		return 0;
	rc = site_make(job->look, job->view->edition->project, job->view,
	    job->view->doc, &job->html, trees ? &tree : NULL, diag);
	if (tree != NULL)
		result_list_pages(&job->pages, tree, NULL);
	return rc;
}
