#include "page_rewrite.h"

#include <string.h>

#include "format/html_write.h"
#include "compose/xml_write.h"
#include "model/namespaces.h"

#define NS_MATHML "http://www.w3.org/1998/Math/MathML"
#define NS_XHTML "http://www.w3.org/1999/xhtml"

/* Attributes whose value is a list of ids. */
static bool
cites_ids(const char *name)
{
	static const char *const names[] = { "for", "headers", "aria-controls",
		"aria-describedby", "aria-details", "aria-labelledby",
		"aria-owns", "list" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (name[0] == names[i][0] && strcmp(name, names[i]) == 0)
			return true;
	return false;
}

static void
add_ids(struct rewrite *rewrite, const char *ids)
{
	while (*ids != '\0') {
		size_t len = strcspn(ids, " ");
		struct buf id = { 0 };

		buf_add(&id, ids, len);
		if (len > 0)
			rewrite->add_id(rewrite, id.data);
		buf_clear(&id);
		ids += len;
		if (*ids != '\0')
			buf_add_char(&rewrite->out, *ids++);
	}
}

/* Is it a page of this handbook? Then `*to` is its index. */
static bool
find_page(const struct rewrite *rewrite, const char *href, size_t len,
    size_t *to)
{
	const struct map_entry *entry =
	    map_get(&rewrite->pages->names, href, len);

	if (entry != NULL)
		*to = entry->value;
	return entry != NULL;
}

/* A link inside the handbook or to the world. Others lead to what is not in
 * this file, and are none. */
static void
add_href(struct rewrite *rewrite, const char *href)
{
	size_t len = strcspn(href, "#");
	size_t to = rewrite->page;

	if (href[0] != '#' && !find_page(rewrite, href, len, &to)) {
		size_t scheme = strcspn(href, ":/?#");

		if (href[scheme] != ':')
			return;
		xml_write_add_attribute(&rewrite->out, "href", href);
		return;
	}
	buf_add_text(&rewrite->out, " href=\"");
	rewrite->add_link(rewrite, to, href + len);
	buf_add_char(&rewrite->out, '"');
}

static void
add_source(struct rewrite *rewrite, const char *src)
{
	const struct asset *asset = xml_write_find_asset(rewrite->view, src);

	if (asset == NULL)
		return;
	buf_add_text(&rewrite->out, " src=\"");
	rewrite->add_image(rewrite, asset);
	buf_add_char(&rewrite->out, '"');
}

/* "url(#marker)" in a drawing. */
static bool
is_local_url(const char *value)
{
	return strncmp(value, "url(#", 5) == 0 && strchr(value, ')') != NULL;
}

static void
add_attribute(struct rewrite *rewrite, const xmlNode *node, const xmlAttr *a)
{
	const char *name = (const char *)a->name;
	const char *value = a->children && a->children->content
	    ? (const char *)a->children->content
	    : "";
	struct buf *out = &rewrite->out;

	if (rewrite->change != NULL)
		value = rewrite->change(node, name, value);
	if (value == NULL)
		return;
	if (strcmp(name, "href") == 0) {
		add_href(rewrite, value);
	} else if (strcmp(name, "src") == 0) {
		add_source(rewrite, value);
	} else if (strcmp(name, "id") == 0 || cites_ids(name)) {
		xml_write_open_attribute(out, name);
		add_ids(rewrite, value);
		buf_add_char(out, '"');
	} else if (is_local_url(value)) {
		size_t len = strcspn(value + 5, ")");
		struct buf id = { 0 };

		buf_add(&id, value + 5, len);
		buf_add_format(out, " %s=\"url(#", name);
		rewrite->add_id(rewrite, buf_text(&id));
		buf_add_text(out, ")\"");
		buf_clear(&id);
	} else {
		xml_write_add_attribute(out, name, value);
	}
	if (rewrite->xhtml && strcmp(name, "lang") == 0)
		xml_write_add_attribute(out, "xml:lang", value);
}

static void
add_namespace(struct rewrite *rewrite, const char *name)
{
	static const char *const rows[][2] = { { "html", NS_XHTML },
		{ "svg", NS_SVG }, { "math", NS_MATHML } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (strcmp(name, rows[i][0]) == 0)
			xml_write_add_attribute(&rewrite->out, "xmlns",
			    rows[i][1]);
}

static int
write_element(struct rewrite *rewrite, const xmlNode *node)
{
	const char *name = (const char *)node->name;
	enum html_place place = html_place(&rewrite->memo, node);

	if (place == HTML_LEFT_OUT)
		return 0;
	if (place == HTML_REFUSED) {
		rewrite->bad = (const char *)node->name;
		return -1;
	}
	buf_add_char(&rewrite->out, '<');
	buf_add_text(&rewrite->out, name);
	if (rewrite->xhtml)
		add_namespace(rewrite, name);
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
		add_attribute(rewrite, node, a);
	if (place == HTML_VOID) {
		buf_add_text(&rewrite->out, rewrite->xhtml ? "/>" : ">");
		return 0;
	}
	buf_add_char(&rewrite->out, '>');
	if (rewrite_children(rewrite, node) != 0)
		return -1;
	buf_add_text(&rewrite->out, "</");
	buf_add_text(&rewrite->out, name);
	buf_add_char(&rewrite->out, '>');
	return 0;
}

int
rewrite_node(struct rewrite *rewrite, const xmlNode *node)
{
	if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
		xml_write_add_text(&rewrite->out, (const char *)node->content,
		    false);
	if (node->type != XML_ELEMENT_NODE || node_is_ours(node, "page") ||
	    (rewrite->is_dropped != NULL && rewrite->is_dropped(node)))
		return 0;
	/* The site's script; who wants one writes its own. */
	if (node_is_ours(node, "script"))
		return 0;
	return write_element(rewrite, node);
}

int
rewrite_children(struct rewrite *rewrite, const xmlNode *node)
{
	int rc = 0;

	for (const xmlNode *child = node->children; rc == 0 && child != NULL;
	     child = child->next)
		rc = rewrite_node(rewrite, child);
	return rc;
}

void
rewrite_add_heading(const struct rewrite *rewrite, size_t page,
    struct buf *text)
{
	const xmlNode *node = rewrite->pages->nodes[page];
	const xmlNode *title = result_find(node, "h1", NULL);
	const xmlNode *id = result_find(node, "p", "cite-id");

	if (id != NULL) {
		result_add_words(id, text);
		buf_add_char(text, ' ');
	}
	if (title != NULL)
		result_add_words(title, text);
	while (text->size > 0 && text->data[text->size - 1] == ' ')
		text->data[--text->size] = '\0';
}
