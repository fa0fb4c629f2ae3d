#include "supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/text.h"
#include "publish/manifest.h"
#include "publish/wire.h"

/* What a shelf says of itself, until its manifest is written. */
struct shelf_facts {
	char *id;
	char *facts;
};

struct run {
	struct supervision *supervision;
	struct wire *wires; /* [0] is the front's */
	int *writers;       /* the other ends */
	size_t wire_count;
	struct duty *duties; /* of the processes that write to wires; shared */
	double seconds;      /* of processor that they had used */
	unsigned long idle;  /* seconds without a sign of life */
	int signals;         /* signalfd */
	pid_t front;
	size_t planned;
	size_t done;
	struct shelf_facts *shelves;
	size_t shelf_count;
	size_t shelf_capacity;
	/* Findings of the formats that are missing, told at the end. */
	struct buf *late;
	size_t late_count;
	size_t late_capacity;
	bool failed;
	bool told;  /* why the front was stopped */
	int signal; /* that stopped the run */
};

static int
fail_system(struct run *run, const char *what)
{
	run->failed = true;
	return diag_report_path(run->supervision->diag, DIAG_SYSTEM, NULL, what,
	    strerror(errno), NULL);
}

/* --- frames --- */

static void
show_progress(const struct run *run, const char *name)
{
	if (run->supervision->progress)
		fprintf(stderr, "\r\033[K%zu/%zu %s", run->done, run->planned,
		    name);
}

static void
take_file(struct run *run, const struct wire_frame *frame)
{
	struct supervision *supervision = run->supervision;

	if (supervision->output == NULL || run->failed)
		return;
	if (output_write(supervision->output, frame->name, frame->bytes,
		frame->size, supervision->diag) != 0)
		run->failed = true;
	supervision->files++;
	supervision->bytes += frame->size;
}

static void
take_shelf(struct run *run, const struct wire_frame *frame)
{
	struct shelf_facts *shelf;

	shelf = list_add(run->shelves, run->shelf_count, run->shelf_capacity);
	shelf->id = mem_dup(frame->name);
	shelf->facts = mem_dup_len(frame->bytes, frame->size);
}

static void
take_findings(struct run *run, const struct wire_frame *frame)
{
	struct buf *late;

	if (strcmp(frame->name, WIRE_LATE) != 0) {
		if (diag_unpack(run->supervision->diag, frame->bytes,
			frame->size) != 0)
			run->failed = true;
		return;
	}
	late = list_add(run->late, run->late_count, run->late_capacity);
	*late = (struct buf){ 0 };
	buf_add(late, frame->bytes, frame->size);
}

/* What could not be made is told once the rest is published, or not: then the
 * exit status says it too. */
static void
tell_late(struct run *run)
{
	for (size_t i = 0; i < run->late_count; i++) {
		if (diag_unpack(run->supervision->diag, run->late[i].data,
			run->late[i].size) != 0)
			run->failed = true;
		buf_clear(&run->late[i]);
	}
	free(run->late);
}

static void
take_frame(struct run *run, const struct wire_frame *frame)
{
	struct supervision *supervision = run->supervision;

	switch (frame->kind) {
	case WIRE_FILE:
		take_file(run, frame);
		break;
	case WIRE_DIAG:
		take_findings(run, frame);
		break;
	case WIRE_VALID:
		if (supervision->valid != NULL)
			supervision->valid(supervision->context, frame->name);
		break;
	case WIRE_PLAN:
		run->planned = strtoul(frame->name, NULL, 10);
		break;
	case WIRE_KEEP:
		if (supervision->output != NULL && !run->failed &&
		    output_keep(supervision->output, frame->name,
			supervision->diag) != 0)
			run->failed = true;
		break;
	case WIRE_SHELF:
		take_shelf(run, frame);
		break;
	case WIRE_PART:
		free(supervision->part);
		supervision->part = mem_dup(frame->name);
		break;
	case WIRE_JOB_DONE:
		run->done++;
		show_progress(run, frame->name);
		break;
	default:
		run->failed = true;
		break;
	}
}

/* --- the loop --- */

static void
stop_front(struct run *run)
{
	if (run->front > 0)
		kill(-run->front, SIGKILL);
}

