/*
 * malloc, calloc, realloc, posix_memalign, aligned_alloc and memalign of the
 * whole process, libraries included: they take the place of those of libc,
 * which they ask, and never give NULL for want of memory. A failure ends the
 * process, because most libraries do not survive one: jansson dropped entries
 * of a manifest without a word, libxml2 crashed.
 * The next malloc is found with dlsym(RTLD_NEXT), not called as __libc_malloc:
 * so an allocator that is preloaded (a fault injector, a profiler) stays below
 * this, and free() of the same library gets back what its malloc gave. Linked
 * with a static libc there is no next one; Debian has no static libxslt.
 * Invariant: what runs after a failure asks for no memory and takes no lock.
 * malloc has no context, so this is one of two places with state of their own.
 * Under AddressSanitizer, which has its own malloc and ends the process too,
 * nothing is replaced; its limit is looked at by base/alloc.
 */
#include "alloc.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__
/* gcc's own package has no header for it. */
size_t __sanitizer_get_current_allocated_bytes(void);
#endif

static const char exhausted[] = "vade: out of memory\n";

static struct {
	struct mem_end end;
	size_t limit; /* bytes, 0 = none */
} state = { .end = { exhausted, MEM_EXHAUSTED, NULL, NULL } };

void
mem_set_end(const struct mem_end *wanted)
{
	const struct mem_end plain = { exhausted, MEM_EXHAUSTED, NULL, NULL };

	state.end = wanted != NULL ? *wanted : plain;
}

/* Bytes that count for RLIMIT_DATA: the sixth number of statm, in pages. */
static size_t
data_in_use(void)
{
	char text[256];
	int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	const char *p = text;
	size_t pages = 0;

	if (fd >= 0)
		close(fd);
	text[got > 0 ? got : 0] = '\0';
	for (int field = 1; field < 6 && p != NULL; field++) {
		p = strchr(p, ' ');
		p = p != NULL ? p + 1 : NULL;
	}
	for (; p != NULL && *p >= '0' && *p <= '9'; p++)
		pages = pages * 10 + (size_t)(*p - '0');
	return pages * (size_t)sysconf(_SC_PAGESIZE);
}

/* malloc asks the system for more than it was asked for, base/alloc. */
enum { AHEAD = 128 << 20 };

void
mem_give_up(size_t size)
{
	bool over = state.limit != 0 &&
	    (size > state.limit || data_in_use() + size + AHEAD > state.limit);
	ssize_t written;

	if (over)
		_exit(MEM_OVER_LIMIT);
	if (state.end.clean != NULL)
		state.end.clean(state.end.context);
	written = write(STDERR_FILENO, state.end.text, strlen(state.end.text));
	(void)written;
	_exit(state.end.status);
}

#ifdef __SANITIZE_ADDRESS__

void
mem_limit(size_t bytes)
{
	state.limit = bytes;
}

void
mem_look(size_t size)
{
	enum { WORTH_IT = 16 << 10 };

	if (state.limit != 0 && size >= WORTH_IT &&
	    __sanitizer_get_current_allocated_bytes() + size > state.limit)
		_exit(MEM_OVER_LIMIT);
}

#else

void
mem_limit(size_t bytes)
{
	struct rlimit data;

	if (getrlimit(RLIMIT_DATA, &data) != 0 || bytes > data.rlim_max)
		return;
	data.rlim_cur = bytes;
	if (setrlimit(RLIMIT_DATA, &data) == 0)
		state.limit = bytes;
}

void
mem_look(size_t size)
{
	(void)size;
}

/* Of libc, or of what was preloaded. */
static struct {
	void *(*malloc)(size_t size);
	void *(*calloc)(size_t count, size_t size);
	void *(*realloc)(void *old, size_t size);
	int (*posix_memalign)(void **block, size_t alignment, size_t size);
	void *(*aligned_alloc)(size_t alignment, size_t size);
	void *(*memalign)(size_t alignment, size_t size);
} next;

static void
find(void *function, const char *name)
{
	void *symbol = dlsym(RTLD_NEXT, name);

	if (symbol == NULL)
		mem_give_up(0);
	memcpy(function, &symbol, sizeof(symbol));
}

/* Before there is a second thread, and before main. */
__attribute__((cold, noinline)) static void
find_next(void)
{
	find(&next.calloc, "calloc");
	find(&next.realloc, "realloc");
	find(&next.posix_memalign, "posix_memalign");
	find(&next.aligned_alloc, "aligned_alloc");
	find(&next.memalign, "memalign");
	find(&next.malloc, "malloc");
}

static inline void
be_ready(void)
{
	if (__builtin_expect(next.malloc == NULL, 0))
		find_next();
}

static inline void *
never_null(void *block, size_t size)
{
	if (__builtin_expect(block == NULL, 0) && size != 0)
		mem_give_up(size);
	return block;
}

void *
malloc(size_t size)
{
	be_ready();
	return never_null(next.malloc(size), size);
}

void *
calloc(size_t count, size_t size)
{
	be_ready();
	return never_null(next.calloc(count, size),
	    count != 0 && size > SIZE_MAX / count ? SIZE_MAX : count * size);
}

/* realloc(old, 0) frees, and its NULL is no failure. */
void *
realloc(void *old, size_t size)
{
	be_ready();
	return never_null(next.realloc(old, size), size);
}

int
posix_memalign(void **block, size_t alignment, size_t size)
{
	int rc;

	be_ready();
	rc = next.posix_memalign(block, alignment, size);
	if (rc == ENOMEM)
		mem_give_up(size);
	return rc;
}

/* An alignment that is none is the caller's fault: NULL. */
void *
aligned_alloc(size_t alignment, size_t size)
{
	void *block;

	be_ready();
	block = next.aligned_alloc(alignment, size);
	return errno == EINVAL ? block : never_null(block, size);
}

void *
memalign(size_t alignment, size_t size)
{
	void *block;

	be_ready();
	block = next.memalign(alignment, size);
	return errno == EINVAL ? block : never_null(block, size);
}

#endif
