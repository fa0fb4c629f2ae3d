#include "refusal.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/root_file.h"
#include "base/text.h"
#include "project/docbook_elements.h"

/* --- words and signs --- */

/* The words that a refusal quotes as `"…"`, as they are in the document; the
 * caller frees. NULL if it quotes none. */
static char *
quoted_words(const char *refusal)
{
	static const char before[] = "`\"";
	const char *start = strstr(refusal, before);
	const char *end = start ? strstr(start, "\"`") : NULL;
	struct buf words = { 0 };
	char bytes[4];

	if (end == NULL || end < start + sizeof(before) - 1)
		return NULL;
	for (start += sizeof(before) - 1; start < end;) {
		size_t slashes = strspn(start, "\\");

		if (slashes > 0 && strncmp(start + slashes, "u{", 2) == 0) {
			start += slashes + 2;
			buf_add(&words, bytes,
			    text_encode(bytes,
				(uint32_t)strtoul(start, NULL, 16)));
			start += strcspn(start, "}") + 1;
			continue;
		}
		start += *start == '\\';
		buf_add_char(&words, *start++);
	}
	return buf_take(&words);
}

/* Is one letter drawn from several signs, or in another order? What Typst finds
 * no code for, and does not quote, is one of these, in a drawing. */
static bool
is_joined(uint32_t c)
{
	static const uint32_t ranges[][2] = { { 0x300, 0x36F },
		{ 0x590, 0xDFF }, { 0x200D, 0x200D }, { 0x20D0, 0x20FF },
		{ 0xFE00, 0xFE0F }, { 0x1F1E6, 0x1F1FF },
		{ 0x1F3FB, 0x1F3FF } };

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (c >= ranges[i][0] && c <= ranges[i][1])
			return true;
	return false;
}

/* The first joined sign of some text, its length in *len; NULL if none. */
static const char *
find_joined(const char *text, size_t size, size_t *len)
{
	uint32_t c;

	for (size_t at = 0; at < size; at += *len) {
		*len = text_decode(text + at, size - at, &c);
		if (is_joined(c))
			return text + at;
	}
	return NULL;
}

/* The first sign of the view that is joined; the caller frees. NULL if none. */
static char *
joined_sign(const struct view *view)
{
	for (const xmlNode *node = view->root; node != NULL;
	     node = node_walk(node, view->root, true)) {
		const char *text = node->type == XML_TEXT_NODE
		    ? (const char *)node->content
		    : "";
		size_t len;
		const char *at = find_joined(text, strlen(text), &len);

		if (at != NULL)
			return mem_dup_len(at, len);
	}
	return NULL;
}

/* The element of the sources that an element of the view comes from, or else
 * what is nearest around it. */
static const xmlNode *
source_around(const xmlNode *node)
{
	while (node != NULL && node->type == XML_ELEMENT_NODE) {
		if (view_source(node) != NULL)
			return view_source(node);
		node = node->parent;
	}
	return NULL;
}

/* The element of the sources that words of the view come from. */
static const xmlNode *
source_of_words(const struct view *view, const char *words)
{
	for (const xmlNode *node = view->root; node != NULL;
	     node = node_walk(node, view->root, true)) {
		const xmlNode *source;

		if (node->type != XML_TEXT_NODE ||
		    strstr((const char *)node->content, words) == NULL)
			continue;
		source = source_around(node->parent);
		if (source != NULL)
			return source;
	}
	return NULL;
}

/* Where an element writes the words, or its tag, if it writes them in another
 * way: as &#x26A0;. */
static struct place
place_of_words(const struct view *view, const xmlNode *element,
    const char *words)
{
	struct place place = book_place(view->book, element);
	const struct source *source =
	    sources_get(view->edition->diag->sources, place.file);
	const char *at;

	if (source == NULL)
		return place;
	at = memmem(source->bytes + place.offset, source->size - place.offset,
	    words, strlen(words));
	if (at == NULL)
		return source_tag_place(view->edition->diag->sources, place);
	place.offset = (uint32_t)(at - source->bytes);
	place.len = (uint32_t)strlen(words);
	return place;
}

/* --- drawings of authors --- */

/* Where the sources name a file of the project: its fileref; nowhere if no
 * element that the view shows does. */
