#include "pdf_renderer.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/byte_order.h"
#include "base/list.h"
#include "base/embed.h"
#include "base/process_limits.h"

enum {
	SECONDS = 300,         /* a document that costs more is given up */
	MEGABYTES = 4096,      /* some 1,500 pages */
	USUAL_MEGABYTES = 640, /* what one takes for a handbook of 200 pages */
	LARGEST = 512 << 20,   /* of an answer, bytes */
	LARGEST_MESSAGE = 600, /* what is shown of a refusal */
};

struct process_renderer {
	struct renderer renderer;
	pid_t pid; /* -1: there is none */
	int fd;
	unsigned long seconds;
};

/* --- the process --- */

/* Nothing of it reaches a network: no socket is made, nor asked of the ring
 * through which one could be. What fails, fails closed: no filter, no engine.
 */
static int
forbid_network(void)
{
#if defined(__x86_64__)
	const uint32_t arch = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
	const uint32_t arch = AUDIT_ARCH_AARCH64;
#else
#error "which audit architecture is this?"
#endif
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		    offsetof(struct seccomp_data, arch)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, arch, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
		    offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 2, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 1, 0),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_io_uring_setup, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { COUNT(code), code };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return -1;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

/* Of one thread, for there is one for each processor; and one that keeps the
 * memory it got, in large pages: page faults were a fifth of its time. */
static const char threads[] = "RAYON_NUM_THREADS=1";
static const char memory[] = "GLIBC_TUNABLES=glibc.malloc.hugetlb=1:"
			     "glibc.malloc.trim_threshold=1073741824:"
			     "glibc.malloc.top_pad=67108864:"
			     "glibc.malloc.mmap_threshold=1073741824";

static void
be_renderer(const struct renderers *renderers, int fd, pid_t parent)
{
	const struct typst_engine *engine = &renderers->engine;
	const struct embedded *script = embedded_find("render.js");
	const struct rlimit none = { 0, 0 };
	const struct rlimit data = { renderers->megabytes << 20,
		renderers->megabytes << 20 };
	char *fonts =
	    mem_format("FONTCONFIG_FILE=%s/fonts.conf", engine->folder);
	char *const argv[] = { engine->node, "--max-old-space-size=1024",
		"--expose-gc", "-e", (char *)(uintptr_t)script->bytes,
		engine->folder, NULL };
	char *const envp[] = { fonts, (char *)(uintptr_t)threads,
		(char *)(uintptr_t)memory, "HOME=/nonexistent",
		"LC_ALL=C.UTF-8", NULL };
	int silent = open("/dev/null", O_WRONLY);
	struct rlimit time;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setpgid(0, 0);
	if (getppid() != parent || silent < 0 || dup2(fd, 0) != 0 ||
	    dup2(fd, 1) != 1 || dup2(silent, 2) != 2)
		_exit(70);
	close_range(3, ~0u, 0);
	/* The front's is not its own: who asks counts for each document. */
	if (getrlimit(RLIMIT_CPU, &time) != 0)
		_exit(70);
	time.rlim_cur = time.rlim_max;
	/* No file can grow. */
	signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &none) != 0 ||
	    setrlimit(RLIMIT_CORE, &none) != 0 ||
	    setrlimit(RLIMIT_CPU, &time) != 0 ||
	    setrlimit(RLIMIT_DATA, &data) != 0 || forbid_network() != 0)
		_exit(70);
	execve(engine->node, argv, envp);
	_exit(70);
}

/* --- questions --- */

/* What a document has cost: processor time of the engine, and seconds in which
 * it did nothing. A busy machine costs it nothing. */
struct patience {
	struct duty engine;
	double used; /* of processor, when last looked at */
	double cost; /* seconds */
	double most;
};

/* A second went by without an answer. */
static bool
may_wait(struct patience *patience)
{
	const double little = 0.01;
	double used = duty_seconds(&patience->engine);
	double more = used - patience->used;

	patience->used = used;
	patience->cost += more < little ? 1 : more;
	if (patience->cost < patience->most)
		return true;
	errno = ETIME;
	return false;
}

