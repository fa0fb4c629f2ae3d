#include "text.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "format/text_table.h"
#include "format/text_wrap.h"
#include "style/result_tree.h"
#include "link/link.h"
#include "model/book.h"

enum { WIDTH = 80 };

struct writer {
	struct result_pages pages;
	const char **ids; /* per page: the id it is cited by, NULL */
	struct buf text;  /* of the block being read; '\n' ends a line */
	bool is_front;    /* on the first page */
};

static void write_children(struct writer *writer, struct text_wrap *layout,
    const xmlNode *node);

/* --- words in a line --- */

/* One blank for any white space, none at the start of a line. */
static void
add_words(struct buf *text, const char *words)
{
	for (; *words != '\0'; words++) {
		char last = text->size ? text->data[text->size - 1] : '\n';

		if (strchr(" \t\r\n", *words) == NULL)
			buf_add_char(text, *words);
		else if (last != ' ' && last != '\n')
			buf_add_char(text, ' ');
	}
}

/* Not said: for those who hear the page, or only for who can click. */
static bool
is_silent(const xmlNode *node)
{
	static const char *const names[] = { "svg", "script", "style",
		"template", "button", "input", "video", "audio", NULL };

	return result_is_one_of(node, names) ||
	    result_has_class(node, "v-vh") ||
	    result_has_class(node, "v-jump") ||
	    result_has_class(node, "v-drawn") ||
	    result_has_class(node, "v-fill") ||
	    result_has_class(node, "v-letters") ||
	    result_attribute(node, "hidden") != NULL;
}

/* The id that a link to another page is known by; NULL if it has none that
 * helps a reader of paper. Lent. */
static const char *
cited_id(const struct writer *writer, const char *href)
{
	const char *hash = strchr(href, '#');
	const struct map_entry *page = map_get(&writer->pages.names, href,
	    hash ? (size_t)(hash - href) : strlen(href));
	const char *id = page != NULL ? writer->ids[page->value] : NULL;

	/* "#v-…" are places of the frame. */
	if (id != NULL && hash != NULL && strncmp(hash, "#v-", 3) != 0)
		return hash + 1;
	return id;
}

static void add_inline(struct writer *writer, const xmlNode *node);

static void
add_inside(struct writer *writer, const xmlNode *node)
{
	for (const xmlNode *child = node->children; child != NULL;
	     child = child->next)
		add_inline(writer, child);
}

/* A link is followed by what finds its target: an id or an address. */
static void
add_link(struct writer *writer, const xmlNode *node)
{
	const char *href = result_attribute(node, "href");
	size_t start = writer->text.size;
	const char *target;

	if (result_has_class(node, "v-noteref")) {
		buf_add_char(&writer->text, '[');
		add_inside(writer, node);
		buf_add_char(&writer->text, ']');
		return;
	}
	add_inside(writer, node);
	if (href == NULL || result_has_class(node, "v-term") ||
	    result_has_class(node, "v-place"))
		return;
	if (strncmp(href, "http", 4) == 0)
		target = href;
	else
		target = cited_id(writer, href);
	if (target == NULL || start > writer->text.size ||
	    strstr(buf_text(&writer->text) + start, target) != NULL)
		return;
	buf_add_format(&writer->text, target == href ? " <%s>" : " [%s]",
	    target);
}

/* Around what is inside of some elements. */
static const struct {
	const char *name;
	const char *class_name; /* NULL = any */
	const char *before;
	const char *after;
} inlines[] = {
	{ "span", "v-mark", "[", "]" },
	{ "strong", "v-mark", "[", "]" },
	{ "em", NULL, "_", "_" },
};

