#include "document.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/list.h"
#include "base/map.h"
#include "base/text.h"
#include "model/axis_tokens.h"
#include "print/qr.h"
#include "model/namespaces.h"

enum {
	LONG_WORD = 24,   /* characters after which a word may break anywhere */
	SHEET_INK = 1600, /* characters for which a sheet may end half empty */
	IMAGE_INK = 600,  /* for how many an image stands */
};

/* --- small questions --- */

const char *
print_get(const xmlNode *node, const char *name)
{
	const xmlAttr *attribute =
	    xmlHasNsProp((xmlNode *)(uintptr_t)node, BAD_CAST name, NULL);

	if (attribute == NULL)
		return NULL;
	return attribute->children == NULL
	    ? ""
	    : (const char *)attribute->children->content;
}

bool
print_is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && node->ns == NULL &&
	    strcmp((const char *)node->name, name) == 0;
}

xmlNode *
print_walk(const xmlNode *node, const xmlNode *root)
{
	if (node->type == XML_ELEMENT_NODE && node->children != NULL)
		return node->children;
	while (node != root && node->next == NULL)
		node = node->parent;
	return node == root ? NULL : node->next;
}

const char *
print_key(xmlNode *node, size_t *keys)
{
	char *key;

	if (print_get(node, "k") == NULL) {
		key = mem_format("k%zu", ++*keys);
		xmlNewProp(node, BAD_CAST "k", BAD_CAST key);
		free(key);
	}
	return print_get(node, "k");
}

static bool
has_class(const xmlNode *node, const char *class)
{
	const char *value = print_get(node, "class");

	return value != NULL && strcmp(value, class) == 0;
}

/* --- anchors and links --- */

struct anchors {
	struct map ids; /* "page.html" and "page.html#id", to nodes */
	size_t keys;
};

static const xmlNode *
page_of(const xmlNode *node)
{
	while (node != NULL && !print_is(node, "page"))
		node = node->parent;
	return node;
}

static const char *
page_name(const xmlNode *page)
{
	const char *name = page == NULL ? NULL : print_get(page, "name");

	return name != NULL ? name : "";
}

static void
add_anchor(struct anchors *anchors, const char *name, xmlNode *node)
{
	struct map_entry *entry = map_put_text(&anchors->ids, name, NULL);

	if (entry->item == NULL)
		entry->item = node;
}

/* The page of each node is that of the last one begun around it. */
static void
collect_anchors(struct anchors *anchors, xmlNode *root)
{
	for (xmlNode *node = root; node != NULL;
	     node = print_walk(node, root)) {
		bool is_page = print_is(node, "page");
		const char *id;
		const xmlNode *page;
		char *name;

		if (node->type != XML_ELEMENT_NODE)
			continue;
		id = print_get(node, "id");
		if (print_is(node, "note"))
			id = print_get(node, "label");
		if (id == NULL && !is_page)
			continue;
		page = page_of(node);
		if (is_page)
			add_anchor(anchors, page_name(page), node);
		if (id != NULL) {
			name = mem_format(print_is(node, "note") ? "%s#v-fn-%s"
								 : "%s#%s",
			    page_name(page), id);
			add_anchor(anchors, name, node);
			free(name);
		}
	}
}

static bool
is_address(const char *href)
{
	return strncmp(href, "http:", 5) == 0 ||
	    strncmp(href, "https:", 6) == 0 ||
	    strncmp(href, "mailto:", 7) == 0 || strncmp(href, "tel:", 4) == 0;
}

/* What is looked up by its own name needs no page number. */
static bool
is_looked_up(const xmlNode *target)
{
	for (; target != NULL && target->type == XML_ELEMENT_NODE;
	     target = target->parent)
		if (has_class(target, "v-biblio") ||
		    has_class(target, "glossentry"))
			return true;
	return false;
}

static void
resolve(struct anchors *anchors, xmlNode *link)
{
	const char *href = print_get(link, "href");
	const xmlNode *here;
	const struct map_entry *entry;
	char *name;

	if (href == NULL || is_address(href))
		return;
	here = page_of(link);
	name = mem_format("%s%s", href[0] == '#' ? page_name(here) : "", href);
	entry = map_get_text(&anchors->ids, name);
	free(name);
	if (entry != NULL) {
		xmlNode *target = entry->item;

		xmlNewProp(link, BAD_CAST "to",
		    BAD_CAST print_key(target, &anchors->keys));
		if (page_of(target) == here || is_looked_up(target))
			xmlUnsetProp(link, BAD_CAST "page");
	}
	xmlUnsetProp(link, BAD_CAST "href");
}

static void
resolve_links(struct anchors *anchors, xmlNode *root)
{
	for (xmlNode *node = root; node != NULL; node = print_walk(node, root))
		if (print_is(node, "a"))
			resolve(anchors, node);
}