static int
send_all(int fd, const char *bytes, size_t size, struct patience *patience)
{
	while (size > 0) {
		ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL);

		if (sent < 0 &&
		    (errno == EINTR || (errno == EAGAIN && may_wait(patience))))
			continue;
		if (sent <= 0)
			return -1;
		bytes += sent;
		size -= (size_t)sent;
	}
	return 0;
}

static int
receive_all(int fd, char *bytes, size_t size, struct patience *patience)
{
	while (size > 0) {
		ssize_t got = recv(fd, bytes, size, 0);

		if (got < 0 &&
		    (errno == EINTR || (errno == EAGAIN && may_wait(patience))))
			continue;
		if (got == 0)
			errno = ECONNRESET;
		if (got <= 0)
			return -1;
		bytes += got;
		size -= (size_t)got;
	}
	return 0;
}

static int
ask(int fd, const struct buf *request, struct buf *answer, bool *refused,
    struct patience *patience)
{
	scoped(buf_clear) struct buf size = { 0 };
	unsigned char head[8];
	uint32_t length;
	int rc;

	buf_add_u32(&size, (uint32_t)request->size);
	rc = send_all(fd, size.data, size.size, patience);
	if (rc != 0 ||
	    send_all(fd, request->data, request->size, patience) != 0 ||
	    receive_all(fd, (char *)head, sizeof(head), patience) != 0)
		return -1;
	*refused = bytes_little(head, 4) != 0;
	length = (uint32_t)bytes_little(head + 4, 4);
	if (length > LARGEST) {
		errno = EMSGSIZE;
		return -1;
	}
	if (receive_all(fd, buf_reserve(answer, length), length, patience) != 0)
		return -1;
	answer->size += length;
	answer->data[answer->size] = '\0';
	if (*refused && answer->size > LARGEST_MESSAGE) {
		answer->size = LARGEST_MESSAGE;
		answer->data[answer->size] = '\0';
	}
	return 0;
}

static int
render(struct renderer *renderer, const struct buf *request, struct buf *answer,
    bool *refused, const char *name, struct diag *diag)
{
	const struct process_renderer *process =
	    (const struct process_renderer *)renderer;
	struct patience patience = { .engine.pid = process->pid,
		.most = (double)process->seconds };
	bool slow;
	int rc;

	patience.used = duty_seconds(&patience.engine);
	if (diag->duty != NULL)
		diag->duty->helper = process->pid;
	rc = ask(process->fd, request, answer, refused, &patience);
	slow = rc != 0 && errno == ETIME;
	if (diag->duty != NULL)
		diag->duty->helper = 0;
	if (rc == 0)
		return 0;
	/* It is of no use any more, and may still be at work. */
	kill(process->pid, SIGKILL);
	owned char *why = slow ? mem_format("timeout, %lu s", process->seconds)
			       : mem_dup("end of process");

	diag_report_path(diag, DIAG_PDF_ENGINE_LOST, NULL, name, why, NULL);
	return -1;
}

/* --- one slot's --- */

static int
start(const struct renderers *renderers, struct process_renderer *process,
    struct diag *diag)
{
	/* How often whoever waits looks whether it is at work. */
	const struct timeval limit = { .tv_sec = 1 };
	pid_t parent = getpid();
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return diag_report_path(diag, DIAG_SYSTEM, NULL, "socketpair",
		    strerror(errno), NULL);
	setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
	process->fd = ends[0];
	process->seconds = renderers->seconds;
	process->pid = fork();
	if (process->pid == 0)
		be_renderer(renderers, ends[1], parent);
	close(ends[1]);
	if (process->pid < 0)
		return diag_report_path(diag, DIAG_SYSTEM, NULL, "fork",
		    strerror(errno), NULL);
	/* Whichever of both comes first: whoever waits for workers, which are
	 * of the front's group, must not get to see it. */
	setpgid(process->pid, process->pid);
	return 0;
}

