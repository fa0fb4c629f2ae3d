#include "pdf.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libxml/parserInternals.h>

#include "base/list.h"
#include "base/embed.h"
#include "print/document.h"
#include "print/refusal.h"

/* A document that a template makes, and by what rules. */
struct text_wrap {
	const char *main;       /* the template */
	const char *standard;   /* as the engine names it; NULL: none */
	const char *sheet;      /* a second one that places the pages; NULL */
	const char *sizes;      /* of letters in points, the best first; NULL */
	const char *most_pages; /* for which a smaller size is taken; NULL */
};

static const char *const templates[] = { "common.typ", "book.typ", "card.typ",
	"card_sheet.typ", "bulletin.typ" };

/* --- the request: records as format/typ/render.js reads them --- */

static void
add_record(struct buf *request, const char *name, const void *bytes,
    size_t size)
{
	buf_add_u32(request, (uint32_t)strlen(name));
	buf_add_u32(request, (uint32_t)size);
	buf_add_text(request, name);
	buf_add(request, bytes, size);
}

static void
add_option(struct buf *request, const char *name, const char *value)
{
	add_record(request, name, value, strlen(value));
}

/* The edition's date; a project without one has the beginning of time. */
static void
add_date(struct buf *request, const char *date)
{
	struct tm tm = { 0 };
	char *text;

	if (strptime(date, "%Y-%m-%d", &tm) == NULL)
		tm = (struct tm){ .tm_year = 70, .tm_mday = 1 };
	text = mem_format("%lld", (long long)timegm(&tm));
	add_option(request, "=date", text);
	free(text);
}

static void
add_file(struct buf *request, const struct emit_job *job, const char *name,
    const void *bytes, size_t size)
{
	char *path = mem_format("%s/%s", job->path, name);

	add_record(request, name, bytes, size);
	if (job->sink->part != NULL)
		job->sink->part(job->sink, path, bytes, size);
	free(path);
}

static void
add_document(struct buf *request, const struct emit_job *job)
{
	const struct print *print = job->print;
	xmlChar *bytes = NULL;
	int size = 0;

	xmlDocDumpMemoryEnc(print->doc, &bytes, &size, "UTF-8");
	add_file(request, job, "doc.xml", bytes, (size_t)size);
	xmlFree(bytes);
	for (size_t i = 0; i < print->count; i++)
		add_file(request, job, print->files[i].name,
		    print->files[i].bytes, print->files[i].size);
}

static void
add_assets(struct buf *request, const struct view *view)
{
	for (size_t i = 0; i < view->asset_count; i++) {
		const struct asset *asset = &view->assets[i];
		char *name = mem_format("assets/%s", asset->name);

		add_record(request, name, asset->bytes, asset->size);
		free(name);
	}
}

static void
add_templates(struct buf *request)
{
	for (size_t i = 0; i < COUNT(templates); i++) {
		const struct embedded *file = embedded_find(templates[i]);

		add_record(request, file->name, file->bytes, file->size);
	}
}

static void
make_request(struct buf *request, const struct emit_job *job,
    const struct text_wrap *layout)
{
	add_option(request, "=main", layout->main);
	if (layout->standard != NULL)
		add_option(request, "=standard", layout->standard);
	if (layout->sheet != NULL)
		add_option(request, "=sheet", layout->sheet);
	if (layout->sizes != NULL) {
		add_option(request, "=sizes", layout->sizes);
		add_option(request, "=most-pages", layout->most_pages);
	}
	add_date(request, job->view->edition->project->date);
	add_templates(request);
	add_document(request, job);
	add_assets(request, job->view);
}

/* --- the formats --- */

static int
make_print(struct emit_job *job, struct diag *diag)
{
	if (job->print != NULL)
		return 0;
	job->print = mem_alloc(sizeof(*job->print));
	return print_make(job->print, job->print_sheet, job->view, diag);
}

static int
emit_layout(struct emit_job *job, const struct text_wrap *layout,
    struct diag *diag)
{
	struct buf request = { 0 };
	struct buf answer = { 0 };
	bool refused = false;
	int rc = print_refuse_drawings(job->view, job->path, diag);

	if (rc == 0)
		rc = make_print(job, diag);
	if (rc == 0) {
		make_request(&request, job, layout);
		rc = job->renderer->render(job->renderer, &request, &answer,
		    &refused, job->path, diag);
	}
	if (rc == 0 && refused)
		rc = print_refused(job->view, job->path, buf_text(&answer),
		    diag);
	if (rc == 0)
		rc = job->sink->file(job->sink, job->path, answer.data,
		    answer.size);
	buf_clear(&request);
	buf_clear(&answer);
	return rc;
}

