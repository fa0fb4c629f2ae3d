#include "site.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/embed.h"
#include "compose/edition_metadata.h"
#include "format/html_write.h"
#include "format/search.h"

/* Pages of our own sheet are written as they come. */
struct taker {
	struct page_taker taker;
	struct html_pages *pages;
};

static void
take_page(struct page_taker *taker, const xmlNode *page)
{
	html_add(((struct taker *)taker)->pages, page);
}

int
site_make(const struct organisation_look *look, const struct project *project,
    const struct view *view, xmlDoc *doc, struct html_pages *pages,
    xmlDoc **tree, struct diag *diag)
{
	bool foreign = stylesheet_is_foreign(look->html);
	struct taker taker = { { take_page, tree != NULL }, pages };
	xmlDoc *result = stylesheet_run(look->html, doc,
	    foreign ? NULL : &taker.taker, diag);

	if (result == NULL ||
	    organisation_look_check(look, project, view, doc, result, diag) !=
		0)
		return -1;
	/* What an organisation's sheet makes is looked at as a whole first. */
	if (foreign)
		html_cut(pages, result);
	if (pages->bad != NULL)
		return stylesheet_refuse(look->html, pages->bad, diag);
	html_sort(pages);
	if (tree != NULL)
		*tree = result;
	else
		xmlFreeDoc(result);
	return 0;
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

int
site_send(const struct site *site, struct sink *sink)
{
	const struct html_pages *pages = site->pages;
	const struct asset *assets = site->assets;
	const struct embedded *css = embedded_find("vade.css");
	int rc;

	rc = send(sink, site->folder, css->name, css->bytes, css->size);
	if (rc == 0 && site->search != NULL)
		rc = send_search(site, sink);
	if (rc == 0 && site->look->has_css)
		rc = send(sink, site->folder, ORGANISATION_LOOK_CSS,
		    buf_text(&site->look->css.pages),
		    site->look->css.pages.size);
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
site_emit(struct emit_job *job, struct diag *diag)
{
	const struct view *view = job->view;
	char *folder = mem_format("%s/", job->path);
	struct site site = { folder, &job->html, job->look, view->assets,
		view->asset_count, search_of(job) };
	int rc;

	(void)diag;
	rc = site_send(&site, job->sink);
	free(folder);
	return rc;
}
