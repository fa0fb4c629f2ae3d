#include "accept_syntax.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/text.h"

/* The findings about an element of a book that can be meant. */
static const enum diag_code in_books[] = { DIAG_ACTOR_CHANGES,
	DIAG_RECEIVER_IDLE, DIAG_HANDOFF_MISSING, DIAG_HANDOFF_FIELDS,
	DIAG_STAGE_SKIPPED, DIAG_STAGE_FIRST, DIAG_CONDITION_DISJOINT,
	DIAG_CONDITION_UNSHOWN, DIAG_CONDITION_REDUNDANT,
	DIAG_CONDITION_EVERYONE, DIAG_READER_IDLE };
/* And about a name of axes.xml. */
static const enum diag_code in_axes[] = { DIAG_NAME_UNUSED };

/* The acceptance of one element. */
struct acceptance {
	struct place tag;
	const enum diag_code *allowed;
	size_t allowed_count;
	struct diag *diag;
};

static bool
is_allowed(const struct acceptance *acceptance, enum diag_code code)
{
	for (size_t i = 0; i < acceptance->allowed_count; i++)
		if (acceptance->allowed[i] == code)
			return true;
	return false;
}

static int
check_code(const struct acceptance *acceptance, const char *token)
{
	struct diag *diag = acceptance->diag;
	enum diag_code code = diag_find(token);
	struct place place = source_attribute_place(diag->sources,
	    acceptance->tag, "v:accept", token);
	const char *codes[DIAG_COUNT];

	if (code != DIAG_COUNT && is_allowed(acceptance, code))
		return 0;
	if (code != DIAG_COUNT)
		return diag_report(diag, DIAG_ACCEPT_REFUSED, place, token,
		    NULL);
	for (int i = 0; i < DIAG_COUNT; i++)
		codes[i] = diag_rows[i].code;
	return diag_report(diag, DIAG_ACCEPT_UNKNOWN, place, token,
	    text_nearest(token, codes, DIAG_COUNT), NULL);
}

static int
check_element(const struct acceptance *acceptance, const xmlNode *node)
{
	const char *codes = node_vade_attribute(node, "accept");
	const char *reason = node_vade_attribute(node, "reason");
	char *code;
	int rc = 0;

	if (codes == NULL)
		return 0;
	if (reason == NULL || text_is_blank(reason))
		rc = diag_report(acceptance->diag, DIAG_ACCEPT_REASON,
		    source_attribute_place(acceptance->diag->sources,
			acceptance->tag, "v:accept", NULL),
		    codes, NULL);
	while ((code = text_take_token(&codes)) != NULL) {
		rc |= check_code(acceptance, code);
		free(code);
	}
	return rc;
}

int
accept_syntax_check_book(const struct book *book, struct diag *diag)
{
	const xmlNode *root = xmlDocGetRootElement(book->doc);
	struct acceptance acceptance = { .allowed = in_books,
		.allowed_count = COUNT(in_books),
		.diag = diag };
	int rc = 0;

	for (const xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true)) {
		if (node->type != XML_ELEMENT_NODE || node->properties == NULL)
			continue;
		acceptance.tag = book_place(book, node);
		rc |= check_element(&acceptance, node);
	}
	return rc;
}

int
accept_syntax_of_name(const xmlNode *node, struct place tag,
    struct place *place, struct diag *diag)
{
	const struct acceptance acceptance = { .tag = tag,
		.allowed = in_axes,
		.allowed_count = COUNT(in_axes),
		.diag = diag };

	*place = (struct place){ 0 };
	if (node_vade_attribute(node, "accept") != NULL)
		*place = source_attribute_place(diag->sources, tag, "v:accept",
		    NULL);
	return check_element(&acceptance, node);
}
