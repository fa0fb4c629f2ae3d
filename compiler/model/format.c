#include "format.h"

#include <string.h>

#include "base/alloc.h"
#include "base/text.h"

const struct format_row formats[FORMAT_COUNT] = {
#define FORMAT(id, name, suffix, is_default, emit, word, english, spanish)     \
	{ name, suffix, is_default, word, { english, spanish } },
#include "format.def"
#undef FORMAT
};

_Static_assert(FORMAT_COUNT <= 32, "a set of formats has 32 bits");

enum format
format_find(const char *name, size_t len)
{
	size_t i = 0;

	while (i < FORMAT_COUNT &&
	    (strlen(formats[i].name) != len ||
		memcmp(formats[i].name, name, len) != 0))
		i++;
	return (enum format)i;
}

const char *
format_nearest(const char *name)
{
	const char *names[FORMAT_COUNT];

	for (size_t i = 0; i < FORMAT_COUNT; i++)
		names[i] = formats[i].name;
	return text_nearest(name, names, FORMAT_COUNT);
}

uint32_t
format_defaults(void)
{
	uint32_t set = 0;

	for (size_t i = 0; i < FORMAT_COUNT; i++)
		if (formats[i].is_default)
			set |= (uint32_t)1 << i;
	return set;
}

char *
format_path(enum format format, const char *handbook, const char *lang)
{
	const struct format_row *row = &formats[format];

	return row->suffix[0] == '\0'
	    ? mem_format("%s/%s/%s", handbook, lang, row->name)
	    : mem_format("%s/%s/%s.%s%s", handbook, lang, handbook, lang,
		  row->suffix);
}
