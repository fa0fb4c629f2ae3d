#include "reference_text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/buf.h"
#include "base/text.h"
#include "model/ui.h"

enum { MOST_WORDS = 6 }; /* of what has no title */

/* How a reference to a kind is made of its word, number and title. */
enum form {
	NAMED,   /* "Chapter 1, Ropes" */
	COUNTED, /* "Figure 1.1" */
	CALLED,  /* "the section called “Knots”" */
	NUMBER,  /* "2" */
};

static const struct kind {
	const char *name;
	const char *word; /* key of ui.def; NULL without one */
	enum form form;
} kinds[] = {
	{ "appendix", "appendix", NAMED },
	{ "area", NULL, NUMBER },
	{ "areaset", NULL, NUMBER },
	{ "callout", NULL, NUMBER },
	{ "chapter", "chapter", NAMED },
	{ "co", NULL, NUMBER },
	{ "equation", "equation", COUNTED },
	{ "example", "example", COUNTED },
	{ "figure", "figure", COUNTED },
	{ "listitem", NULL, NUMBER },
	{ "part", "part", NAMED },
	{ "qandaentry", "question", COUNTED },
	{ "question", "question", COUNTED },
	{ "refsect1", "section-called", CALLED },
	{ "refsect2", "section-called", CALLED },
	{ "refsect3", "section-called", CALLED },
	{ "refsection", "section-called", CALLED },
	{ "sect1", "section-called", CALLED },
	{ "sect2", "section-called", CALLED },
	{ "sect3", "section-called", CALLED },
	{ "sect4", "section-called", CALLED },
	{ "sect5", "section-called", CALLED },
	{ "section", "section-called", CALLED },
	{ "simplesect", "section-called", CALLED },
	{ "table", "table", COUNTED },
};

static const struct kind *
find_kind(const xmlNode *node)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (node_is(node, kinds[i].name))
			return &kinds[i];
	return NULL;
}

/* --- titles --- */

/* Components that may stand without a title, by the word for them. */
static const char *
kind_word(const struct view *view, const xmlNode *node)
{
	static const char *const words[] = { "acknowledgements", "bibliography",
		"colophon", "dedication", "glossary", "index", "preface" };

	if (node_is(node, "setindex"))
		return ui_word(view->lang, "index");
	for (size_t i = 0; i < COUNT(words); i++)
		if (node_is(node, words[i]))
			return ui_word(view->lang, words[i]);
	return NULL;
}

/* "rope(1)", else the first name. NULL if it has neither. */
static char *
refentry_name(const xmlNode *node)
{
	const xmlNode *meta = node_child(node, "refmeta");
	const xmlNode *title = meta ? node_child(meta, "refentrytitle") : NULL;
	const xmlNode *volume = meta ? node_child(meta, "manvolnum") : NULL;
	const xmlNode *names = node_child(node, "refnamediv");
	const xmlNode *name = names ? node_child(names, "refname") : NULL;
	char *words;
	char *text;

	if (title == NULL)
		return name ? node_text_dup(name) : NULL;
	words = node_text_dup(title);
	if (volume == NULL)
		return words;
	owned char *number = node_text_dup(volume);

	text = mem_format("%s(%s)", words, number);
	free(words);
	return text;
}

/* The element whose words are the title. */
static const xmlNode *
find_title(const xmlNode *node)
{
	if (node_is(node, "glossentry"))
		return node_child(node, "glossterm");
	if (node_is(node, "varlistentry"))
		return node_child(node, "term");
	if (node_is(node, "listitem") && node_is(node->parent, "varlistentry"))
		return node_child(node->parent, "term");
	if (node_is(node, "term") || node_is(node, "glossterm") ||
	    node_is(node, "segtitle") || node_is(node, "title"))
		return node;
	return node_title(node);
}

/* Its title, or what stands for one; NULL if it has none. */
static char *
title_dup(const struct view *view, const xmlNode *node)
{
	const xmlNode *title = find_title(node);
	char *text = NULL;

	if (title != NULL)
		text = node_text_dup(title);
	else if (node_is(node, "refentry"))
		text = refentry_name(node);
	else if (kind_word(view, node) != NULL)
		text = mem_dup(kind_word(view, node));
	if (text != NULL && text[0] == '\0') {
		free(text);
		text = NULL;
	}
	return text;
}

char *
reference_text_heading(const struct view *view, const xmlNode *node)
{
	char *text = title_dup(view, node);

	return text != NULL ? text : mem_dup(ui_word(view->lang, "untitled"));
}

/* --- what has no title --- */

static char *
quote(const struct view *view, const char *words, const char *end)
{
	return mem_format("%s%s%s%s", ui_word(view->lang, "quote-open"), words,
	    end, ui_word(view->lang, "quote-close"));
}

/* “The first words of it …”; NULL if it has none. */
static char *
first_words(const struct view *view, const xmlNode *node)
{
	owned char *words = node_text_dup(node);
	size_t count = 0;
	char *at = words;

	for (; *at != '\0'; at++)
		if (*at == ' ' && ++count == MOST_WORDS)
			break;
	return words[0] == '\0'
	    ? NULL
	    : quote(view, (*at = '\0', words), count == MOST_WORDS ? " …" : "");
}

