/*
 * --agency for every command that has it: whose edition the command is about.
 * Invariant: without the option a command is about the base edition, and with
 * several each is a run of its own.
 */
#ifndef VADE_CLI_AGENCIES_H
#define VADE_CLI_AGENCIES_H

#include "cli/option.h"

typedef int agency_run(struct invocation *invocation, struct diag *diag);

/*
 * Runs once per agency that was named, "all" being those that vade.xml lists;
 * once with none if none was. Ends at the first that fails. Needs
 * request.source. Returns what the last run did.
 */
int agencies_each(struct invocation *invocation, agency_run *run,
    struct diag *diag);
/*
 * Asks a question of one edition; the project is the operand at `file`, else
 * this folder. Returns what build_run does, or -1 with V0901 reported.
 */
int agencies_ask(struct invocation *invocation, size_t file,
    edition_question *question, void *context, struct diag *diag);

#endif
