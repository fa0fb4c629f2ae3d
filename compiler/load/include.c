#include "include.h"

#include <stdlib.h>
#include <string.h>

#include "model/namespaces.h"

enum { DEEPEST = 32, MOST = 4096 };

/* The chain of files that are open, innermost first. */
struct chain {
	const struct chain *parent;
	const char *path;
	size_t depth;
};

struct includer {
	struct xml_reader *reader;
	struct book *book;
	size_t count;
};

static xmlNode *read_tree(struct includer *includer, const struct chain *parent,
    const char *path, struct place from);

static bool
is_include(const xmlNode *node)
{
	return node->type == XML_ELEMENT_NODE && node->ns != NULL &&
	    strcmp((const char *)node->ns->href, NS_XINCLUDE) == 0;
}

static bool
is_open(const struct chain *chain, const char *path)
{
	for (; chain != NULL; chain = chain->parent)
		if (strcmp(chain->path, path) == 0)
			return true;
	return false;
}

/* The node that takes the place of a text include; NULL if it is empty. */
static xmlNode *
read_text(struct includer *includer, const char *path, struct place from)
{
	uint32_t file = xml_read_source(includer->reader, path, from);
	const struct source *source;

	if (file == 0)
		return NULL;
	source = sources_get(includer->reader->sources, file);
	return xmlNewDocTextLen(includer->book->doc,
	    (const xmlChar *)source->bytes, (int)source->size);
}

static int
report_form(struct diag *diag, struct place place, const char *what)
{
	if (place.len == 0)
		place = source_tag_place(diag->sources, place);
	return diag_report(diag, DIAG_INCLUDE_FORM, place, what, NULL);
}

/* What is wrong with the include itself, before anything is read. */
static int
check_form(struct includer *includer, const struct chain *chain,
    const xmlNode *node, struct place place)
{
	struct diag *diag = includer->reader->diag;
	const struct sources *sources = includer->reader->sources;
	const xmlNode *fallback = node_first_element(node);
	const char *parse = node_attribute(node, "parse");

	if (strcmp((const char *)node->name, "include") != 0)
		return report_form(diag, place, (const char *)node->name);
	if (node_attribute(node, "href") == NULL)
		return report_form(diag, place, "href=\"?\"");
	if (node_attribute(node, "xpointer") != NULL)
		return report_form(diag,
		    source_attribute_place(sources, place, "xpointer", NULL),
		    "xpointer");
	if (parse != NULL && strcmp(parse, "xml") != 0 &&
	    strcmp(parse, "text") != 0)
		return report_form(diag,
		    source_attribute_place(sources, place, "parse", NULL),
		    "parse");
	/* An attribute here would be lost with the include: a class or an
	 * audience that selects nothing. */
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
		if (a->ns != NULL ||
		    (strcmp((const char *)a->name, "href") != 0 &&
			strcmp((const char *)a->name, "parse") != 0))
			return report_form(diag, place, (const char *)a->name);
	if (fallback != NULL)
		return report_form(diag, book_place(includer->book, fallback),
		    (const char *)fallback->name);
	if (++includer->count > MOST || chain->depth >= DEEPEST)
		return diag_report(diag, DIAG_XML_LIMIT,
		    source_tag_place(sources, place), "xi:include", NULL);
	return 0;
}

static xmlNode *
read_included(struct includer *includer, const struct chain *chain,
    const xmlNode *node, struct place place)
{
	struct diag *diag = includer->reader->diag;
	const char *href = node_attribute(node, "href");
	const char *parse = node_attribute(node, "parse");
	char *path = file_join(chain->path, href);
	xmlNode *tree = NULL;

	place = source_attribute_place(includer->reader->sources, place, "href",
	    NULL);
	if (path == NULL)
		diag_report(diag, DIAG_FILE_OUTSIDE, place, href, NULL);
	else if (is_open(chain, path))
		diag_report(diag, DIAG_INCLUDE_CYCLE, place, path, NULL);
	else if (parse != NULL && strcmp(parse, "text") == 0)
		tree = read_text(includer, path, place);
	else
		tree = read_tree(includer, chain, path, place);
	free(path);
	return tree;
}

