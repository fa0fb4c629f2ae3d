/*
 * Workers: a process per job, at most so many at once, each on a pipe of its
 * own. Used by the front.
 * Invariant: a job's frames reach one pipe in order; a worker that dies
 * otherwise than by 0, 1 or POOL_GIVE_UP
 * fails the whole run.
 */
#ifndef VADE_PUBLISH_POOL_H
#define VADE_PUBLISH_POOL_H

#include <stddef.h>

#include "base/diag.h"
#include "base/process_limits.h"

/* What a job returns when the others need not be tried. */
enum { POOL_GIVE_UP = 2 };

/* Runs in a process of its own, or as the only one in the front's; sends
 * frames to fd. Returns the exit status: 0 done, 1 with findings sent,
 * POOL_GIVE_UP with one sent that ends the run. */
typedef int pool_job(void *context, size_t job, int fd);

/* Called before a job starts in a slot, by whoever runs the pool, so that what
 * the slot's workers share can be put right. 0, or -1 reported. */
typedef int pool_ready(void *context, size_t slot);

struct pool {
	pool_job *run;
	pool_ready *ready;
	void *context;
	const int *slots; /* their pipes */
	size_t slot_count;
	struct duty *duties; /* a slot's, in shared memory */
	const struct limits *limits;
};

/*
 * Runs jobs [first, end). A single job runs right here: nothing would be
 * gained by a copy of the process. Returns 0 if all ended well; 1 if one had
 * findings; -1 if one gave up, or died, which is reported as limit_tell_end
 * says. In a worker diag->duty is its slot's.
 */
int
pool_run(const struct pool *pool, size_t first, size_t end, struct diag *diag);

#endif
