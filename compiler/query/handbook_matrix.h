/*
 * `vade roles matrix`: which handbook of one role shows which procedure, in
 * full or in brief.
 * Invariant: a cell says what the handbook is built with, see sight.
 */
#ifndef VADE_QUERY_HANDBOOK_MATRIX_H
#define VADE_QUERY_HANDBOOK_MATRIX_H

#include "project/edition.h"
#include "query/shown.h"

/* Procedures are rows, handbooks that are for exactly one role are columns. */
struct matrix {
	const struct edition *edition; /* lent */
	const xmlNode **tasks;
	size_t task_count;
	size_t task_capacity;
	size_t *handbooks; /* in the project */
	size_t handbook_count;
	enum shown_how *cells; /* a row after the other */
};

struct handbook_matrix_format {
	const char *name; /* as typed after --to */
	void (*print)(const struct matrix *matrix);
};

/* NULL if there is no format of that name. */
const struct handbook_matrix_format *
handbook_matrix_find_format(const char *name);
/* The format that is meant if none is named. */
const struct handbook_matrix_format *handbook_matrix_default_format(void);

/* An edition_question; the context is a const struct handbook_matrix_format. */
int handbook_matrix_answer(const struct edition *edition, void *context);

#endif
