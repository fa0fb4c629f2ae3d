/*
 * What can be asked about a project: `vade roles`, `vade refs`, `vade params`.
 * Each is an edition_question whose context is a const struct question; it
 * makes one tree and has it printed (query/answer.h). Used by cli, and by the
 * front for a note.
 * Invariant: an answer says what is built (query/visibility.h), never what
 * another computation believes.
 */
#ifndef VADE_QUERY_QUERY_H
#define VADE_QUERY_QUERY_H

#include "project/sources_and_readers.h"

struct question {
	const char *name;     /* who, why: an id; refs: what is cited */
	const char *handbook; /* why: for whom; the project has it */
	const char *form;     /* "json" …, that the answer has; NULL = text */
	bool missing;         /* params: only those without a value */
	const char **units;   /* i18n stamp: ids, or units; none: all */
	size_t unit_count;
	const char *reason; /* i18n stamp: why they are as they are; NULL */
	const char **kinds; /* diff: only changes of these; none: all */
	size_t kind_count;
	const char **languages; /* diff: only these; none: all */
	size_t language_count;
	bool fails; /* diff: a difference is a finding */
};

/* The handbooks; the roles. They need the project alone. -1 with V0901 if
 * roles are asked of a project that has none. */
int roles_list_answer(const struct edition *edition, void *question);
int roles_tree_answer(const struct edition *edition, void *question);

/* Which handbooks show an element, and how: every handbook is either listed or
 * absent. -1 with V0410 if no element has the id. */
int who_answer(const struct edition *edition, void *question);

/* Why a handbook shows an element or not: every attribute that had a part in
 * it, with its place, from the root down; then a verdict per axis and filter,
 * and one in all. -1 with V0410, V0402 or V05xx reported. */
int why_answer(const struct edition *edition, void *question);

/* Which handbook of one role shows which procedure, in full or in brief. */
int handbook_matrix_answer(const struct edition *edition, void *question);

/* In how many procedures a role acts, by stage and level, and what is missing.
 * Who acts is what steps and leads say; who only reads does not count. */
int coverage_gaps_by_role_answer(const struct edition *edition, void *question);

/* Which procedures, steps and handbooks cite a reference, form, term,
 * procedure, parameter or role: each attribute that does, with its place. -1
 * with V0411 if nothing has the name. */
int refs_answer(const struct edition *edition, void *question);

/* The parameters of a manual (v:param): its own text of each, where it is
 * used, and the value of the agency whose edition it is, of which only what
 * one of its handbooks shows counts. The books must have their own texts yet
 * (request->keeps_defaults). */
int parameters_answer(const struct edition *edition, void *question);
/* Tells once how many values an agency has not given: V0179. */
void parameters_report(const struct edition *edition);

/*
 * What changed since the edition that it is compared with, and who may now read
 * what; for one handbook, what changed for it. -1 with V0730 if that is asked for
 * and there is a difference.
 */
int changes_answer(const struct edition *edition, void *question);

#endif