/* --- references --- */

struct parts {
	const struct kind *kind; /* NULL without one */
	const char *word;        /* "Chapter"; NULL without one */
	char *number;            /* NULL without one */
	char *title;             /* NULL without one */
};

/* The author's own number of a question is an element. */
static char *
number_dup(const xmlNode *target)
{
	const xmlNode *question = node_is(target, "qandaentry")
	    ? node_child(target, "question")
	    : target;
	const xmlNode *own =
	    question != NULL ? node_child(question, "label") : NULL;
	const char *label =
	    question != NULL ? node_vade_attribute(question, "label") : NULL;

	if (own != NULL && node_is(question, "question"))
		return node_text_dup(own);
	return label != NULL && label[0] != '\0' ? mem_dup(label) : NULL;
}

static struct parts
read_parts(const struct view *view, const xmlNode *target)
{
	struct parts parts = { .kind = find_kind(target) };

	if (parts.kind != NULL) {
		parts.word = parts.kind->word
		    ? ui_word(view->lang, parts.kind->word)
		    : NULL;
		parts.number = number_dup(target);
	}
	parts.title = title_dup(view, target);
	return parts;
}

static void
clear_parts(struct parts *parts)
{
	free(parts->number);
	free(parts->title);
}

static char *
usual_text(const struct view *view, const struct parts *parts)
{
	enum form form = parts->kind ? parts->kind->form : NUMBER;

	if (form == CALLED && parts->title != NULL) {
		owned char *quoted = quote(view, parts->title, "");

		return mem_format("%s %s", parts->word, quoted);
	}
	if (parts->number == NULL)
		return parts->title ? mem_dup(parts->title) : NULL;
	if (form == NUMBER)
		return mem_dup(parts->number);
	if (form == COUNTED || parts->title == NULL)
		return mem_format("%s %s", parts->word, parts->number);
	return mem_format("%s %s, %s", parts->word, parts->number,
	    parts->title);
}

/* "label": word and number; of a section it has none. */
static void
add_selected(const struct view *view, const struct parts *parts,
    const char *what, struct buf *text)
{
	bool is_word = parts->word != NULL && parts->kind->form != CALLED;
	char *quoted = NULL;
	const char *before = text->size > 0 ? " " : "";

	if (strncasecmp(what, "label", 5) == 0) {
		if (is_word && strcasecmp(what, "labelnumber") != 0)
			buf_add_format(text, "%s%s", before, parts->word);
		if (parts->number && strcasecmp(what, "labelname") != 0)
			buf_add_format(text, "%s%s", text->size > 0 ? " " : "",
			    parts->number);
	} else if (parts->title != NULL && strcasecmp(what, "title") == 0) {
		buf_add_format(text, "%s%s", before, parts->title);
	} else if (parts->title != NULL &&
	    strcasecmp(what, "quotedtitle") == 0) {
		quoted = quote(view, parts->title, "");
		buf_add_format(text, "%s%s", before, quoted);
		free(quoted);
	}
}

static void
add_template(const struct parts *parts, const char *at, struct buf *text)
{
	for (; *at != '\0'; at++) {
		if (*at != '%' || at[1] == '\0') {
			buf_add_char(text, *at);
			continue;
		}
		at++;
		if (*at == 'n')
			buf_add_text(text, parts->number ? parts->number : "");
		else if (*at == 't')
			buf_add_text(text, parts->title ? parts->title : "");
		else if (*at == '%')
			buf_add_char(text, '%');
	}
}

/* What a style asks for; NULL if it is none that we know, or gives nothing. */
static char *
styled_text(const struct view *view, const struct parts *parts,
    const char *style)
{
	struct buf text = { 0 };

	if (strncasecmp(style, "select:", 7) == 0) {
		style += 7;
		token_each(token, style) {
			add_selected(view, parts, token, &text);
		}
	} else if (strncasecmp(style, "template:", 9) == 0) {
		add_template(parts, style + 9 + strspn(style + 9, " "), &text);
	}
	if (text.size > 0)
		return buf_take(&text);
	buf_clear(&text);
	return NULL;
}

/* What holds it and has a title, for what has no words at all: an anchor. */
static char *
holder_text(const struct view *view, const xmlNode *target)
{
	const xmlNode *node = target->parent;

	for (; node != NULL && node->type == XML_ELEMENT_NODE;
	     node = node->parent) {
		struct parts parts = read_parts(view, node);
		char *text = parts.title || parts.number
		    ? usual_text(view, &parts)
		    : NULL;

		clear_parts(&parts);
		if (text != NULL)
			return text;
	}
	return mem_dup(ui_word(view->lang, "untitled"));
}

char *
reference_text_make(const struct view *view, const xmlNode *target,
    const char *style)
{
	struct parts parts = read_parts(view, target);
	char *text = style != NULL ? styled_text(view, &parts, style) : NULL;

	if (text == NULL)
		text = usual_text(view, &parts);
	if (text == NULL)
		text = first_words(view, target);
	if (text == NULL)
		text = holder_text(view, target);
	clear_parts(&parts);
	return text;
}
