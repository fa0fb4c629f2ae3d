#include "pool.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/libxml_heap.h"

static pid_t
start_worker(const struct pool *pool, size_t job, size_t slot,
    struct diag *diag)
{
	pid_t parent = getpid();
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(70);
	mem_leave_shared();
	heap_leave_shared();
	diag->duty = &pool->duties[slot];
	duty_begin(diag->duty, "");
	/* _exit: nothing of the front's is to be flushed or freed twice. */
	_exit(pool->run(pool->context, job, pool->slots[slot]));
}

static void
stop_all(const pid_t *pids, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (pids[i] > 0)
			kill(pids[i], SIGKILL);
	/* Only these: the front has children that are no workers. */
	for (size_t i = 0; i < count; i++)
		while (pids[i] > 0 && waitpid(pids[i], NULL, 0) < 0 &&
		    errno == EINTR)
			;
}

/* Waits for one worker; frees its slot. */
static int
reap(const struct pool *pool, pid_t *pids, struct diag *diag)
{
	size_t slot = pool->slot_count;
	int status;
	pid_t pid;

	do {
		/* Of the own group: the front has children that are no
		 * workers, and their end is for others to see. */
		pid = waitpid(0, &status, 0);
		for (size_t i = 0; pid > 0 && i < pool->slot_count; i++)
			if (pids[i] == pid)
				slot = i;
	} while ((pid > 0 && slot == pool->slot_count) ||
	    (pid < 0 && errno == EINTR));
	if (pid < 0)
		return diag_report_path(diag, DIAG_SYSTEM, NULL, "waitpid",
		    strerror(errno), NULL);
	pids[slot] = 0;
	pool->duties[slot].pid = 0;
	if (!WIFEXITED(status) || WEXITSTATUS(status) > POOL_GIVE_UP)
		return limit_tell_end(pool->limits, &pool->duties[slot], status,
		    diag);
	return WEXITSTATUS(status) == POOL_GIVE_UP ? -1 : WEXITSTATUS(status);
}

static size_t
free_slot(const pid_t *pids, size_t slots)
{
	size_t slot = 0;

	while (slot < slots && pids[slot] != 0)
		slot++;
	return slot;
}

/* Starts a job in a slot. 0, or -1 reported. */
static int
start_job(const struct pool *pool, pid_t *pids, size_t slot, size_t job,
    struct diag *diag)
{
	if (pool->ready(pool->context, slot) != 0)
		return -1;
	pids[slot] = start_worker(pool, job, slot, diag);
	if (pids[slot] > 0)
		return 0;
	pids[slot] = 0;
	return diag_report_path(diag, DIAG_SYSTEM, NULL, "fork",
	    strerror(errno), NULL);
}

int
pool_run(const struct pool *pool, size_t first, size_t end, struct diag *diag)
{
	size_t started = first;
	size_t ended = first;
	int rc = 0;

	if (end - first == 1)
		return pool->ready(pool->context, 0) != 0
		    ? -1
		    : pool->run(pool->context, first, pool->slots[0]);
	owned pid_t *pids = mem_array(pool->slot_count, sizeof(*pids));

	while (rc >= 0 && ended < end) {
		size_t slot = free_slot(pids, pool->slot_count);

		if (started < end && slot < pool->slot_count) {
			rc = start_job(pool, pids, slot, started++, diag) != 0
			    ? -1
			    : rc;
			continue;
		}
		int result = reap(pool, pids, diag);
		rc = result < 0 ? -1 : rc | result;
		ended++;
	}
	if (rc < 0)
		stop_all(pids, pool->slot_count);
	return rc;
}
