#include "site.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/embed.h"
#include "emit/html.h"
#include "emit/search.h"

/* --- from the stylesheet's result to files --- */

static int
compare_pages(const void *left, const void *right)
{
	return strcmp(((const struct html_page *)left)->name,
	    ((const struct html_page *)right)->name);
}

/* The short code of the edition, in every page's place. */
static void
fill_codes(struct html_pages *pages, const char *code)
{
	for (size_t i = 0; i < pages->count; i++)
		for (size_t j = 0; j < pages->pages[i].code_count; j++)
			memcpy(pages->pages[i].bytes.data +
				pages->pages[i].codes[j],
			    code, HTML_CODE_SIZE);
}

static int
send(struct sink *sink, const char *folder, const char *name, const void *bytes,
    size_t size)
{
	char *path = mem_format("%s%s", folder, name);
	int rc = sink->file(sink, path, bytes, size);

	free(path);
	return rc;
}

/* The script of the pages and the words that it finds. */
static int
send_search(const struct site *site, struct sink *sink)
{
	const struct embedded *script = embedded_find("vade.js");
	int rc =
	    send(sink, site->folder, script->name, script->bytes, script->size);

	return rc != 0 ? rc
		       : send(sink, site->folder, SEARCH_FILE,
			     site->search->data, site->search->size);
}

static int
send_site(struct html_pages *pages, const struct site *site, struct sink *sink)
{
	const struct asset *assets = site->assets;
	const struct embedded *css = embedded_find("vade.css");
	int rc;

	qsort(pages->pages, pages->count, sizeof(*pages->pages), compare_pages);
	fill_codes(pages, site->code);
	rc = send(sink, site->folder, css->name, css->bytes, css->size);
	if (rc == 0 && site->search != NULL)
		rc = send_search(site, sink);
	if (rc == 0 && site->look->css != NULL)
		rc = send(sink, site->folder, LOOK_CSS, site->look->css,
		    site->look->css_size);
	for (size_t i = 0; rc == 0 && i < site->asset_count; i++) {
		char *name = mem_format("assets/%s", assets[i].name);
		/* Two paths may hold the same image: one file then. */
		bool repeated = false;

		for (size_t j = 0; j < i; j++)
			repeated |= strcmp(assets[i].name, assets[j].name) == 0;
		if (!repeated)
			rc = send(sink, site->folder, name, assets[i].bytes,
			    assets[i].size);
		free(name);
	}
	for (size_t i = 0; rc == 0 && i < pages->count; i++)
		rc = send(sink, site->folder, pages->pages[i].name,
		    pages->pages[i].bytes.data, pages->pages[i].bytes.size);
	return rc;
}

int
site_write(const xmlDoc *result, const struct site *site, struct sink *sink,
    struct diag *diag)
{
	struct html_pages pages;
	const char *bad = NULL;

	if (html_cut(&pages, result, &bad) != 0)
		return sheet_refuse(site->look->html, bad, diag);
	/* Nothing is freed: the process ends soon. */
	return send_site(&pages, site, sink);
}

int
site_emit(struct emit_job *job, struct diag *diag)
{
	const struct view *view = job->view;
	char *folder = mem_format("%s/", job->path);
	struct buf search = { 0 };
	struct site site = { folder, job->code, job->look, view->assets,
		view->asset_count, &search };
	int rc;

	search_write(view, &search);
	rc = site_write(job->pages, &site, job->sink, diag);
	buf_clear(&search);

	free(folder);
	return rc;
}