static void
stop(struct process_renderer *process)
{
	if (process->fd >= 0)
		close(process->fd);
	if (process->pid > 0) {
		kill(process->pid, SIGKILL);
		while (waitpid(process->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	*process = (struct process_renderer){ { render }, -1, -1, 0 };
}

/* An end, or what a worker did not wait for: it is of no use. */
static bool
is_quiet(const struct process_renderer *process)
{
	char byte;

	return recv(process->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 &&
	    (errno == EAGAIN || errno == EWOULDBLOCK);
}

static unsigned long
resident_megabytes(pid_t pid)
{
	owned char *path = mem_format("/proc/%d/statm", (int)pid);
	FILE *file = fopen(path, "re");
	unsigned long pages = 0;

	if (file == NULL)
		return 0;
	if (fscanf(file, "%*u %lu", &pages) != 1)
		pages = 0;
	fclose(file);
	return pages / ((1ul << 20) / (unsigned long)sysconf(_SC_PAGESIZE));
}

/* --- all of them --- */

/* A number in the environment; usual if there is none. */
static int
read_limit(const char *name, unsigned long usual, unsigned long *limit,
    struct diag *diag)
{
	const char *text = getenv(name);
	char *end;

	*limit = usual;
	if (text == NULL || text[0] == '\0')
		return 0;
	*limit = strtoul(text, &end, 10);
	if (text[0] >= '0' && text[0] <= '9' && *end == '\0' && *limit > 0 &&
	    *limit <= 1000000)
		return 0;
	return diag_report_path(diag, DIAG_PDF_LIMIT, NULL, name, text, NULL);
}

/* How many renderers there is memory for. */
static size_t
memory_allows(void)
{
	FILE *file = fopen("/proc/meminfo", "re");
	unsigned long kilobytes = 0;
	char line[256];
	size_t count;

	if (file == NULL)
		return 1;
	while (fgets(line, sizeof(line), file) != NULL &&
	    sscanf(line, "MemAvailable: %lu", &kilobytes) != 1)
		;
	fclose(file);
	count = kilobytes / 1024 / USUAL_MEGABYTES;
	return count > 0 ? count : 1;
}

int
renderers_open(struct renderers *renderers, const struct typst_engine *engine,
    size_t count, struct diag *diag)
{
	size_t most = memory_allows();

	if (read_limit("VADE_RENDER_SECONDS", SECONDS, &renderers->seconds,
		diag) != 0 ||
	    read_limit("VADE_RENDER_MB", MEGABYTES, &renderers->megabytes,
		diag) != 0)
		return -1;
	typst_engine_copy(&renderers->engine, engine);
	renderers->count = count < most ? count : most;
	renderers->all = mem_array(renderers->count, sizeof(*renderers->all));
	for (size_t i = 0; i < renderers->count; i++)
		renderers->all[i] =
		    (struct process_renderer){ { render }, -1, -1, 0 };
	return 0;
}

int
renderers_ready(struct renderers *renderers, size_t slot, struct diag *diag)
{
	struct process_renderer *process;

	if (slot >= renderers->count)
		return 0;
	process = &renderers->all[slot];
	if (process->pid > 0 && is_quiet(process) &&
	    resident_megabytes(process->pid) <= USUAL_MEGABYTES)
		return 0;
	stop(process);
	return start(renderers, process, diag);
}

struct renderer *
renderers_get(const struct renderers *renderers, size_t slot)
{
	return slot < renderers->count ? &renderers->all[slot].renderer : NULL;
}

void
renderers_close(struct renderers *renderers)
{
	for (size_t i = 0; i < renderers->count; i++)
		stop(&renderers->all[i]);
	free(renderers->all);
	typst_engine_clear(&renderers->engine);
	*renderers = (struct renderers){ 0 };
}
