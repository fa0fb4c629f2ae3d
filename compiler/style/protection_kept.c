#include "protection_kept.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nettle/base64.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/text.h"
#include "compose/xml_write.h"
#include "picture/picture.h"
#include "style/result_tree.h"
#include "model/book.h"
#include "model/protect.h"

/* Further boxes around what protects: more would leave no room on a phone. */
enum { MOST_BOXES = 4 };

/* --- names --- */

/* Does our CSS, or this table, know the class? */
static bool
is_our_class(const struct protection_names *names, const char *name, size_t len)
{
	return map_get(names->ours, name, len) != NULL ||
	    protect_class(name, len) != NULL ||
	    (len > 2 && name[1] == '-' && strchr("mrv", name[0]) != NULL);
}

/* The classes of ours that an element has, a blank before each. */
static void
add_our_classes(const struct protection_names *names, const xmlNode *node,
    struct buf *out)
{
	token_each(name, result_attribute(node, "class"))
		if (is_our_class(names, name, strlen(name))) {
			buf_add_char(out, ' ');
			buf_add(out, name, strlen(name));
		}
}

/* The name of the class by which an element protects; NULL if it does not. */
static const char *
find_protecting(const xmlNode *node)
{
	token_each(name, result_attribute(node, "class")) {
		const struct protect_row *row =
		    protect_class(name, strlen(name));

		if (row != NULL)
			return row->class_name;
	}
	return NULL;
}

/* --- boxes that change nothing --- */

static const char *const blocks[] = { "article", "aside", "div", "section",
	NULL };
static const char *const inlines[] = { "b", "em", "i", "span", "strong", NULL };
/* Where a block may stand without a browser moving it elsewhere. */
static const char *const holders[] = { "article", "aside", "blockquote", "body",
	"dd", "div", "fieldset", "figure", "footer", "header", "li", "main",
	"nav", "section", "td", "th", NULL };
static const char *const lines[] = { "a", "b", "caption", "cite", "code", "dt",
	"em", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "i", "legend",
	"p", "small", "span", "strong", NULL };

static bool
has_only_own_names(const struct protection_names *names, const xmlNode *node)
{
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
		const char *value = a->children && a->children->content
		    ? (const char *)a->children->content
		    : "";

		if (strcmp((const char *)a->name, "id") == 0) {
			if (strncmp(value, "v-", 2) == 0)
				return false;
			continue;
		}
		if (strcmp((const char *)a->name, "class") != 0)
			return false;
		token_each(name, value)
			if (is_our_class(names, name, strlen(name)) ||
			    map_get_text(names->painted, name) != NULL)
				return false;
	}
	return true;
}

/* A box that may stand around what protects, or not: it changes neither what
 * is read nor where. */
static bool
is_neutral(const struct protection_names *names, const xmlNode *node)
{
	const char *name = (const char *)node->name;
	const char *parent =
	    node->parent != NULL ? (const char *)node->parent->name : "";
	bool fits = text_is_in(blocks, name) ? text_is_in(holders, parent)
	    : text_is_in(inlines, name)
	    ? text_is_in(holders, parent) || text_is_in(lines, parent)
	    : false;

	return fits && node->ns == NULL && has_only_own_names(names, node);
}

/* --- a page as one text --- */

/* Between names and words, where XML has no such characters. */
enum { MARK_START = 1, MARK_ATTRIBUTE, MARK_OPEN, MARK_END };

/* An element of protect.def, by where it begins and ends in the text. */
struct mark {
	size_t at;
	size_t end;
	const char *class_name;
	const xmlNode *node;
};

struct stream {
	const struct protection_names *names;
	struct buf text;
	struct mark *marks;
	size_t count;
	size_t capacity;
	size_t boxes;           /* neutral ones open now */
	size_t deepest;         /* most of them around words */
	const struct map *head; /* of our page: what its head holds; or NULL */
};

/* In the order of names. Of a class only what is ours counts. */
static void
add_attributes(struct stream *stream, const xmlNode *node)
{
	char *texts[64];
	size_t count = 0;

	for (const xmlAttr *a = node->properties; a != NULL && count < 64;
	     a = a->next) {
		scoped(xml_drop) xmlChar *value =
		    xmlNodeListGetString(node->doc, a->children, 1);
		struct buf text = { 0 };

		buf_add_format(&text, "%c%s=", MARK_ATTRIBUTE,
		    (const char *)a->name);
		if (strcmp((const char *)a->name, "class") == 0)
			add_our_classes(stream->names, node, &text);
		else
			buf_add_text(&text, value ? (const char *)value : "");
		texts[count++] = buf_take(&text);
	}
	qsort(texts, count, sizeof(*texts), text_compare);
	for (size_t i = 0; i < count; i++) {
		buf_add_text(&stream->text, texts[i]);
		free(texts[i]);
	}
}

