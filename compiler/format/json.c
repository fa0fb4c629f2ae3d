#include "json.h"

#include <string.h>

#include "model/book.h"
#include "style/stylesheet.h"

/* --- the tree of members that json.xsl makes, as bytes --- */

static bool
is_kind(const xmlNode *node, const char *kind)
{
	return strcmp((const char *)node->name, kind) == 0;
}

static void
add_string(struct buf *out, const char *text)
{
	/* XML has no other control characters. */
	static const char *const escapes[128] = { ['"'] = "\\\"",
		['\\'] = "\\\\",
		['\n'] = "\\n",
		['\r'] = "\\r",
		['\t'] = "\\t" };

	buf_add_char(out, '"');
	buf_add_escaped(out, text, "\"\\\n\r\t", escapes);
	buf_add_char(out, '"');
}

static void
add_line(struct buf *out, size_t depth)
{
	buf_add_char(out, '\n');
	while (depth-- > 0)
		buf_add_char(out, ' ');
}

static const char *
text_of(const xmlNode *node)
{
	return node->children != NULL ? (const char *)node->children->content
				      : "";
}

static void add_value(struct buf *out, const xmlNode *node, size_t depth);

/* The members of an object or array, but those that are to be left out. */
static void
add_members(struct buf *out, const xmlNode *node, size_t depth)
{
	bool is_object = is_kind(node, "object");
	bool any = false;

	buf_add_char(out, is_object ? '{' : '[');
	for (const xmlNode *child = node->children; child != NULL;
	     child = child->next) {
		if (is_object && child->children == NULL &&
		    node_attribute(child, "keep") == NULL)
			continue;
		if (any)
			buf_add_char(out, ',');
		any = true;
		add_line(out, depth + 1);
		if (is_object) {
			add_string(out, node_attribute(child, "name"));
			buf_add_text(out, ": ");
		}
		add_value(out, child, depth + 1);
	}
	if (any)
		add_line(out, depth);
	buf_add_char(out, is_object ? '}' : ']');
}

static void
add_value(struct buf *out, const xmlNode *node, size_t depth)
{
	if (is_kind(node, "object") || is_kind(node, "array"))
		add_members(out, node, depth);
	else if (is_kind(node, "string"))
		add_string(out, text_of(node));
	else
		buf_add_text(out, text_of(node));
}

int
json_emit(struct emit_job *job, struct diag *diag)
{
	xmlDoc *result = stylesheet_run(job->sheets[FORMAT_JSON],
	    job->view->doc, NULL, diag);
	struct buf out = { 0 };
	int rc;

	if (result == NULL)
		return -1;
	add_value(&out, xmlDocGetRootElement(result), 0);
	rc = job->sink->file(job->sink, job->path, out.data, out.size);
	buf_clear(&out);
	xmlFreeDoc(result);
	return rc;
}
