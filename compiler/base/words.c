#include "words.h"

#include <stdarg.h>

#include "alloc.h"

static const char *const texts[][DIAG_LANGUAGES] = {
#define WORD(name, english, spanish) { english, spanish },
#include "words.def"
#undef WORD
};

const char *
words_say(enum diag_language language, enum words words)
{
	return texts[words][language];
}

char *
words_format(enum diag_language language, enum words words, ...)
{
	va_list args;
	char *text;

	va_start(args, words);
	text = mem_format_list(texts[words][language], args);
	va_end(args);
	return text;
}

int
words_report_usage(struct diag *diag, const char *help, enum words words, ...)
{
	va_list args;
	owned char *what;

	va_start(args, words);
	what = mem_format_list(texts[words][diag->language], args);
	va_end(args);
	diag_report_path(diag, DIAG_USAGE, NULL, what, help, NULL);
	return -1;
}
