#include "vocabulary.h"

#include <string.h>

#include "base/buf.h"

void
vocabulary_open(struct vocabulary *vocabulary)
{
	*vocabulary = (struct vocabulary){ .breaker = word_breaker_new() };
}

void
vocabulary_close(struct vocabulary *vocabulary)
{
	word_breaker_free(vocabulary->breaker);
	map_clear(&vocabulary->terms);
}

uint32_t
vocabulary_add(struct vocabulary *vocabulary, enum term_kind kind,
    const char *text, size_t len)
{
	char small[64];
	struct buf large = { 0 };
	struct map_entry *entry;

	if (len < sizeof(small)) {
		small[0] = (char)('A' + (int)kind);
		memcpy(small + 1, text, len);
		entry = map_put(&vocabulary->terms, small, len + 1, NULL);
	} else {
		buf_add_char(&large, (char)('A' + (int)kind));
		buf_add(&large, text, len);
		entry =
		    map_put(&vocabulary->terms, large.data, large.size, NULL);
		buf_clear(&large);
	}
	return (uint32_t)(entry - vocabulary->terms.entries);
}

enum term_kind
vocabulary_kind(const struct vocabulary *vocabulary, uint32_t term)
{
	return (enum term_kind)(vocabulary->terms.entries[term].key[0] - 'A');
}

const char *
vocabulary_text(const struct vocabulary *vocabulary, uint32_t term)
{
	return vocabulary->terms.entries[term].key + 1;
}

uint64_t
vocabulary_hash(const struct vocabulary *vocabulary, uint32_t term)
{
	return vocabulary->terms.entries[term].hash;
}
