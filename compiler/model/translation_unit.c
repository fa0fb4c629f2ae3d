#include "translation_unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/list.h"
#include "base/text.h"
#include "model/book.h"
#include "model/protect.h"

/* Elements of DocBook that stand in a sentence. Sorted: bsearch. */
static const char *const inlines[] = { "abbrev", "accel", "acronym", "alt",
	"anchor", "application", "biblioref", "citation", "citebiblioid",
	"citerefentry", "citetitle", "classname", "code", "command",
	"computeroutput", "constant", "coref", "database", "date", "email",
	"emphasis", "enumvalue", "envar", "errorcode", "errorname", "errortext",
	"errortype", "exceptionname", "filename", "firstterm", "footnote",
	"footnoteref", "foreignphrase", "function", "glossterm", "guibutton",
	"guiicon", "guilabel", "guimenu", "guimenuitem", "guisubmenu",
	"hardware", "initializer", "inlineequation", "inlinemediaobject",
	"interfacename", "jobtitle", "keycap", "keycode", "keycombo", "keysym",
	"link", "literal", "markup", "menuchoice", "methodname", "modifier",
	"mousebutton", "nonterminal", "olink", "ooclass", "ooexception",
	"oointerface", "option", "optional", "org", "orgname", "package",
	"parameter", "person", "personname", "phrase", "productname",
	"productnumber", "prompt", "property", "quote", "replaceable",
	"returnvalue", "shortcut", "subscript", "superscript", "symbol",
	"systemitem", "tag", "termdef", "token", "trademark", "type", "uri",
	"userinput", "varname", "wordasword", "xref" };

/* Where the same elements are no part of a sentence. Sorted. */
static const char *const holders[] = { "affiliation", "author", "authorgroup",
	"biblioentry", "bibliomset", "biblioset", "editor", "glossentry",
	"info", "othercredit", "revision" };

/* What each language has of its own, or is no text of the book. Sorted. */
static const char *const apart[] = { "annotation", "indexterm", "keywordset",
	"remark" };

static bool
is_in(const xmlNode *node, const char *const *names, size_t count)
{
	const char *name = (const char *)node->name;

	return bsearch(&name, names, count, sizeof(*names), text_compare) !=
	    NULL;
}

static bool
is_apart(const xmlNode *node)
{
	return is_in(node, apart, COUNT(apart));
}

bool
unit_is_inline(const xmlNode *node)
{
	return is_in(node, inlines, COUNT(inlines)) &&
	    !(node->parent != NULL && node->parent->type == XML_ELEMENT_NODE &&
		is_in(node->parent, holders, COUNT(holders)));
}

static bool
is_text(const xmlNode *node)
{
	return node->type == XML_TEXT_NODE ||
	    node->type == XML_CDATA_SECTION_NODE;
}

static bool
holds_words(const xmlNode *node)
{
	node_each_child(at, node)
		if (is_text(at)
			? !text_is_blank((const char *)at->content)
			: at->type == XML_ELEMENT_NODE && unit_is_inline(at))
			return true;
	return false;
}

/* A link whose words are written by us counts as what it leads to. */
static void
add_target(struct buf *words, const xmlNode *node)
{
	const char *target = node_attribute(node, "linkend");

	if (node->children == NULL && target != NULL)
		buf_add_format(words, "[%s]", target);
}

/* The words of a unit itself: what stands in it as a block of its own, and
 * its footnotes, are other units. */
static void
add_words(struct buf *words, const xmlNode *unit)
{
	node_each_child(at, unit)
		if (is_text(at)) {
			buf_add_folded(words, (const char *)at->content);
		} else if (at->type == XML_ELEMENT_NODE && !is_apart(at) &&
		    !node_is(at, "footnote") && unit_is_inline(at)) {
			add_target(words, at);
			add_words(words, at);
		}
}

/* Are mistakes in these words dangerous: a step, or what protects? */
static bool
is_safety(const xmlNode *node)
{
	for (; node != NULL && node->type == XML_ELEMENT_NODE;
	     node = node->parent)
		if (protect_element(node) != NULL)
			return true;
	return false;
}

static uint64_t
hash_name(uint64_t hash, const xmlNode *node)
{
	for (const xmlChar *c = node->name; *c != '\0'; c++)
		hash = (hash ^ *c) * 0x100000001b3;
	return (hash ^ '/') * 0x100000001b3;
}

/* The nearest id, and the kind: the names from below it down to the unit. */
static const char *
find_scope(const xmlNode *node, uint64_t *kind)
{
	const char *id = node_id(node);

	*kind = hash_name(0xcbf29ce484222325, node);
	while (id == NULL && node->parent != NULL &&
	    node->parent->type == XML_ELEMENT_NODE) {
		node = node->parent;
		id = node_id(node);
		if (id == NULL)
			*kind = hash_name(*kind, node);
	}
	return id != NULL ? id : "";
}

static void
add_unit(struct units *units, struct map *scopes, const xmlNode *node)
{
	struct unit *unit =
	    list_add(units->items, units->count, units->capacity);
	struct buf words = { 0 };
	char digits[DIGEST_DIGITS + 1];
	struct map_entry *entry;
	const char *scope;
	bool is_new;

	*unit = (struct unit){ .node = node, .is_safety = is_safety(node) };
	scope = find_scope(node, &unit->kind);
	entry = map_put_text(scopes, scope, &is_new);
	if (is_new)
		*list_add(units->scopes, units->scope_count,
		    units->scope_capacity) = mem_dup(scope);
	unit->scope = (uint32_t)(entry - scopes->entries);
	unit->position = ++entry->value;
	add_words(&words, node);
	if (words.size > 0 && words.data[words.size - 1] == ' ')
		words.data[--words.size] = '\0';
	digest_sha256(buf_text(&words), words.size, digits);
	memcpy(unit->digest, digits, UNIT_DIGITS);
	unit->words = buf_take(&words);
}

struct units *
units_gather(const xmlDoc *doc)
{
	const xmlNode *root = xmlDocGetRootElement(doc);
	struct units *units = mem_array(1, sizeof(*units));
	scoped(map_clear) struct map scopes = { 0 };

	for (const xmlNode *node = root; node != NULL;
	     node = node_walk(node, root,
		 !(node->type == XML_ELEMENT_NODE && is_apart(node))))
		if (node->type == XML_ELEMENT_NODE && !is_apart(node) &&
		    !unit_is_inline(node) && holds_words(node))
			add_unit(units, &scopes, node);
	return units;
}

void
units_free(struct units *units)
{
	if (units == NULL)
		return;
	for (size_t i = 0; i < units->count; i++)
		free(units->items[i].words);
	for (size_t i = 0; i < units->scope_count; i++)
		free(units->scopes[i]);
	free(units->items);
	free(units->scopes);
	free(units);
}
