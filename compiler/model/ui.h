/*
 * The words that the built-in output speaks of its own ("Next", "Lead"), in
 * the language of the handbook. Used by project, link, compose and format.
 * Invariant: ui.def has every word in every language; a language that is spoken
 * in part (ui_partial_languages.def), or not at all, gets English for the rest.
 */
#ifndef VADE_MODEL_UI_H
#define VADE_MODEL_UI_H

#include <stddef.h>

/* How much of what we say of our own a language has. */
enum ui_speech { UI_WHOLE, UI_PARTLY, UI_NOT };
enum ui_speech ui_speaks(const char *lang);

/* The word of a key; the key itself if there is none (a bug). Lent. */
const char *ui_word(const char *lang, const char *key);

/* All words, for stylesheets. */
struct ui_row {
	const char *key;
	const char *texts[2]; /* English, Spanish */
};
extern const struct ui_row ui_rows[];
extern const size_t ui_count;
/* The words of languages spoken in part, from 0; NULL after the last. Lent. */
const char *ui_partial_text(size_t index);
/* Which text of a row a language uses. */
size_t ui_language(const char *lang);

#endif
