/*
 * The words that the built-in output speaks of its own ("Next", "Lead"), in
 * the language of the handbook. Used by project, link and emit.
 * Invariant: ui.def has every word in every language; a language that it does
 * not speak gets English.
 */
#ifndef VADE_MODEL_UI_H
#define VADE_MODEL_UI_H

#include <stddef.h>

/* The word of a key; the key itself if there is none (a bug). Lent. */
const char *ui_word(const char *lang, const char *key);

/* All words, for stylesheets. */
struct ui_row {
	const char *key;
	const char *texts[2]; /* English, Spanish */
};
extern const struct ui_row ui_rows[];
extern const size_t ui_count;
/* Which text of a row a language uses. */
size_t ui_language(const char *lang);

#endif