/* Replaces every include below root; goes on after a failure, so that all
 * missing files are named in one run. */
static int
resolve(struct includer *includer, const struct chain *chain, xmlNode *root)
{
	xmlNode *node = root;
	int rc = 0;

	while (node != NULL) {
		xmlNode *next;
		xmlNode *tree = NULL;
		struct place place;

		if (!is_include(node)) {
			node = node_walk(node, root, true);
			continue;
		}
		next = node_walk(node, root, false);
		place = book_place(includer->book, node);
		if (check_form(includer, chain, node, place) == 0)
			tree = read_included(includer, chain, node, place);
		if (tree == NULL) {
			rc = -1;
		} else if (node != root) {
			xmlReplaceNode(node, tree);
			xmlFreeNode(node);
		}
		node = next;
	}
	return rc;
}

/*
 * Moves the tree of a document into the book's. The namespace of xml:id and
 * xml:lang belongs to the document, not to an element, so it moves too: the
 * attributes point to it.
 */
static void
adopt(xmlDoc *book, xmlDoc *doc)
{
	xmlNode *root = xmlDocGetRootElement(doc);
	xmlNs *last = doc->oldNs;

	xmlUnlinkNode(root);
	xmlSetTreeDoc(root, book);
	while (last != NULL && last->next != NULL)
		last = last->next;
	if (last != NULL) {
		last->next = book->oldNs;
		book->oldNs = doc->oldNs;
		doc->oldNs = NULL;
	}
	xmlFreeDoc(doc);
}

static xmlNode *
read_tree(struct includer *includer, const struct chain *parent,
    const char *path, struct place from)
{
	struct chain chain = { parent, path, parent ? parent->depth + 1 : 0 };
	xmlDoc *doc = xml_read(includer->reader, includer->book, path, from);
	xmlNode *root;

	if (doc == NULL)
		return NULL;
	root = xmlDocGetRootElement(doc);
	if (includer->book->doc == NULL)
		includer->book->doc = doc;
	else
		adopt(includer->book->doc, doc);
	if (is_include(root)) {
		diag_report(includer->reader->diag, DIAG_INCLUDE_FORM,
		    book_place(includer->book, root), "root", NULL);
		goto failed;
	}
	if (resolve(includer, &chain, root) != 0)
		goto failed;
	return root;
failed:
	if (root->parent == NULL)
		xmlFreeNode(root);
	return NULL;
}

/* The parser bounds the depth of a file; this bounds what files make together,
 * for every recursion to come (RELAX NG, copying, XSLT). */
static int
check_depth(const struct includer *includer, const xmlNode *root)
{
	size_t depth = 1;

	for (const xmlNode *node = root; node != NULL;) {
		if (node->type == XML_ELEMENT_NODE && node->children != NULL) {
			if (++depth > BOOK_DEEPEST)
				return diag_report(includer->reader->diag,
				    DIAG_XML_LIMIT,
				    book_place(includer->book, node),
				    "256 × <…>", NULL);
			node = node->children;
			continue;
		}
		while (node != root && node->next == NULL) {
			node = node->parent;
			depth--;
		}
		node = node == root ? NULL : node->next;
	}
	return 0;
}

int
include_read(struct xml_reader *reader, struct book *book, const char *path,
    struct place from)
{
	struct includer includer = { reader, book, 0 };

	const xmlNode *root = read_tree(&includer, NULL, path, from);

	return root == NULL ? -1 : check_depth(&includer, root);
}

xmlNode *
include_read_part(struct xml_reader *reader, struct book *book,
    const char *path, struct place from)
{
	struct includer includer = { reader, book, 0 };
	xmlNode *root = read_tree(&includer, NULL, path, from);

	if (root == NULL || check_depth(&includer, root) == 0)
		return root;
	xmlFreeNode(root);
	return NULL;
}
