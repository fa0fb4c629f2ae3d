#include "version_tokens.h"

#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "base/buf.h"
#include "base/list.h"
#include "base/text.h"
#include "model/namespaces.h"

/* What a version is read with. */
struct reading {
	struct version *version;
	bool spaced; /* white space was met since the last token */
};

/* --- what is there for this rank --- */

static bool
is_read(const struct version *version, const xmlNode *node)
{
	return node->type == XML_ELEMENT_NODE && !node_is(node, "remark") &&
	    reach_rank(version->edition->reaches,
		book_element(version->book, node)->reach) <= version->rank &&
	    (version->shows == NULL || version->shows(version->context, node));
}

/* Does it part a sentence? A footnote does not, but says something itself. */
static bool
is_block(const xmlNode *node)
{
	return node_is(node, "footnote") || !unit_is_inline(node);
}

/* --- words --- */

static void
add_token(struct reading *reading, enum term_kind kind, const char *text,
    size_t len, const xmlNode *in)
{
	struct version *version = reading->version;

	*list_add(version->tokens, version->token_count,
	    version->token_capacity) =
	    (struct token){ vocabulary_add(version->vocabulary, kind, text,
				len),
		    reading->spaced, in };
	reading->spaced = false;
}

static void
add_words(struct reading *reading, const char *text, const xmlNode *in)
{
	size_t size = strlen(text);
	size_t at = 0;
	size_t before = 0;
	size_t len;
	enum word_kind kind;
	const char *part;

	while ((part = word_breaker_next(reading->version->vocabulary->breaker,
		    text, size, &at, &len, &kind)) != NULL) {
		reading->spaced |= part > text + before;
		add_token(reading, (enum term_kind)kind, part, len, in);
		before = at;
	}
	reading->spaced |= before < size;
}

static int
compare_attributes(const void *left, const void *right)
{
	const xmlAttr *a = *(const xmlAttr *const *)left;
	const xmlAttr *b = *(const xmlAttr *const *)right;
	const char *in_a = a->ns ? (const char *)a->ns->href : "";
	const char *in_b = b->ns ? (const char *)b->ns->href : "";
	int order = strcmp((const char *)a->name, (const char *)b->name);

	return order != 0 ? order : strcmp(in_a, in_b);
}

/* Attributes in an order of their own, whatever the source has. */
static void
add_attributes(struct buf *text, const xmlNode *node)
{
	const xmlAttr **sorted = NULL;
	size_t count = 0;
	size_t capacity = 0;

	for (const xmlAttr *at = node->properties; at != NULL; at = at->next)
		*list_add(sorted, count, capacity) = at;
	if (count > 1)
		qsort(sorted, count, sizeof(*sorted), compare_attributes);
	for (size_t i = 0; i < count; i++)
		buf_add_format(text, " %s%s%s=\"%s\"",
		    sorted[i]->ns && sorted[i]->ns->prefix
			? (const char *)sorted[i]->ns->prefix
			: "",
		    sorted[i]->ns && sorted[i]->ns->prefix ? ":" : "",
		    (const char *)sorted[i]->name,
		    sorted[i]->children
			? (const char *)sorted[i]->children->content
			: "");
	free(sorted);
}

static void
add_tag(struct reading *reading, enum term_kind kind, const xmlNode *node)
{
	struct buf tag = { 0 };
	bool spaced = reading->spaced;

	buf_add_text(&tag, (const char *)node->name);
	if (kind == TERM_OPEN)
		add_attributes(&tag, node);
	add_token(reading, kind, tag.data, tag.size, node);
	/* White space before a tag is that of the word behind it. */
	reading->version->tokens[reading->version->token_count - 1].spaced =
	    false;
	reading->spaced = spaced;
	buf_clear(&tag);
}

/* The sentence that an element holds; blocks in it are nodes of their own. */
static void
add_sentence(struct reading *reading, const xmlNode *node)
{
	const struct version *version = reading->version;

	for (const xmlNode *at = node->children; at != NULL; at = at->next) {
		if (at->type == XML_TEXT_NODE ||
		    at->type == XML_CDATA_SECTION_NODE) {
			add_words(reading, (const char *)at->content, node);
		} else if (!is_read(version, at)) {
			continue;
		} else if (is_block(at)) {
			reading->spaced = true;
		} else {
			add_tag(reading, TERM_OPEN, at);
			add_sentence(reading, at);
			add_tag(reading, TERM_CLOSE, at);
		}
	}
}

/* --- nodes --- */

static void
add_node(struct reading *reading, const xmlNode *node, uint32_t parent);

/* Blocks below, also those in a sentence. */
static void
add_blocks(struct reading *reading, const xmlNode *node, uint32_t parent)
{
	for (const xmlNode *at = node->children; at != NULL; at = at->next) {
		if (at->type != XML_ELEMENT_NODE ||
		    !is_read(reading->version, at))
			continue;
		if (is_block(at))
			add_node(reading, at, parent);
		else
			add_blocks(reading, at, parent);
	}
}

