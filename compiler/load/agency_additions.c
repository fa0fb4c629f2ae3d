#include "agency_additions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "base/list.h"
#include "base/text.h"
#include "load/config_xml.h"
#include "load/include.h"
#include "model/ui.h"
#include "model/namespaces.h"

enum { DIGEST = 10 }; /* hex digits */

/* A local.xml on its way into a book. */
struct adding {
	const struct project *project;
	struct config config; /* its book is a copy of the real one's record */
	struct book *book;
	struct map ids; /* to their elements */
	bool release;
};

static struct diag *
diag_of(const struct adding *adding)
{
	return adding->config.reader->diag;
}

static int
fail(struct adding *adding)
{
	adding->config.failed = true;
	return -1;
}

/* --- anchors --- */

static void
collect_ids(struct adding *adding)
{
	xmlNode *root = xmlDocGetRootElement(adding->book->doc);

	for (xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true)) {
		const char *id =
		    node->type == XML_ELEMENT_NODE ? node_id(node) : NULL;
		struct map_entry *entry =
		    id != NULL ? map_put_text(&adding->ids, id, NULL) : NULL;

		if (entry != NULL && entry->item == NULL)
			entry->item = node;
	}
}

/* Elements at whose end a block can stand. */
static const char *const holders[] = { "step", "listitem", "tasksummary",
	"taskprerequisites", "taskrelated", "section", "chapter", "appendix" };

/* The element that an attribute names, if it can hold what is added; NULL
 * with a report. */
static xmlNode *
find_anchor(struct adding *adding, const xmlNode *node, const char *attribute,
    bool blocks_only)
{
	const char *id = node_attribute(node, attribute);
	const struct map_entry *entry = map_get_text(&adding->ids, id);
	struct place place = config_place(&adding->config, node, attribute);
	xmlNode *anchor;

	if (entry == NULL) {
		diag_report(diag_of(adding), DIAG_LOCAL_ANCHOR, place, id,
		    map_nearest(&adding->ids, id), NULL);
		fail(adding);
		return NULL;
	}
	anchor = entry->item;
	for (size_t i = blocks_only ? 5 : 0; i < COUNT(holders); i++)
		if (node_is(anchor, holders[i]))
			return anchor;
	diag_report_related(diag_of(adding), DIAG_LOCAL_PLACE, place,
	    book_place(adding->book, anchor), id, (const char *)anchor->name,
	    NULL);
	fail(adding);
	return NULL;
}

/* At the end of what the anchor holds itself: before its sections. */
static void
put_into(xmlNode *anchor, xmlNode *node)
{
	xmlNode *child = node_first_element(anchor);

	while (child != NULL && !node_is(child, "section") &&
	    !node_is(child, "simplesect"))
		child = node_next_element(child);
	if (child != NULL)
		xmlAddPrevSibling(child, node);
	else
		xmlAddChild(anchor, node);
}

/* --- the anchor's words --- */

static void
digest_words(const xmlNode *anchor, char digest[DIGEST + 1])
{
	char *words = node_text_dup(anchor);
	XXH128_canonical_t canonical;

	XXH128_canonicalFromHash(&canonical,
	    XXH3_128bits(words, strlen(words)));
	for (size_t i = 0; i < DIGEST / 2; i++)
		snprintf(digest + 2 * i, 3, "%02x", canonical.digest[i]);
	free(words);
}

/* The <text> or <source> of the book's language; NULL with a report. */
static xmlNode *
find_language(struct adding *adding, const xmlNode *node)
{
	xmlNode *found = NULL;

	for (xmlNode *child = node_first_element(node); child != NULL;
	     child = node_next_element(child))
		if (strcmp(config_lang(child), adding->book->lang) == 0)
			found = child;
	if (found != NULL)
		return found;
	diag_report(diag_of(adding), DIAG_AGENCY_LANGUAGE,
	    config_place(&adding->config, node, ""), (const char *)node->name,
	    adding->book->lang, NULL);
	fail(adding);
	return NULL;
}

/* Before anything is added: an anchor's words are the manual's own. */
static void
check_digest(struct adding *adding, const xmlNode *node)
{
	const xmlNode *anchor = find_anchor(adding, node, "after", false);
	const xmlNode *text = find_language(adding, node);
	const char *was = text ? node_attribute(text, "digest") : NULL;
	char digest[DIGEST + 1];

	if (anchor == NULL || text == NULL)
		return;
	digest_words(anchor, digest);
	if (was != NULL && strcmp(was, digest) == 0)
		return;
	diag_report_related(diag_of(adding),
	    adding->release ? DIAG_LOCAL_UNCONFIRMED : DIAG_LOCAL_CHANGED,
	    config_place(&adding->config, text, was ? "digest" : ""),
	    book_place(adding->book, anchor), node_attribute(node, "after"),
	    digest, NULL);
	if (adding->release)
		fail(adding);
}

/* --- instructions --- */

static char *
format_label(const struct adding *adding)
{
	const struct agency *agency = adding->project->agency;

	return mem_format("%s %s",
	    ui_word(adding->book->lang, "local-instruction"),
	    lang_text_get(&agency->name, adding->book->lang, agency->id));
}

