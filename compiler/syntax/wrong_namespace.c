#include "wrong_namespace.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "syntax/schema_error_cures.h"

static bool
is_same_namespace(const xmlNs *a, const xmlNs *b)
{
	return a == NULL || b == NULL ? a == b : xmlStrEqual(a->href, b->href);
}

static bool
declares(const xmlNode *node, const xmlNs *ns)
{
	for (const xmlNs *at = node->nsDef; at != NULL; at = at->next)
		if (xmlStrEqual(at->prefix, ns->prefix) &&
		    xmlStrEqual(at->href, ns->href))
			return true;
	return false;
}

/* Where the namespace was declared; of none, the outermost element without it
 * in the same file. */
static const xmlNode *
find_declaration(const struct book *book, const xmlNode *node, const xmlNs *ns)
{
	const xmlNode *top = node;
	uint32_t file = book_place(book, node).file;

	for (const xmlNode *at = node;
	     at != NULL && at->type == XML_ELEMENT_NODE; at = at->parent) {
		if (ns != NULL && declares(at, ns))
			return at;
		if (ns == NULL && is_same_namespace(at->ns, node->ns) &&
		    book_place(book, at).file == file)
			top = at;
	}
	return top;
}

static struct place
declaration_place(const struct book *book, const xmlNode *node, const xmlNs *ns,
    const struct sources *sources)
{
	struct place tag = book_place(book, node);
	char *name;
	struct place place;

	if (ns == NULL)
		return source_tag_place(sources, tag);
	name = ns->prefix != NULL ? mem_format("xmlns:%s", ns->prefix)
				  : mem_dup("xmlns");
	place = source_attribute_place(sources, tag, name, NULL);
	free(name);
	return place;
}

bool
wrong_namespace_report(const struct book *book,
    const struct schema_error *error, struct diag *diag)
{
	const char *namespace = schema_error_namespace(error);
	const xmlNs *ns =
	    error->attribute != NULL ? error->attribute->ns : error->node->ns;
	const xmlNode *node;
	char *element;
	char *cure;

	if (namespace == NULL)
		return false;
	node = find_declaration(book, error->node, ns);
	cure = schema_error_cure(error, diag->language);
	element = mem_format("<%s>", (const char *)node->name);
	diag_report_cure(diag,
	    namespace[0] != '\0' ? DIAG_NAMESPACE_WRONG
				 : DIAG_NAMESPACE_MISSING,
	    declaration_place(book, node, ns, diag->sources),
	    (struct place){ 0 }, cure,
	    namespace[0] != '\0' ? namespace : element, NULL);
	free(element);
	free(cure);
	return true;
}
