#include "pdf.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <libxml/parserInternals.h>

#include "base/list.h"
#include "base/embed.h"
#include "base/text.h"
#include "print/document.h"

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

/* --- what the engine refuses --- */

/* The words that a refusal quotes as `"…"`, as they are in the document; the
 * caller frees. NULL if it quotes none. */
static char *
quoted_words(const char *refusal)
{
	static const char before[] = "`\"";
	const char *start = strstr(refusal, before);
	const char *end = start ? strstr(start, "\"`") : NULL;
	struct buf words = { 0 };
	char bytes[4];

	if (end == NULL || end < start + sizeof(before) - 1)
		return NULL;
	for (start += sizeof(before) - 1; start < end;) {
		size_t slashes = strspn(start, "\\");

		if (slashes > 0 && strncmp(start + slashes, "u{", 2) == 0) {
			start += slashes + 2;
			buf_add(&words, bytes,
			    text_encode(bytes,
				(uint32_t)strtoul(start, NULL, 16)));
			start += strcspn(start, "}") + 1;
			continue;
		}
		start += *start == '\\';
		buf_add_char(&words, *start++);
	}
	return buf_take(&words);
}

/* Is one letter drawn from several signs, or in another order? What Typst finds
 * no code for, and does not quote, is one of these, in a drawing. */
static bool
is_joined(uint32_t c)
{
	static const uint32_t ranges[][2] = { { 0x300, 0x36F },
		{ 0x590, 0xDFF }, { 0x200D, 0x200D }, { 0x20D0, 0x20FF },
		{ 0xFE00, 0xFE0F }, { 0x1F1E6, 0x1F1FF },
		{ 0x1F3FB, 0x1F3FF } };

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (c >= ranges[i][0] && c <= ranges[i][1])
			return true;
	return false;
}

/* The first sign of the view that is joined; the caller frees. NULL if none. */
static char *
joined_sign(const struct view *view)
{
	for (const xmlNode *node = view->root; node != NULL;
	     node = node_walk(node, view->root, true)) {
		const char *at = node->type == XML_TEXT_NODE
		    ? (const char *)node->content
		    : "";
		uint32_t c;

		for (size_t len; *at != '\0'; at += len) {
			len = text_decode(at, strlen(at), &c);
			if (is_joined(c))
				return mem_dup_len(at, len);
		}
	}
	return NULL;
}

/* The element of the sources that words of the view come from. */
static const xmlNode *
source_of_words(const struct view *view, const char *words)
{
	for (const xmlNode *node = view->root; node != NULL;
	     node = node_walk(node, view->root, true)) {
		const xmlNode *up = node->parent;

		if (node->type != XML_TEXT_NODE ||
		    strstr((const char *)node->content, words) == NULL)
			continue;
		while (up != NULL && up->type == XML_ELEMENT_NODE &&
		    view_source(up) == NULL)
			up = up->parent;
		if (up != NULL && up->type == XML_ELEMENT_NODE)
			return view_source(up);
	}
	return NULL;
}

/* Where an element writes the words, or its tag, if it writes them in another
 * way: as &#x26A0;. */
static struct place
place_of_words(const struct view *view, const xmlNode *element,
    const char *words)
{
	struct place place = book_place(view->book, element);
	const struct source *source =
	    sources_get(view->edition->diag->sources, place.file);
	const char *at;

	if (source == NULL)
		return place;
	at = memmem(source->bytes + place.offset, source->size - place.offset,
	    words, strlen(words));
	if (at == NULL)
		return source_tag_place(view->edition->diag->sources, place);
	place.offset = (uint32_t)(at - source->bytes);
	place.len = (uint32_t)strlen(words);
	return place;
}

static int
report_refusal(const struct emit_job *job, const char *refusal,
    struct diag *diag)
{
	char *quoted = quoted_words(refusal);
	bool is_told = quoted != NULL && quoted[0] != '\0';
	char *words = is_told ? mem_dup(quoted) : joined_sign(job->view);
	const xmlNode *element =
	    words == NULL ? NULL : source_of_words(job->view, words);
	struct place place = { 0 };
	char *code;
	uint32_t c;

	free(quoted);
	if (element != NULL)
		place = place_of_words(job->view, element, words);
	if (!is_told) {
		free(words);
		return diag_report(diag, DIAG_PDF_REFUSED, place, job->path,
		    refusal, NULL);
	}
	text_decode(words, strlen(words), &c);
	code = mem_format("U+%04X", (unsigned)c);
	diag_report(diag, DIAG_PDF_SIGN, place, words, code, job->path, NULL);
	free(code);
	free(words);
	return -1;
}

static int
emit_layout(struct emit_job *job, const struct text_wrap *layout,
    struct diag *diag)
{
	struct buf request = { 0 };
	struct buf answer = { 0 };
	bool refused = false;
	int rc = make_print(job, diag);

	if (rc == 0) {
		make_request(&request, job, layout);
		rc = job->renderer->render(job->renderer, &request, &answer,
		    &refused, job->path, diag);
	}
	if (rc == 0 && refused)
		rc = report_refusal(job, buf_text(&answer), diag);
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
