#include "index.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/list.h"
#include "base/text.h"
#include "model/namespaces.h"
#include "model/axis_tokens.h"

/* Pages are files, named by ids, and a file's name has at most 255 bytes. */
enum { LONGEST_ID = 200 };

static bool
is_too_long(const char *id)
{
	return strlen(id) > LONGEST_ID;
}

static int
report_too_long(const char *id, struct place place, struct diag *diag)
{
	char *is = mem_format("%zu", strlen(id));
	char *most = mem_format("%d", LONGEST_ID);

	diag_report(diag, DIAG_ID_TOO_LONG, place, id, is, most, NULL);
	free(is);
	free(most);
	return -1;
}

static struct place
id_place(const struct book *book, const xmlNode *node, const struct diag *diag)
{
	return source_attribute_place(diag->sources, book_place(book, node),
	    "xml:id", NULL);
}

int
index_ids(struct book *book, struct diag *diag)
{
	xmlNode *root = xmlDocGetRootElement(book->doc);
	int rc = 0;

	for (xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true)) {
		const char *id = node_id(node);
		xmlNode *first;

		if (id != NULL && book_id_is_reserved(id))
			rc = diag_report(diag, DIAG_ID_RESERVED,
			    id_place(book, node, diag), id, NULL);
		if (id != NULL && is_too_long(id))
			rc = report_too_long(id, id_place(book, node, diag),
			    diag);
		if (id == NULL || book_add_id(book, id, node, &first))
			continue;
		rc = diag_report_related(diag, DIAG_ID_DUPLICATE,
		    id_place(book, node, diag), id_place(book, first, diag), id,
		    NULL);
	}
	return rc;
}

/* --- former ids --- */

/* The other element that the id leads to already; NULL if none. */
static const xmlNode *
find_other_lead(struct map *former, const struct book *book, const char *id,
    const xmlNode *node)
{
	const xmlNode *today = book_find_id(book, id);
	struct map_entry *entry;
	bool is_new;

	if (today != NULL)
		return today;
	entry = map_put_text(former, id, &is_new);
	if (is_new)
		entry->item = (void *)node;
	return is_new ? NULL : entry->item;
}

static int
check_former(struct map *former, const struct book *book, const xmlNode *node,
    const char *id, struct diag *diag)
{
	struct place place = source_attribute_place(diag->sources,
	    book_place(book, node), "v:was", id);
	const xmlNode *other;

	if (book_id_is_reserved(id))
		return diag_report(diag, DIAG_ID_RESERVED, place, id, NULL);
	if (is_too_long(id))
		return report_too_long(id, place, diag);
	other = find_other_lead(former, book, id, node);
	if (other == NULL)
		return 0;
	return diag_report_related(diag, DIAG_FORMER_ID_TAKEN, place,
	    source_tag_place(diag->sources, book_place(book, other)), id, NULL);
}

int
index_check_former_ids(const struct book *book, struct diag *diag)
{
	const xmlNode *root = xmlDocGetRootElement(book->doc);
	struct map former = { 0 };
	int rc = 0;

	for (const xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true)) {
		const char *was = node_vade_attribute(node, "was");
		char *id;

		while ((id = text_take_token(&was)) != NULL) {
			rc |= check_former(&former, book, node, id, diag);
			free(id);
		}
	}
	map_clear(&former);
	return rc;
}

/* --- links --- */

/* What only leads somewhere: without it a lone book loses no word. */
static bool
may_be_lost(const char *name)
{
	return text_is_one_of(name,
	    "endterm linkend linkends otherterm xlink:href");
}

static int
check_ids(const struct book *book, const xmlNode *node, const char *name,
    const char *value, bool is_lone, struct diag *diag)
{
	enum diag_code fault =
	    is_lone && may_be_lost(name) ? DIAG_LINK_LOST : DIAG_LINK_DANGLING;
	char *id;
	int rc = 0;

	while ((id = text_take_token(&value)) != NULL) {
		if (book_find_id(book, id) == NULL) {
			diag_report(diag, fault,
			    source_attribute_place(diag->sources,
				book_place(book, node), name, id),
			    id, map_nearest(&book->ids, id), NULL);
			rc = fault == DIAG_LINK_LOST ? rc : -1;
		}
		free(id);
	}
	return rc;
}

/* Attributes that name elements of the book. */
static const struct {
	const char *name;  /* as written */
	const char *local; /* of a v: attribute, else NULL */
} id_attributes[] = {
	{ "arearefs", NULL },
	{ "linkend", NULL },
	{ "linkends", NULL },
	{ "endterm", NULL },
	{ "otherterm", NULL },
	{ "startref", NULL },
	{ "zone", NULL },
	{ "v:calls", "calls" },
	{ "v:follows", "follows" },
	{ "v:summary-of", "summary-of" },
};

static void
collect_former(const struct book *book, struct map *former)
{
	const xmlNode *root = xmlDocGetRootElement(book->doc);

	for (const xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true)) {
		const char *was = node_vade_attribute(node, "was");
		char *id;

		while ((id = text_take_token(&was)) != NULL) {
			map_put_text(former, id, NULL);
			free(id);
		}
	}
}

