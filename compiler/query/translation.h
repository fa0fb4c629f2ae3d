/*
 * What can be asked about the languages of a project: `vade i18n`. Each is an
 * edition_question whose context is a const struct question (query.h), of an
 * edition whose sides were read.
 * Invariant: what the languages agreed on is what stamp wrote; status and
 * stale change nothing.
 */
#ifndef VADE_QUERY_TRANSLATION_H
#define VADE_QUERY_TRANSLATION_H

#include "query/query.h"

/* How many units of each language are in which state, in all and by file. */
int translation_status_answer(const struct edition *edition, void *question);
/* The units that are not agreed, each once, with what changed on the other
 * side where its words are kept. */
int translation_stale_answer(const struct edition *edition, void *question);
/*
 * Agrees the units that question->units names (none: all) as they are now, and
 * writes units.tsv of every language. Numbers that differ, other elements and
 * units without a counterpart are agreed with question->reason only. 0, or -1
 * with V0125 or V0127 reported; then no file is changed but those that are
 * written already, each whole.
 */
int translation_stamp_answer(const struct edition *edition, void *question);

#endif
