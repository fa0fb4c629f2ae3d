#include "docbook.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/text.h"
#include "format/docbook_task.h"
#include "format/docbook_write.h"
#include "compose/xml_write.h"
#include "model/book.h"
#include "model/ui.h"
#include "model/namespaces.h"

/* --- what can be cited --- */

/* A footnote of a page, by page and label: footnotes were gathered at the end
 * of their page, DocBook wants them in their place. */
static struct map_entry *
put_note(struct docbook *docbook, const xmlNode *page, const char *label)
{
	struct buf key = { 0 };
	struct map_entry *entry;

	buf_add(&key, &page, sizeof(page));
	buf_add_text(&key, label ? label : "");
	entry = map_put(&docbook->notes, key.data, key.size, NULL);
	buf_clear(&key);
	return entry;
}

static const xmlNode *
page_of(const xmlNode *node)
{
	while (
	    node->parent != NULL && node_vade_attribute(node, "page") == NULL)
		node = node->parent;
	return node;
}

static bool
is_frame(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && node->ns != NULL &&
	    strcmp((const char *)node->ns->href, NS_VADE) == 0 &&
	    (name == NULL || strcmp((const char *)node->name, name) == 0);
}

static void
note_footnotes(struct docbook *docbook, const xmlNode *list)
{
	const xmlNode *page = page_of(list);

	for (xmlNode *note = list->children; note != NULL; note = note->next) {
		if (!node_is(note, "footnote"))
			continue;
		put_note(docbook, page, node_vade_attribute(note, "label"))
		    ->value = (uint32_t)docbook->note_count;
		*list_add(docbook->note_nodes, docbook->note_count,
		    docbook->note_capacity) = note;
	}
}

static void
find_targets(struct docbook *docbook)
{
	const xmlNode *root = docbook->job->view->root;
	bool deeper = true;

	for (const xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, deeper)) {
		const char *id;
		const char *page;

		deeper = !is_frame(node, NULL) || is_frame(node, "footnotes");
		if (is_frame(node, "footnotes"))
			note_footnotes(docbook, node);
		if (!node_is(node, NULL))
			continue;
		id = node_id(node);
		page = node_vade_attribute(node, "page");
		if (id != NULL)
			map_put_text(&docbook->ids, id, NULL);
		if (id != NULL && page != NULL)
			map_put_text(&docbook->pages, page, NULL)->value =
			    (uint32_t)(map_get_text(&docbook->ids, id) -
				docbook->ids.entries);
	}
}

/* The id that a link leads to; NULL if it leads to none that is there. */
static const char *
target_id(const struct docbook *docbook, const xmlNode *link)
{
	const char *id = node_attribute(link, "linkend");
	const char *href = node_vade_attribute(link, "href");
	const char *hash = href ? strchr(href, '#') : NULL;
	const struct map_entry *entry =
	    id ? map_get_text(&docbook->ids, id) : NULL;

	if (entry == NULL && hash != NULL)
		entry = map_get_text(&docbook->ids, hash + 1);
	if (entry == NULL && href != NULL && hash == NULL) {
		entry = map_get_text(&docbook->pages, href);
		if (entry != NULL)
			entry = &docbook->ids.entries[entry->value];
	}
	return entry != NULL ? entry->key : NULL;
}

/* --- attributes --- */

/* The ids of a list that are there; the caller frees. */
static char *
known_ids(const struct docbook *docbook, const char *list)
{
	struct buf text = { 0 };
	const char *token;
	size_t len;

	while ((token = text_next_token(&list, &len)) != NULL)
		if (map_get(&docbook->ids, token, len) != NULL) {
			if (text.size > 0)
				buf_add_char(&text, ' ');
			buf_add(&text, token, len);
		}
	return buf_take(&text);
}

