#include "pool.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/heap.h"

static pid_t
start_worker(const struct pool *pool, size_t job, int fd)
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
	/* _exit: nothing of the front's is to be flushed or freed twice. */
	_exit(pool->run(pool->context, job, fd));
}

static char *
describe_death(int status)
{
	if (WIFSIGNALED(status))
		return mem_format("signal %d, %s", WTERMSIG(status),
		    strsignal(WTERMSIG(status)));
	return mem_format("status %d", WEXITSTATUS(status));
}

static int
report_death(int status, struct diag *diag)
{
	char *how = describe_death(status);

	/* 3 is what base/alloc ends a process with. */
	diag_report_path(diag,
	    WIFEXITED(status) && WEXITSTATUS(status) == 3 ? DIAG_NO_MEMORY
							  : DIAG_WORKER_DIED,
	    NULL, how, NULL);
	free(how);
	return -1;
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
reap(pid_t *pids, size_t slots, struct diag *diag)
{
	bool is_worker = false;
	int status;
	pid_t pid;

	do {
		/* Of the own group: the front has children that are no
		 * workers, and their end is for others to see. */
		pid = waitpid(0, &status, 0);
		for (size_t i = 0; pid > 0 && i < slots; i++)
			if (pids[i] == pid) {
				is_worker = true;
				pids[i] = 0;
			}
	} while ((pid > 0 && !is_worker) || (pid < 0 && errno == EINTR));
	if (pid < 0 || !WIFEXITED(status) || WEXITSTATUS(status) > POOL_GIVE_UP)
		return report_death(status, diag);
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
	pids[slot] = start_worker(pool, job, pool->slots[slot]);
	if (pids[slot] >= 0)
		return 0;
	return diag_report_path(diag, DIAG_WORKER_DIED, NULL, strerror(errno),
	    NULL);
}

int
pool_run(const struct pool *pool, size_t first, size_t end, struct diag *diag)
{
	pid_t *pids;
	size_t started = first;
	size_t ended = first;
	int rc = 0;

	if (end - first == 1)
		return pool->ready(pool->context, 0) != 0
		    ? -1
		    : pool->run(pool->context, first, pool->slots[0]);
	pids = mem_array(pool->slot_count, sizeof(*pids));
	while (rc >= 0 && ended < end) {
		size_t slot = free_slot(pids, pool->slot_count);

		if (started < end && slot < pool->slot_count) {
			rc = start_job(pool, pids, slot, started++, diag) != 0
			    ? -1
			    : rc;
			continue;
		}
		int result = reap(pids, pool->slot_count, diag);
		rc = result < 0 ? -1 : rc | result;
		ended++;
	}
	if (rc < 0)
		stop_all(pids, pool->slot_count);
	free(pids);
	return rc;
}
