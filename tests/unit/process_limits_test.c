/* base/process_limits: what --limit takes, and how the end of a process is told. */
#include "unit.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/process_limits.h"

static void
limits_are_read(void)
{
	static const struct {
		const char *text;
		bool good;
		unsigned long cpu, memory, idle;
	} rows[] = {
		{ "cpu=1", true, 1, 2048, 900 },
		{ "memory=64,cpu=7", true, 7, 64, 900 },
		{ "idle=2,memory=1,cpu=9999999", true, 9999999, 1, 2 },
		{ "cpu=1,cpu=2", true, 2, 2048, 900 },
		{ "", false, 0, 0, 0 },
		{ "cpu", false, 0, 0, 0 },
		{ "cpu=", false, 0, 0, 0 },
		{ "cpu=0", false, 0, 0, 0 },
		{ "cpu=-1", false, 0, 0, 0 },
		{ "cpu=10000000", false, 0, 0, 0 },
		{ "cpu=1s", false, 0, 0, 0 },
		{ "cpu=1,", false, 0, 0, 0 },
		{ ",cpu=1", false, 0, 0, 0 },
		{ "cpu=1;memory=2", false, 0, 0, 0 },
		{ "time=1", false, 0, 0, 0 },
		{ "cpu=1,memory=x", false, 0, 0, 0 },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct limits limits = limits_usual;
		bool good = limits_read(&limits, rows[i].text);

		CHECK(good == rows[i].good, "\"%s\"", rows[i].text);
		if (good)
			CHECK(limits.cpu == rows[i].cpu &&
				limits.memory == rows[i].memory &&
				limits.idle == rows[i].idle,
			    "\"%s\": %lu %lu %lu", rows[i].text, limits.cpu,
			    limits.memory, limits.idle);
	}
}

/* The status of a child that does this. */
static int
status_of(void (*act)(void))
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		act();
		_exit(0);
	}
	waitpid(pid, &status, 0);
	return status;
}

static void
spin(void)
{
	for (volatile unsigned i = 0;; i++)
		;
}

static void
use_processor(void)
{
	const struct limits limits = { .cpu = 1, .memory = 2048, .idle = 9 };

	signal(SIGXCPU, SIG_IGN);
	limits_enter(&limits);
	spin();
}

/* Blocks that stay, so that what the process holds grows. */
static void
use_memory(void)
{
	const struct limits limits = { .cpu = 9, .memory = 256, .idle = 9 };
	enum { BLOCK = 1 << 20 };
	char *volatile kept;

	limits_enter(&limits);
	for (int i = 0; i < 1024; i++) {
		kept = mem_resize(NULL, BLOCK);
		kept[0] = 1;
	}
}

static void
be_killed(void)
{
	raise(SIGKILL);
}

static void
end_as_exhausted(void)
{
	_exit(MEM_EXHAUSTED);
}

static void
crash(void)
{
	signal(SIGSEGV, SIG_DFL);
	raise(SIGSEGV);
}

static void
ends_are_told_apart(void)
{
	static const struct {
		void (*act)(void);
		enum diag_code code;
	} rows[] = {
		{ use_processor, DIAG_LIMIT_CPU },
		{ use_memory, DIAG_LIMIT_MEMORY },
		{ be_killed, DIAG_PROCESS_KILLED },
		{ end_as_exhausted, DIAG_NO_MEMORY },
		{ crash, DIAG_WORKER_DIED },
	};
	struct duty duty = { .stage = "filter" };

	duty_begin(&duty, "police-officer en");
	duty_guest(&duty, "filters/mine.lua");
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct diag diag = { 0 };
		int status = status_of(rows[i].act);

		limit_tell_end(&limits_usual, &duty, status, &diag);
		assert_int_equal(diag.count, 1);
		CHECK(diag.records[0].code == rows[i].code,
		    "row %zu: status %#x, %s", i, (unsigned)status,
		    diag.records[0].text);
		CHECK_TEXT(diag.records[0].path, "filters/mine.lua", "path");
		CHECK(strstr(diag.records[0].text,
			  "(stage filter, police-officer en)") != NULL ||
			strstr(diag.records[0].text,
			    ", stage filter, police-officer en)") != NULL,
		    "row %zu: %s", i, diag.records[0].text);
		diag_clear(&diag);
	}
}

static void
names_that_are_too_long_are_cut(void)
{
	struct duty duty = { 0 };
	char name[1000];

	memset(name, 'a', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	duty_begin(&duty, name);
	duty_path(&duty, name);
	duty_guest(&duty, name);
	CHECK(strlen(duty.job) == sizeof(duty.job) - 1 &&
		strlen(duty.path) == sizeof(duty.path) - 1 &&
		strlen(duty.guest) == sizeof(duty.guest) - 1,
	    "cut");
	duty_guest(&duty, NULL);
	CHECK(duty.guest[0] == '\0', "ended");
	duty_stage(NULL, "nobody asks");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(limits_are_read),
		UNIT(ends_are_told_apart),
		UNIT(names_that_are_too_long_are_cut),
	};

	return cmocka_run_group_tests_name("base/process_limits", tests, NULL,
	    NULL);
}
