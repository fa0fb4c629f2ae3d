/*
 * Workers: a process per job, at most so many at once, each on a pipe of its
 * own. Used by the front.
 * Invariant: a job's frames reach one pipe in order; a worker that dies
 * otherwise than by exit 0 or 1 fails the whole run.
 */
#ifndef VADE_PUBLISH_POOL_H
#define VADE_PUBLISH_POOL_H

#include <stddef.h>

#include "base/diag.h"

/* Runs in a process of its own, or as the only one in the front's; sends frames to fd. Returns the exit status:
 * 0 done, 1 with findings sent. */
typedef int pool_job(void *context, size_t job, int fd);

/*
 * Runs jobs [first, end) with the slots' pipes. A single job runs right here:
 * nothing would be gained by a copy of the process. Returns 0 if all ended well; 1
 * if one had findings; -1 with V0990 reported if one died.
 */
int pool_run(pool_job *run, void *context, size_t first, size_t end,
    const int *slots, size_t slot_count, struct diag *diag);

#endif
