/*
 * Options as tables: parsing, --help and the man page's list come from the
 * same rows.
 * Invariant: an option that no row has is an error with the nearest name;
 * nothing is run then.
 */
#ifndef VADE_CLI_OPTION_H
#define VADE_CLI_OPTION_H

#include "build.h"

/* What the command line said, for every command. */
struct invocation {
	struct request request;
	const char **operands; /* lent */
	size_t operand_count;
	size_t operand_capacity;
	const char *directory; /* -C */
	const char *handbook;  /* the one of `why` */
	const char *form;      /* of an answer: "csv", NULL = not said */
	enum diag_format format;
	enum diag_language ui;
	bool json;               /* results as JSON */
	struct json_t *editions; /* build --json: those that were built */
	bool missing;            /* params: only what has no value */
	bool quiet;
	bool colour;
	bool help;
	bool version;
	struct names agencies; /* folders, or "all" */
	struct names denied;   /* codes */
	struct names allowed;
	bool deny_warnings;
};

struct option_row {
	const char *name;     /* "handbook" */
	char letter;          /* 'o', 0 = none */
	const char *argument; /* "ID", NULL = none */
	const char *help[DIAG_LANGUAGES];
	/* Takes the argument; false: it is not allowed. */
	bool (*take)(struct invocation *invocation, const char *argument);
};

/* Ended by a row without name. */
extern const struct option_row options_common[];
extern const struct option_row options_build[];
extern const struct option_row options_roles[];
extern const struct option_row options_check[];
extern const struct option_row options_params[];
extern const struct option_row options_edition[]; /* of one, or several */
extern const struct option_row options_none[];

/*
 * Parses words into the invocation with the common rows and `rows`. 0, or -1
 * with V0901 reported.
 */
int option_parse(struct invocation *invocation, const struct option_row *rows,
    int count, char **words, struct diag *diag);
/* The same for the common options before the command. Returns the number of
 * words used, or -1 with V0901 reported. */
int option_parse_leading(struct invocation *invocation, int count, char **words,
    struct diag *diag);
/* Prints the rows for --help. */
void option_print(FILE *out, const struct option_row *rows,
    enum diag_language language);

#endif
