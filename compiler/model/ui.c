#include "ui.h"

#include <string.h>

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

const char *
ui_word(const char *lang, const char *key)
{
	for (size_t i = 0; i < ui_count; i++)
		if (strcmp(ui_rows[i].key, key) == 0)
			return ui_rows[i].texts[ui_language(lang)];
	return key;
}
