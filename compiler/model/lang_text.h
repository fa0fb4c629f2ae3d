/*
 * A text per language, as axes, handbooks and projects carry it.
 * Invariant: at most one text for a language; order is that of the source.
 */
#ifndef VADE_MODEL_LANG_TEXT_H
#define VADE_MODEL_LANG_TEXT_H

#include <stddef.h>

struct lang_text {
	struct label_text {
		char *lang; /* "en", "es"; "" = any */
		char *text;
	} * texts;
	size_t count;
	size_t capacity;
};

void lang_text_clear(struct lang_text *label);
/* Copies both; a second text for a language replaces the first. */
void lang_text_set(struct lang_text *label, const char *lang, const char *text);
/* The text for lang, else the first one, else fallback. Lent. */
const char *lang_text_get(const struct lang_text *label, const char *lang,
    const char *fallback);
/* NULL if there is none in exactly this language. Lent. */
const char *lang_text_exact(const struct lang_text *label, const char *lang);

#endif
