/*
 * `v:accept="CODE …" v:reason="…"`: an author accepts a finding at one place
 * (DESIGN section 4). Used by the rules of check.h; the form was checked by
 * load/accept_syntax.h.
 * Invariant: only what a rule reports about an element can be accepted, and there
 * only; an acceptance that nothing needs is a finding itself.
 */

#include "base/text.h"
#include "check/check.h"

/* The key of one code at one element. */
static void
make_key(const struct checks *checks, const xmlNode *node, enum diag_code code,
    uint32_t key[2])
{
	key[0] = (uint32_t)(book_element(checks->book, node) -
	    checks->book->elements);
	key[1] = (uint32_t)code;
}

bool
accept_covers(struct checks *checks, const xmlNode *node, enum diag_code code)
{
	token_each(name, node_vade_attribute(node, "accept")) {
		bool same = diag_find(name) == code;
		uint32_t key[2];

		if (!same)
			continue;
		make_key(checks, node, code, key);
		map_put(&checks->met, key, sizeof(key), NULL);
		return true;
	}
	return false;
}

static void
report_stale(const struct checks *checks, const xmlNode *node,
    const char *codes)
{
	token_each(name, codes) {
		uint32_t key[2];

		make_key(checks, node, diag_find(name), key);
		if (map_get(&checks->met, key, sizeof(key)) == NULL)
			diag_report(checks->edition->diag, DIAG_ACCEPT_STALE,
			    checks_place(checks, node, "v:accept", name), name,
			    NULL);
	}
}

void
accept_check_stale(struct checks *checks)
{
	node_each(node, book_root(checks->book)) {
		const char *codes = node->type == XML_ELEMENT_NODE
		    ? node_vade_attribute(node, "accept")
		    : NULL;

		if (codes != NULL)
			report_stale(checks, node, codes);
	}
}
