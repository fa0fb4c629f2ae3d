#include "single.h"

#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "compose/xml_write.h"
#include "style/result_tree.h"
#include "format/page_rewrite.h"
#include "format/search.h"
#include "model/book.h"

/* Pages are articles of one document. Ids of the frame ("v-steps", "notice")
 * are on every page, so they get the page's number. */
static bool
is_of_frame(const char *id)
{
	return strncmp(id, "v-", 2) == 0 || strcmp(id, "notice") == 0;
}

static void
add_page_id(struct rewrite *rewrite, size_t page, const char *id)
{
	if (is_of_frame(id) && page != 0)
		buf_add_format(&rewrite->out, "v-p%zu-", page);
	xml_write_add_text(&rewrite->out, id, true);
}

static void
add_id(struct rewrite *rewrite, const char *id)
{
	add_page_id(rewrite, rewrite->page, id);
}

static void
add_link(struct rewrite *rewrite, size_t to, const char *fragment)
{
	buf_add_char(&rewrite->out, '#');
	if (fragment[0] == '#' && fragment[1] != '\0')
		add_page_id(rewrite, to, fragment + 1);
	else
		buf_add_format(&rewrite->out, "v-page-%zu", to);
}

static void
add_image(struct rewrite *rewrite, const struct asset *asset)
{
	xml_write_add_data(&rewrite->out, asset);
}

/* What leads out of the file, or would be said once per page. */
static bool
is_dropped(const xmlNode *node)
{
	static const char *const classes[] = { "v-languages", "v-trail",
		"v-turn", "v-fill", NULL };

	return result_is(node, "link") || result_has_class_of(node, classes);
}

/* Landmarks that every page has, by the same name, guide nobody among many
 * pages: here they are plain sections and groups. */
static const char *
change_attribute(const xmlNode *node, const char *name, const char *value)
{
	if (strcmp(name, "aria-labelledby") == 0 && result_is(node, "section"))
		return NULL;
	if (strcmp(name, "role") == 0 && strcmp(value, "region") == 0)
		return "group";
	return value;
}

/* A page's own contents would be a landmark each; the first has them all. */
static bool
is_dropped_later(const xmlNode *node)
{
	return is_dropped(node) || result_has_class(node, "v-contents");
}

/* The mark of the page's class, which stands in its header. */
static int
write_mark(struct rewrite *rewrite, const xmlNode *page)
{
	const xmlNode *header = result_find(page, "header", NULL);
	const xmlNode *mark =
	    header ? result_find(header, "p", "v-mark") : NULL;

	return mark != NULL ? rewrite_node(rewrite, mark) : 0;
}

/* Whether the steps of a page may be ticked: not where case data is. */
static bool
has_ticks(const xmlNode *page)
{
	const xmlNode *tools = result_find(page, "div", "v-tools");

	return tools != NULL && node_attribute(tools, "data-ticks") != NULL;
}

static int
write_page(struct rewrite *rewrite, size_t index)
{
	const xmlNode *page = rewrite->pages->nodes[index];
	const xmlNode *content = result_find(page, "main", NULL);
	int rc = 0;

	rewrite->page = index;
	rewrite->is_dropped = index == 0 ? is_dropped : is_dropped_later;
	buf_add_format(&rewrite->out,
	    "<article class=\"v-one\" id=\"v-page-%zu\"%s>", index,
	    has_ticks(page) ? " data-ticks=\"yes\"" : "");
	if (index != 0)
		rc = write_mark(rewrite, page);
	if (rc == 0 && content != NULL)
		rc = rewrite_children(rewrite, content);
	buf_add_text(&rewrite->out, "</article>\n");
	return rc;
}

/* Nothing in it may end the element that it stands in. */
static void
add_css(struct buf *out, const char *css, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		buf_add_char(out, css[i]);
		if (css[i] == '<' && i + 1 < size && css[i + 1] == '/')
			buf_add_char(out, '\\');
	}
}