static uint64_t
mix(uint64_t hash, uint64_t more)
{
	uint64_t both[2] = { hash, more };

	return XXH3_64bits(both, sizeof(both));
}

static void
hash_attributes(struct version_node *made, const xmlNode *node)
{
	struct buf text = { 0 };

	add_attributes(&text, node);
	if (text.size > 0)
		made->whole =
		    mix(made->whole, XXH3_64bits(text.data, text.size));
	buf_clear(&text);
}

/* The hashes of a node whose blocks have theirs. */
static void
hash_node(const struct version *version, uint32_t n)
{
	struct version_node *node = &version->nodes[n];
	uint64_t name = vocabulary_hash(version->vocabulary, node->name);

	node->whole = node->text = name;
	node->words = 0;
	node->weight = 0;
	hash_attributes(node, node->source);
	for (uint32_t i = 0; i < node->token_count; i++) {
		const struct token *token = &version->tokens[node->tokens + i];
		uint64_t hash =
		    vocabulary_hash(version->vocabulary, token->term);
		enum term_kind kind =
		    vocabulary_kind(version->vocabulary, token->term);

		node->whole = mix(node->whole, hash + token->spaced);
		if (!term_is_read(kind))
			continue;
		node->text = mix(node->text, hash);
		node->words = mix(node->words, hash);
		node->weight += kind != TERM_MARK;
	}
	for (uint32_t at = n + 1; at < node->end; at = version->nodes[at].end) {
		const struct version_node *child = &version->nodes[at];

		node->whole = mix(node->whole, child->whole);
		node->text = mix(node->text, child->text);
		if (child->words != 0)
			node->words = mix(node->words, child->words);
		node->weight += child->weight;
	}
}

static void
add_node(struct reading *reading, const xmlNode *node, uint32_t parent)
{
	struct version *version = reading->version;
	uint32_t n = (uint32_t)version->count;
	struct version_node *made =
	    list_add(version->nodes, version->count, version->capacity);

	*made = (struct version_node){ .source = node,
		.name = vocabulary_add(version->vocabulary, TERM_NAME,
		    (const char *)node->name, strlen((const char *)node->name)),
		.parent = parent,
		.tokens = (uint32_t)version->token_count };
	reading->spaced = false;
	add_sentence(reading, node);
	version->nodes[n].token_count =
	    (uint32_t)version->token_count - version->nodes[n].tokens;
	add_blocks(reading, node, n);
	version->nodes[n].end = (uint32_t)version->count;
	version->nodes[n].tokens_end = (uint32_t)version->token_count;
	hash_node(version, n);
}

void
version_read(struct version *version)
{
	struct reading reading = { .version = version };
	const xmlNode *root = xmlDocGetRootElement(version->book->doc);

	if (root != NULL && is_read(version, root))
		add_node(&reading, root, 0);
}

void
version_clear(struct version *version)
{
	free(version->nodes);
	free(version->tokens);
	*version = (struct version){ 0 };
}

static bool
is_same_node(const struct version *old, const struct version_node *a,
    const struct version *new, const struct version_node *b)
{
	struct buf sides[2] = { 0 };
	bool same = a->name == b->name && a->token_count == b->token_count;

	for (uint32_t i = 0; same && i < a->token_count; i++) {
		const struct token *x = &old->tokens[a->tokens + i];
		const struct token *y = &new->tokens[b->tokens + i];

		same = x->term == y->term && x->spaced == y->spaced;
	}
	if (!same)
		return false;
	add_attributes(&sides[0], a->source);
	add_attributes(&sides[1], b->source);
	same = strcmp(buf_text(&sides[0]), buf_text(&sides[1])) == 0;
	buf_clear(&sides[0]);
	buf_clear(&sides[1]);
	return same;
}

bool
version_is_same(const struct version *old, uint32_t old_node,
    const struct version *new, uint32_t new_node)
{
	const struct version_node *a = &old->nodes[old_node];
	const struct version_node *b = &new->nodes[new_node];
	uint32_t count = a->end - old_node;

	if (a->whole != b->whole || count != b->end - new_node)
		return false;
	for (uint32_t i = 0; i < count; i++)
		if (a[i].end - old_node != b[i].end - new_node ||
		    !is_same_node(old, &a[i], new, &b[i]))
			return false;
	return true;
}

uint32_t
version_first_child(const struct version *version, uint32_t node)
{
	return version->nodes[node].end > node + 1 ? node + 1 : NODE_NONE;
}

uint32_t
version_next_sibling(const struct version *version, uint32_t node)
{
	uint32_t next = version->nodes[node].end;

	return node != 0 &&
		next < version->nodes[version->nodes[node].parent].end
	    ? next
	    : NODE_NONE;
}
