#include "config_xml.h"

#include <stdlib.h>
#include <string.h>

#include "base/bits.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/text.h"
#include "model/axis_tokens.h"
#include "model/namespaces.h"
#include "syntax/invalid.h"

/* --- files --- */

static void
report_invalid(void *context, const struct schema_error *error)
{
	struct config *config = context;

	invalid_report(&config->book, error, config->reader->diag);
}

/* Each schema is read once; the reader owns it. */
static struct schema *
find_schema(struct config *config, const char *name)
{
	struct map_entry *entry =
	    map_put_text(&config->reader->schemas, name, NULL);
	char *file = mem_format("%s.rng", name);
	struct schema_fault fault;

	if (entry->item == NULL)
		entry->item = schema_read(file, NULL, NULL, &fault);
	if (entry->item == NULL)
		diag_report(config->reader->diag, DIAG_BUG, (struct place){ 0 },
		    fault.file, fault.text, NULL);
	free(file);
	return entry->item;
}

int
config_validate(struct config *config, const xmlNode *root, const char *name,
    const char *schema)
{
	struct schema *known;

	if (!config_is(config, root, name))
		return diag_report(config->reader->diag, DIAG_CONFIG_ROOT,
		    config_place(config, root, ""), name, config->ns, NULL);
	known = find_schema(config, schema);
	return known != NULL &&
		schema_validate(known, root, report_invalid, config) == 0
	    ? 0
	    : -1;
}

int
config_read(struct config *config, const char *path, struct place from,
    const char *root, config_reader *read, void *into)
{
	xmlNode *node;

	config->path = path;
	config->book.doc = xml_read(config->reader, &config->book, path, from);
	node = config->book.doc != NULL ? xmlDocGetRootElement(config->book.doc)
					: NULL;
	if (node == NULL || config_validate(config, node, root, root) != 0)
		config->failed = true;
	else
		read(config, into, node);
	book_clear(&config->book);
	return config->failed ? -1 : 0;
}

/* --- tables --- */

void
config_read_children(struct config *config, void *into, const xmlNode *node,
    const struct config_child *rows)
{
	for (const xmlNode *child = node_first_element(node); child != NULL;
	     child = node_next_element(child))
		for (const struct config_child *row = rows; row->name != NULL;
		     row++)
			if (config_is(config, child, row->name))
				row->read(config, into, child);
}

/* The rank that security="…" gives. */
static int
read_class(struct config *config, const xmlNode *node)
{
	const struct axes *axes = &config->project->axes;
	struct axis_tokens_origin origin = { book_place(&config->book, node),
		"security" };
	int rank;

	if (axes->clearance == AXIS_NONE) {
		config_refuse_value(config, node, "security", "–");
		return 0;
	}
	rank = axis_tokens_rank(&axes->axes[axes->clearance],
	    node_attribute(node, "security"), &origin, config->reader->diag);
	config->failed |= rank < 0;
	return rank < 0 ? 0 : rank;
}

void
config_read_attributes(struct config *config, void *into, const xmlNode *node,
    const struct config_attribute *rows)
{
	for (; rows->name != NULL; rows++) {
		void *field = (char *)into + rows->offset;
		const char *value = node_attribute(node, rows->name);

		if (rows->kind == CONFIG_PLACE)
			*(struct place *)field =
			    config_place(config, node, rows->name);
		else if (value != NULL && rows->kind == CONFIG_TEXT)
			*(char **)field = mem_dup(value);
		else if (value != NULL && rows->kind == CONFIG_PATH)
			*(char **)field = config_path(config, node, rows->name);
		else if (value != NULL)
			*(int *)field = read_class(config, node);
	}
}

/* --- elements and attributes --- */

bool
config_is(const struct config *config, const xmlNode *node, const char *name)
{
	return node->ns != NULL &&
	    strcmp((const char *)node->ns->href, config->ns) == 0 &&
	    strcmp((const char *)node->name, name) == 0;
}

struct place
config_place(const struct config *config, const xmlNode *node, const char *name)
{
	struct place tag = book_place(&config->book, node);

	return name[0] == '\0'
	    ? source_tag_place(config->reader->sources, tag)
	    : source_attribute_place(config->reader->sources, tag, name, NULL);
}

const char *
config_lang(const xmlNode *node)
{
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
		if (a->ns != NULL && a->children != NULL &&
		    strcmp((const char *)a->name, "lang") == 0)
			return (const char *)a->children->content;
	return "";
}

void
config_read_label(struct config *config, void *label, const xmlNode *node)
{
	char *text = node_text_dup(node);

	(void)config;
	lang_text_set(label, config_lang(node), text);
	free(text);
}

char *
config_path(struct config *config, const xmlNode *node, const char *name)
{
	const char *href = node_attribute(node, name);
	char *path = file_join(config->path, href);

	if (path == NULL)
		diag_report(config->reader->diag, DIAG_FILE_OUTSIDE,
		    config_place(config, node, name), href, NULL);
	config->failed |= path == NULL;
	return path;
}

