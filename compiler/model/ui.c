#include "ui.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

const struct ui_row ui_rows[] = {
#define WORD(key, english, spanish) { key, { english, spanish } },
#include "ui.def"
#undef WORD
};

const size_t ui_count = sizeof(ui_rows) / sizeof(*ui_rows);

size_t
ui_language(const char *lang)
{
	return strncmp(lang, "es", 2) == 0 ? 1 : 0;
}

static const struct {
	const char *lang; /* the primary part of a tag */
	const char *key;
	const char *text;
} more[] = {
#define WORD_IN(lang, key, text) { lang, key, text },
#include "ui_partial_languages.def"
#undef WORD_IN
};
enum { MORE = sizeof(more) / sizeof(*more) };

/* Is the tag ("de-AT") of the language ("de")? */
static bool
is_of(const char *tag, const char *lang)
{
	size_t len = strlen(lang);

	return strncasecmp(tag, lang, len) == 0 &&
	    (tag[len] == '\0' || tag[len] == '-');
}

enum ui_speech
ui_speaks(const char *lang)
{
	if (is_of(lang, "en") || is_of(lang, "es"))
		return UI_WHOLE;
	for (size_t i = 0; i < MORE; i++)
		if (is_of(lang, more[i].lang))
			return UI_PARTLY;
	return UI_NOT;
}

const char *
ui_word(const char *lang, const char *key)
{
	for (size_t i = 0; i < MORE; i++)
		if (is_of(lang, more[i].lang) && strcmp(more[i].key, key) == 0)
			return more[i].text;
	for (size_t i = 0; i < ui_count; i++)
		if (strcmp(ui_rows[i].key, key) == 0)
			return ui_rows[i].texts[ui_language(lang)];
	return key;
}

const char *
ui_partial_text(size_t index)
{
	return index < MORE ? more[index].text : NULL;
}
