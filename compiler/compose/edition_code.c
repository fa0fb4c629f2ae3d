/* The edition's short code: a digest of what was composed. */
#include "edition_metadata.h"

#include <stdio.h>
#include <string.h>

#include <xxhash.h>

#include "project/docbook_elements.h"

static void
add_text(XXH3_state_t *digest, const void *text)
{
	XXH3_128bits_update(digest, text, strlen(text) + 1);
}

static void
add_node(XXH3_state_t *digest, const xmlNode *node)
{
	if (node->type != XML_ELEMENT_NODE) {
		if (node->content != NULL)
			add_text(digest, node->content);
		return;
	}
	add_text(digest, node->name);
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next) {
		if (element_attribute_refers(a))
			continue;
		add_text(digest, a->name);
		node_each_child(text, a)
			add_text(digest, text->content);
	}
}

static void
set_code(xmlNode *top, XXH3_state_t *digest)
{
	XXH128_canonical_t canonical;
	char code[EDITION_CODE + 1];

	XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(digest));
	for (size_t i = 0; i < EDITION_CODE / 2; i++)
		snprintf(code + 2 * i, 3, "%02x", canonical.digest[i]);
	xmlSetProp(top, BAD_CAST "code", BAD_CAST code);
}

/* Where an element ends counts: words that move out of one are another text. */
static void
add_ends(XXH3_state_t *digest, const xmlNode *node, const xmlNode *top)
{
	if (node->children != NULL)
		return;
	for (; node != top && node->next == NULL; node = node->parent)
		XXH3_128bits_update(digest, "/", 1);
}

void
edition_code_add(xmlNode *top)
{
	XXH3_state_t *digest = XXH3_createState();

	XXH3_128bits_reset(digest);
	node_each(node, top) {
		add_node(digest, node);
		add_ends(digest, node, top);
	}
	set_code(top, digest);
	XXH3_freeState(digest);
}

const char *
edition_code(const struct view *view)
{
	return node_attribute(xmlDocGetRootElement(view->doc), "code");
}

void
edition_code_join(const struct view *left, const struct view *right)
{
	XXH3_state_t *digest = XXH3_createState();

	XXH3_128bits_reset(digest);
	add_text(digest, edition_code(left));
	add_text(digest, edition_code(right));
	set_code(xmlDocGetRootElement(left->doc), digest);
	set_code(xmlDocGetRootElement(right->doc), digest);
	XXH3_freeState(digest);
}