static void
write_style(struct rewrite *rewrite, const struct organisation_look *look)
{
	const struct embedded *css = embedded_find("vade.css");

	buf_add_text(&rewrite->out, "<style>\n");
	add_css(&rewrite->out, (const char *)css->bytes, css->size);
	if (look->has_css)
		add_css(&rewrite->out, buf_text(&look->css.pages),
		    look->css.pages.size);
	buf_add_text(&rewrite->out, "</style>\n");
}

/* The script of the site, with the words that it finds. The index is JSON that
 * may stand inside an element; it waits until the script asks for it. */
static void
write_script(struct rewrite *rewrite, struct emit_job *job)
{
	const struct embedded *script = embedded_find("vade.js");
	const struct buf *search = search_of(job);

	buf_add_text(&rewrite->out,
	    "<script>\nvar vadeParts = [];\n"
	    "function vadeIndex(lang, rows, more) "
	    "{ vadeParts.push([lang, rows, window.vadeStem, more]); }\n");
	buf_add(&rewrite->out, search->data, search->size);
	buf_add(&rewrite->out, script->bytes, script->size);
	buf_add_text(&rewrite->out, "</script>\n");
}

/* The first child of the page's body that fits; its frame is that of all. */
static int
write_frame(struct rewrite *rewrite, const xmlNode *page, const char *name,
    const char *class_name)
{
	const xmlNode *node = result_find(page, name, class_name);

	return node != NULL ? rewrite_node(rewrite, node) : 0;
}

static int
write_document(struct rewrite *rewrite, struct emit_job *job)
{
	const struct organisation_look *look = job->look;
	const xmlNode *first = rewrite->pages->nodes[0];
	const xmlNode *head = result_find(first, "head", NULL);
	struct buf *out = &rewrite->out;
	int rc;

	rewrite->is_dropped = is_dropped;
	rewrite->change = change_attribute;
	buf_add_text(out, "<!DOCTYPE html>\n<html");
	xml_write_add_attribute(out, "lang", rewrite->view->lang);
	buf_add_text(out, "><head>");
	rc = head != NULL ? rewrite_children(rewrite, head) : 0;
	write_style(rewrite, look);
	buf_add_text(out,
	    job->beside == NULL
		? "</head>\n<body class=\"v-single\">"
		: "</head>\n<body class=\"v-single v-facing\">");
	rc = rc != 0 ? rc : write_frame(rewrite, first, "div", "v-running");
	buf_add_text(out, "<div class=\"v-page\">");
	rc = rc != 0 ? rc : write_frame(rewrite, first, "a", "v-skip");
	rc = rc != 0 ? rc : write_frame(rewrite, first, "header", "v-top");
	rc = rc != 0 ? rc : write_frame(rewrite, first, "div", "v-tools");
	buf_add_text(out, "<main id=\"v-main\" tabindex=\"-1\">\n");
	for (size_t i = 0; rc == 0 && i < rewrite->pages->count; i++)
		rc = write_page(rewrite, i);
	buf_add_text(out, "</main>");
	rewrite->page = 0;
	rewrite->is_dropped = is_dropped;
	rc = rc != 0 ? rc : write_frame(rewrite, first, "footer", "v-bottom");
	buf_add_text(out, "</div>\n");
	write_script(rewrite, job);
	buf_add_text(out, "</body></html>\n");
	return rc;
}

int
single_emit(struct emit_job *job, struct diag *diag)
{
	struct rewrite rewrite = { .view = job->view,
		.pages = &job->pages,
		.add_id = add_id,
		.add_link = add_link,
		.add_image = add_image };
	int rc;

	if (write_document(&rewrite, job) != 0)
		rc = stylesheet_refuse(job->look->html, rewrite.bad, diag);
	else
		rc = job->sink->file(job->sink, job->path, rewrite.out.data,
		    rewrite.out.size);
	buf_clear(&rewrite.out);
	return rc;
}
