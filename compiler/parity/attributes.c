#include "parity/attributes.h"

#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/text.h"
#include "base/words.h"
#include "model/namespaces.h"
#include "model/own_attributes.h"
#include "parity/steps.h"

/* The axis that a compared attribute carries; NULL if none. */
static const struct axis *
axis_of(const struct axes *axes, const xmlAttr *attribute)
{
	for (size_t i = 0; i < axes->count; i++)
		if (axes->axes[i].is_vade == (attribute->ns != NULL) &&
		    strcmp(axes->axes[i].attribute,
			(const char *)attribute->name) == 0)
			return &axes->axes[i];
	return NULL;
}

/* Does this attribute have to be the same in every language? */
static bool
is_compared(const struct axes *axes, const xmlAttr *attribute)
{
	bool in_vade = attribute->ns != NULL &&
	    strcmp((const char *)attribute->ns->href, NS_VADE) == 0;

	if (in_vade)
		return strcmp((const char *)attribute->name, "else") != 0 &&
		    strcmp((const char *)attribute->name, "reason") != 0;
	return attribute->ns == NULL && axis_of(axes, attribute) != NULL;
}

static bool
has_compared(const struct axes *axes, const xmlNode *node)
{
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
		if (is_compared(axes, a))
			return true;
	return false;
}

/* Counts back only to the nearest sibling whose position is known, so that all
 * names of a book are linear. */
static size_t
position_among_siblings(const xmlNode *node, struct map *positions)
{
	size_t position = 1;
	struct map_entry *entry;

	for (const xmlNode *at = node->prev; at != NULL; at = at->prev) {
		if (at->type != XML_ELEMENT_NODE ||
		    strcmp((const char *)at->name, (const char *)node->name) !=
			0)
			continue;
		entry = map_get(positions, &at, sizeof(at));
		if (entry != NULL) {
			position += entry->value;
			break;
		}
		position++;
	}
	map_put(positions, &node, sizeof(node), NULL)->value =
	    (uint32_t)position;
	return position;
}

/* "EDU-O-01/info[1]/title[1]": the nearest id and the path below it. */
static void
add_unit_name(struct buf *name, const xmlNode *node, struct map *positions)
{
	const char *id = node_id(node);

	if (id != NULL) {
		buf_add_text(name, id);
		return;
	}
	if (node->parent != NULL && node->parent->type == XML_ELEMENT_NODE)
		add_unit_name(name, node->parent, positions);
	buf_add_format(name, "/%s[%zu]", (const char *)node->name,
	    position_among_siblings(node, positions));
}

static char *
unit_name_dup(const xmlNode *node, struct map *positions)
{
	struct buf name = { 0 };

	add_unit_name(&name, node, positions);
	return buf_take(&name);
}

static const char *
value_of(const xmlAttr *attribute)
{
	return attribute->children != NULL && attribute->children->content
	    ? (const char *)attribute->children->content
	    : "";
}

static const char *
find_same(const xmlNode *node, const xmlAttr *attribute)
{
	return attribute->ns != NULL
	    ? node_vade_attribute(node, (const char *)attribute->name)
	    : node_attribute(node, (const char *)attribute->name);
}

/* The same tokens in the same order, however they are spaced. */
static bool
is_same_tokens(const char *a, const char *b)
{
	for (;;) {
		size_t a_len;
		size_t b_len;
		const char *x = text_next_token(&a, &a_len);
		const char *y = text_next_token(&b, &b_len);

		if (x == NULL || y == NULL)
			return x == y;
		if (a_len != b_len || memcmp(x, y, a_len) != 0)
			return false;
	}
}

struct pair {
	const struct axes *axes;
	const struct book *here;
	const struct book *there;
	const struct map *uneven; /* procedures that were told already */
	struct diag *diag;
};

/* What to write, if it keeps readers out: where an axis is not named, and the
 * higher of two classes. */
static char *
cure_difference(const struct pair *pair, const xmlAttr *attribute,
    const char *name, const char *value, const char *other)
{
	const struct axis *axis = axis_of(pair->axes, attribute);
	enum diag_language language = pair->diag->language;
	int here, there;

	if (axis == NULL)
		return NULL;
	if (other == NULL)
		return words_format(language, WORDS_CURE_HERE_TOO, name, value);
	here = axis_find_value(axis, value, strlen(value));
	there = axis_find_value(axis, other, strlen(other));
	if (!axis->is_clearance || here < 0 || there < 0)
		return NULL;
	return words_format(language, WORDS_CURE_HIGHER, name,
	    here > there ? value : other);
}

/* A value that one side lacks is told at the side that lacks it: that is where
 * it has to be written. */
static void
report_difference(const struct pair *pair, const xmlNode *node,
    const xmlNode *counterpart, const xmlAttr *attribute, const char *value,
    const char *other)
{
	owned char *name = mem_format("%s%s", attribute->ns != NULL ? "v:" : "",
	    (const char *)attribute->name);
	enum diag_language language = pair->diag->language;
	const char *missing = words_say(language, WORDS_IS_MISSING);
	owned char *here_value =
	    words_format(language, WORDS_VALUE_HERE, value);
	owned char *there_value = words_format(language, WORDS_VALUE_THERE,
	    other != NULL ? other : value);
	owned char *cure = cure_difference(pair, attribute, name, value, other);
	struct place here = source_attribute_place(pair->diag->sources,
	    book_place(pair->here, node), name, NULL);
	struct place there = source_attribute_place(pair->diag->sources,
	    book_place(pair->there, counterpart), name, NULL);

	if (other != NULL)
		diag_report_cure(pair->diag, DIAG_PARITY_ATTRIBUTE, here, there,
		    cure, name, here_value, there_value, pair->there->lang,
		    NULL);
	else
		diag_report_cure(pair->diag, DIAG_PARITY_ATTRIBUTE, there, here,
		    cure, name, missing, there_value, pair->here->lang, NULL);
}