static void
add_inline(struct writer *writer, const xmlNode *node)
{
	struct buf *text = &writer->text;
	const char *after = "";

	if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
		add_words(text, (const char *)node->content);
	if (node->type != XML_ELEMENT_NODE || node->ns != NULL ||
	    is_silent(node))
		return;
	/* "Warning: …" */
	if (result_has_class(node, "v-kind") &&
	    result_has_class(node->parent, "title"))
		after = ":";
	if (result_is(node, "a")) {
		add_link(writer, node);
		return;
	}
	if (result_is(node, "br"))
		buf_add_char(text, '\n');
	if (result_is(node, "math") &&
	    result_attribute(node, "alttext") != NULL) {
		add_words(text, result_attribute(node, "alttext"));
		return;
	}
	if (result_is(node, "img") && result_attribute(node, "alt") != NULL &&
	    result_attribute(node, "alt")[0] != '\0')
		buf_add_format(text, "[%s]", result_attribute(node, "alt"));
	for (size_t i = 0; i < COUNT(inlines); i++)
		if (result_is(node, inlines[i].name) &&
		    (inlines[i].class_name == NULL ||
			result_has_class(node, inlines[i].class_name))) {
			buf_add_text(text, inlines[i].before);
			after = inlines[i].after;
		}
	add_inside(writer, node);
	buf_add_text(text, after);
}

/* Writes the words gathered so far as a paragraph. */
static void
flush(struct writer *writer, struct text_wrap *layout, size_t hang)
{
	struct buf *text = &writer->text;

	while (text->size > 0 && text->data[text->size - 1] == ' ')
		text->data[--text->size] = '\0';
	if (text->size > 0)
		text_wrap_wrap(layout, text->data, hang);
	buf_clear(text);
}

/* --- blocks --- */

typedef void write_block(struct writer *writer, struct text_wrap *layout,
    const xmlNode *node);

static void
write_words(struct writer *writer, struct text_wrap *layout,
    const xmlNode *node)
{
	static const char *const close_ones[] = { "v-who", "v-go",
		"if-in-doubt", NULL };
	bool is_close = false;

	for (size_t i = 0; close_ones[i] != NULL; i++)
		is_close |= result_has_class(node, close_ones[i]);
	if (!is_close)
		text_wrap_gap(layout);
	add_inside(writer, node);
	flush(writer, layout, 0);
	if (!is_close)
		text_wrap_gap(layout);
}

static void
write_heading(struct writer *writer, struct text_wrap *layout,
    const xmlNode *node)
{
	static const char under[] = "=-";
	size_t level = (size_t)(node->name[1] - '1');
	size_t start;

	add_inside(writer, node);
	/* A step's title stands with its step. */
	if (result_has_class(node, "step-title")) {
		flush(writer, layout, 0);
		return;
	}
	text_wrap_gap(layout);
	start = layout->out.size;
	flush(writer, layout, 0);
	if (level < 2 && layout->out.size > start) {
		size_t len = layout->out.size - start;
		const char *line = layout->out.data + start;
		size_t last = len - 1;
		struct buf rule = { 0 };

		while (last > 0 && line[last - 1] != '\n')
			last--;
		for (size_t i = text_wrap_cells(line + last, len - last - 1);
		     i > 0; i--)
			buf_add_char(&rule, under[level]);
		text_wrap_line(layout, buf_text(&rule));
		buf_clear(&rule);
	}
	text_wrap_gap(layout);
}

static void
write_container(struct writer *writer, struct text_wrap *layout,
    const xmlNode *node)
{
	text_wrap_gap(layout);
	write_children(writer, layout, node);
	text_wrap_gap(layout);
}

static void
write_indented(struct writer *writer, struct text_wrap *layout,
    const xmlNode *node)
{
	size_t level;

	text_wrap_gap(layout);
	level = text_wrap_push(layout, NULL, "    ");
	write_children(writer, layout, node);
	text_wrap_pop(layout, level);
	text_wrap_gap(layout);
}

/* Admonitions, hand-offs, alternatives: a bar along the side. */
static void
write_barred(struct writer *writer, struct text_wrap *layout,
    const xmlNode *node)
{
	size_t level;

	text_wrap_gap(layout);
	level = text_wrap_push(layout, NULL,
	    result_has_class(node, "warning") ? "!! " : "|  ");
	write_children(writer, layout, node);
	text_wrap_pop(layout, level);
	text_wrap_gap(layout);
}