static struct place
place_of_file(const struct view *view, const char *path)
{
	const struct sources *sources = view->edition->diag->sources;

	for (const xmlNode *node = view->root; node != NULL;
	     node = node_walk(node, view->root, true)) {
		const xmlNode *source =
		    node->type == XML_ELEMENT_NODE ? view_source(node) : NULL;
		const char *href =
		    source ? node_attribute(source, "fileref") : NULL;
		struct place tag;

		if (href == NULL)
			continue;
		tag = book_place(view->book, source);
		owned char *named =
		    file_join(sources_get(sources, tag.file)->path, href);

		if (named != NULL && strcmp(named, path) == 0)
			return source_attribute_place(sources, tag, "fileref",
			    NULL);
	}
	return (struct place){ 0 };
}

/* The first drawing with words that the engine may not set. */
static struct place
place_of_drawing(const struct view *view)
{
	size_t len;

	for (size_t i = 0; i < view->asset_count; i++) {
		const struct asset *asset = &view->assets[i];

		if (text_ends_with(asset->name, ".svg") &&
		    find_joined(asset->bytes, asset->size, &len) != NULL)
			return place_of_file(view, asset->path);
	}
	return (struct place){ 0 };
}

/* --- what stands too deep --- */

struct nest {
	const xmlNode *inner;
	int depth;       /* of the engine's calls, roughly */
	size_t elements; /* in one another, the inner one among them */
};

/* A block goes through some functions of the engine's templates, what stands in
 * a line through one. */
static struct nest
nest_of(struct element_memo *memo, const xmlNode *inner)
{
	struct nest nest = { .inner = inner };

	for (const xmlNode *node = inner;
	     node != NULL && node->type == XML_ELEMENT_NODE;
	     node = node->parent) {
		bool is_block = element_facts(memo, node) &
		    (ELEMENT_CONTAINER | ELEMENT_BLOCK);

		nest.depth += is_block ? 3 : 1;
		nest.elements++;
	}
	return nest;
}

/* The first of the deepest. */
static struct nest
deepest_nest(const xmlNode *root)
{
	struct element_memo memo = { 0 };
	struct nest deepest = { 0 };

	for (const xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true)) {
		struct nest nest = { 0 };

		if (node->type == XML_ELEMENT_NODE)
			nest = nest_of(&memo, node);
		if (nest.depth > deepest.depth)
			deepest = nest;
	}
	return deepest;
}

/* --- all --- */

/* The engine's words, "maximum function call depth exceeded", name nothing. */
static int
report_depth(const struct view *view, struct diag *diag)
{
	const struct nest nest = deepest_nest(view->root);
	const xmlNode *source = source_around(nest.inner);
	char *count = mem_format("%zu", nest.elements);
	struct place place = { 0 };

	if (source != NULL)
		place = source_tag_place(view->edition->diag->sources,
		    book_place(view->book, source));
	diag_report(diag, DIAG_PDF_DEEP, place, count, NULL);
	free(count);
	return -1;
}

static int
report_words(const struct view *view, const char *path, const char *refusal,
    struct diag *diag)
{
	char *quoted = quoted_words(refusal);
	bool is_told = quoted != NULL && quoted[0] != '\0';
	char *words = is_told ? mem_dup(quoted) : joined_sign(view);
	const xmlNode *element =
	    words == NULL ? NULL : source_of_words(view, words);
	struct place place = { 0 };
	char *code;
	uint32_t c;

	free(quoted);
	if (element != NULL)
		place = place_of_words(view, element, words);
	else
		place = place_of_drawing(view);
	if (!is_told) {
		free(words);
		return diag_report(diag, DIAG_PDF_REFUSED, place, path, refusal,
		    NULL);
	}
	text_decode(words, strlen(words), &c);
	code = mem_format("U+%04X", (unsigned)c);
	diag_report(diag, DIAG_PDF_SIGN, place, words, code, path, NULL);
	free(code);
	free(words);
	return -1;
}

int
print_refused(const struct view *view, const char *path, const char *refusal,
    struct diag *diag)
{
	if (strstr(refusal, "depth exceeded") != NULL)
		return report_depth(view, diag);
	return report_words(view, path, refusal, diag);
}

/* A digit in a key, U+20E3: measured to take the engine minutes in an SVG. */
int
print_refuse_drawings(const struct view *view, const char *path,
    struct diag *diag)
{
	static const char key[] = "\xe2\x83\xa3";

	for (size_t i = 0; i < view->asset_count; i++) {
		const struct asset *asset = &view->assets[i];

		if (text_ends_with(asset->name, ".svg") &&
		    memmem(asset->bytes, asset->size, key, strlen(key)) != NULL)
			return diag_report(diag, DIAG_PDF_SIGN,
			    place_of_file(view, asset->path), key, "U+20E3",
			    path, NULL);
	}
	return 0;
}
