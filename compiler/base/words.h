/*
 * What the program says to its user outside of diagnostics. Used by the
 * commands, and by whoever makes an argument of a message.
 * Invariant: the texts exist only in words.def, in every language.
 */
#ifndef VADE_BASE_WORDS_H
#define VADE_BASE_WORDS_H

#include "base/diag.h"

enum words {
#define WORD(name, english, spanish) WORDS_##name,
#include "words.def"
#undef WORD
};

const char *words_say(enum diag_language language, enum words words);
/* The words with printf's arguments in them. The caller frees. */
char *words_format(enum diag_language language, enum words words, ...);
/* Reports V0901: what is wrong with the command line, and what would do (NULL:
 * no more is known). Returns -1. */
int
words_report_usage(struct diag *diag, const char *help, enum words words, ...);

#endif
