#include "text.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/list.h"
#include "format/text_table.h"
#include "format/text_wrap.h"
#include "link/link.h"
#include "style/result_tree.h"
#include "model/book.h"

enum { WIDTH = 80 };

/* Before the lines of what is inset. */
static const char INSET[] = "    ";

static void write_children(struct text_wrap *layout, const xmlNode *node);

/* --- words in a line --- */

/* One blank for any white space, none at the start of a line. */
static void
add_words(struct buf *text, const char *words)
{
	char *start = buf_reserve(text, strlen(words));
	char last = text->size ? start[-1] : '\n';
	char *at = start;

	for (; *words != '\0'; words++) {
		bool is_blank = *words == ' ' || *words == '\n' ||
		    *words == '\t' || *words == '\r';

		if (is_blank && (last == ' ' || last == '\n'))
			continue;
		*at++ = last = is_blank ? ' ' : *words;
	}
	*at = '\0';
	text->size += (size_t)(at - start);
}

static void add_inline(struct buf *text, const xmlNode *node);

static void
add_inside(struct buf *text, const xmlNode *node)
{
	for (const xmlNode *child = node->children; child != NULL;
	     child = child->next)
		add_inline(text, child);
}

/* A link is followed by what finds its target, unless its words hold that. */
static void
add_link(struct buf *text, const xmlNode *node)
{
	const char *cite = result_attribute(node, "cite");
	size_t start = text->size;

	add_inside(text, node);
	if (cite != NULL && strstr(buf_text(text) + start, cite) == NULL)
		buf_add_format(text,
		    strncmp(cite, "http", 4) == 0 ? " <%s>" : " [%s]", cite);
}

static void
add_inline(struct buf *text, const xmlNode *node)
{
	const char *stress = result_is(node, "em") ? "_" : "";

	if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
		add_words(text, (const char *)node->content);
	if (node->type != XML_ELEMENT_NODE)
		return;
	if (result_is(node, "a")) {
		add_link(text, node);
		return;
	}
	if (result_is(node, "br"))
		buf_add_char(text, '\n');
	if (result_is(node, "img") && result_attribute(node, "alt") != NULL &&
	    result_attribute(node, "alt")[0] != '\0')
		buf_add_format(text, "[%s]", result_attribute(node, "alt"));
	buf_add_text(text, stress);
	add_inside(text, node);
	buf_add_text(text, stress);
}

/* --- blocks --- */

/* Draws a line below the heading whose words begin at start, if it is one of
 * the two highest: as long as its last line. */
static void
underline(struct text_wrap *layout, const xmlNode *heading, size_t start)
{
	char c = result_is(heading, "h1") ? '='
	    : result_is(heading, "h2")    ? '-'
					  : '\0';
	size_t end = layout->out.size;
	size_t last = end - 1;
	struct buf rule = { 0 };

	if (c == '\0' || end == start)
		return;
	while (last > start && layout->out.data[last - 1] != '\n')
		last--;
	for (size_t i = text_width(layout->out.data + last, end - last - 1);
	     i > 0; i--)
		buf_add_char(&rule, c);
	text_wrap_line(layout, buf_text(&rule));
	buf_clear(&rule);
}

static void
write_words(struct text_wrap *layout, const xmlNode *node)
{
	bool is_close = result_attribute(node, "close") != NULL;
	size_t start;

	if (!is_close)
		text_wrap_gap(layout);
	start = layout->out.size;
	add_inside(&layout->words, node);
	text_wrap_flush(layout, 0);
	if (is_close)
		return;
	underline(layout, node, start);
	text_wrap_gap(layout);
}

static void
write_behind(struct text_wrap *layout, const xmlNode *node, const char *first,
    const char *rest)
{
	size_t level = text_wrap_push(layout, first, rest);

	write_children(layout, node);
	text_wrap_pop(layout, level);
}

static void
write_box(struct text_wrap *layout, const xmlNode *node)
{
	const char *bar = result_attribute(node, "bar");

	text_wrap_gap(layout);
	if (bar != NULL)
		write_behind(layout, node, NULL, bar);
	else
		write_children(layout, node);
	text_wrap_gap(layout);
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
	const char *marks[] = { result_attribute(item, "label"),
		result_attribute(item, "mark"),
		result_attribute(list, "mark") };

	for (size_t i = 0; i < COUNT(marks); i++)
		if (marks[i] != NULL)
			return mem_dup(marks[i]);
	return result_is(list, "ol")
	    ? number_marker(result_attribute(list, "type"), number)
	    : mem_dup("- ");
}

/* Items of one line each stand close together. */
static bool
is_tight(const xmlNode *list)
{
	static const char *const blocks[] = { "p", "div", "h3", "h4", NULL };

	for (const xmlNode *item = list->children; item != NULL;
	     item = item->next)
		for (const xmlNode *child = item->children; child != NULL;
		     child = child->next)
			if (result_is_one_of(child, blocks) &&
			    (child->prev || child->next ||
				result_attribute(item, "label")))
				return false;
	return true;
}

static void
write_item(struct text_wrap *layout, const xmlNode *item, const char *marker)
{
	struct buf rest = { 0 };

	for (size_t i = text_width(marker, strlen(marker)); i > 0; i--)
		buf_add_char(&rest, ' ');
	write_behind(layout, item, marker, buf_text(&rest));
	buf_clear(&rest);
}