static void
add_tag(struct stream *stream, const xmlNode *node)
{
	buf_add_format(&stream->text, "%c%s", MARK_START,
	    (const char *)node->name);
	add_attributes(stream, node);
	buf_add_char(&stream->text, MARK_OPEN);
}

static void
add_letters(struct stream *stream, const char *text)
{
	for (; *text != '\0'; text++)
		if (strchr(" \t\r\n", *text) == NULL) {
			buf_add_char(&stream->text, *text);
			if (stream->boxes > stream->deepest)
				stream->deepest = stream->boxes;
		}
}

static void
add_mark(struct stream *stream, const xmlNode *node, const char *class_name)
{
	*list_add(stream->marks, stream->count, stream->capacity) =
	    (struct mark){ stream->text.size, 0, class_name, node };
}

static void add_node(struct stream *stream, const xmlNode *node, bool inside);

static void
add_children(struct stream *stream, const xmlNode *node, bool inside)
{
	node_each_child(child, node)
		add_node(stream, child, inside);
}

/* An element with its ends; taken back if nothing in it protects. */
static void
add_element(struct stream *stream, const xmlNode *node, bool inside)
{
	const char *class_name = find_protecting(node);
	bool is_head = result_is(node, "head");
	size_t start = stream->text.size;
	size_t marks = stream->count;

	if (is_head)
		class_name = "head";
	if (class_name != NULL)
		add_mark(stream, node, class_name);
	add_tag(stream, node);
	add_children(stream, node, !is_head && (inside || class_name != NULL));
	buf_add_char(&stream->text, MARK_END);
	if (class_name != NULL)
		stream->marks[marks].end = stream->text.size;
	if (!inside && stream->count == marks) {
		stream->text.size = start;
		stream->text.data[start] = '\0';
	}
}

/* What stands in a head: that of our page, and metadata by other names. */
static void
add_of_head(struct stream *stream, const xmlNode *node)
{
	size_t start = stream->text.size;

	add_tag(stream, node);
	if (stream->head != NULL && result_is(node, "meta") &&
	    result_attribute(node, "name") != NULL &&
	    result_attribute(node, "content") != NULL &&
	    node->properties->next != NULL &&
	    node->properties->next->next == NULL &&
	    map_get_text(stream->head, result_attribute(node, "name")) ==
		NULL) {
		stream->text.size = start;
		stream->text.data[start] = '\0';
	}
}

static void
add_node(struct stream *stream, const xmlNode *node, bool inside)
{
	if (node->type == XML_TEXT_NODE ||
	    node->type == XML_CDATA_SECTION_NODE) {
		if (inside)
			add_letters(stream, (const char *)node->content);
		return;
	}
	if (node->type != XML_ELEMENT_NODE || node_is_ours(node, "page"))
		return;
	if (result_is(node->parent, "head")) {
		if (!result_is(node, "title"))
			add_of_head(stream, node);
	} else if (is_neutral(stream->names, node)) {
		stream->boxes++;
		add_children(stream, node, inside);
		stream->boxes--;
	} else {
		add_element(stream, node, inside);
	}
}

static void
stream_read(struct stream *stream, const struct protection_names *names,
    const xmlNode *page, const struct map *head)
{
	*stream = (struct stream){ .names = names, .head = head };
	add_children(stream, page, false);
	buf_add_text(&stream->text, "");
}

static void
stream_clear(struct stream *stream)
{
	buf_clear(&stream->text);
	free(stream->marks);
}

/* --- what else is on a page --- */

/* What is known of our page: signatures of elements and how often they are
 * there, of attributes, of drawings. */
struct known {
	struct map elements;
	struct map attributes;
	struct map drawings;
	struct map ids;
	struct map head;
};

static void
known_clear(struct known *known)
{
	map_clear(&known->elements);
	map_clear(&known->attributes);
	map_clear(&known->drawings);
	map_clear(&known->ids);
	map_clear(&known->head);
}