/* The mark of a note, or the number that an item brings along, which stands
 * before it; NULL elsewhere. */
static const xmlNode *
note_label(const xmlNode *item)
{
	const xmlNode *child = item->children;

	while (child != NULL && child->type != XML_ELEMENT_NODE)
		child = child->next;
	return child != NULL &&
		((result_is(child, "a") &&
		     result_has_class(child, "v-label")) ||
		    result_has_class(child, "v-item"))
	    ? child
	    : NULL;
}

/* "3. ", "c) ", "iii) "; type is that of HTML. */
static char *
number_marker(const char *type, long number)
{
	static const char types[] = "1aAiI";
	const char *at = type && *type ? strchr(types, *type) : NULL;
	char *words;
	char *marker;

	if (at == NULL || at == types || number < 1)
		return mem_format("%ld. ", number);
	words =
	    number_format((unsigned)number, (enum number_style)(at - types));
	marker = mem_format("%s) ", words);
	free(words);
	return marker;
}

/* What stands before an item of a list; the caller frees. */
static char *
item_marker(const xmlNode *list, const xmlNode *item, long number)
{
	const char *type = result_attribute(list, "type");

	if (note_label(item) != NULL) {
		bool is_note = result_is(note_label(item), "a");
		struct buf text = { 0 };

		buf_add_text(&text, is_note ? "[" : "");
		for (const xmlNode *at = note_label(item)->children; at != NULL;
		     at = at->next)
			if (at->type == XML_TEXT_NODE)
				buf_add_text(&text, (const char *)at->content);
		buf_add_text(&text, is_note ? "] " : " ");
		return buf_take(&text);
	}
	if (result_has_class(list, "v-checklist"))
		return mem_dup("[ ] ");
	if (result_has_class(list, "v-steps"))
		return mem_dup(
		    result_has_class(item, "m-mine") ? "[ ] " : "    ");
	if (result_has_class(list, "v-branches"))
		return mem_dup(
		    result_has_class(item, "v-default") ? "=> " : "-> ");
	if (!result_is(list, "ol"))
		return mem_dup("- ");
	return number_marker(type, number);
}

/* Items of one line each stand close together. */
static bool
is_tight(const xmlNode *list)
{
	for (const xmlNode *item = list->children; item != NULL;
	     item = item->next)
		for (const xmlNode *child = item->children; child != NULL;
		     child = child->next)
			if (child->type == XML_ELEMENT_NODE &&
			    (child->prev || child->next) &&
			    (result_is(child, "p") || result_is(child, "div") ||
				result_is(child, "h3") ||
				result_is(child, "h4")))
				return false;
	return true;
}

static void
write_list(struct writer *writer, struct text_wrap *layout, const xmlNode *node)
{
	const char *start = result_attribute(node, "start");
	long number = start ? strtol(start, NULL, 10) : 1;
	bool tight = is_tight(node);

	if (!tight || !result_is(node->parent, "li"))
		text_wrap_gap(layout);
	for (const xmlNode *item = node->children; item != NULL;
	     item = item->next) {
		struct buf rest = { 0 };
		char *marker;
		size_t level;

		if (!result_is(item, "li"))
			continue;
		marker = item_marker(node, item, number++);
		for (size_t i = text_wrap_cells(marker, strlen(marker)); i > 0;
		     i--)
			buf_add_char(&rest, ' ');
		if (!tight)
			text_wrap_gap(layout);
		level = text_wrap_push(layout, marker, buf_text(&rest));
		write_children(writer, layout, item);
		text_wrap_pop(layout, level);
		if (tight)
			layout->gap = false;
		buf_clear(&rest);
		free(marker);
	}
	if (!tight || !result_is(node->parent, "li"))
		text_wrap_gap(layout);
}

