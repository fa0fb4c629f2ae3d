#include "chance_matches.h"

#include <string.h>

#include "extract/unescape.h"

/* What an edge is of: kinds of gram_hash. */
enum { EDGE_WHOLE = 2, EDGE_START, EDGE_END };

void
chance_matches_clear(struct chance_matches *seams)
{
	grams_clear(&seams->edges);
}

static void
put(struct chance_matches *seams, const uint64_t *words, size_t count,
    unsigned kind, int level)
{
	grams_put(&seams->edges, gram_hash(words, count, kind), level);
}

static void
add_block(struct chance_matches *seams, const char *text, size_t size,
    int level)
{
	struct gram_text block;

	gram_text_read(&block, text, size);
	if (block.count >= GRAM_WORDS) {
		put(seams, block.words, GRAM_WORDS, EDGE_START, level);
		put(seams, block.words + block.count - GRAM_WORDS, GRAM_WORDS,
		    EDGE_END, level);
	} else if (block.count > 0) {
		put(seams, block.words, block.count, EDGE_WHOLE, level);
	}
	gram_text_clear(&block);
}

void
chance_matches_add(struct chance_matches *seams, const char *text, size_t size,
    int level)
{
	const char *end = text + size;

	while (text < end) {
		const char *stop =
		    memchr(text, DECODE_BREAK, (size_t)(end - text));

		if (stop == NULL)
			stop = end;
		add_block(seams, text, (size_t)(stop - text), level);
		text = stop + 1;
	}
}

void
chance_matches_add_markup(struct chance_matches *seams, const char *bytes,
    size_t size, int level)
{
	const char *end = bytes + size;
	const char *at = bytes;

	while ((at = memchr(at, '>', (size_t)(end - at))) != NULL) {
		const char *stop = memchr(at, '<', (size_t)(end - at));
		struct decoded text;

		if (stop == NULL)
			return;
		decode_raw(&text, at + 1, (size_t)(stop - at) - 1);
		decode_escapes(&text);
		chance_matches_add(seams, text.text, text.size, level);
		decode_clear(&text);
		at = stop;
	}
}

/* Are these words of a page the edge of a text? */
static bool
is_edge(const struct chance_matches *seams, const struct gram_text *page,
    size_t start, size_t count, unsigned kind, int level)
{
	const struct gram *gram;

	if (start + count > page->count)
		return false;
	gram = grams_get(&seams->edges,
	    gram_hash(page->words + start, count, kind));
	return gram != NULL && gram->level <= level;
}

/* Does a text, or one after another, end before the word `at`, and hold all
 * words from `first` on? ends: of those between the two. */
static bool
ends_at(const struct chance_matches *seams, const struct gram_text *page,
    size_t first, size_t at, const bool *ends, int level)
{
	if (at >= GRAM_WORDS &&
	    is_edge(seams, page, at - GRAM_WORDS, GRAM_WORDS, EDGE_END, level))
		return true;
	for (size_t count = 1; count < GRAM_WORDS && count <= at; count++)
		if ((at - count <= first || ends[at - count - first]) &&
		    is_edge(seams, page, at - count, count, EDGE_WHOLE, level))
			return true;
	return false;
}

/* Does a text begin at the word `at`, and hold all words before `end`? */
static bool
starts_at(const struct chance_matches *seams, const struct gram_text *page,
    size_t at, size_t end, int level)
{
	if (is_edge(seams, page, at, GRAM_WORDS, EDGE_START, level))
		return true;
	for (size_t count = end - at; count < GRAM_WORDS; count++)
		if (is_edge(seams, page, at, count, EDGE_WHOLE, level))
			return true;
	return false;
}

bool
chance_matches_explain(const struct chance_matches *seams,
    const struct gram_text *page, size_t first, size_t count, int level)
{
	bool ends[GRAM_WORDS] = { false };

	for (size_t i = 1; i < count; i++) {
		ends[i] = ends_at(seams, page, first, first + i, ends, level);
		if (ends[i] &&
		    starts_at(seams, page, first + i, first + count, level))
			return true;
	}
	return false;
}