/* Elements that a page has once, and those with classes of ours, count. */
static bool
sign_element(const struct protection_names *names, const xmlNode *node,
    struct buf *text)
{
	static const char *const landmarks[] = { "body", "footer", "head",
		"header", "html", "link", "main", "title", NULL };
	size_t size;

	buf_clear(text);
	buf_add_text(text, (const char *)node->name);
	size = text->size;
	add_our_classes(names, node, text);
	return text->size > size ||
	    text_is_in(landmarks, (const char *)node->name);
}

static void
sign_attribute(const xmlNode *node, const xmlAttr *a, struct buf *text)
{
	scoped(xml_drop) xmlChar *value =
	    xmlNodeListGetString(node->doc, a->children, 1);

	buf_clear(text);
	buf_add_format(text, "%s %s=%s", (const char *)node->name,
	    (const char *)a->name, value ? (const char *)value : "");
}

static bool
is_drawing(const xmlNode *node)
{
	return result_is(node, "svg") || result_is(node, "math");
}

static void
sign_drawing(const xmlNode *node, struct buf *text)
{
	xmlBuffer *dump = xmlBufferCreate();

	xmlNodeDump(dump, node->doc, (xmlNode *)node, 0, 0);
	buf_clear(text);
	buf_add_text(text, (const char *)xmlBufferContent(dump));
	xmlBufferFree(dump);
}

/* The next node of a page that is no page, nor inside a drawing. */
static const xmlNode *
step(const xmlNode *node, const xmlNode *page)
{
	return node_walk(node, page,
	    node == page || (!node_is_ours(node, "page") && !is_drawing(node)));
}

static void
known_read(struct known *known, const struct protection_names *names,
    const xmlNode *page)
{
	scoped(buf_clear) struct buf text = { 0 };

	memset(known, 0, sizeof(*known));
	for (const xmlNode *node = step(page, page); node != NULL;
	     node = step(node, page)) {
		if (node->type != XML_ELEMENT_NODE ||
		    node_is_ours(node, "page"))
			continue;
		if (is_drawing(node)) {
			sign_drawing(node, &text);
			map_put_text(&known->drawings, buf_text(&text), NULL);
			continue;
		}
		if (sign_element(names, node, &text))
			map_put_text(&known->elements, buf_text(&text), NULL)
			    ->value++;
		for (const xmlAttr *a = node->properties; a != NULL;
		     a = a->next) {
			sign_attribute(node, a, &text);
			map_put_text(&known->attributes, buf_text(&text), NULL);
		}
		if (result_is(node, "meta") &&
		    result_attribute(node, "name") != NULL)
			map_put_text(&known->head,
			    result_attribute(node, "name"), NULL);
	}
}

/* What an element may say that our page does not: nothing by which it hides,
 * covers, loads, acts or is taken for another. */
static bool
is_harmless(const char *name)
{
	static const char *const names[] = { "alt", "class", "colspan",
		"content", "datetime", "dir", "headers", "height", "href",
		"hreflang", "id", "lang", "name", "rowspan", "scope", "src",
		"start", "title", "type", "value", "width", NULL };

	return text_is_in(names, name);
}

/* An address in the site, to the web, of mail or of a telephone. */
static bool
is_address(const char *value)
{
	static const char *const schemes[] = { "http", "https", "mailto", "tel",
		NULL };
	size_t len = strcspn(value, ":/?#");

	if (value[len] != ':')
		return strncmp(value, "//", 2) != 0 &&
		    value[strcspn(value, "\\\t\r\n")] == '\0';
	owned char *scheme = mem_dup_len(value, len);

	text_to_lower(scheme);
	return text_is_in(schemes, scheme);
}

/* A data: picture becomes its clean self. */
static bool
clean_picture(xmlNode *node, const char *value)
{
	const char *base64 = strstr(value, ";base64,");
	struct base64_decode_ctx context;
	struct picture picture = { 0 };
	size_t size;
	bool holds;

	if (strncmp(value, "data:image/", 11) != 0 || base64 == NULL)
		return false;
	base64 += 8;
	size = BASE64_DECODE_LENGTH(strlen(base64));
	owned uint8_t *bytes = mem_alloc(size + 1);

	base64_decode_init(&context);
	holds = base64_decode_update(&context, &size, bytes, strlen(base64),
		    base64) &&
	    base64_decode_final(&context);
	if (holds) {
		bytes[size] = 0;
		holds = picture_clean(&picture, (const char *)bytes, size) == 0;
	}
	if (holds) {
		struct asset asset = { .name = mem_dup(picture.suffix),
			.bytes = picture.bytes.data,
			.size = picture.bytes.size };
		scoped(buf_clear) struct buf data = { 0 };

		xml_write_add_data(&data, &asset);
		xmlSetProp(node, BAD_CAST "src", BAD_CAST buf_text(&data));
		free(asset.name);
	}
	picture_clear(&picture);
	return holds;
}

