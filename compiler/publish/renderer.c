#include "renderer.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
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
#include "base/embed.h"
#include "base/file.h"

enum {
	ANSWER_LIMIT_S = 300,  /* a document that takes longer is given up */
	LARGEST = 512 << 20,   /* of an answer, bytes */
	LARGEST_MESSAGE = 600, /* what is shown of a refusal */
};

struct process_renderer {
	struct renderer renderer;
	pid_t pid;
	int fd;
};

/* --- the engine --- */

static const char package[] =
    "node_modules/@myriaddreamin/typst-ts-node-compiler/package.json";

/* Takes folder; NULL if the engine is not in it. */
static char *
check_folder_take(char *folder)
{
	char *file = mem_format("%s/%s", folder, package);
	bool there = access(file, R_OK) == 0;

	free(file);
	if (there)
		return folder;
	free(folder);
	return NULL;
}

static char *
find_folder(void)
{
	static const char *const places[] = { "typst", "../typst",
		"../share/vade/typst" };
	char self[4096];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);
	char *found = NULL;
	char *dir;

	if (len <= 0)
		return NULL;
	self[len] = '\0';
	dir = file_dirname_dup(self);
	for (size_t i = 0;
	     found == NULL && i < sizeof(places) / sizeof(*places); i++)
		found = check_folder_take(mem_format("%s%s", dir, places[i]));
	free(dir);
	return found;
}

/* Takes path; NULL if no program is there. */
static char *
check_program_take(char *path)
{
	if (path[0] == '/' && access(path, X_OK) == 0)
		return path;
	free(path);
	return NULL;
}

static char *
find_node(void)
{
	const char *named = getenv("VADE_NODE");
	const char *path = getenv("PATH");
	char *found = NULL;

	if (named != NULL)
		return check_program_take(mem_dup(named));
	while (path != NULL && *path != '\0' && found == NULL) {
		size_t len = strcspn(path, ":");

		found =
		    check_program_take(mem_format("%.*s/node", (int)len, path));
		path += len + (path[len] == ':');
	}
	return found;
}

void
engine_find(struct engine *engine)
{
	const char *named = getenv("VADE_TYPST");

	*engine =
	    (struct engine){ .unwanted = named != NULL && named[0] == '\0' };
	if (engine->unwanted)
		return;
	engine->folder =
	    named != NULL ? check_folder_take(mem_dup(named)) : find_folder();
	engine->node = find_node();
}

void
engine_clear(struct engine *engine)
{
	free(engine->folder);
	free(engine->node);
	*engine = (struct engine){ 0 };
}

bool
engine_is_whole(const struct engine *engine)
{
	return engine->folder != NULL && engine->node != NULL;
}

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
	struct sock_fprog program = { sizeof(code) / sizeof(*code), code };

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return -1;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

static void
be_renderer(const struct engine *engine, int fd, pid_t parent)
{
	const struct embedded *script = embedded_find("render.js");
	const struct rlimit none = { 0, 0 };
	char *fonts =
	    mem_format("FONTCONFIG_FILE=%s/fonts.conf", engine->folder);
	char *const argv[] = { engine->node, "--max-old-space-size=1024", "-e",
		(char *)(uintptr_t)script->bytes, engine->folder, NULL };
	char *const envp[] = { fonts, "HOME=/nonexistent", "LC_ALL=C.UTF-8",
		NULL };
	int silent = open("/dev/null", O_WRONLY);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent || silent < 0 || dup2(fd, 0) != 0 ||
	    dup2(fd, 1) != 1 || dup2(silent, 2) != 2)
		_exit(70);
	close_range(3, ~0u, 0);
	/* No file can grow. */
	signal(SIGXFSZ, SIG_IGN);
	if (setrlimit(RLIMIT_FSIZE, &none) != 0 ||
	    setrlimit(RLIMIT_CORE, &none) != 0 || forbid_network() != 0)
		_exit(70);
	execve(engine->node, argv, envp);
	_exit(70);
}

static int
report_lost(struct diag *diag, const char *why)
{
	return diag_report_path(diag, DIAG_PDF_ENGINE_LOST, NULL, why, NULL);
}

/* --- questions --- */

static int
send_all(int fd, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return -1;
		bytes += sent;
		size -= (size_t)sent;
	}
	return 0;
}

static int
receive_all(int fd, char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t got = recv(fd, bytes, size, 0);

		if (got < 0 && errno == EINTR)
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

static uint32_t
get_u32(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	    (uint32_t)p[3] << 24;
}

static int
ask(int fd, const struct buf *request, struct buf *answer, bool *refused)
{
	struct buf size = { 0 };
	unsigned char head[8];
	uint32_t length;
	int rc;

	buf_add_u32(&size, (uint32_t)request->size);
	rc = send_all(fd, size.data, size.size);
	buf_clear(&size);
	if (rc != 0 || send_all(fd, request->data, request->size) != 0 ||
	    receive_all(fd, (char *)head, sizeof(head)) != 0)
		return -1;
	*refused = get_u32(head) != 0;
	length = get_u32(head + 4);
	if (length > LARGEST) {
		errno = EMSGSIZE;
		return -1;
	}
	if (receive_all(fd, buf_reserve(answer, length), length) != 0)
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
    bool *refused, struct diag *diag)
{
	const struct process_renderer *process =
	    (const struct process_renderer *)renderer;
	bool slow;

	if (ask(process->fd, request, answer, refused) == 0)
		return 0;
	slow = errno == EAGAIN;
	/* It is of no use any more, and may still be at work. */
	kill(process->pid, SIGKILL);
	return report_lost(diag, slow ? "timeout, 300 s" : "end of process");
}

/* --- all of them --- */

static int
start(struct process_renderer *process, const struct engine *engine,
    struct diag *diag)
{
	const struct timeval limit = { .tv_sec = ANSWER_LIMIT_S };
	pid_t parent = getpid();
	int ends[2];

	*process = (struct process_renderer){ { render }, -1, -1 };
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		return report_lost(diag, strerror(errno));
	setsockopt(ends[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
	process->fd = ends[0];
	process->pid = fork();
	if (process->pid == 0)
		be_renderer(engine, ends[1], parent);
	close(ends[1]);
	return process->pid < 0 ? report_lost(diag, strerror(errno)) : 0;
}

int
renderers_start(struct renderers *renderers, const struct engine *engine,
    size_t count, struct diag *diag)
{
	int rc = 0;

	renderers->all = mem_array(count, sizeof(*renderers->all));
	while (rc == 0 && renderers->count < count)
		rc = start(&renderers->all[renderers->count++], engine, diag);
	return rc;
}

struct renderer *
renderers_get(const struct renderers *renderers, size_t index)
{
	return index < renderers->count ? &renderers->all[index].renderer
					: NULL;
}

void
renderers_stop(struct renderers *renderers)
{
	for (size_t i = 0; i < renderers->count; i++) {
		const struct process_renderer *process = &renderers->all[i];

		if (process->fd >= 0)
			close(process->fd);
		if (process->pid > 0) {
			kill(process->pid, SIGKILL);
			waitpid(process->pid, NULL, 0);
		}
	}
	free(renderers->all);
	*renderers = (struct renderers){ 0 };
}