/* "#id" is a link into this book; a former id is still an anchor. */
static int
check_address(const struct book *book, const xmlNode *node,
    const struct map *former, bool is_lone, struct diag *diag)
{
	const char *address = NULL;

	if (node->type != XML_ELEMENT_NODE || !node_is(node, NULL))
		return 0;
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
		if (a->ns != NULL && a->children != NULL &&
		    strcmp((const char *)a->ns->href, NS_XLINK) == 0 &&
		    strcmp((const char *)a->name, "href") == 0)
			address = (const char *)a->children->content;
	return address != NULL && address[0] == '#' && address[1] != '\0' &&
		map_get_text(former, address + 1) == NULL
	    ? check_ids(book, node, "xlink:href", address + 1, is_lone, diag)
	    : 0;
}

int
index_check_links(const struct book *book, bool is_lone, struct diag *diag)
{
	enum { COUNT = COUNT(id_attributes) };
	xmlNode *root = xmlDocGetRootElement(book->doc);
	struct map former = { 0 };
	int rc = 0;

	collect_former(book, &former);
	for (xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true)) {
		for (size_t i = 0; node->type == XML_ELEMENT_NODE &&
		     node->properties != NULL && i < COUNT;
		     i++) {
			const char *value = id_attributes[i].local == NULL
			    ? node_attribute(node, id_attributes[i].name)
			    : node_vade_attribute(node, id_attributes[i].local);

			if (value != NULL &&
			    check_ids(book, node, id_attributes[i].name, value,
				is_lone, diag) != 0)
				rc = -1;
		}
		rc |= check_address(book, node, &former, is_lone, diag);
	}
	map_clear(&former);
	return rc;
}

/* --- procedures --- */

/* Tokens of v:actor and friends are declared roles, of v:to parties too. */
static int
check_roles(const struct book *book, const struct axis *role,
    const xmlNode *node, const char *name, const char *local, bool parties,
    struct diag *diag)
{
	const char *value = node_vade_attribute(node, local);
	struct axis_tokens_origin origin = { book_place(book, node), name };
	uint64_t *leaves;
	const char *token;
	size_t len;
	int rc = 0;

	if (value == NULL)
		return 0;
	leaves = mem_array(role->words, sizeof(*leaves));
	while ((token = text_next_token(&value, &len)) != NULL) {
		char *one = mem_dup_len(token, len);

		if ((!parties || axis_find_party(role, one, len) == NULL) &&
		    axis_tokens_parse(role, one, false, &origin, leaves,
			diag) != 0)
			rc = -1;
		free(one);
	}
	free(leaves);
	return rc;
}

static bool
is_yes(const char *value)
{
	return value != NULL && strcmp(value, "yes") == 0;
}

/* Where a step sends on, if it does: next, stop, or an id that exists. */
static int
check_go(const struct book *book, const xmlNode *step, struct diag *diag)
{
	const char *go = node_vade_attribute(step, "go");

	if (go == NULL || strcmp(go, "next") == 0 || strcmp(go, "stop") == 0)
		return 0;
	return check_ids(book, step, "v:go", go, false, diag);
}

static int
check_branch(const struct book *book, const xmlNode *branch, struct diag *diag)
{
	const char *go = node_vade_attribute(branch, "go");
	struct place place = book_place(book, branch);

	if (go == NULL || node_title(branch) == NULL)
		return diag_report(diag, DIAG_DECISION_FORM,
		    source_tag_place(diag->sources, place),
		    go == NULL ? "v:go" : "title", NULL);
	return check_go(book, branch, diag);
}

static int
check_decision(const struct book *book, const xmlNode *decision,
    struct diag *diag)
{
	size_t branches = 0;
	size_t defaults = 0;
	int rc = 0;

	for (xmlNode *branch = node_first_element(decision); branch != NULL;
	     branch = node_next_element(branch)) {
		if (!node_is(branch, "step"))
			continue;
		branches++;
		defaults += is_yes(node_vade_attribute(branch, "default"));
		if (check_branch(book, branch, diag) != 0)
			rc = -1;
	}
	if (branches >= 2 && defaults == 1)
		return rc;
	return diag_report(diag, DIAG_DECISION_FORM,
	    source_tag_place(diag->sources, book_place(book, decision)),
	    branches < 2 ? "2 × step" : "1 × v:default=\"yes\"", NULL);
}

static int
check_node(const struct book *book, const struct axis *role,
    const xmlNode *node, struct diag *diag)
{
	int rc = 0;

	if (node_is_decision(node) && check_decision(book, node, diag) != 0)
		rc = -1;
	if (node_is(node, "step") && !node_is_decision(node->parent))
		rc |= check_go(book, node, diag);
	if (role == NULL)
		return rc;
	if (node_is(node, "step"))
		rc |= check_roles(book, role, node, "v:actor", "actor", false,
			  diag) |
		    check_roles(book, role, node, "v:standin", "standin", false,
			diag) |
		    check_roles(book, role, node, "v:to", "to", true, diag) |
		    check_roles(book, role, node, "v:consult", "consult", true,
			diag) |
		    check_roles(book, role, node, "v:accountable",
			"accountable", false, diag);
	if (node_is(node, "task"))
		rc |= check_roles(book, role, node, "v:partner", "partner",
		    true, diag);
	return rc;
}

int
index_check_procedures(const struct book *book, const struct project *project,
    struct diag *diag)
{
	xmlNode *root = xmlDocGetRootElement(book->doc);
	const struct axis *role = axes_role(&project->axes);
	int rc = 0;

	for (xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true))
		if (node->type == XML_ELEMENT_NODE &&
		    check_node(book, role, node, diag) != 0)
			rc = -1;
	return rc;
}