/* --- nodes to be worked on, collected first: working moves them --- */

struct found {
	xmlNode **nodes;
	size_t count;
	size_t capacity;
};

/* The elements of a name that do not stand in one another. */
static struct found
find_all(xmlNode *root, const char *name)
{
	struct found found = { 0 };
	xmlNode *node = root;

	while (node != NULL) {
		if (!print_is(node, name)) {
			node = print_walk(node, root);
			continue;
		}
		*list_add(found.nodes, found.count, found.capacity) = node;
		while (node != root && node->next == NULL)
			node = node->parent;
		node = node == root ? NULL : node->next;
	}
	return found;
}

/* --- headings --- */

static const char *const not_outlined[] = { "li", "td", "th", "step", "dd",
	"dt", "f", "note", "blockquote", "figure" };

static bool
is_in_block(const xmlNode *node)
{
	for (node = node->parent; node != NULL &&
	     node->type == XML_ELEMENT_NODE && !print_is(node, "page");
	     node = node->parent) {
		for (size_t i = 0; i < COUNT(not_outlined); i++)
			if (print_is(node, not_outlined[i]))
				return true;
		if (print_get(node, "class") != NULL &&
		    strncmp(print_get(node, "class"), "v-admonition", 12) == 0)
			return true;
	}
	return false;
}

static int
depth_of(const xmlNode *node)
{
	int depth = 0;

	for (; node != NULL; node = node->parent)
		depth +=
		    print_is(node, "page") && print_get(node, "front") == NULL;
	return depth;
}

void
print_set_number(xmlNode *node, const char *name, int number)
{
	char *text = mem_format("%d", number);

	xmlSetProp(node, BAD_CAST name, BAD_CAST text);
	free(text);
}

static bool
is_task(const xmlNode *page)
{
	return print_is(page, "page") &&
	    strcmp(print_get(page, "kind"), "task") == 0;
}

/* Level 1 is what stands in the book; none is skipped on the way down. */
static void
level_headings(xmlNode *root)
{
	int last = 0;

	for (xmlNode *node = root; node != NULL;
	     node = print_walk(node, root)) {
		const char *name = (const char *)node->name;
		int level;

		if (node->type != XML_ELEMENT_NODE || node->ns != NULL ||
		    name[0] != 'h' || name[1] < '1' || name[1] > '6' ||
		    name[2] != '\0')
			continue;
		level = depth_of(node) + name[1] - '1';
		if (is_in_block(node)) {
			xmlNodeSetName(node, BAD_CAST "p");
			xmlSetProp(node, BAD_CAST "class", BAD_CAST "title");
			continue;
		}
		level = level < 1 ? 1 : level > last + 1 ? last + 1 : level;
		last = level;
		if (name[1] == '1')
			xmlNewProp(node, BAD_CAST "page", BAD_CAST "yes");
		if (name[1] == '1' && print_get(node->parent, "cite") != NULL)
			xmlNewProp(node, BAD_CAST "cite",
			    BAD_CAST print_get(node->parent, "cite"));
		xmlNodeSetName(node, BAD_CAST "h");
		print_set_number(node, "level", level);
	}
}

/* --- sheets of paper --- */

static const char opening[] =
    "part chapter appendix preface task glossary bibliography index setindex "
    "reference refentry section article acknowledgements dedication colophon "
    "topic sheets sheet situations matrix";

static bool
opens_sheet(const xmlNode *page)
{
	return text_is_one_of(print_get(page, "kind"), opening) &&
	    print_get(page, "front") == NULL;
}

static bool
is_heading_text(const xmlNode *text)
{
	const xmlNode *node = text->parent;

	while (node != NULL && !print_is(node, "h") && !print_is(node, "page"))
		node = node->parent;
	return node != NULL && print_is(node, "h");
}

/* A page that somebody takes out of the book. */
static bool
stands_alone(const xmlNode *page)
{
	return is_task(page) || strcmp(print_get(page, "kind"), "sheet") == 0;
}

static size_t
ink_of(const xmlNode *node)
{
	if (print_is(node, "img"))
		return IMAGE_INK;
	if (node->type != XML_TEXT_NODE ||
	    text_is_blank((const char *)node->content) || is_heading_text(node))
		return 0;
	return strlen((const char *)node->content);
}

void
print_sheets(xmlNode *root)
{
	size_t ink = SHEET_INK;

	for (xmlNode *node = root; node != NULL;
	     node = print_walk(node, root)) {
		if (print_is(node, "page") && opens_sheet(node)) {
			if (ink >= (stands_alone(node) ? 1 : SHEET_INK)) {
				xmlNewProp(node, BAD_CAST "sheet",
				    BAD_CAST "yes");
				ink = 0;
			}
			if (stands_alone(node))
				ink = SHEET_INK;
			continue;
		}
		ink += ink_of(node);
	}
}

