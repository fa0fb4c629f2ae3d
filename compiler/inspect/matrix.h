/*
 * `vade roles matrix`: which handbook of one role shows which procedure, in
 * full or in brief.
 * Invariant: a cell says what the handbook is built with, see sight.
 */
#ifndef VADE_INSPECT_MATRIX_H
#define VADE_INSPECT_MATRIX_H

#include "inspect/edition.h"
#include "inspect/sight.h"

/* Procedures are rows, handbooks that are for exactly one role are columns. */
struct matrix {
	const struct edition *edition; /* lent */
	const xmlNode **tasks;
	size_t task_count;
	size_t task_capacity;
	size_t *handbooks; /* in the project */
	size_t handbook_count;
	enum sight_how *cells; /* a row after the other */
};

struct matrix_format {
	const char *name; /* as typed after --to */
	void (*print)(const struct matrix *matrix);
};

/* NULL if there is no format of that name. */
const struct matrix_format *matrix_find_format(const char *name);
/* The format that is meant if none is named. */
const struct matrix_format *matrix_default_format(void);

/* An edition_question; the context is a const struct matrix_format. */
int matrix_answer(const struct edition *edition, void *context);

#endif