/* Every compared attribute of node is on its counterpart; the other way
 * round only what is missing here, so that a difference is told once. */
static int
compare_nodes(const struct pair *pair, const xmlNode *node,
    const xmlNode *counterpart, bool only_missing)
{
	int rc = 0;

	for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
		const char *other;

		if (!is_compared(pair->axes, a))
			continue;
		other = find_same(counterpart, a);
		if (other != NULL &&
		    (only_missing || is_same_tokens(value_of(a), other)))
			continue;
		report_difference(pair, node, counterpart, a, value_of(a),
		    other);
		rc = -1;
	}
	return rc;
}

/* The elements of a book that carry a compared attribute, by unit name. */
static void
collect(const struct axes *axes, const struct book *book, struct map *units)
{
	scoped(map_clear) struct map positions = { 0 };

	node_each(node, book_root(book)) {
		struct map_entry *entry;

		if (node->type != XML_ELEMENT_NODE || !has_compared(axes, node))
			continue;
		owned char *name = unit_name_dup(node, &positions);

		entry = map_put_text(units, name, NULL);
		if (entry->item == NULL)
			entry->item = node;
	}
}

/* The child of a parent in the other book in the place of node among its own
 * siblings, if both parents hold the same elements in the same order. */
static xmlNode *
find_same_place(const xmlNode *parent, const xmlNode *node)
{
	xmlNode *there = node_first_element(parent);
	xmlNode *found = NULL;

	node_each_element(here, node->parent) {
		if (there == NULL || !xmlStrEqual(here->name, there->name))
			return NULL;
		found = here == node ? there : found;
		there = node_next_element(there);
	}
	return there == NULL ? found : NULL;
}

/* The element of a unit name in the other book though it carries nothing
 * there: the one with the id, or in the same place below the nearest. NULL if
 * there is none, or it is not sure. */
static xmlNode *
find_bare(const struct book *book, const xmlNode *node)
{
	const char *id = node_id(node);
	const xmlNode *parent;

	if (id != NULL)
		return book_find_id(book, id);
	if (node->parent == NULL || node->parent->type != XML_ELEMENT_NODE)
		return xmlDocGetRootElement(book->doc);
	parent = find_bare(book, node->parent);
	return parent != NULL ? find_same_place(parent, node) : NULL;
}

/* Is it missing because something around it is, which is told by itself? */
static bool
is_told(const struct pair *pair, const xmlNode *node)
{
	if (steps_are_uneven(node, pair->uneven))
		return true;
	for (node = node->parent;
	     node != NULL && node->type == XML_ELEMENT_NODE;
	     node = node->parent)
		if (node_id(node) != NULL && has_compared(pair->axes, node) &&
		    book_find_id(pair->there, node_id(node)) == NULL)
			return true;
	return false;
}

/* An attribute that does not exist is told, and not that it differs. */
static bool
has_unknown(const struct pair *pair, const xmlNode *node,
    const xmlNode *counterpart)
{
	int rc = own_attributes_check(pair->axes, pair->here, node, pair->diag);

	return (rc |
		   own_attributes_check(pair->axes, pair->there, counterpart,
		       pair->diag)) != 0;
}

static int
compare_books(const struct pair *pair, const struct map *units,
    const struct map *other_units, bool only_missing)
{
	int rc = 0;

	for (size_t i = 0; i < units->count; i++) {
		const struct map_entry *entry = map_get(other_units,
		    units->entries[i].key, units->entries[i].size);
		const xmlNode *node = units->entries[i].item;
		const xmlNode *counterpart =
		    entry != NULL ? entry->item : find_bare(pair->there, node);

		if (counterpart != NULL && has_unknown(pair, node, counterpart))
			rc = -1;
		else if (counterpart != NULL)
			rc |= compare_nodes(pair, node, counterpart,
			    only_missing);
		if (counterpart != NULL)
			continue;
		rc = -1;
		if (is_told(pair, node))
			continue;
		diag_report(pair->diag, DIAG_PARITY_MISSING,
		    source_tag_place(pair->diag->sources,
			book_place(pair->here, node)),
		    units->entries[i].key, pair->there->lang, NULL);
	}
	return rc;
}

int
parity_check(const struct axes *axes, const struct book *first,
    const struct book *other, struct diag *diag)
{
	scoped(map_clear) struct map units = { 0 };
	scoped(map_clear) struct map other_units = { 0 };
	scoped(map_clear) struct map uneven = { 0 };
	struct pair forward = { axes, first, other, &uneven, diag };
	struct pair backward = { axes, other, first, &uneven, diag };
	int rc = steps_check(first, other, &uneven, diag);

	collect(axes, first, &units);
	collect(axes, other, &other_units);
	rc |= compare_books(&forward, &units, &other_units, false);
	rc |= compare_books(&backward, &other_units, &units, true);
	return rc == 0 ? 0 : -1;
}
