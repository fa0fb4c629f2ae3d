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
/* For a command about one edition. 0, or -1 with V0901 reported. */
int agencies_one(struct invocation *invocation, struct diag *diag);

#endif
