#include "accept.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"

/* The key of one code at one element. */
static void
make_key(const struct lint *lint, const xmlNode *node, enum diag_code code,
    uint32_t key[2])
{
	key[0] =
	    (uint32_t)(book_element(lint->book, node) - lint->book->elements);
	key[1] = (uint32_t)code;
}

bool
accept_covers(struct lint *lint, const xmlNode *node, enum diag_code code)
{
	const char *codes = node_vade_attribute(node, "accept");
	char *name;

	while ((name = text_take_token(&codes)) != NULL) {
		bool same = diag_find(name) == code;
		uint32_t key[2];

		free(name);
		if (!same)
			continue;
		make_key(lint, node, code, key);
		map_put(&lint->met, key, sizeof(key), NULL);
		return true;
	}
	return false;
}

static void
report_stale(const struct lint *lint, const xmlNode *node, const char *codes)
{
	char *name;

	while ((name = text_take_token(&codes)) != NULL) {
		uint32_t key[2];

		make_key(lint, node, diag_find(name), key);
		if (map_get(&lint->met, key, sizeof(key)) == NULL)
			diag_report(lint->edition->diag, DIAG_ACCEPT_STALE,
			    lint_place(lint, node, "v:accept", name), name,
			    NULL);
		free(name);
	}
}

void
accept_report_stale(const struct lint *lint)
{
	const xmlNode *root = xmlDocGetRootElement(lint->book->doc);

	for (const xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true)) {
		const char *codes = node->type == XML_ELEMENT_NODE
		    ? node_vade_attribute(node, "accept")
		    : NULL;

		if (codes != NULL)
			report_stale(lint, node, codes);
	}
}
