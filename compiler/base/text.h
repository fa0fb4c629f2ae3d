/*
 * Small questions about UTF-8 text. Used by messages, tokens and sorting.
 * Invariant: nothing here depends on the locale.
 */
#ifndef VADE_BASE_TEXT_H
#define VADE_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/alloc.h"

/*
 * Reads one character of at most size bytes (size > 0) into *c. Returns its
 * length in bytes; a malformed byte gives U+FFFD and length 1.
 */
size_t text_decode(const char *bytes, size_t size, uint32_t *c);
/* Writes a character as UTF-8, U+FFFD for what is none; returns its length. */
size_t text_encode(char bytes[4], uint32_t c);
/* Terminal cells of a character: 0 combining, 2 wide, else 1. */
int text_cells(uint32_t c);
/* The cells of size bytes of text. */
size_t text_width(const char *bytes, size_t size);
/* A control character, or one that turns the direction of text: shown as it is
 * it could write over a terminal or make a line read as another. */
bool text_is_control(uint32_t c);
/* White space or ';', which part the tokens of an axis attribute. */
bool text_is_separator(char c);
bool text_is_blank(const char *text); /* only XML white space, or empty */
/* Valid UTF-8 throughout; *bad is the offset of the first wrong byte. */
bool text_is_utf8(const char *bytes, size_t size, size_t *bad);

/*
 * Steps over the next token of text at *at. Returns its start and sets *len,
 * or NULL at the end.
 */
const char *text_next_token(const char **at, size_t *len);
/* The same as a copy that the caller frees; NULL also where *at is NULL. */
char *text_take_token(const char **at);
/* The tokens of a list, NULL for none, one behind the other: each ends with a
 * zero, the last with two. The caller frees. */
char *text_tokens_dup(const char *list);
/* What follows is done for each token of a list: a string of its own. */
#define token_each(token, list)                                                \
	for (char *token##_list scoped(mem_drop) = text_tokens_dup(list),      \
				*token = token##_list;                         \
	     *token != '\0'; token += strlen(token) + 1)

/* Is the word, or NULL, one of a list with blanks between? */
bool text_is_one_of(const char *word, const char *list);
/* Is it one of words, which end with NULL? */
bool text_is_in(const char *const *words, const char *word);
bool text_ends_with(const char *text, const char *end);

/* Damerau-Levenshtein distance in bytes, at most limit + 1. */
size_t text_distance(const char *a, const char *b, size_t limit);
/* For qsort, of an array of strings: by their bytes. */
int text_compare(const void *left, const void *right);
/*
 * The name of names[0 .. count) nearest to word, NULL if none is near enough
 * to be a slip of the pen. Lent.
 */
const char *
text_nearest(const char *word, const char *const *names, size_t count);

/*
 * A key that sorts bytewise as the dictionaries of English and Spanish do:
 * case and accents folded, ñ after n; the text itself breaks ties. The caller
 * frees it. Source: RAE, Ortografía (2010), alphabet of 27 letters.
 */
char *text_collation_key(const char *text);

/* The base letter of an accented Latin letter in U+00C0 .. U+017F, lower case;
 * 0 for any other character. */
char text_base_letter(uint32_t c);

/* ASCII lower case in place; used for page names. */
void text_to_lower(char *text);

#endif
