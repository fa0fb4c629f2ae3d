/*
 * The subcommands: a row each.
 * Invariant: every row of command.def has help in every language; what a
 * command prints as a result goes to stdout, all else to stderr. A command
 * returns 0, or -1 with findings in diag, or a signal's number.
 */
#ifndef VADE_CLI_COMMAND_H
#define VADE_CLI_COMMAND_H

#include "cli/option.h"

#define COMMAND(id, name, operands, english, spanish, example, run)            \
	int run(struct invocation *invocation, struct diag *diag);
#include "cli/command.def"
#undef COMMAND

/* The one operand of build and check, "." if there is none. 0, or -1 with V0901
 * reported. */
int command_take_source(struct invocation *invocation, struct diag *diag);

/* The whole program after main: returns the exit status. */
int command_main(int count, char **words);

#endif
