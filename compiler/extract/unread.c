#include "unread.h"

static const char *const texts[UNREAD_COUNT][2] = {
	{ "", "" },
#define UNREAD(name, en, es) { en, es },
#include "extract/unread.def"
#undef UNREAD
};

const char *
unread_text(enum unread why, enum diag_language language)
{
	return texts[why][language == DIAG_ES];
}
