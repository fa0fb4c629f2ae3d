#include "process_limits.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "alloc.h"

/* 32 MB of source take 10 s and 600 MB. */
const struct limits limits_usual = { .cpu = 120, .memory = 2048, .idle = 900 };

/* --- what was asked for --- */

static bool
read_number(const char *text, size_t len, unsigned long *value)
{
	enum { MOST_DIGITS = 7 };

	if (len == 0 || len > MOST_DIGITS || strspn(text, "0123456789") < len)
		return false;
	*value = strtoul(text, NULL, 10);
	return *value > 0;
}

bool
limits_read(struct limits *limits, const char *text)
{
	const struct {
		const char *name;
		unsigned long *value;
	} rows[] = {
		{ "cpu=", &limits->cpu },
		{ "memory=", &limits->memory },
		{ "idle=", &limits->idle },
	};

	for (;;) {
		size_t len = strcspn(text, ",");
		bool known = false;

		for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
			size_t name = strlen(rows[i].name);

			if (len >= name &&
			    memcmp(text, rows[i].name, name) == 0)
				known = read_number(text + name, len - name,
				    rows[i].value);
		}
		if (!known)
			return false;
		if (text[len] == '\0')
			return true;
		text += len + 1;
	}
}

/* --- limits --- */

static void
set_soft(int resource, rlim_t value)
{
	struct rlimit now;

	if (getrlimit(resource, &now) != 0 || value > now.rlim_cur)
		return;
	now.rlim_cur = value;
	setrlimit(resource, &now);
}

void
limits_enter(const struct limits *limits)
{
	sigset_t ends;

	/* Not inherited from a shell that ignored or blocked them. */
	sigemptyset(&ends);
	sigaddset(&ends, SIGXCPU);
	sigaddset(&ends, SIGPROF);
	signal(SIGXCPU, SIG_DFL);
	signal(SIGPROF, SIG_DFL);
	sigprocmask(SIG_UNBLOCK, &ends, NULL);
	/* Content is not left lying about in core files. */
	set_soft(RLIMIT_CORE, 0);
	set_soft(RLIMIT_CPU, limits->cpu);
	mem_limit((size_t)limits->memory << 20);
}

void
limit_guest_start(void)
{
	const struct itimerval timer = {
		.it_value.tv_sec = LIMIT_GUEST_SECONDS + 1,
	};

	setitimer(ITIMER_PROF, &timer, NULL);
}

void
limit_guest_stop(void)
{
	const struct itimerval none = { .it_value.tv_sec = 0 };

	setitimer(ITIMER_PROF, &none, NULL);
}

/* --- duties --- */

void
duty_begin(struct duty *duty, const char *job)
{
	if (duty == NULL)
		return;
	duty->path[0] = '\0';
	duty->guest[0] = '\0';
	duty->helper = 0;
	snprintf(duty->job, sizeof(duty->job), "%s", job);
	duty->pid = getpid();
}

void
duty_stage(struct duty *duty, const char *stage)
{
	if (duty == NULL)
		return;
	duty->stage = stage;
	duty->path[0] = '\0';
}

void
duty_path(struct duty *duty, const char *path)
{
	if (duty != NULL)
		snprintf(duty->path, sizeof(duty->path), "%s", path);
}

void
duty_guest(struct duty *duty, const char *name)
{
	if (duty != NULL)
		snprintf(duty->guest, sizeof(duty->guest), "%s",
		    name != NULL ? name : "");
}

static double
processor_seconds(pid_t pid)
{
	struct timespec used = { 0 };
	clockid_t clock;

	if (pid <= 0 || clock_getcpuclockid(pid, &clock) != 0 ||
	    clock_gettime(clock, &used) != 0)
		return 0;
	return (double)used.tv_sec + (double)used.tv_nsec / 1e9;
}

double
duty_seconds(const struct duty *duty)
{
	return processor_seconds(duty->pid) + processor_seconds(duty->helper);
}

/* --- how it ended --- */

static const char *
path_of(const struct duty *duty)
{
	return duty->guest[0] != '\0' ? duty->guest
	    : duty->path[0] != '\0'   ? duty->path
				      : NULL;
}

/* "emit, police-officer en". */
static char *
what_of(const struct duty *duty)
{
	return mem_format("%s%s%s", duty->stage ? duty->stage : "start",
	    duty->job[0] ? ", " : "", duty->job);
}

/* A limit that --limit sets: its value, and a larger one. */
static int
tell_limit(enum diag_code code, unsigned long value, const struct duty *duty,
    struct diag *diag)
{
	owned char *is = mem_format("%lu", value);
	owned char *more = mem_format("%lu", 4 * value);
	owned char *what = what_of(duty);

	diag_report_path(diag, code, path_of(duty), is, what, more, NULL);
	return -1;
}

int
limit_tell_idle(const struct limits *limits, const struct duty *duty,
    struct diag *diag)
{
	return tell_limit(DIAG_LIMIT_IDLE, limits->idle, duty, diag);
}

static int
tell_other(enum diag_code code, int status, const struct duty *duty,
    struct diag *diag)
{
	owned char *how = WIFSIGNALED(status)
	    ? mem_format("signal %d, %s", WTERMSIG(status),
		  strsignal(WTERMSIG(status)))
	    : mem_format("status %d", WEXITSTATUS(status));
	owned char *what = what_of(duty);

	diag_report_path(diag, code, path_of(duty), how, what, NULL);
	return -1;
}

int
limit_tell_end(const struct limits *limits, const struct duty *duty, int status,
    struct diag *diag)
{
	int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;

	if (signal == SIGXCPU)
		return tell_limit(DIAG_LIMIT_CPU, limits->cpu, duty, diag);
	if (signal == SIGPROF)
		return diag_report_path(diag, DIAG_FILTER_LIMIT, path_of(duty),
		    duty->guest, LIMIT_GUEST_TEXT, NULL);
	if (code == MEM_OVER_LIMIT)
		return tell_limit(DIAG_LIMIT_MEMORY, limits->memory, duty,
		    diag);
	if (code == MEM_EXHAUSTED)
		return tell_other(DIAG_NO_MEMORY, status, duty, diag);
	/* Nothing of ours sends it. */
	if (signal == SIGKILL)
		return tell_other(DIAG_PROCESS_KILLED, status, duty, diag);
	return tell_other(DIAG_WORKER_DIED, status, duty, diag);
}
