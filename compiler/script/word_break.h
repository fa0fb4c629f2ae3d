/*
 * Parts text into what people read as one: words, numbers, marks. Used by diff.
 * Invariant: every byte is white space or in exactly one part; what a letter or
 * a digit is says Unicode, by PCRE2.
 */
#ifndef VADE_SCRIPT_WORD_BREAK_H
#define VADE_SCRIPT_WORD_BREAK_H

#include <stddef.h>

struct word_breaker;

enum word_kind { WORD_WORD, WORD_NUMBER, WORD_MARK };

struct word_breaker *word_breaker_new(void);
void word_breaker_free(struct word_breaker *breaker); /* NULL allowed */

/*
 * The next part of size bytes of UTF-8, from *at on: sets its kind and length,
 * and *at behind it. NULL at the end. Lent.
 */
const char *word_breaker_next(struct word_breaker *breaker, const char *text,
    size_t size, size_t *at, size_t *len, enum word_kind *kind);

#endif
