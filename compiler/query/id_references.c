#include "id_references.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bits.h"
#include "base/list.h"
#include "base/text.h"
#include "query/visibility.h"
#include "model/axis_tokens_format.h"

/* The attributes that name something. The role axis's own comes on top. */
static const struct carrier {
	const char *name; /* as written; v: tells the namespace */
	enum id_reference_kind kind;
} carriers[] = {
	{ "linkend", ID_REFERENCE_ID },
	{ "linkends", ID_REFERENCE_ID },
	{ "endterm", ID_REFERENCE_ID },
	{ "otherterm", ID_REFERENCE_ID },
	{ "arearefs", ID_REFERENCE_ID },
	{ "startref", ID_REFERENCE_ID },
	{ "zone", ID_REFERENCE_ID },
	{ "v:calls", ID_REFERENCE_ID },
	{ "v:follows", ID_REFERENCE_ID },
	{ "v:go", ID_REFERENCE_ID },
	{ "v:summary-of", ID_REFERENCE_ID },
	{ "v:param", ID_REFERENCE_PARAM },
	{ "v:lead", ID_REFERENCE_ROLE },
	{ "v:with", ID_REFERENCE_ROLE },
	{ "v:informed", ID_REFERENCE_ROLE },
	{ "v:partner", ID_REFERENCE_ROLE },
	{ "v:actor", ID_REFERENCE_ROLE },
	{ "v:standin", ID_REFERENCE_ROLE },
	{ "v:to", ID_REFERENCE_ROLE },
	{ "v:consult", ID_REFERENCE_ROLE },
	{ "v:accountable", ID_REFERENCE_ROLE },
};
enum { CARRIERS = COUNT(carriers) };

/* A search through one book. */
struct search {
	struct id_references *citations;
	const struct edition *edition;
	const struct book *book;
	const struct axis *role; /* NULL = the project has none */
	int value;               /* of the role axis, that is cited */
	uint64_t *leaves;        /* scratch */
};

static const char *
attribute_of(const xmlNode *node, const char *name)
{
	return strncmp(name, "v:", 2) == 0 ? node_vade_attribute(node, name + 2)
					   : node_attribute(node, name);
}

/* --- does a token cite the name? --- */

/* A role is cited by its id, a value above it, or a group that holds it. */
static bool
cites_role(const struct search *search, const char *token)
{
	if (strcmp(token + strspn(token, "!="), search->citations->cited) == 0)
		return true;
	if (search->value == AXIS_NONE)
		return false;
	memset(search->leaves, 0,
	    search->role->words * sizeof(*search->leaves));
	return axis_tokens_add_leaves(search->role, token, strlen(token),
		   search->leaves) &&
	    bits_get(search->leaves, (size_t)search->value);
}

static bool
cites(const struct search *search, enum id_reference_kind kind,
    const char *token)
{
	if ((search->citations->kinds & kind) == 0)
		return false;
	return kind == ID_REFERENCE_ROLE
	    ? cites_role(search, token)
	    : strcmp(token, search->citations->cited) == 0;
}

/* --- the search --- */

static void
add_citation(struct search *search, const xmlNode *node, const char *name,
    const char *token)
{
	struct id_references *all = search->citations;
	struct id_reference *citation;

	citation = list_add(all->citations, all->count, all->capacity);
	*citation = (struct id_reference){ .node = node,
		.token = mem_dup(token),
		.handbooks = mem_array(
		    bits_words(search->edition->project->handbook_count),
		    sizeof(uint64_t)) };
	snprintf(citation->name, sizeof(citation->name), "%s", name);
}

static void
search_attribute(struct search *search, const xmlNode *node, const char *name,
    enum id_reference_kind kind)
{
	token_each(token, attribute_of(node, name))
		if (cites(search, kind, token))
			add_citation(search, node, name, token);
}

static void
search_book(struct search *search)
{
	char audience[64] = "";

	if (search->role != NULL)
		axis_attribute_name(search->role, audience);
	node_each(node, book_root(search->book)) {
		if (node->type != XML_ELEMENT_NODE || node->properties == NULL)
			continue;
		for (size_t i = 0; i < CARRIERS; i++)
			search_attribute(search, node, carriers[i].name,
			    carriers[i].kind);
		if (audience[0] != '\0')
			search_attribute(search, node, audience,
			    ID_REFERENCE_ROLE);
	}
}

static void
look_at_handbooks(struct search *search)
{
	struct id_references *all = search->citations;
	size_t count = search->edition->project->handbook_count;

	for (size_t h = 0; all->count > 0 && h < count; h++) {
		struct visibility sight;

		visibility_open(&sight, search->edition, search->book, h);
		for (size_t i = 0; i < all->count; i++) {
			struct id_reference *citation = &all->citations[i];

			if (!visibility_shows(&sight, citation->node))
				continue;
			bits_set(citation->handbooks, h);
			citation->handbook_count++;
		}
		visibility_close(&sight);
	}
}

/* --- what the name is --- */

static bool
has_param(const struct book *book, const char *name)
{
	node_each(node, book_root(book)) {
		const char *param = node_vade_attribute(node, "param");

		if (param != NULL && strcmp(param, name) == 0)
			return true;
	}
	return false;
}

void
id_references_find(struct id_references *citations,
    const struct edition *edition, const char *name)
{
	struct search search = { .citations = citations,
		.edition = edition,
		.book = edition_book(edition),
		.role = axes_role(&edition->project->axes),
		.value = AXIS_NONE };

	*citations = (struct id_references){ .cited = name };
	if (book_find_id(search.book, name) != NULL)
		citations->kinds |= ID_REFERENCE_ID;
	if (has_param(search.book, name))
		citations->kinds |= ID_REFERENCE_PARAM;
	if (search.role != NULL) {
		search.leaves =
		    mem_array(search.role->words, sizeof(*search.leaves));
		search.value = axis_find_value(search.role, name, strlen(name));
		if (map_get_text(&search.role->names, name) != NULL)
			citations->kinds |= ID_REFERENCE_ROLE;
	}
	if (citations->kinds != 0)
		search_book(&search);
	look_at_handbooks(&search);
	free(search.leaves);
}

void
id_references_clear(struct id_references *citations)
{
	for (size_t i = 0; i < citations->count; i++) {
		free(citations->citations[i].token);
		free(citations->citations[i].handbooks);
	}
	free(citations->citations);
	memset(citations, 0, sizeof(*citations));
}

const char *
id_references_nearest(const struct edition *edition, const char *name)
{
	const struct book *book = edition_book(edition);
	const struct axis *role = axes_role(&edition->project->axes);
	const char **names = NULL;
	size_t count = 0;
	size_t capacity = 0;
	const char *nearest;

	for (size_t i = 0; i < book->ids.count; i++)
		*list_add(names, count, capacity) = book->ids.entries[i].key;
	for (size_t i = 0; role != NULL && i < role->names.count; i++)
		*list_add(names, count, capacity) = role->names.entries[i].key;
	node_each(node, book_root(book)) {
		const char *param = node_vade_attribute(node, "param");

		if (param != NULL)
			*list_add(names, count, capacity) = param;
	}
	nearest = text_nearest(name, names, count);
	free(names);
	return nearest;
}
