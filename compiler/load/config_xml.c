#include "config_xml.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/text.h"
#include "model/namespaces.h"
#include "syntax/invalid.h"

static void
report_invalid(void *context, const struct schema_error *error)
{
	struct config *config = context;

	invalid_report(&config->book, error, config->reader->diag);
}

int
config_validate(struct config *config, const xmlNode *root, const char *name)
{
	char *file = mem_format("%s.rng", name);
	struct schema_fault fault;
	struct schema *schema = schema_read(file, NULL, NULL, &fault);
	size_t count = 1;

	if (schema == NULL)
		diag_report(config->reader->diag, DIAG_BUG, (struct place){ 0 },
		    fault.file, fault.text, NULL);
	else
		count = schema_validate(schema, root, report_invalid, config);
	schema_free(schema);
	free(file);
	return count == 0 ? 0 : -1;
}

int
config_open(struct config *config, struct xml_reader *reader, const char *path,
    struct place from, const char *ns, const char *root)
{
	memset(config, 0, sizeof(*config));
	config->reader = reader;
	config->ns = ns;
	config->path = mem_dup(path);
	config->book.doc = xml_read(reader, &config->book, path, from);
	if (config->book.doc == NULL)
		return -1;
	if (config_is(config, config_root(config), root))
		return config_validate(config, config_root(config), root);
	return diag_report(reader->diag, DIAG_CONFIG_ROOT,
	    source_tag_place(reader->sources,
		book_place(&config->book, config_root(config))),
	    root, ns, NULL);
}

void
config_close(struct config *config)
{
	book_clear(&config->book);
	free(config->path);
}

xmlNode *
config_root(const struct config *config)
{
	return xmlDocGetRootElement(config->book.doc);
}

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
	return source_attribute_place(config->reader->sources,
	    book_place(&config->book, node), name, NULL);
}

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
config_read_label(const xmlNode *node, struct lang_text *label)
{
	char *text = node_text_dup(node);

	lang_text_set(label, config_lang(node), text);
	free(text);
}

void
config_read_labels(const xmlNode *node, struct lang_text *label)
{
	for (xmlNode *child = node_first_element(node); child != NULL;
	     child = node_next_element(child))
		config_read_label(child, label);
}

void
config_check_languages(struct config *config, const struct project *project,
    const xmlNode *node, const struct lang_text *label, const char *name)
{
	for (size_t i = 0; i < project->tree_count; i++) {
		const char *lang = project->trees[i].lang;

		if (lang_text_exact(label, lang) != NULL ||
		    lang_text_exact(label, "") != NULL)
			continue;
		diag_report(config->reader->diag, DIAG_AGENCY_LANGUAGE,
		    config_place(config, node, ""), name, lang, NULL);
		config->failed = true;
	}
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

char *
config_href(struct config *config, const xmlNode *node)
{
	return config_path(config, node, "href");
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

void
config_read_base_url(const xmlNode *node, struct project *project)
{
	const char *url = node_attribute(node, "base-url");

	if (url != NULL)
		project_set_base_url(project, url);
}
