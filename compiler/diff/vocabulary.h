/*
 * The terms of two versions, each once: names of elements, words, numbers,
 * marks, tags in sentences. Used by diff.
 * Invariant: equal terms have one number, whichever version they stand in.
 */
#ifndef VADE_DIFF_VOCABULARY_H
#define VADE_DIFF_VOCABULARY_H

#include "base/map.h"
#include "script/word_break.h"

enum term_kind {
	TERM_WORD,
	TERM_NUMBER,
	TERM_MARK,
	TERM_OPEN,  /* "<emphasis role=bold>" */
	TERM_CLOSE, /* "</emphasis>" */
	TERM_BLOCK, /* where a footnote or image stands in a sentence */
	TERM_NAME,  /* of an element */
};

struct vocabulary {
	struct word_breaker *breaker;
	struct map terms; /* a letter for the kind, then the text */
};

void vocabulary_open(struct vocabulary *vocabulary);
void vocabulary_close(struct vocabulary *vocabulary);
/* The number of a term, new or not. */
uint32_t vocabulary_add(struct vocabulary *vocabulary, enum term_kind kind,
    const char *text, size_t len);
enum term_kind
vocabulary_kind(const struct vocabulary *vocabulary, uint32_t term);
/* Lent. */
const char *vocabulary_text(const struct vocabulary *vocabulary, uint32_t term);
uint64_t vocabulary_hash(const struct vocabulary *vocabulary, uint32_t term);
/* Is it read, not a tag around what is read? */
static inline bool
term_is_read(enum term_kind kind)
{
	return kind <= TERM_MARK;
}

#endif
