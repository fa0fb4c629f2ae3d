/*
 * Diagnostics: what people are told about their sources, configuration and
 * machine. Used by every stage; printed once, at the end, by the supervisor.
 * Invariant: the text of a message exists only in diag.def; a record holds
 * copies of all it shows, so it outlives the sources and crosses a pipe. What
 * it costs does not grow with the input: of a line it keeps the part around
 * the mark, of an argument the first bytes, of a kind of finding in one file
 * the first 20; the rest are counted.
 */
#ifndef VADE_BASE_DIAG_H
#define VADE_BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "buf.h"
#include "map.h"
#include "source.h"

enum diag_code {
#define DIAG(name, ...) DIAG_##name,
#include "diag.def"
#undef DIAG
	DIAG_COUNT,
};

enum diag_severity { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR };
enum diag_language { DIAG_EN, DIAG_ES, DIAG_LANGUAGES };
enum diag_format { DIAG_HUMAN, DIAG_SHORT, DIAG_JSON, DIAG_SARIF };

enum { DIAG_ARGUMENTS = 6 }; /* {0} to {5} */
enum { DIAG_CUT_BEFORE = 1, DIAG_CUT_BEHIND = 2 };

struct diag_row {
	const char *code; /* "V0201" */
	enum diag_severity severity;
	int status; /* exit status it leads to (DESIGN section 7) */
	/* By language. {0} to {3} are replaced by the arguments. */
	const char *text[DIAG_LANGUAGES];
	const char *help[DIAG_LANGUAGES];    /* the cure; "" = none */
	const char *explain[DIAG_LANGUAGES]; /* its example: base/example.h */
};

struct diag_record {
	enum diag_code code;
	enum diag_severity severity;
	char *path;      /* NULL = no place */
	uint32_t line;   /* from 1; 0 = the file as a whole */
	uint32_t column; /* from 1, in characters */
	uint32_t column_utf16;
	uint32_t offset;   /* bytes from the start of the file */
	uint32_t len;      /* bytes marked */
	char *source_line; /* the part around the mark; NULL = not shown */
	uint32_t before;   /* bytes of source_line before the mark */
	uint32_t cut;      /* DIAG_CUT_…: where source_line was cut */
	char *text;
	char *help;         /* NULL = none */
	char *related_path; /* NULL = no second place */
	uint32_t related_line;
	uint32_t related_column;
};

struct duty;

struct diag {
	struct diag_record *records;
	size_t count;
	size_t capacity;
	struct map seen;               /* digests of all that was reported */
	struct map kinds;              /* code and path: how many there were */
	const struct sources *sources; /* lent; NULL = places are dropped */
	struct duty
	    *duty; /* what this process is doing, lent; NULL = nobody asks */
	enum diag_language language;
	bool deny_warnings;
	bool denied[DIAG_COUNT];  /* treated as errors */
	bool allowed[DIAG_COUNT]; /* warnings and notes not reported */
};

extern const struct diag_row diag_rows[DIAG_COUNT];

void diag_clear(struct diag *diag);

/*
 * Reports one finding at a place ({0} = nowhere). The variable arguments are
 * the strings for {0}, {1} …, at most four, ended by NULL. The same text at
 * the same place is reported once; of one code in one file the first 20 get a
 * record, and diag_tell_rest tells how many more there were. Always returns -1, so that a stage can
 * write `return diag_report(…)`.
 */
int diag_report(struct diag *diag, enum diag_code code, struct place place, ...)
    __attribute__((sentinel));
/* As diag_report, with a second place ("first declared here"). */
int diag_report_related(struct diag *diag, enum diag_code code,
    struct place place, struct place related, ...) __attribute__((sentinel));
/* A finding about a path that was not read into sources, or about nothing. */
int diag_report_path(struct diag *diag, enum diag_code code, const char *path,
    ...) __attribute__((sentinel));

/* As diag_report_related ({0} = no second place), with a cure of its own in the
 * place of the row's; NULL: the row's. */
int diag_report_cure(struct diag *diag, enum diag_code code, struct place place,
    struct place related, const char *cure, ...) __attribute__((sentinel));
/* A text whose {n} are filled; what is outside of us in them is made clean. An
 * argument may be NULL. The caller frees. */
char *
diag_fill(const char *format, const char *const arguments[DIAG_ARGUMENTS]);

/* The worst exit status of what was reported; 0 if there is no error. */
int diag_status(const struct diag *diag);
size_t diag_count(const struct diag *diag, enum diag_severity severity);
/* Forgets one record. */
void diag_drop(struct diag *diag, size_t index);
/* The code of a name as typed ("V0201", any case), DIAG_COUNT if none. */
enum diag_code diag_find(const char *code);

/* Reports how many findings of a kind have no record. Once, before printing. */
void diag_tell_rest(struct diag *diag);

/* Writes records as bytes, and adds them to another diag, for a pipe. */
void diag_pack(const struct diag *diag, struct buf *bytes);
/* Returns -1 if the bytes are not what diag_pack wrote. */
int diag_unpack(struct diag *diag, const char *bytes, size_t size);

/* Sorts by place and prints everything to out in the form asked for. */
void
diag_print(struct diag *diag, FILE *out, enum diag_format format, bool colour);

#endif