/* A term and what it means, on one line if that is short. */
static void
write_terms(struct writer *writer, struct text_wrap *layout,
    const xmlNode *node)
{
	static const char *const short_ones[] = { "v-facts", "v-colophon",
		NULL };
	bool is_short = false;

	for (size_t i = 0; short_ones[i] != NULL; i++)
		is_short |= result_has_class(node, short_ones[i]);
	text_wrap_gap(layout);
	for (const xmlNode *at = node_walk(node, node, true); at != NULL;) {
		bool inside = result_is(at, "dt") || result_is(at, "dd");
		size_t level;

		if (result_is(at, "dt")) {
			add_inside(writer, at);
			if (is_short)
				buf_add_text(&writer->text, ": ");
			else
				flush(writer, layout, 4);
		} else if (result_is(at, "dd") && is_short) {
			add_inside(writer, at);
			flush(writer, layout, 4);
		} else if (result_is(at, "dd")) {
			layout->gap = false;
			level = text_wrap_push(layout, NULL, "    ");
			write_children(writer, layout, at);
			text_wrap_pop(layout, level);
			layout->gap = false;
		}
		at = node_walk(at, node, !inside);
	}
	flush(writer, layout, 4);
	text_wrap_gap(layout);
}

static void
render_cell(void *context, const xmlNode *cell, struct text_wrap *layout)
{
	write_children(context, layout, cell);
}

static void
write_table(struct writer *writer, struct text_wrap *layout,
    const xmlNode *node)
{
	for (const xmlNode *child = node->children; child != NULL;
	     child = child->next)
		if (result_is(child, "caption"))
			write_words(writer, layout, child);
	text_table_write(layout, node, render_cell, writer);
}

/* Text whose lines count, as it stands. */
static void
write_lines(struct writer *writer, struct text_wrap *layout,
    const xmlNode *node)
{
	const xmlNode *at = node;
	struct buf text = { 0 };
	size_t level;
	char *save = NULL;

	(void)writer;
	buf_add_text(&text, ""); /* there may be none */
	while ((at = node_walk(at, node, true)) != NULL)
		if (at->type == XML_TEXT_NODE)
			buf_add_text(&text, (const char *)at->content);
	text_wrap_gap(layout);
	level = text_wrap_push(layout, NULL, "    ");
	for (char *line = strtok_r(text.data, "\n", &save); line != NULL;
	     line = strtok_r(NULL, "\n", &save))
		text_wrap_line(layout, line);
	text_wrap_pop(layout, level);
	text_wrap_gap(layout);
	buf_clear(&text);
}

static void
write_rule(struct writer *writer, struct text_wrap *layout, const xmlNode *node)
{
	(void)writer;
	(void)node;
	text_wrap_gap(layout);
	text_wrap_rule(layout, '-');
	text_wrap_gap(layout);
}

/* The contents stand once, on the first page. */
static void
write_nav(struct writer *writer, struct text_wrap *layout, const xmlNode *node)
{
	if (!result_has_class(node, "v-contents") || writer->is_front)
		write_container(writer, layout, node);
}

/* --- pages --- */

static void
write_page(struct writer *writer, struct text_wrap *layout, const xmlNode *page)
{
	const xmlNode *running = result_find(page, "div", "v-running");
	const xmlNode *main_part = result_find(page, "main", NULL);
	bool was_front = writer->is_front;
	size_t prefix = layout->prefix.size;

	/* A page is not part of the list or section it stands in. */
	layout->prefix.size = 0;
	writer->is_front = page == writer->pages.nodes[0];
	text_wrap_gap(layout);
	text_wrap_rule(layout, '#');
	for (const xmlNode *child = running ? running->children : NULL;
	     child != NULL; child = child->next)
		if (result_is(child, "p")) {
			add_inside(writer, child);
			flush(writer, layout, 0);
		}
	text_wrap_rule(layout, '#');
	text_wrap_gap(layout);
	if (main_part != NULL)
		write_children(writer, layout, main_part);
	text_wrap_gap(layout);
	layout->prefix.size = prefix;
	writer->is_front = was_front;
}