static xmlNode *
new_element(const struct adding *adding, const xmlNode *like, const char *name)
{
	const xmlNode *root = xmlDocGetRootElement(adding->book->doc);
	struct place place = book_place(adding->book, like);
	xmlNode *node =
	    xmlNewDocNode(adding->book->doc, root->ns, BAD_CAST name, NULL);

	book_add_element(adding->book, node, place.file, place.offset);
	return node;
}

static void
add_text(const struct adding *adding, xmlNode *node, const char *text)
{
	xmlAddChild(node, xmlNewDocText(adding->book->doc, BAD_CAST text));
}

/* The attributes of <instruction> that carry an axis; others are refused. */
static void
copy_axes(struct adding *adding, const xmlNode *node, xmlNode *copy)
{
	const struct axes *axes = &adding->project->axes;

	for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
		const char *name = (const char *)a->name;
		bool in_vade = a->ns != NULL &&
		    strcmp((const char *)a->ns->href, NS_VADE) == 0;
		size_t i = 0;

		if (a->ns == NULL &&
		    (strcmp(name, "id") == 0 || strcmp(name, "after") == 0))
			continue;
		while (i < axes->count &&
		    (axes->axes[i].is_vade != in_vade ||
			strcmp(axes->axes[i].attribute, name) != 0))
			i++;
		if (i < axes->count) {
			xmlNewNsProp(copy, a->ns, a->name,
			    a->children ? a->children->content : BAD_CAST "");
			continue;
		}
		diag_report(diag_of(adding), DIAG_CONFIG_ATTRIBUTE,
		    config_place(&adding->config, node, name), name,
		    "instruction", "id after audience …", NULL);
		fail(adding);
	}
}

/* Steps are the manual's: they have numbers, and others count on them. */
static bool
is_refused(const xmlNode *node)
{
	return !node_is(node, NULL) || node_is(node, "task") ||
	    node_is(node, "procedure") || node_is(node, "step");
}

static int
check_content(struct adding *adding, const xmlNode *text)
{
	int rc = 0;

	for (xmlNode *node = node_walk(text, text, true); node != NULL;
	     node = node_walk(node, text, true))
		if (node->type == XML_ELEMENT_NODE && is_refused(node))
			rc = diag_report(diag_of(adding), DIAG_LOCAL_FORM,
			    config_place(&adding->config, node, ""),
			    (const char *)node->name, NULL);
	return rc == 0 ? 0 : fail(adding);
}

/* A warning is kept where its step is one line: it says whose it is. */
static void
label_warnings(const struct adding *adding, xmlNode *box, const char *label)
{
	xmlNode *next;

	for (xmlNode *node = box; node != NULL; node = next) {
		xmlNode *title;

		next = node_walk(node, box, true);
		if (!node_is(node, "warning") || node_title(node) != NULL)
			continue;
		title = new_element(adding, node, "title");
		add_text(adding, title, label);
		if (node->children != NULL)
			xmlAddPrevSibling(node->children, title);
		else
			xmlAddChild(node, title);
	}
}

/* The box: a title that says whose it is, then the agency's text. */
static xmlNode *
make_box(struct adding *adding, const xmlNode *node, xmlNode *text)
{
	xmlNode *box = new_element(adding, node, "sidebar");
	xmlNode *title = new_element(adding, node, "title");
	char *label = format_label(adding);

	xmlAddChild(box, title);
	add_text(adding, title, label);
	copy_axes(adding, node, box);
	xmlNewProp(box, BAD_CAST "role", BAD_CAST "local");
	while (text->children != NULL) {
		xmlNode *child = text->children;

		xmlUnlinkNode(child);
		if (node_is(child, "title")) {
			char *own = node_text_dup(child);

			add_text(adding, title, ": ");
			add_text(adding, title, own);
			free(own);
			xmlFreeNode(child);
			continue;
		}
		xmlAddChild(box, child);
	}
	label_warnings(adding, box, label);
	free(label);
	return box;
}

static void
set_id(const struct adding *adding, xmlNode *node, const char *id)
{
	xmlNs *xml =
	    xmlSearchNsByHref(adding->book->doc, node, BAD_CAST NS_XML);

	xmlNewNsProp(node, xml, BAD_CAST "id", BAD_CAST id);
}

static void
add_instruction(struct adding *adding, const xmlNode *node)
{
	const char *id = node_attribute(node, "id");
	xmlNode *anchor = find_anchor(adding, node, "after", false);
	xmlNode *text = find_language(adding, node);
	xmlNode *box;

	if (anchor == NULL || text == NULL || check_content(adding, text) != 0)
		return;
	box = make_box(adding, node, text);
	put_into(anchor, box);
	set_id(adding, box, id);
	/* What it is made of declared its namespaces in local.xml. */
	xmlReconciliateNs(adding->book->doc, box);
}

/* --- procedures of its own --- */

/* "Close the gate (Demo District)". */
static void
name_owner(const struct adding *adding, const xmlNode *task)
{
	const struct agency *agency = adding->project->agency;
	xmlNode *title = node_title(task);
	char *owner = mem_format(" (%s)",
	    lang_text_get(&agency->name, adding->book->lang, agency->id));

	if (title != NULL)
		add_text(adding, title, owner);
	free(owner);
}