/* --- text --- */

static bool
keeps_space(const xmlNode *node)
{
	for (node = node->parent;
	     node != NULL && node->type == XML_ELEMENT_NODE;
	     node = node->parent)
		if (print_is(node, "pre") || has_class(node, "v-lines"))
			return true;
	return false;
}

/* Invisible: lets a long word break, at best after a sign. */
static void
add_break(struct buf *text)
{
	buf_add_text(text, "\xe2\x80\x8b");
}

struct word {
	size_t length; /* characters since it could break last */
	size_t whole;  /* of the word up to here */
};

static void
add_character(struct buf *text, const char *bytes, size_t len, uint32_t c,
    struct word *word, bool is_long)
{
	buf_add(text, bytes, len);
	word->length++;
	if (!is_long)
		return;
	if (word->length >= LONG_WORD ||
	    (c < 0x80 && strchr("/._-?&=:;,@", (int)c) != NULL &&
		word->length > 3)) {
		add_break(text);
		word->length = 0;
	}
}

static size_t
word_length(const char *text, size_t *characters)
{
	size_t len = strcspn(text, " \t\r\n");

	*characters = 0;
	for (size_t i = 0; i < len; i++)
		*characters += ((unsigned char)text[i] & 0xc0) != 0x80;
	return len;
}

static void
add_word(struct buf *text, const char *bytes, size_t len, bool is_long)
{
	struct word word = { 0 };

	for (size_t i = 0; i < len;) {
		uint32_t c;
		size_t size = text_decode(bytes + i, len - i, &c);

		add_character(text, bytes + i, size, c, &word, is_long);
		i += size;
	}
}

static char *
tidy_text(const char *content, bool keep)
{
	struct buf text = { 0 };

	while (*content != '\0') {
		size_t blanks = strspn(content, " \t\r\n");
		size_t characters;
		size_t len;

		if (keep)
			buf_add(&text, content, blanks);
		else if (blanks > 0)
			buf_add_char(&text, ' ');
		content += blanks;
		len = word_length(content, &characters);
		add_word(&text, content, len, characters > LONG_WORD);
		content += len;
	}
	return buf_take(&text);
}

static void
tidy(xmlNode *root)
{
	for (xmlNode *node = root; node != NULL;
	     node = print_walk(node, root)) {
		char *text;

		if (node->type == XML_CDATA_SECTION_NODE)
			node->type = XML_TEXT_NODE;
		if (node->type != XML_TEXT_NODE)
			continue;
		text =
		    tidy_text((const char *)node->content, keeps_space(node));
		xmlNodeSetContent(node, BAD_CAST text);
		free(text);
	}
}

/* --- drawings --- */

static char *
describe_drawing(const xmlNode *svg)
{
	const char *label = print_get(svg, "aria-label");
	const xmlNode *parent = svg->parent;

	if (label != NULL && label[0] != '\0')
		return mem_dup(label);
	if (print_is(parent, "drawn"))
		return mem_format("%s. %s", print_get(parent, "title"),
		    print_get(parent, "note"));
	for (const xmlNode *child = svg->children; child != NULL;
	     child = child->next)
		if (print_is(child, "title") && child->children != NULL)
			return mem_dup((const char *)child->children->content);
	return mem_dup("");
}

/* Does this only say how the sign before it looks? In a drawing the engine has
 * no letter for it, and would refuse the whole document. */
static bool
is_look_of_sign(uint32_t c)
{
	return c == 0x200D || c == 0xFE0E || c == 0xFE0F ||
	    (c >= 0x1F3FB && c <= 0x1F3FF);
}

static void
drop_looks_of_signs(xmlNode *svg)
{
	for (xmlNode *node = svg; node != NULL;
	     node = node_walk(node, svg, true)) {
		struct buf kept = { 0 };
		uint32_t c;
		size_t len;

		if (node->type != XML_TEXT_NODE)
			continue;
		for (const char *at = (const char *)node->content; *at != '\0';
		     at += len) {
			len = text_decode(at, strlen(at), &c);
			if (!is_look_of_sign(c))
				buf_add(&kept, at, len);
		}
		xmlNodeSetContent(node, BAD_CAST buf_text(&kept));
		buf_clear(&kept);
	}
}

