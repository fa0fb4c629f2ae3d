/*
 * A text per language, as axes, handbooks and projects carry it.
 * Invariant: at most one text for a language; order is that of the source.
 */
#ifndef VADE_MODEL_LABEL_H
#define VADE_MODEL_LABEL_H

#include <stddef.h>

struct label {
	struct label_text {
		char *lang; /* "en", "es"; "" = any */
		char *text;
	} * texts;
	size_t count;
	size_t capacity;
};

void label_clear(struct label *label);
/* Copies both; a second text for a language replaces the first. */
void label_set(struct label *label, const char *lang, const char *text);
/* The text for lang, else the first one, else fallback. Lent. */
const char *
label_get(const struct label *label, const char *lang, const char *fallback);
/* NULL if there is none in exactly this language. Lent. */
const char *label_exact(const struct label *label, const char *lang);

#endif