static void
write_list(struct text_wrap *layout, const xmlNode *node)
{
	const char *start = result_attribute(node, "start");
	long number = start ? strtol(start, NULL, 10) : 1;
	bool tight = is_tight(node);
	bool apart = !tight || !result_is(node->parent, "li");

	if (apart)
		text_wrap_gap(layout);
	for (const xmlNode *item = node->children; item != NULL;
	     item = item->next) {
		char *marker;

		if (!result_is(item, "li"))
			continue;
		marker = item_marker(node, item, number++);
		if (!tight)
			text_wrap_gap(layout);
		write_item(layout, item, marker);
		if (tight)
			layout->gap = false;
		free(marker);
	}
	if (apart)
		text_wrap_gap(layout);
}

/* A term and what it means, on one line if that is short. */
static void
write_terms(struct text_wrap *layout, const xmlNode *node)
{
	bool is_short = result_attribute(node, "short") != NULL;

	text_wrap_gap(layout);
	for (const xmlNode *at = node_walk(node, node, true); at != NULL;) {
		bool is_term = result_is(at, "dt");
		bool is_meaning = result_is(at, "dd");

		if (is_term || (is_meaning && is_short))
			add_inside(&layout->words, at);
		if (is_term && is_short) {
			buf_add_text(&layout->words, ": ");
		} else if (is_term || (is_meaning && is_short)) {
			text_wrap_flush(layout, sizeof(INSET) - 1);
		} else if (is_meaning) {
			layout->gap = false;
			write_behind(layout, at, NULL, INSET);
			layout->gap = false;
		}
		at = node_walk(at, node, !is_term && !is_meaning);
	}
	text_wrap_flush(layout, sizeof(INSET) - 1);
	text_wrap_gap(layout);
}

static void
write_table(struct text_wrap *layout, const xmlNode *node)
{
	for (const xmlNode *child = node->children; child != NULL;
	     child = child->next)
		if (result_is(child, "caption"))
			write_words(layout, child);
	text_table_write(layout, node, write_children);
}

/* Text whose lines count, as it stands. */
static void
write_lines(struct text_wrap *layout, const xmlNode *node)
{
	const xmlNode *at = node;
	struct buf text = { 0 };
	size_t level;
	char *save = NULL;

	buf_add_text(&text, ""); /* there may be none */
	while ((at = node_walk(at, node, true)) != NULL)
		if (at->type == XML_TEXT_NODE)
			buf_add_text(&text, (const char *)at->content);
	text_wrap_gap(layout);
	level = text_wrap_push(layout, NULL, INSET);
	for (char *line = strtok_r(text.data, "\n", &save); line != NULL;
	     line = strtok_r(NULL, "\n", &save))
		text_wrap_line(layout, line);
	text_wrap_pop(layout, level);
	text_wrap_gap(layout);
	buf_clear(&text);
}

/* What every page says, between rules. */
static void
write_head(struct text_wrap *layout, const xmlNode *head)
{
	text_wrap_gap(layout);
	text_wrap_rule(layout, '#');
	for (const xmlNode *line = head->children; line != NULL;
	     line = line->next) {
		add_inside(&layout->words, line);
		text_wrap_flush(layout, 0);
	}
	text_wrap_rule(layout, '#');
	text_wrap_gap(layout);
}

/* A page is not part of the list or section it stands in. */
static void
write_page(struct text_wrap *layout, const xmlNode *page)
{
	size_t prefix = layout->prefix.size;

	layout->prefix.size = 0;
	write_children(layout, page);
	text_wrap_gap(layout);
	layout->prefix.size = prefix;
}

/* --- all of them --- */

/* Sorted: bsearch. */
static const struct block {
	const char *name;
	void (*write)(struct text_wrap *layout, const xmlNode *node);
} blocks[] = {
	{ "blockquote", write_box },
	{ "div", write_box },
	{ "dl", write_terms },
	{ "figcaption", write_box },
	{ "figure", write_box },
	{ "h1", write_words },
	{ "h2", write_words },
	{ "h3", write_words },
	{ "h4", write_words },
	{ "h5", write_words },
	{ "h6", write_words },
	{ "head", write_head },
	{ "nav", write_box },
	{ "ol", write_list },
	{ "p", write_words },
	{ "page", write_page },
	{ "pre", write_lines },
	{ "section", write_box },
	{ "table", write_table },
	{ "ul", write_list },
};

static int
compare_blocks(const void *key, const void *row)
{
	return strcmp(key, ((const struct block *)row)->name);
}

static const struct block *
find_block(const xmlNode *node)
{
	return node->type == XML_ELEMENT_NODE && node->ns == NULL
	    ? bsearch(node->name, blocks, COUNT(blocks), sizeof(*blocks),
		  compare_blocks)
	    : NULL;
}

/* Blocks one after the other; words between them are paragraphs. */
static void
write_children(struct text_wrap *layout, const xmlNode *node)
{
	for (const xmlNode *child = node->children; child != NULL;
	     child = child->next) {
		const struct block *block = find_block(child);

		if (block != NULL) {
			text_wrap_flush(layout, 0);
			block->write(layout, child);
		} else {
			add_inline(&layout->words, child);
		}
	}
	text_wrap_flush(layout, 0);
}

int
text_emit(struct emit_job *job, struct diag *diag)
{
	struct text_wrap layout = { .width = WIDTH };
	xmlDoc *tree = stylesheet_run(job->sheets[FORMAT_TEXT], job->view->doc,
	    NULL, diag);
	int rc;

	if (tree == NULL)
		return -1;
	write_page(&layout, xmlDocGetRootElement(tree));
	rc = job->sink->file(job->sink, job->path, buf_text(&layout.out),
	    layout.out.size);
	text_wrap_clear(&layout);
	xmlFreeDoc(tree);
	return rc;
}