static bool
may_say(const struct known *known, xmlNode *node, const xmlAttr *a,
    struct buf *text)
{
	const char *name = (const char *)a->name;
	const char *value = a->children && a->children->content
	    ? (const char *)a->children->content
	    : "";

	sign_attribute(node, a, text);
	if (a->ns == NULL &&
	    map_get_text(&known->attributes, buf_text(text)) != NULL)
		return true;
	if (a->ns != NULL || !is_harmless(name))
		return false;
	if (strcmp(name, "href") == 0)
		return is_address(value);
	/* A script finds its places by these. */
	if (strcmp(name, "id") == 0)
		return strncmp(value, "v-", 2) != 0;
	if (strcmp(name, "src") == 0)
		return result_is(node, "img") &&
		    (clean_picture(node, value) ||
			(strncmp(value, "assets/", 7) == 0 &&
			    strchr(value + 7, '/') == NULL));
	return true;
}

/* Is there anything wrong with one element? *text says what. */
static bool
may_stand(struct known *known, const struct protection_names *names,
    xmlNode *node, struct buf *text)
{
	const char *id = result_attribute(node, "id");
	struct map_entry *entry;
	bool is_new = true;

	if (is_drawing(node)) {
		sign_drawing(node, text);
		entry = map_get_text(&known->drawings, buf_text(text));
		buf_clear(text);
		buf_add_format(text, "<%s>", (const char *)node->name);
		return entry != NULL;
	}
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
		if (!may_say(known, node, a, text))
			return false;
	if (id != NULL)
		map_put_text(&known->ids, id, &is_new);
	if (!is_new) {
		buf_clear(text);
		buf_add_format(text, "id=%s", id);
		return false;
	}
	if (!sign_element(names, node, text))
		return true;
	entry = map_get_text(&known->elements, buf_text(text));
	if (entry == NULL || entry->value == 0)
		return false;
	entry->value--;
	return true;
}

/* --- two pages --- */

static bool
fail(struct protection_fault *fault, enum protection_kind kind,
    const char *what, const char *page)
{
	fault->kind = kind;
	snprintf(fault->what, sizeof(fault->what), "%s", what);
	snprintf(fault->page, sizeof(fault->page), "%s", page);
	return false;
}

static bool
check_others(struct known *known, const struct protection_names *names,
    xmlNode *page, const char *page_name, struct protection_fault *fault)
{
	scoped(buf_clear) struct buf text = { 0 };
	bool holds = true;

	for (xmlNode *node = (xmlNode *)step(page, page); holds && node != NULL;
	     node = (xmlNode *)step(node, page))
		if (node->type == XML_ELEMENT_NODE &&
		    !node_is_ours(node, "page") && node->ns == NULL)
			holds = may_stand(known, names, node, &text);
	if (!holds)
		fail(fault, PROTECTION_ADDS, buf_text(&text), page_name);
	return holds;
}

/* All letters of a page or element, for the question whether words are there
 * at all. */
static void
add_all_letters(const xmlNode *top, struct buf *letters)
{
	for (const xmlNode *node = top; node != NULL;
	     node = node_walk(node, top,
		 node == top || !node_is_ours(node, "page")))
		if (node->type == XML_TEXT_NODE)
			for (const char *c = (const char *)node->content;
			     *c != '\0'; c++)
				if (strchr(" \t\r\n", *c) == NULL)
					buf_add_char(letters, *c);
}

static bool
is_on(const xmlNode *wanted, const xmlNode *page)
{
	scoped(buf_clear) struct buf words = { 0 };
	scoped(buf_clear) struct buf all = { 0 };

	add_all_letters(wanted, &words);
	add_all_letters(page, &all);
	return strstr(buf_text(&all), buf_text(&words)) != NULL;
}

/* In a head: the element at which the two part, if it is not one of ours. */
static bool
tell_head(const char *theirs, size_t at, const char *page,
    struct protection_fault *fault)
{
	char what[40];
	size_t start = at;
	int len;

