/*
 * The subcommands: a row each.
 * Invariant: every row has help in every language; what a command prints as a
 * result goes to stdout, all else to stderr.
 */
#ifndef VADE_CLI_COMMAND_H
#define VADE_CLI_COMMAND_H

#include "cli/option.h"

struct command {
	const char *name;
	const char *operands; /* "[FILE]" */
	const char *summary[DIAG_LANGUAGES];
	const char *example;
	const struct option_row *options;
	/* Returns 0, or -1 with findings in diag, or a signal's number. */
	int (*run)(struct invocation *invocation, struct diag *diag);
};

extern const struct command commands[]; /* ended by a row without name */

int cmd_build(struct invocation *invocation, struct diag *diag);
int cmd_check(struct invocation *invocation, struct diag *diag);
int cmd_roles(struct invocation *invocation, struct diag *diag);
int cmd_refs(struct invocation *invocation, struct diag *diag);
int cmd_params(struct invocation *invocation, struct diag *diag);
int cmd_audit(struct invocation *invocation, struct diag *diag);
int cmd_explain(struct invocation *invocation, struct diag *diag);
int cmd_doctor(struct invocation *invocation, struct diag *diag);

/* The whole program after main: returns the exit status. */
int command_main(int count, char **words);

#endif
