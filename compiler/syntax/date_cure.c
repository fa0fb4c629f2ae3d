#include "syntax/date_cure.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/words.h"

static int
days_of(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	if (month < 1 || month > 12)
		return 0;
	return days[month - 1] + (month == 2 && is_leap);
}

static bool
is_day(int year, int month, int day)
{
	return year >= 1000 && year <= 9999 && day >= 1 &&
	    day <= days_of(year, month);
}

static char *
write_day(int year, int month, int day)
{
	return mem_format("%04d-%02d-%02d", year, month, day);
}

static char *
propose(enum diag_language language, enum words words, int year, int month,
    int day)
{
	char *written = write_day(year, month, day);
	char *cure = words_format(language, words, written);

	free(written);
	return cure;
}

/* In English a day is written first or second; in Spanish first. */
static char *
propose_either(enum diag_language language, int year, int first, int second)
{
	bool is_day_first = is_day(year, second, first);
	bool is_month_first = is_day(year, first, second);
	char *a;
	char *b;
	char *cure;

	if (!is_day_first && !is_month_first)
		return NULL;
	if (!is_month_first || first == second || language == DIAG_ES)
		return is_day_first
		    ? propose(language, WORDS_CURE_DATE, year, second, first)
		    : propose(language, WORDS_CURE_DATE, year, first, second);
	if (!is_day_first)
		return propose(language, WORDS_CURE_DATE, year, first, second);
	a = write_day(year, second, first);
	b = write_day(year, first, second);
	cure = words_format(language, WORDS_CURE_DATE_TWO, a, b);
	free(b);
	free(a);
	return cure;
}

/* The month that a word begins like, in English or Spanish; 0 if none. */
static int
month_of(const char *word)
{
	static const char *const months[][2] = { { "jan", "ene" },
		{ "feb", "feb" }, { "mar", "mar" }, { "apr", "abr" },
		{ "may", "may" }, { "jun", "jun" }, { "jul", "jul" },
		{ "aug", "ago" }, { "sep", "sep" }, { "oct", "oct" },
		{ "nov", "nov" }, { "dec", "dic" } };

	for (size_t i = 0; i < COUNT(months); i++)
		if (strncasecmp(word, months[i][0], 3) == 0 ||
		    strncasecmp(word, months[i][1], 3) == 0)
			return (int)i + 1;
	return 0;
}

/* `1 January 2026`, `January 1, 2026`, `1 de enero de 2026`. */
static char *
read_words(const char *value, enum diag_language language)
{
	int month = 0;
	int day = 0;
	int year = 0;

	for (const char *p = value; *p != '\0';) {
		int number;
		int len = 0;

		if (isdigit((unsigned char)*p) &&
		    sscanf(p, "%5d%n", &number, &len) == 1) {
			*(number > 31 ? &year : &day) = number;
			p += len;
		} else if (isalpha((unsigned char)*p)) {
			month = month == 0 ? month_of(p) : month;
			while (isalpha((unsigned char)*p))
				p++;
		} else {
			p++;
		}
	}
	return is_day(year, month, day)
	    ? propose(language, WORDS_CURE_DATE, year, month, day)
	    : NULL;
}

char *
date_cure(const char *value, enum diag_language language)
{
	int a;
	int b;
	int c;
	char rest;

	if (sscanf(value, "%4d-%2d-%2d%c", &a, &b, &c, &rest) == 3 &&
	    a >= 1000 && days_of(a, b) > 0)
		return is_day(a, b, c)
		    ? propose(language, WORDS_CURE_DATE, a, b, c)
		    : propose(language, WORDS_CURE_DATE_LAST, a, b,
			  days_of(a, b));
	if (sscanf(value, "%4d%*[-/.]%2d%*[-/.]%2d%c", &a, &b, &c, &rest) ==
		3 &&
	    a >= 1000)
		return is_day(a, b, c)
		    ? propose(language, WORDS_CURE_DATE, a, b, c)
		    : propose_either(language, a, b, c);
	if (sscanf(value, "%2d%*[-/. ]%2d%*[-/. ]%4d%c", &a, &b, &c, &rest) ==
	    3)
		return propose_either(language, c, a, b);
	return read_words(value, language);
}
