/*
 * A worker: what is done for one handbook in one language, or for the index
 * of a shelf, in a process of its own (or the front's, if it is the only one of
 * its kind). Started by build.c.
 * Invariant: a worker changes nothing that another one reads; what it made
 * reaches the supervisor as frames, and nothing else leaves it.
 */
#ifndef VADE_WORKER_H
#define VADE_WORKER_H

#include "front.h"

/* Runs a worker for each job of the plan, then those of the shelves' indexes,
 * which tell what became of them. 0, or -1 with findings sent. */
int workers_run(struct front *front);
/* Sends what was found so far to the supervisor. */
void worker_send_findings(const struct diag *diag, int fd);

#endif