static void
read_wire(struct run *run, struct wire *wire)
{
	struct wire_frame frame;
	int got = wire_fill(wire);

	while (wire_next(wire, &frame))
		take_frame(run, &frame);
	if (got > 0 && !wire->broken)
		return;
	/* An end in the middle of a frame: the sender died. */
	if (wire->broken || wire->used != wire->buf.size)
		run->failed = true;
	wire_clear(wire);
}

static void
read_signal(struct run *run)
{
	struct signalfd_siginfo info;

	if (read(run->signals, &info, sizeof(info)) != sizeof(info))
		return;
	run->signal = (int)info.ssi_signo;
	run->failed = true;
	stop_front(run);
}

/* --- idleness --- */

/* The first process that is there, the front if none is. */
static const struct duty *
first_at_work(const struct run *run)
{
	for (size_t i = 1; i < run->wire_count; i++)
		if (run->duties[i].pid != 0)
			return &run->duties[i];
	return &run->duties[0];
}

/* Called when a second went by in which nobody sent anything. What is waited
 * out is counted in such seconds, not by the clock: a build that was stopped
 * with all its processes and goes on has lost nothing. */
static void
look_for_idleness(struct run *run)
{
	struct supervision *supervision = run->supervision;
	const double little = 0.01;
	double seconds = 0;

	for (size_t i = 0; i < run->wire_count; i++)
		seconds += duty_seconds(&run->duties[i]);
	run->idle = seconds - run->seconds < little ? run->idle + 1 : 0;
	run->seconds = seconds;
	if (run->idle < supervision->limits.idle)
		return;
	limit_tell_idle(&supervision->limits, first_at_work(run),
	    supervision->diag);
	run->failed = true;
	run->told = true;
	stop_front(run);
}

static size_t
count_open(const struct run *run)
{
	size_t open = 0;

	for (size_t i = 0; i < run->wire_count; i++)
		open += run->wires[i].fd >= 0;
	return open;
}

static void
loop(struct run *run)
{
	owned struct pollfd *polls =
	    mem_array(run->wire_count + 1, sizeof(*polls));

	while (count_open(run) > 0) {
		int ready;

		for (size_t i = 0; i < run->wire_count; i++)
			polls[i] = (struct pollfd){ .fd = run->wires[i].fd,
				.events = POLLIN };
		polls[run->wire_count] =
		    (struct pollfd){ .fd = run->signals, .events = POLLIN };
		ready = poll(polls, run->wire_count + 1, 1000);
		if (ready == 0)
			look_for_idleness(run);
		else
			run->idle = 0;
		if (ready < 0) {
			if (errno == EINTR)
				continue;
			fail_system(run, "poll");
			stop_front(run);
			break;
		}
		for (size_t i = 0; i < run->wire_count; i++)
			if (polls[i].revents != 0)
				read_wire(run, &run->wires[i]);
		if (polls[run->wire_count].revents != 0)
			read_signal(run);
	}
}

/* --- start and end --- */

static int
open_pipes(struct run *run)
{
	run->wire_count = run->supervision->jobs + 1;
	run->duties = mem_shared(run->wire_count * sizeof(*run->duties));
	run->wires = mem_array(run->wire_count, sizeof(*run->wires));
	run->writers = mem_array(run->wire_count, sizeof(*run->writers));
	for (size_t i = 0; i < run->wire_count; i++) {
		int ends[2];

		run->wires[i].fd = -1;
		run->writers[i] = -1;
		if (pipe2(ends, O_CLOEXEC) != 0)
			return fail_system(run, "pipe");
		run->wires[i].fd = ends[0];
		run->writers[i] = ends[1];
		fcntl(ends[1], F_SETPIPE_SZ, 1 << 20);
	}
	return 0;
}

static int
watch_signals(struct run *run, sigset_t *old)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGQUIT);
	sigprocmask(SIG_BLOCK, &set, old);
	run->signals = signalfd(-1, &set, SFD_CLOEXEC);
	return run->signals < 0 ? fail_system(run, "signalfd") : 0;
}

