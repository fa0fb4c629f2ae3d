#include "lang_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"

void
lang_text_clear(struct lang_text *label)
{
	for (size_t i = 0; i < label->count; i++) {
		free(label->texts[i].lang);
		free(label->texts[i].text);
	}
	free(label->texts);
	memset(label, 0, sizeof(*label));
}

void
lang_text_set(struct lang_text *label, const char *lang, const char *text)
{
	struct label_text *entry;

	for (size_t i = 0; i < label->count; i++) {
		if (strcmp(label->texts[i].lang, lang) != 0)
			continue;
		free(label->texts[i].text);
		label->texts[i].text = mem_dup(text);
		return;
	}
	entry = list_add(label->texts, label->count, label->capacity);
	entry->lang = mem_dup(lang);
	entry->text = mem_dup(text);
}

const char *
lang_text_exact(const struct lang_text *label, const char *lang)
{
	for (size_t i = 0; i < label->count; i++)
		if (strcmp(label->texts[i].lang, lang) == 0)
			return label->texts[i].text;
	return NULL;
}

const char *
lang_text_get(const struct lang_text *label, const char *lang,
    const char *fallback)
{
	const char *text = lang_text_exact(label, lang);

	if (text != NULL)
		return text;
	return label->count > 0 ? label->texts[0].text : fallback;
}