int
pdf_emit(struct emit_job *job, struct diag *diag)
{
	static const struct text_wrap layout = { .main = "book.typ",
		.standard = "ua-1" };

	return emit_layout(job, &layout, diag);
}

int
pdf_archive_emit(struct emit_job *job, struct diag *diag)
{
	static const struct text_wrap layout = { .main = "book.typ",
		.standard = "a-2a" };

	return emit_layout(job, &layout, diag);
}

int
card_emit(struct emit_job *job, struct diag *diag)
{
	static const struct text_wrap layout = { .main = "card.typ",
		.standard = "ua-1" };

	return emit_layout(job, &layout, diag);
}

int
card_sheet_emit(struct emit_job *job, struct diag *diag)
{
	/* Typst embeds a PDF in no standard: this is for scissors, not for
	 * screens, and its words are in the cards' own file. */
	static const struct text_wrap layout = { .main = "card.typ",
		.sheet = "card_sheet.typ" };

	return emit_layout(job, &layout, diag);
}

/* The handbooks of one role that show the page, on the same shelf and no
 * higher than this one: those that a link would name. */
static void
add_concerned(const struct emit_job *job, xmlNode *root)
{
	const struct view *view = job->view;
	const struct project *project = view->edition->project;
	const xmlNode *source = book_find_id(view->book, job->only);
	uint32_t reach = book_element(view->book, source)->reach;
	xmlNode *list = xmlNewChild(root, NULL, BAD_CAST "concerned", NULL);

	for (size_t h = 0; h < project->handbook_count; h++) {
		const struct handbook *handbook = &project->handbooks[h];

		if (handbook->shelf == view->handbook->shelf &&
		    handbook->exact_role != AXIS_NONE &&
		    handbook->clearance <= view->handbook->clearance &&
		    masks_show(view->edition->masks, reach, h))
			xmlNodeAddContent(
			    xmlNewChild(list, NULL, BAD_CAST "c", NULL),
			    BAD_CAST lang_text_get(&handbook->title, view->lang,
				handbook->id));
	}
}

int
bulletin_emit(struct emit_job *job, struct diag *diag)
{
	static const struct text_wrap layout = { .main = "bulletin.typ",
		.standard = "ua-1",
		.sizes = "8.8 8.5 8.2 7.9 7.6",
		.most_pages = "2" };
	xmlNode *root;

	if (make_print(job, diag) != 0)
		return -1;
	root = xmlDocGetRootElement(job->print->doc);
	xmlNewProp(root, BAD_CAST "only", BAD_CAST job->only);
	add_concerned(job, root);
	return emit_layout(job, &layout, diag);
}

static int
ask_plainly(struct renderer *renderer, const struct buf *request,
    struct buf *answer, struct diag *diag)
{
	bool refused = false;

	if (renderer->render(renderer, request, answer, &refused, "doctor",
		diag) != 0)
		return -1;
	return refused
	    ? diag_report(diag, DIAG_PDF_REFUSED, (struct place){ 0 }, "doctor",
		  buf_text(answer), NULL)
	    : 0;
}

int
pdf_try(struct renderer *renderer, struct buf *about, struct diag *diag)
{
	static const char page[] =
	    "#set document(title: \"trial\", date: auto)\n"
	    "#set text(lang: \"en\", fallback: false)\n"
	    "#for f in (\"Source Sans 3\", \"Libertinus Serif\", "
	    "\"DejaVu Sans Mono\") { par(text(font: f)[vade]) }\n"
	    "#par(text(font: \"Noto Sans Arabic\")[\\u{0645}])\n"
	    "#par(text(font: \"Noto Sans Hebrew\")[\\u{05e9}])\n"
	    "#par(text(font: \"Noto Sans Symbols2\")[\\u{26a0}])\n"
	    "#par(text(font: \"Noto Emoji\")[\\u{1f6a8}])\n";
	struct buf request = { 0 };
	struct buf answer = { 0 };
	int rc;

	add_option(&request, "=main", "page.typ");
	add_option(&request, "=standard", "ua-1");
	add_option(&request, "=date", "0");
	add_option(&request, "page.typ", page);
	rc = ask_plainly(renderer, &request, &answer, diag);
	buf_clear(&request);
	buf_clear(&answer);
	add_option(&request, "=about", "");
	if (rc == 0)
		rc = ask_plainly(renderer, &request, about, diag);
	buf_clear(&request);
	return rc;
}
