#include "word_break.h"

#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/alloc.h"

struct word_breaker {
	pcre2_code *code;
	pcre2_match_data *data;
};

/* Group 1 is a number ("10 000", "2,5", "08:30"), group 2 a word ("don't",
 * "hand-off"), else it is a mark: one character that is no white space. */
static const char pattern[] =
    "(\\p{Nd}+(?:[.,:/'\\x{a0}\\x{202f}\\x{2009}]\\p{Nd}+)*)"
    "|([\\p{L}\\p{M}\\p{N}]+(?:['\\x{2019}\\x{b7}-][\\p{L}\\p{M}\\p{N}]+)*)"
    "|[^\\s\\p{Z}]";

struct word_breaker *
word_breaker_new(void)
{
	struct word_breaker *breaker = mem_alloc(sizeof(*breaker));
	int error;
	PCRE2_SIZE at;

	breaker->code = pcre2_compile((PCRE2_SPTR)pattern,
	    PCRE2_ZERO_TERMINATED,
	    PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C, &error, &at, NULL);
	pcre2_jit_compile(breaker->code, PCRE2_JIT_COMPLETE);
	breaker->data = pcre2_match_data_create(3, NULL);
	return breaker;
}

void
word_breaker_free(struct word_breaker *breaker)
{
	if (breaker == NULL)
		return;
	pcre2_match_data_free(breaker->data);
	pcre2_code_free(breaker->code);
	free(breaker);
}

/* libxml2 hands out UTF-8 alone, so what is read is not looked through again. */
const char *
word_breaker_next(struct word_breaker *breaker, const char *text, size_t size,
    size_t *at, size_t *len, enum word_kind *kind)
{
	const PCRE2_SIZE *found = pcre2_get_ovector_pointer(breaker->data);
	int groups = pcre2_match(breaker->code, (PCRE2_SPTR)text, size, *at,
	    PCRE2_NO_UTF_CHECK, breaker->data, NULL);

	if (groups <= 0)
		return NULL;
	*kind = groups == 2 ? WORD_NUMBER : groups == 3 ? WORD_WORD : WORD_MARK;
	*len = found[1] - found[0];
	*at = found[1];
	return text + found[0];
}