	while (start > 0 && theirs[start] != MARK_START)
		start--;
	len = (int)strcspn(theirs + start + 1, "\2\3\4");
	if (theirs[at] == MARK_END || len == 0)
		return fail(fault, PROTECTION_LOSES, "head", page);
	snprintf(what, sizeof(what), "<%.*s>", len, theirs + start + 1);
	return fail(fault, PROTECTION_ADDS, what, page);
}

/* The element in which the text stands at a place; else the next one, before
 * which something is missing or too much. */
static const struct mark *
find_mark(const struct stream *stream, size_t at)
{
	const struct mark *found = NULL;

	for (size_t i = 0; i < stream->count && stream->marks[i].at <= at; i++)
		if (at < stream->marks[i].end)
			found = &stream->marks[i];
	for (size_t i = 0; found == NULL && i < stream->count; i++)
		if (stream->marks[i].at > at)
			found = &stream->marks[i];
	return found;
}

/* Names the element of our page in which the two are not equal any more. */
static bool
tell_difference(const struct stream *ours, const struct stream *theirs,
    const xmlNode *page, const char *page_name, struct protection_fault *fault)
{
	const char *a = buf_text(&ours->text);
	const char *b = buf_text(&theirs->text);
	const struct mark *mark;
	size_t at = 0;

	while (a[at] != '\0' && a[at] == b[at])
		at++;
	mark = find_mark(ours, at);
	fault->at = at;
	fault->node = mark != NULL ? mark->node : NULL;
	if (mark != NULL && strcmp(mark->class_name, "head") == 0)
		return tell_head(b, at, page_name, fault);
	return fail(fault,
	    mark != NULL && !is_on(mark->node, page) ? PROTECTION_LOSES
						     : PROTECTION_HIDES,
	    mark != NULL ? mark->class_name : "html", page_name);
}

static bool
compare_pages(const struct protection_names *names, const xmlNode *plain,
    xmlNode *made, struct protection_fault *fault)
{
	const char *page_name = result_attribute(plain, "name");
	struct stream ours;
	struct stream theirs;
	struct known known;
	bool holds;

	known_read(&known, names, plain);
	stream_read(&ours, names, plain, NULL);
	stream_read(&theirs, names, made, &known.head);
	if (strcmp(buf_text(&ours.text), buf_text(&theirs.text)) != 0)
		holds = tell_difference(&ours, &theirs, made, page_name, fault);
	else if (theirs.deepest > ours.deepest + MOST_BOXES)
		holds =
		    fail(fault, PROTECTION_ADDS, "<div><div><div>…", page_name);
	else
		holds = check_others(&known, names, made, page_name, fault);
	stream_clear(&ours);
	stream_clear(&theirs);
	known_clear(&known);
	return holds;
}

/* --- all pages --- */

static const xmlNode *
next_page(const xmlNode *node, const xmlNode *root)
{
	do
		node = node_walk(node, root, true);
	while (node != NULL && !node_is_ours(node, "page"));
	return node;
}

static const char *
name_of(const xmlNode *page)
{
	const char *name = page ? result_attribute(page, "name") : NULL;

	return name != NULL ? name : "";
}

bool
protection_kept(const struct protection_names *names, const xmlDoc *plain,
    xmlDoc *made, struct protection_fault *fault)
{
	const xmlNode *roots[2] = { xmlDocGetRootElement(plain),
		xmlDocGetRootElement(made) };
	const xmlNode *ours = roots[0];
	const xmlNode *theirs = roots[1];
	bool holds = true;

	memset(fault, 0, sizeof(*fault));
	if (theirs == NULL || !node_is_ours(theirs, "page"))
		return fail(fault, PROTECTION_LOSES, "html", name_of(ours));
	while (holds && (ours != NULL || theirs != NULL)) {
		if (ours == NULL)
			return fail(fault, PROTECTION_ADDS, name_of(theirs),
			    name_of(theirs));
		if (theirs == NULL || strcmp(name_of(ours), name_of(theirs)))
			return fail(fault, PROTECTION_LOSES, name_of(ours),
			    name_of(ours));
		holds = compare_pages(names, ours, (xmlNode *)theirs, fault);
		ours = next_page(ours, roots[0]);
		theirs = next_page(theirs, roots[1]);
	}
	return holds;
}