void
config_read_base_url(struct config *config, const xmlNode *node)
{
	const char *url = node_attribute(node, "base-url");

	if (url != NULL)
		project_set_base_url(config->project, url);
}

/* A folder of this name would stand where a file of ours does, or be taken for
 * one: index.html, manifest.json, NAME.en.epub. */
static bool
ends_as_file(const char *id)
{
	return text_is_one_of(strrchr(id, '.'),
	    ".css .epub .html .js .json .pdf .tsv .txt .xml .zip");
}

bool
config_is_file_name(const char *id)
{
	size_t len = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789._-");

	return id[0] != '\0' && id[len] == '\0' && len <= CONFIG_LONGEST_NAME &&
	    strchr("._-", id[0]) == NULL && !ends_as_file(id);
}

/* --- what is named --- */

static bool
may_be_named(const struct axes *axes, int axis, unsigned kinds)
{
	return axis != AXIS_NONE && axis != axes->clearance &&
	    (kinds >> axes->axes[axis].kind & 1) != 0;
}

int
config_axis_of(struct config *config, const xmlNode *node,
    const char *attribute, const char *id, unsigned kinds)
{
	const struct axes *axes = &config->project->axes;
	int axis = axes_find(axes, id);
	struct buf names = { 0 };

	if (may_be_named(axes, axis, kinds))
		return axis;
	for (int i = 0; i < (int)axes->count; i++)
		if (may_be_named(axes, i, kinds))
			buf_add_listed(&names, axes->axes[i].id);
	config_refuse_value(config, node, attribute,
	    names.size > 0 ? buf_text(&names) : "–");
	buf_clear(&names);
	return AXIS_NONE;
}

int
config_axis(struct config *config, const xmlNode *node, unsigned kinds)
{
	return config_axis_of(config, node, "axis",
	    node_attribute(node, "axis"), kinds);
}

uint64_t *
config_leaves(struct config *config, const struct axis *axis,
    const xmlNode *node, const char *attribute)
{
	struct axis_tokens_origin origin = { attribute != NULL
		    ? book_place(&config->book, node)
		    : config_place(config, node, ""),
		attribute };
	uint64_t *leaves = mem_array(axis->words, sizeof(*leaves));
	char *tokens = attribute != NULL
	    ? mem_dup(node_attribute(node, attribute))
	    : node_text_dup(node);
	int rc;

	if (attribute == NULL && axis->kind == AXIS_ORDERED) {
		rc = axis_tokens_rank(axis, tokens, &origin,
		    config->reader->diag);
		if (rc >= 0)
			bits_set_range(leaves, 0, (size_t)rc + 1);
	} else
		rc = axis_tokens_parse(axis, tokens, attribute == NULL, &origin,
		    leaves, config->reader->diag);
	config->failed |= rc < 0;
	free(tokens);
	return leaves;
}

uint64_t *
config_values(struct config *config, const struct axis *axis,
    const xmlNode *node, const char *attribute, enum diag_code code)
{
	uint64_t *values = mem_array(axis->words, sizeof(*values));
	const char *at = node_attribute(node, attribute);
	char *id;

	while (at != NULL && (id = text_take_token(&at)) != NULL) {
		int value = axis_find_value(axis, id, strlen(id));

		if (value != AXIS_NONE)
			bits_set(values, (size_t)value);
		else
			diag_report_related(config->reader->diag, code,
			    source_attribute_place(config->reader->sources,
				book_place(&config->book, node), attribute, id),
			    axis->place, id, axis->id, axis_nearest(axis, id),
			    NULL);
		config->failed |= value == AXIS_NONE;
		free(id);
	}
	return values;
}

/* --- what no schema can say --- */

void
config_refuse_value(struct config *config, const xmlNode *node,
    const char *name, const char *allowed)
{
	const char *value = node_attribute(node, name);

	diag_report(config->reader->diag, DIAG_CONFIG_VALUE,
	    config_place(config, node, name), value ? value : "", name, allowed,
	    NULL);
	config->failed = true;
}

void
config_refuse_lack(struct config *config, struct place place,
    const char *element, const char *lack)
{
	diag_report(config->reader->diag, DIAG_CONFIG_REQUIRED, place, element,
	    lack, NULL);
	config->failed = true;
}

void
config_refuse_twice(struct config *config, struct place place,
    struct place first, const char *name)
{
	diag_report_related(config->reader->diag, DIAG_NAME_DUPLICATE, place,
	    first, name, NULL);
	config->failed = true;
}

void
config_check_languages(struct config *config, const xmlNode *node,
    const struct lang_text *label, const char *name)
{
	for (size_t i = 0; i < config->project->tree_count; i++) {
		const char *lang = config->project->trees[i].lang;

		if (lang_text_exact(label, lang) != NULL ||
		    lang_text_exact(label, "") != NULL)
			continue;
		diag_report(config->reader->diag, DIAG_AGENCY_LANGUAGE,
		    config_place(config, node, ""), name, lang, NULL);
		config->failed = true;
	}
}