/* What an element is; the first row that fits. */
static const struct block {
	const char *name;
	const char *class_name; /* NULL = any */
	write_block *write;
} blocks[] = {
	{ "p", NULL, write_words },
	{ "h1", NULL, write_heading },
	{ "h2", NULL, write_heading },
	{ "h3", NULL, write_heading },
	{ "h4", NULL, write_heading },
	{ "h5", NULL, write_heading },
	{ "h6", NULL, write_heading },
	{ "div", "v-admonition", write_barred },
	{ "div", "v-handoff", write_barred },
	{ "div", "v-alternatives", write_barred },
	{ "div", "v-lines", write_lines },
	{ "div", NULL, write_container },
	{ "section", NULL, write_container },
	{ "article", NULL, write_container },
	{ "aside", NULL, write_container },
	{ "header", NULL, write_container },
	{ "footer", NULL, write_container },
	{ "address", NULL, write_container },
	{ "figure", NULL, write_container },
	{ "figcaption", NULL, write_container },
	{ "form", NULL, write_container },
	{ "nav", NULL, write_nav },
	{ "ul", NULL, write_list },
	{ "ol", NULL, write_list },
	{ "dl", NULL, write_terms },
	{ "table", NULL, write_table },
	{ "pre", NULL, write_lines },
	{ "blockquote", NULL, write_indented },
	{ "hr", NULL, write_rule },
};

static const struct block *
find_block(const xmlNode *node)
{
	for (size_t i = 0; i < COUNT(blocks); i++)
		if (result_is(node, blocks[i].name) &&
		    (blocks[i].class_name == NULL ||
			result_has_class(node, blocks[i].class_name)))
			return &blocks[i];
	return NULL;
}

/* Blocks one after the other; words between them are paragraphs. */
static void
write_children(struct writer *writer, struct text_wrap *layout,
    const xmlNode *node)
{
	for (const xmlNode *child = node->children; child != NULL;
	     child = child->next) {
		const struct block *block = find_block(child);

		if (is_silent(child) || child == note_label(node))
			continue;
		if (result_is_ours(child, "page")) {
			flush(writer, layout, 0);
			write_page(writer, layout, child);
		} else if (block != NULL) {
			flush(writer, layout, 0);
			block->write(writer, layout, child);
		} else {
			add_inline(writer, child);
		}
	}
	flush(writer, layout, 0);
}

/* Pages that are cited by an id show it above their title. */
static void
find_ids(struct writer *writer)
{
	size_t count = writer->pages.count;

	writer->ids = mem_array(count, sizeof(*writer->ids));
	for (size_t i = 0; i < count; i++) {
		const xmlNode *page = writer->pages.nodes[i];
		const xmlNode *title = result_find(page, "h1", NULL);

		if (result_find(page, "p", "cite-id") != NULL && title != NULL)
			writer->ids[i] = result_attribute(title, "id");
	}
}

/* The pages that the text is made of: those of our own sheet. What an
 * organisation's makes of classes and boxes is for its pages alone. NULL with
 * a report; the caller frees what is not the job's. */
static xmlDoc *
own_pages(const struct emit_job *job, struct diag *diag)
{
	return stylesheet_is_foreign(job->look->html)
	    ? stylesheet_run(job->look->plain, job->view->doc, NULL, diag)
	    : job->pages;
}

int
text_emit(struct emit_job *job, struct diag *diag)
{
	struct writer writer = { 0 };
	struct text_wrap layout = { .width = WIDTH };
	xmlDoc *pages = own_pages(job, diag);
	int rc;

	if (pages == NULL)
		return -1;
	result_list_pages(&writer.pages, pages, NULL);
	find_ids(&writer);
	write_page(&writer, &layout, writer.pages.nodes[0]);
	rc = job->sink->file(job->sink, job->path, buf_text(&layout.out),
	    layout.out.size);
	text_wrap_clear(&layout);
	result_pages_clear(&writer.pages);
	free(writer.ids);
	buf_clear(&writer.text);
	if (pages != job->pages)
		xmlFreeDoc(pages);
	return rc;
}
