/*
 * Options as tables: parsing, --help and the man page's list come from the
 * same rows.
 * Invariant: an option that no row has is an error with the nearest name;
 * nothing is run then.
 */
#ifndef VADE_CLI_OPTION_H
#define VADE_CLI_OPTION_H

#include "base/words.h"
#include "build.h"

/* What the command line said, for every command. */
struct invocation {
	struct request request;
	const char **operands; /* lent */
	size_t operand_count;
	size_t operand_capacity;
	const char *directory; /* -C */
	const char *form;      /* of an answer: "csv", NULL = not said */
	enum diag_format format;
	enum diag_language ui;
	bool json;               /* results as JSON */
	struct json_t *editions; /* build --json: those that were built */
	const char *reason;      /* i18n stamp; NULL */
	bool missing;            /* params: only what has no value */
	bool quiet;
	bool colour;
	bool help;
	bool version;
	struct names agencies; /* folders, or "all" */
	struct names kinds;    /* diff: of changes */
	bool exit_code;        /* diff: a difference is a finding */
	struct names denied;   /* codes */
	struct names allowed;
	bool deny_warnings;
};

/* The commands, in the order of their table. */
enum command_id {
#define COMMAND(id, ...) COMMAND_##id,
#include "cli/command.def"
#undef COMMAND
	COMMANDS,
};

/*
 * Parses words into the invocation, with the options of a command. 0, or -1
 * with V0901 reported.
 */
int option_parse(struct invocation *invocation, enum command_id command,
    int count, char **words, struct diag *diag);
/* The same for the options that all have, before the command. Returns the number of
 * words used, or -1 with V0901 reported. */
int option_parse_leading(struct invocation *invocation, int count, char **words,
    struct diag *diag);
/* Reports V0901: no option or command is called like word; the nearest of the
 * names is proposed. Returns -1. */
int option_report_unknown(struct diag *diag, enum words unknown,
    enum words did_you_mean, const char *word, const char *const *names,
    size_t count);
/* Prints the options of a command for --help. */
void
option_print(FILE *out, enum command_id command, enum diag_language language);

#endif
