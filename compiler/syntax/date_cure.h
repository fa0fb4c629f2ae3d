/*
 * The day that was meant by what is no date of the calendar: 01/11/2026,
 * 1 January 2026, 2026-11-31. Used by the cures of the schema's errors.
 * Invariant: what is proposed is a day of the calendar, as YYYY-MM-DD; a day
 * that can be read in two ways is never chosen for the author.
 */
#ifndef VADE_SYNTAX_DATE_CURE_H
#define VADE_SYNTAX_DATE_CURE_H

#include "base/diag.h"

/* The cure in a language; NULL if no day can be read. The caller frees. */
char *date_cure(const char *value, enum diag_language language);

#endif