static bool
cites_ids(const char *name)
{
	static const char *const names[] = { "linkend", "linkends", "otherterm",
		"endterm", "arearefs", "zone", "startref", "annotations" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* Words about the source that no format shows a reader: what it was made from,
 * and for which variant it is meant. */
static bool
is_unseen(const char *name)
{
	static const char *const names[] = { "arch", "condition", "conformance",
		"os", "remap", "revision", "userlevel", "vendor", "wordsize" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

static void
add_attribute(struct docbook *docbook, const xmlNode *node, const xmlAttr *a)
{
	const char *name = (const char *)a->name;
	const char *value = a->children && a->children->content
	    ? (const char *)a->children->content
	    : "";
	const char *src = node_vade_attribute(node, "src");
	const char *ns = a->ns ? (const char *)a->ns->href : "";
	char *ids;

	/* What we added keeps no id, so that the file is a source again. */
	if (strcmp(ns, NS_XML) == 0 && strcmp(name, "base") != 0 &&
	    (strcmp(name, "id") != 0 || !book_id_is_reserved(value))) {
		buf_add_text(&docbook->out, " xml:");
		/* The name with its prefix is one attribute. */
		buf_add_format(&docbook->out, "%s=\"", name);
		xml_write_add_text(&docbook->out, value, true);
		buf_add_char(&docbook->out, '"');
	}
	if (ns[0] != '\0' || is_unseen(name))
		return;
	if (src != NULL && strcmp(name, "fileref") == 0) {
		const struct asset *asset =
		    xml_write_find_asset(docbook->job->view, src);

		if (asset == NULL)
			return;
		buf_add_text(&docbook->out, " fileref=\"");
		xml_write_add_data(&docbook->out, asset);
		buf_add_char(&docbook->out, '"');
	} else if (cites_ids(name)) {
		ids = known_ids(docbook, value);
		if (ids[0] != '\0')
			xml_write_add_attribute(&docbook->out, name, ids);
		free(ids);
	} else {
		xml_write_add_attribute(&docbook->out, name, value);
	}
}

/* Numbers that other tools would count otherwise. */
static void
add_number(struct docbook *docbook, const xmlNode *node)
{
	static const char *const numbered[] = { "part", "chapter", "appendix",
		"figure", "table", "example", "equation", "footnote" };
	const char *label = node_vade_attribute(node, "label");

	if (label == NULL || node_attribute(node, "label") != NULL)
		return;
	for (size_t i = 0; i < COUNT(numbered); i++)
		if (node_is(node, numbered[i]))
			xml_write_add_attribute(&docbook->out, "label", label);
}

static void
add_attributes(struct docbook *docbook, const xmlNode *node)
{
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
		add_attribute(docbook, node, a);
	add_number(docbook, node);
	if (node != docbook->job->view->root)
		return;
	buf_add_text(&docbook->out,
	    " xmlns=\"" NS_DOCBOOK "\" xmlns:xlink=\"" NS_XLINK "\"");
	if (node_attribute(node, "version") == NULL)
		xml_write_add_attribute(&docbook->out, "version", "5.0");
	/* xml:lang of the sources is that of the handbook. */
	if (xmlHasNsProp((xmlNode *)(uintptr_t)node, BAD_CAST "lang",
		BAD_CAST NS_XML) == NULL)
		xml_write_add_attribute(&docbook->out, "xml:lang",
		    docbook->job->view->lang);
}

/* --- marks --- */

/* Elements that may begin with the mark of a class. */
static bool
holds_text(const xmlNode *node)
{
	static const char *const names[] = { "title", "para", "simpara", "term",
		"glossterm", "member", "bibliomixed", "phrase", "emphasis",
		"literallayout", "programlisting", "screen", "seg",
		"refentrytitle", NULL };

	for (size_t i = 0; names[i] != NULL; i++)
		if (node_is(node, names[i]))
			return true;
	return false;
}

static void
add_mark(struct docbook *docbook, const xmlNode *node)
{
	if (docbook->mark == NULL || !holds_text(node))
		return;
	buf_add_char(&docbook->out, '[');
	if (docbook->is_draft && docbook->mark_is_page) {
		xml_write_add_text(&docbook->out,
		    ui_word(docbook->job->view->lang, "draft"), false);
		buf_add_text(&docbook->out, docbook->mark[0] ? " · " : "");
	}
	xml_write_add_text(&docbook->out, docbook->mark, false);
	buf_add_text(&docbook->out, "] ");
	docbook->mark = NULL;
}

static void
take_mark(struct docbook *docbook, const xmlNode *node)
{
	const char *label = node_vade_attribute(node, "class-label");
	bool is_page = node_vade_attribute(node, "page") != NULL;

	if (label == NULL && !(is_page && docbook->is_draft))
		return;
	docbook->mark = label ? label : "";
	docbook->mark_is_page = is_page;
}

/* --- what an edition says on every page --- */

static void
add_fact(struct buf *line, const char *word, const char *value)
{
	if (value == NULL || value[0] == '\0')
		return;
	buf_add_format(line, "%s%s%s%s", line->size ? " · " : "", word,
	    word[0] ? " " : "", value);
}

static void
add_release(struct docbook *docbook, const xmlNode *node)
{
	const struct view *view = docbook->job->view;
	const xmlNode *top = xmlDocGetRootElement(view->doc);
	const struct notice *notice =
	    project_notice(view->edition->project, view->lang);
	const char *label = node_vade_attribute(node, "class-label");
	const char *lang = view->lang;
	struct buf line = { 0 };

	if (docbook->is_draft)
		add_fact(&line, "", ui_word(lang, "draft"));
	add_fact(&line, "", node_attribute(top, "title"));
	add_fact(&line, "", label ? label : node_attribute(top, "class-label"));
	add_fact(&line, ui_word(lang, "edition"),
	    node_attribute(top, "version"));
	add_fact(&line, ui_word(lang, "in-force"), node_attribute(top, "date"));
	add_fact(&line, ui_word(lang, "review"), node_attribute(top, "review"));
	add_fact(&line, "", ui_word(lang, "language-name"));
	if (!docbook->job->view->edition->project->is_lone) {
		add_fact(&line, "", ui_word(lang, "uncontrolled"));
		add_fact(&line, ui_word(lang, "code"), docbook->job->code);
	}
	xml_write_add_element(&docbook->out, "releaseinfo role=\"edition\"",
	    buf_text(&line));
	if (notice != NULL)
		xml_write_add_element(&docbook->out,
		    "releaseinfo role=\"notice\"", notice->line);
	buf_clear(&line);
}

/* The first page has the notice in full. */
static void
add_notice(struct docbook *docbook)
{
	const struct view *view = docbook->job->view;
	const struct notice *notice =
	    project_notice(view->edition->project, view->lang);

	if (notice == NULL)
		return;
	buf_add_text(&docbook->out, "<legalnotice>");
	xml_write_add_element(&docbook->out, "title", notice->title);
	for (size_t i = 0; i < notice->para_count; i++)
		xml_write_add_element(&docbook->out, "para", notice->paras[i]);
	buf_add_text(&docbook->out, "</legalnotice>\n");
}

static void
add_page_info(struct docbook *docbook, const xmlNode *page)
{
	add_release(docbook, page);
	if (page == docbook->job->view->root)
		add_notice(docbook);
}

static const xmlNode *
info_of(const xmlNode *node)
{
	return node_child(node, "info");
}

static const xmlNode *
page_of_info(const xmlNode *info)
{
	return node_is(info, "info") &&
		node_vade_attribute(info->parent, "page") != NULL
	    ? info->parent
	    : NULL;
}

/* --- links --- */

static bool
is_address(const char *href)
{
	size_t scheme = href != NULL ? strcspn(href, ":/#") : 0;

	return href != NULL && href[scheme] == ':';
}

static void
add_link_text(struct docbook *docbook, const xmlNode *link)
{
	const char *text = node_vade_attribute(link, "text");

	if (link->children != NULL)
		docbook_write_children(docbook, link);
	else
		xml_write_add_text(&docbook->out, text ? text : "", false);
}

/* Whatever cites is a link with its text, or a phrase if it leads nowhere. */
static void
write_link(struct docbook *docbook, const xmlNode *node)
{
	const char *href = node_vade_attribute(node, "href");
	const char *id = target_id(docbook, node);
	const char *role = node_attribute(node, "role");
	bool web = is_address(href);
	const char *name = web || id != NULL ? "link" : "phrase";

	buf_add_format(&docbook->out, "<%s", name);
	if (role != NULL)
		xml_write_add_attribute(&docbook->out, "role", role);
	if (node_id(node) != NULL)
		xml_write_add_attribute(&docbook->out, "xml:id", node_id(node));
	if (web)
		xml_write_add_attribute(&docbook->out, "xlink:href", href);
	else if (id != NULL)
		xml_write_add_attribute(&docbook->out, "linkend", id);
	buf_add_char(&docbook->out, '>');
	add_link_text(docbook, node);
	buf_add_format(&docbook->out, "</%s>", name);
}

/* "See: …" of a glossary, with the words of what it names. */
static void
write_see(struct docbook *docbook, const xmlNode *node)
{
	buf_add_format(&docbook->out, "<%s", (const char *)node->name);
	add_attributes(docbook, node);
	buf_add_char(&docbook->out, '>');
	add_link_text(docbook, node);
	buf_add_format(&docbook->out, "</%s>\n", (const char *)node->name);
}

/* The note itself, in the place of the mark that stands for it. */
static void
write_footnote(struct docbook *docbook, const xmlNode *node)
{
	struct map_entry *entry;

	if (node->children == NULL) {
		size_t known = docbook->notes.count;

		entry = put_note(docbook, page_of(node),
		    node_vade_attribute(node, "label"));
		if (docbook->notes.count > known)
			return; /* there is no such note */
		node = docbook->note_nodes[entry->value];
	}
	docbook_write_plain(docbook, node);
}

static void
write_footnoteref(struct docbook *docbook, const xmlNode *node)
{
	const char *text = node_vade_attribute(node, "text");

	if (target_id(docbook, node) != NULL)
		docbook_write_plain(docbook, node);
	else
		xml_write_add_element(&docbook->out, "superscript",
		    text ? text : "");
}

static void
write_phrase(struct docbook *docbook, const xmlNode *node)
{
	const char *param = node_vade_attribute(node, "param");

	docbook_write_plain(docbook, node);
	if (param == NULL || !docbook->is_draft)
		return;
	buf_add_format(&docbook->out,
	    " [%s: ", ui_word(docbook->job->view->lang, "default"));
	xml_write_add_text(&docbook->out, param, false);
	buf_add_char(&docbook->out, ']');
}

/* --- elements --- */

static const struct {
	const char *name;
	docbook_writer *write;
} writers[] = {
	{ "biblioref", write_link },
	{ "coref", write_link },
	{ "footnote", write_footnote },
	{ "footnoteref", write_footnoteref },
	{ "glosssee", write_see },
	{ "glossseealso", write_see },
	{ "link", write_link },
	{ "olink", write_link },
	{ "phrase", write_phrase },
	{ "stepalternatives", docbook_write_alternatives },
	{ "xref", write_link },
};

static bool
is_head(const xmlNode *node)
{
	return node_is(node, "title") || node_is(node, "titleabbrev") ||
	    node_is(node, "subtitle") || node_is(node, "info");
}

/* In text, and in references, titles stand where they stand. */
static bool
has_head(const struct docbook *docbook, const xmlNode *node)
{
	return (element_facts(&docbook->job->view->memo, node) &
		   ELEMENT_CONTAINER) != 0;
}

void
docbook_write_children(struct docbook *docbook, const xmlNode *node)
{
	for (const xmlNode *child = node->children; child != NULL;
	     child = child->next)
		docbook_write(docbook, child);
}

/* What stands before an element's first child of its own. */
static void
begin_content(struct docbook *docbook, const xmlNode *node)
{
	add_mark(docbook, node);
	if (node_is(node, "title"))
		docbook_begin_title(docbook, node);
}

static void
write_with_head(struct docbook *docbook, const xmlNode *node)
{
	docbook_add_missing_title(docbook, node);
	for (const xmlNode *child = node->children; child != NULL;
	     child = child->next)
		if (is_head(child))
			docbook_write(docbook, child);
	if (node_vade_attribute(node, "page") != NULL &&
	    info_of(node) == NULL) {
		buf_add_text(&docbook->out, "<info>");
		add_page_info(docbook, node);
		buf_add_text(&docbook->out, "</info>\n");
	}
	docbook_begin_block(docbook, node);
	for (const xmlNode *child = node->children; child != NULL;
	     child = child->next)
		if (!is_head(child))
			docbook_write(docbook, child);
	docbook_end_block(docbook, node);
}

static void
end_content(struct docbook *docbook, const xmlNode *node)
{
	const char *role = node_attribute(node, "role");

	if (page_of_info(node) != NULL)
		add_page_info(docbook, page_of_info(node));
	if (node_is(node, "bibliomixed") && role != NULL &&
	    strcmp(role, "U") == 0 &&
	    docbook->job->view->edition->mode != MODE_RELEASE)
		buf_add_format(&docbook->out, " [%s]",
		    ui_word(docbook->job->view->lang, "to-verify"));
}

void
docbook_write_plain(struct docbook *docbook, const xmlNode *node)
{
	bool with_head = has_head(docbook, node);

	take_mark(docbook, node);
	buf_add_format(&docbook->out, "<%s", (const char *)node->name);
	add_attributes(docbook, node);
	buf_add_char(&docbook->out, '>');
	begin_content(docbook, node);
	if (with_head && !node_is(node, "info"))
		write_with_head(docbook, node);
	else
		docbook_write_children(docbook, node);
	end_content(docbook, node);
	buf_add_format(&docbook->out, "</%s>", (const char *)node->name);
	if (with_head || holds_text(node))
		buf_add_text(&docbook->out,
		    holds_text(node) && !node_is(node, "title") &&
			    !node_is(node, "para")
			? ""
			: "\n");
	if (docbook->mark != NULL && with_head)
		docbook->mark = NULL; /* nothing in it could carry it */
}

/* Drawings and formulas, in their own namespace. */
static void
write_foreign(struct docbook *docbook, const xmlNode *node)
{
	const xmlNode *parent = node->parent;
	struct buf *out = &docbook->out;

	buf_add_format(out, "<%s", (const char *)node->name);
	if (parent->ns == NULL ||
	    strcmp((const char *)parent->ns->href,
		(const char *)node->ns->href) != 0)
		xml_write_add_attribute(out, "xmlns",
		    (const char *)node->ns->href);
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
		const char *value = a->children && a->children->content
		    ? (const char *)a->children->content
		    : "";
		bool own = a->ns == NULL &&
		    strncmp((const char *)a->name, "on", 2) != 0;
		bool inside = a->ns != NULL && value[0] == '#' &&
		    strcmp((const char *)a->ns->href, NS_XLINK) == 0;

		if (own)
			xml_write_add_attribute(out, (const char *)a->name,
			    value);
		else if (inside)
			xml_write_add_attribute(out, "xlink:href", value);
	}
	buf_add_char(out, '>');
	docbook_write_children(docbook, node);
	buf_add_format(out, "</%s>", (const char *)node->name);
}

void
docbook_write(struct docbook *docbook, const xmlNode *node)
{
	if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
		xml_write_add_text(&docbook->out, (const char *)node->content,
		    false);
	if (node->type != XML_ELEMENT_NODE || is_frame(node, NULL))
		return;
	if (!node_is(node, NULL)) {
		if (node->ns != NULL)
			write_foreign(docbook, node);
		else
			docbook_write_children(docbook, node);
		return;
	}
	for (size_t i = 0; i < COUNT(writers); i++)
		if (node_is(node, writers[i].name)) {
			writers[i].write(docbook, node);
			return;
		}
	docbook_write_plain(docbook, node);
}

int
docbook_emit(struct emit_job *job, struct diag *diag)
{
	struct docbook docbook = { .job = job,
		.is_draft = job->view->edition->mode == MODE_DRAFT };
	int rc;

	(void)diag;
	find_targets(&docbook);
	buf_add_text(&docbook.out,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	docbook_write(&docbook, job->view->root);
	buf_add_char(&docbook.out, '\n');
	rc = job->sink->file(job->sink, job->path, docbook.out.data,
	    docbook.out.size);
	buf_clear(&docbook.out);
	map_clear(&docbook.ids);
	map_clear(&docbook.pages);
	map_clear(&docbook.notes);
	free(docbook.note_nodes);
	return rc;
}
