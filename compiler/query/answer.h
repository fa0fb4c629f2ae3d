/*
 * Answers: a question makes one tree of JSON, and this prints it. JSON is the
 * tree itself; what text, CSV, HTML and XML show of it say layouts.def and, in
 * every language of messages, words.def. Used by all questions.
 * Invariant: no question writes text of its own; members whose names begin
 * with '.' are for layouts and words, and JSON does not have them.
 *
 * Layouts and words are text with tags:
 *   {name}      a member of the value at hand; {.} the value itself, {@} its
 *               name, {^name} a member of the whole answer, {a/b} one of one,
 *               {name#} how many it holds
 *   {name|-}    "-" if it is empty
 *   {name:5}    in 5 cells, cut or filled; {name:5+} filled only, {name:-5}
 *               filled on the left; {name:=w} in as many as member w says
 *   {%key}      a word of words.def
 *   {name%key}  the word key-VALUE
 *   {#name}…{/} once for each of a list or object; {#name , } with ", " between
 *   {?name}…{/} if there is any: not missing, "", 0, false; {!name}…{/} if not
 *   {>4}        wraps the rest of the line, further lines begin at cell 4; {>}
 *               at this cell
 * A brace before a blank stands for itself.
 */
#ifndef VADE_QUERY_ANSWER_H
#define VADE_QUERY_ANSWER_H

#include <jansson.h>

#include "base/diag.h"

/* A string that JSON may hold; bytes that are no UTF-8 become U+FFFD. */
json_t *answer_text(const char *text);
/* The same of a text that it frees. */
json_t *answer_text_take(char *text);

/* The word `key` of words.def about a value. The caller frees. */
char *
answer_words_format(json_t *value, const char *key, enum diag_language ui);

/* Has layouts.def this form ("csv") of an answer? JSON every answer has. */
bool answer_has_form(const char *answer, const char *form);
/* Prints a tree on stdout, in a form that it has (NULL = text), and frees it.
 */
void answer_print_take(json_t *tree, const char *answer, const char *form,
    enum diag_language ui);
/* Prints a tree as JSON, with a line end, and frees it. */
void answer_print_json_take(json_t *tree);

#endif
