/*
 * Preloaded below the compiler by faults.py: makes the Nth request for memory
 * of all processes of a run fail, once or from then on, or ends the first
 * process, the supervisor, at its Nth change of a file. The environment says
 * which: FAULT_MALLOC=N, FAULT_FOREVER=1, FAULT_OWN=1 to look at the supervisor
 * alone, FAULT_KILL=N, FAULT_STOLEN=1 to lose the new folder as soon as it is
 * made, as if another build had taken it for a leftover, FAULT_COUNT=FILE to write how many of both there were.
 * Invariant: with none of them set nothing fails; the processes of a run share
 * one count.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

struct counts {
	unsigned long memory;
	unsigned long files;
};

static struct {
	struct counts *shared;
	unsigned long fail_at;
	unsigned long kill_at;
	int forever;
	int own;
	int stolen;
	const char *report;
	pid_t supervisor;
} shim;

static unsigned long
number(const char *name)
{
	const char *text = getenv(name);

	return text != NULL ? strtoul(text, NULL, 10) : 0;
}

__attribute__((constructor)) static void
start(void)
{
	shim.shared = (struct counts *)syscall(SYS_mmap, NULL,
	    sizeof(struct counts), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	shim.fail_at = number("FAULT_MALLOC");
	shim.kill_at = number("FAULT_KILL");
	shim.forever = number("FAULT_FOREVER") != 0;
	shim.own = number("FAULT_OWN") != 0;
	shim.stolen = number("FAULT_STOLEN") != 0;
	shim.report = getenv("FAULT_COUNT");
	shim.supervisor = getpid();
}

/* Tells the counts when the supervisor ends. */
__attribute__((destructor)) static void
report(void)
{
	char text[64];
	int fd;

	if (shim.report == NULL || getpid() != shim.supervisor)
		return;
	fd = (int)syscall(SYS_openat, AT_FDCWD, shim.report,
	    O_WRONLY | O_CREAT | O_TRUNC, 0666);
	snprintf(text, sizeof(text), "%lu %lu\n", shim.shared->memory,
	    shim.shared->files);
	if (fd < 0 || syscall(SYS_write, fd, text, strlen(text)) < 0)
		_exit(99);
}

/* Is this the request that is refused? */
static int
is_refused(void)
{
	unsigned long at;

	if (shim.shared == NULL || (shim.own && getpid() != shim.supervisor))
		return 0;
	at = __atomic_add_fetch(&shim.shared->memory, 1, __ATOMIC_RELAXED);
	if (shim.fail_at == 0 ||
	    (at != shim.fail_at && !(shim.forever && at > shim.fail_at)))
		return 0;
	errno = ENOMEM;
	return 1;
}

static void
change(void)
{
	if (shim.shared != NULL && getpid() == shim.supervisor &&
	    ++shim.shared->files == shim.kill_at)
		kill(shim.supervisor, SIGKILL);
}

#define NEXT(type, name, ...)                                                  \
	static type (*next)(__VA_ARGS__);                                      \
	if (next == NULL)                                                      \
	next = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

void *
malloc(size_t size)
{
	NEXT(void *, malloc, size_t);
	return is_refused() ? NULL : next(size);
}

void *
calloc(size_t count, size_t size)
{
	NEXT(void *, calloc, size_t, size_t);
	return is_refused() ? NULL : next(count, size);
}

void *
realloc(void *old, size_t size)
{
	NEXT(void *, realloc, void *, size_t);
	return size != 0 && is_refused() ? NULL : next(old, size);
}

int
posix_memalign(void **block, size_t alignment, size_t size)
{
	NEXT(int, posix_memalign, void **, size_t, size_t);
	return is_refused() ? ENOMEM : next(block, alignment, size);
}

void *
mmap(void *where, size_t size, int prot, int flags, int fd, off_t offset)
{
	NEXT(void *, mmap, void *, size_t, int, int, int, off_t);
	return is_refused() ? MAP_FAILED
			    : next(where, size, prot, flags, fd, offset);
}

int
mkdirat(int at, const char *path, mode_t mode)
{
	int rc;

	NEXT(int, mkdirat, int, const char *, mode_t);
	change();
	rc = next(at, path, mode);
	if (rc == 0 && shim.stolen && strstr(path, ".vade-") != NULL)
		syscall(SYS_unlinkat, at, path, AT_REMOVEDIR);
	return rc;
}

int
linkat(int from, const char *old, int to, const char *new, int flags)
{
	NEXT(int, linkat, int, const char *, int, const char *, int);
	change();
	return next(from, old, to, new, flags);
}

int
unlinkat(int at, const char *path, int flags)
{
	NEXT(int, unlinkat, int, const char *, int);
	change();
	return next(at, path, flags);
}

int
renameat2(int from, const char *old, int to, const char *new, unsigned flags)
{
	NEXT(int, renameat2, int, const char *, int, const char *, unsigned);
	int rc;

	change();
	rc = next(from, old, to, new, flags);
	change();
	return rc;
}

ssize_t
write(int fd, const void *bytes, size_t size)
{
	NEXT(ssize_t, write, int, const void *, size_t);
	change();
	return next(fd, bytes, size);
}

int
close(int fd)
{
	NEXT(int, close, int);
	change();
	return next(fd);
}
