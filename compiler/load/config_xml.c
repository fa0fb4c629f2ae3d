#include "config_xml.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/text.h"
#include "model/namespaces.h"

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
		return 0;
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

void
config_refuse_element(struct config *config, const xmlNode *node)
{
	diag_report(config->reader->diag, DIAG_CONFIG_ELEMENT,
	    source_tag_place(config->reader->sources,
		book_place(&config->book, node)),
	    (const char *)node->name,
	    node->parent->name ? (const char *)node->parent->name : "", NULL);
	config->failed = true;
}

static bool
is_listed(const char *names, const char *name)
{
	const char *token;
	size_t len;

	while ((token = text_next_token(&names, &len)) != NULL)
		if (strlen(name) == len && memcmp(token, name, len) == 0)
			return true;
	return false;
}

struct place
config_place(const struct config *config, const xmlNode *node, const char *name)
{
	return source_attribute_place(config->reader->sources,
	    book_place(&config->book, node), name, NULL);
}

void
config_check_attributes(struct config *config, const xmlNode *node,
    const char *names)
{
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
		if (a->ns != NULL || is_listed(names, (const char *)a->name))
			continue;
		diag_report(config->reader->diag, DIAG_CONFIG_ATTRIBUTE,
		    config_place(config, node, (const char *)a->name),
		    (const char *)a->name, (const char *)node->name, names,
		    NULL);
		config->failed = true;
	}
}

const char *
config_required(struct config *config, const xmlNode *node, const char *name)
{
	const char *value = node_attribute(node, name);

	if (value != NULL && !text_is_blank(value))
		return value;
	diag_report(config->reader->diag, DIAG_CONFIG_REQUIRED,
	    config_place(config, node, name), (const char *)node->name, name,
	    NULL);
	config->failed = true;
	return "";
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
config_read_label(struct config *config, const xmlNode *node,
    struct lang_text *label)
{
	char *text = node_text_dup(node);
	const xmlChar *lang = NULL;

	for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
		if (a->ns != NULL &&
		    strcmp((const char *)a->name, "lang") == 0 &&
		    a->children != NULL)
			lang = a->children->content;
	config_check_attributes(config, node, "");
	lang_text_set(label, lang ? (const char *)lang : "", text);
	free(text);
}

char *
config_path(struct config *config, const xmlNode *node, const char *name)
{
	const char *href = config_required(config, node, name);
	char *path;

	if (href[0] == '\0')
		return NULL;
	path = file_join(config->path, href);
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

bool
config_is_date(const char *text)
{
	for (int i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? text[i] != '-'
				     : text[i] < '0' || text[i] > '9')
			return false;
	return text[10] == '\0';
}

/* A folder of this name would stand where a file of ours does, or be taken for
 * one: index.html, manifest.json, NAME.en.epub. */
static bool
ends_as_file(const char *id)
{
	static const char *const endings[] = { ".css", ".epub", ".html", ".js",
		".json", ".pdf", ".tsv", ".txt", ".xml", ".zip" };
	const char *dot = strrchr(id, '.');

	for (size_t i = 0; dot && i < COUNT(endings); i++)
		if (strcmp(dot, endings[i]) == 0)
			return true;
	return false;
}

bool
config_is_file_name(const char *id)
{
	size_t len = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789._-");

	return id[0] != '\0' && id[len] == '\0' && len <= CONFIG_LONGEST_NAME &&
	    strchr("._-", id[0]) == NULL && !ends_as_file(id);
}

void
config_read_base_url(struct config *config, const xmlNode *node,
    struct project *project)
{
	const char *url = node_attribute(node, "base-url");

	if (url == NULL)
		return;
	if (project_is_address(url))
		project_set_base_url(project, url);
	else
		config_refuse_value(config, node, "base-url",
		    "https://example.org/");
}