static void
be_front(struct run *run, const sigset_t *old, pid_t parent)
{
	struct supervision *supervision = run->supervision;
	struct front_pipes pipes = { run->writers[0], run->writers + 1,
		run->wire_count - 1, run->duties, run->duties + 1 };
	static const struct mem_end silent = { "", MEM_EXHAUSTED, NULL, NULL };

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (getppid() != parent)
		_exit(70);
	setpgid(0, 0);
	sigprocmask(SIG_SETMASK, old, NULL);
	signal(SIGPIPE, SIG_DFL);
	for (size_t i = 0; i < run->wire_count; i++)
		close(run->wires[i].fd);
	/* The supervisor tells, and what it would clean up is not the front's. */
	mem_set_end(&silent);
	limits_enter(&supervision->limits);
	supervision->diag->duty = pipes.duty;
	duty_begin(pipes.duty, "");
	_exit(supervision->front(supervision->context, &pipes));
}

static int
start_front(struct run *run, const sigset_t *old)
{
	pid_t parent = getpid();

	fflush(NULL);
	run->front = fork();
	if (run->front < 0)
		return fail_system(run, "fork");
	if (run->front == 0)
		be_front(run, old, parent);
	setpgid(run->front, run->front);
	/* A file comes whole before it is written: a search index has MB. */
	mem_use_large_pages();
	for (size_t i = 0; i < run->wire_count; i++) {
		close(run->writers[i]);
		run->writers[i] = -1;
	}
	return 0;
}

static void
end_front(struct run *run)
{
	int status = 0;
	pid_t pid;

	do
		pid = waitpid(run->front, &status, 0);
	while (pid < 0 && errno == EINTR);
	if (run->supervision->progress && run->planned > 0)
		fputs("\r\033[K", stderr);
	if (run->signal != 0)
		return;
	if (pid < 0)
		fail_system(run, "waitpid");
	else if (!run->told && (!WIFEXITED(status) || WEXITSTATUS(status) > 1))
		limit_tell_end(&run->supervision->limits, run->duties, status,
		    run->supervision->diag);
	if (status != 0 || run->done != run->planned)
		run->failed = true;
}

static int
publish(struct run *run)
{
	struct supervision *supervision = run->supervision;
	struct output *output = supervision->output;

	for (size_t i = 0; i < run->shelf_count; i++)
		if (manifest_write(output, run->shelves[i].id,
			run->shelves[i].facts, supervision->partial,
			supervision->diag) != 0)
			return -1;
	supervision->unchanged = output_is_unchanged(output);
	if (supervision->unchanged)
		return 0;
	return output_commit(output, supervision->sync, supervision->diag);
}

/* What was published, for who is to be told, by name: workers end in any
 * order. */
static void
hand_over_shelves(struct run *run)
{
	struct supervision *supervision = run->supervision;

	if (run->shelf_count == 0)
		return;
	supervision->shelves =
	    mem_array(run->shelf_count, sizeof(*supervision->shelves));
	supervision->shelf_count = run->shelf_count;
	for (size_t i = 0; i < run->shelf_count; i++)
		supervision->shelves[i] = run->shelves[i].id;
	qsort(supervision->shelves, run->shelf_count,
	    sizeof(*supervision->shelves), text_compare);
}

static void
clear_run(struct run *run)
{
	for (size_t i = 0; i < run->wire_count; i++) {
		wire_clear(&run->wires[i]);
		if (run->writers[i] >= 0)
			close(run->writers[i]);
	}
	for (size_t i = 0; i < run->shelf_count; i++)
		free(run->shelves[i].facts);
	free(run->shelves);
	free(run->wires);
	free(run->writers);
	if (run->signals >= 0)
		close(run->signals);
}

int
supervisor_run(struct supervision *supervision)
{
	struct run run = { .supervision = supervision, .signals = -1 };
	struct output *output = supervision->output;
	sigset_t old;
	int rc = -1;

	signal(SIGPIPE, SIG_IGN);
	if (watch_signals(&run, &old) == 0 && open_pipes(&run) == 0 &&
	    (output == NULL || output_begin(output, supervision->diag) == 0) &&
	    start_front(&run, &old) == 0) {
		loop(&run);
		end_front(&run);
		if (!run.failed && diag_status(supervision->diag) == 0)
			rc = output != NULL ? publish(&run) : 0;
	}
	tell_late(&run);
	sigprocmask(SIG_SETMASK, &old, NULL);
	hand_over_shelves(&run);
	clear_run(&run);
	return run.signal != 0 ? run.signal : rc;
}