static void
add_procedure(struct adding *adding, const xmlNode *node)
{
	xmlNode *anchor = find_anchor(adding, node, "into", true);
	xmlNode *source = find_language(adding, node);
	struct place place;
	xmlNode *task;
	char *path;

	if (anchor == NULL || source == NULL)
		return;
	path = config_path(&adding->config, source, "href");
	place = config_place(&adding->config, source, "href");
	task = path == NULL ? NULL
			    : include_read_part(adding->config.reader,
				  adding->book, path, place);
	free(path);
	adding->config.book = *adding->book;
	if (task == NULL) {
		fail(adding);
		return;
	}
	put_into(anchor, task);
	if (node_is(task, "task")) {
		name_owner(adding, task);
		return;
	}
	diag_report(diag_of(adding), DIAG_LOCAL_FORM, place,
	    (const char *)task->name, NULL);
	fail(adding);
}

/* --- all of it --- */

static void
add_children(struct adding *adding, xmlNode *root)
{
	xmlNode *next;

	for (xmlNode *node = node_first_element(root); node != NULL;
	     node = node_next_element(node))
		if (config_is(&adding->config, node, "instruction"))
			check_digest(adding, node);
	for (xmlNode *node = node_first_element(root);
	     node != NULL && !adding->config.failed; node = next) {
		next = node_next_element(node);
		if (config_is(&adding->config, node, "instruction"))
			add_instruction(adding, node);
		else
			add_procedure(adding, node);
		adding->config.book = *adding->book;
	}
}

int
local_apply(const struct project *project, struct xml_reader *reader,
    struct book *book, bool release)
{
	const struct agency *agency = project->agency;
	struct adding adding = { .project = project,
		.config = { .reader = reader, .ns = NS_AGENCY },
		.book = book,
		.release = release };
	xmlNode *root;
	xmlDoc *doc;

	if (agency == NULL || agency->local == NULL)
		return 0;
	adding.config.path = agency->local;
	collect_ids(&adding);
	doc = xml_read(reader, book, agency->local, agency->local_place);
	adding.config.book = *book;
	root = doc != NULL ? xmlDocGetRootElement(doc) : NULL;
	if (root == NULL ||
	    config_validate(&adding.config, root, "local", "agency") != 0)
		adding.config.failed = true;
	else
		add_children(&adding, root);
	xmlFreeDoc(doc);
	map_clear(&adding.ids);
	return adding.config.failed ? -1 : 0;
}

/* --- parameters --- */

static const char *
param_of(const xmlNode *node)
{
	return node_is(node, "phrase") ? node_vade_attribute(node, "param")
				       : NULL;
}

void
local_fill(const struct project *project, struct book *book)
{
	xmlNode *root = xmlDocGetRootElement(book->doc);

	for (xmlNode *node = root; project->agency != NULL && node != NULL;
	     node = node_walk(node, root, true)) {
		const char *name = param_of(node);
		const struct agency_parameter *parameter = name == NULL
		    ? NULL
		    : agency_parameter(project->agency, name);

		if (parameter == NULL)
			continue;
		xmlFreeNodeList(node->children);
		node->children = NULL;
		node->last = NULL;
		xmlAddChild(node,
		    xmlNewDocText(book->doc,
			BAD_CAST lang_text_get(&parameter->value, book->lang,
			    name)));
	}
}

/* phone-ROLE needs no phrase: the directory of hand-offs shows it. */
static bool
is_phone_of_role(const struct project *project, const char *name)
{
	const struct axes *axes = &project->axes;

	return axes->role != AXIS_NONE && strncmp(name, "phone-", 6) == 0 &&
	    axis_find_value(&axes->axes[axes->role], name + 6,
		strlen(name + 6)) != AXIS_NONE;
}

static void
report_unused(const struct project *project, const struct map *names,
    struct diag *diag)
{
	const struct agency *agency = project->agency;
	const char **known = mem_array(names->count + 1, sizeof(*known));

	for (size_t i = 0; i < names->count; i++)
		known[i] = names->entries[i].key;
	for (size_t i = 0; i < agency->parameter_count; i++) {
		const struct agency_parameter *p = &agency->parameters[i];

		if (map_get_text(names, p->name) == NULL &&
		    !is_phone_of_role(project, p->name))
			diag_report(diag, DIAG_PARAMETER_UNUSED, p->place,
			    p->name, text_nearest(p->name, known, names->count),
			    NULL);
	}
	free(known);
}

void
local_report(const struct project *project, const struct book *book,
    struct diag *diag)
{
	const xmlNode *root = xmlDocGetRootElement(book->doc);
	struct map names = { 0 };

	for (const xmlNode *node = root;
	     project->agency != NULL && node != NULL;
	     node = node_walk(node, root, true)) {
		const char *name = param_of(node);

		if (name != NULL)
			map_put_text(&names, name, NULL);
	}
	if (project->agency != NULL)
		report_unused(project, &names, diag);
	map_clear(&names);
}