static void
take_drawing(struct print *print, xmlNode *svg)
{
	struct print_file *file;
	xmlBuffer *bytes = xmlBufferCreate();
	xmlNode *image = xmlNewDocNode(svg->doc, NULL, BAD_CAST "img", NULL);
	char *alt = describe_drawing(svg);

	file = list_add(print->files, print->count, print->capacity);
	file->name = mem_format("drawn/%zu.svg", print->count);
	xmlNewProp(image, BAD_CAST "src", BAD_CAST file->name);
	xmlNewProp(image, BAD_CAST "alt", BAD_CAST alt);
	/* Those of the view, which a copy brings along: nothing is in them. */
	xmlFreeNsList(svg->nsDef);
	svg->nsDef = NULL;
	xmlSetProp(svg, BAD_CAST "xmlns",
	    BAD_CAST "http://www.w3.org/2000/svg");
	xmlSetProp(svg, BAD_CAST "font-family", BAD_CAST "'Source Sans 3'");
	if (print_is(svg->parent, "drawn"))
		print_drawn_words(image, svg);
	drop_looks_of_signs(svg);
	xmlNodeDump(bytes, svg->doc, svg, 0, 0);
	file->size = (size_t)xmlBufferLength(bytes);
	file->bytes =
	    mem_dup_len((const char *)xmlBufferContent(bytes), file->size);
	xmlBufferFree(bytes);
	free(alt);
	xmlReplaceNode(svg, image);
	xmlFreeNode(svg);
}

static void
take_drawings(struct print *print, xmlNode *root)
{
	struct found drawn = find_all(root, "drawn");
	struct found found;

	for (size_t i = 0; i < drawn.count; i++)
		print_drawing(drawn.nodes[i]);
	found = find_all(root, "svg");
	for (size_t i = 0; i < found.count; i++)
		take_drawing(print, found.nodes[i]);
	free(found.nodes);
	free(drawn.nodes);
}

/* --- the places of procedures on the web --- */

static void
add_code(struct print *print, const struct view *view, xmlNode *page)
{
	const struct project *project = view->edition->project;
	const char *shelf = project->shelves[view->handbook->shelf].id;
	struct print_file *file;
	char *url = mem_format("%s%s/%s/%s/html/%s", project->base_url, shelf,
	    view->handbook->id, view->lang, page_name(page));
	char *svg = qr_draw(url);

	if (svg != NULL) {
		file = list_add(print->files, print->count, print->capacity);
		*file = (struct print_file){ mem_format("drawn/%zu.svg",
						 print->count),
			svg, strlen(svg) };
		xmlNewProp(page, BAD_CAST "qr", BAD_CAST file->name);
		xmlNewProp(page, BAD_CAST "url", BAD_CAST url);
	}
	free(url);
}

/* Where the output will be published is for the project or its agency to say.
 */
static void
add_codes(struct print *print, const struct view *view, xmlNode *root)
{
	for (xmlNode *node = root;
	     view->edition->project->base_url != NULL && node != NULL;
	     node = print_walk(node, root))
		if (is_task(node) && print_get(node, "id") != NULL)
			add_code(print, view, node);
}

/* --- all --- */

/* The stage of a task: its own, or that of what it stands in. */
static const char *
stage_of(const struct view *view, const xmlNode *source)
{
	int axis = axes_find(&view->edition->project->axes, "stage");
	const struct axis *stages =
	    axis == AXIS_NONE ? NULL : &view->edition->project->axes.axes[axis];

	for (; stages != NULL && source != NULL &&
	     source->type == XML_ELEMENT_NODE;
	     source = source->parent) {
		const char *tokens = axis_tokens_of(stages, source);

		if (tokens != NULL)
			return tokens;
	}
	return NULL;
}

/* The stage of a procedure is not in its text; nor is whether the handbook is
 * for somebody who acts, but some steps then are theirs. */
static void
tell_stages(const struct view *view, xmlNode *root)
{
	bool acts = false;

	for (xmlNode *node = root; node != NULL;
	     node = print_walk(node, root)) {
		const char *stage;

		acts |=
		    print_is(node, "step") && print_get(node, "mode") != NULL;
		if (!is_task(node) || print_get(node, "id") == NULL)
			continue;
		stage = stage_of(view,
		    book_find_id(view->book, print_get(node, "id")));
		if (stage != NULL)
			xmlNewProp(node, BAD_CAST "stage", BAD_CAST stage);
	}
	if (acts)
		xmlNewProp(root, BAD_CAST "acts", BAD_CAST "yes");
}

int
print_make(struct print *print, const struct stylesheet *sheet,
    const struct view *view, struct diag *diag)
{
	struct anchors anchors = { 0 };
	xmlNode *root;

	print->doc = stylesheet_run(sheet, view->doc, NULL, diag);
	if (print->doc == NULL)
		return -1;
	root = xmlDocGetRootElement(print->doc);
	take_drawings(print, root);
	collect_anchors(&anchors, root);
	resolve_links(&anchors, root);
	level_headings(root);
	print_sheets(root);
	print_tables(root);
	tell_stages(view, root);
	add_codes(print, view, root);
	print_index(print->doc, &anchors.keys);
	tidy(root);
	map_clear(&anchors.ids);
	return 0;
}
