/*
 * Memory that is never refused. Used by everything.
 * Invariant: no function here returns NULL, nor does malloc itself, whoever
 * calls it (base/malloc_or_exit.c); exhaustion writes one line and ends the
 * process with status 3, because libraries do not survive NULL from malloc
 * (DESIGN section 11).
 */
#ifndef VADE_BASE_ALLOC_H
#define VADE_BASE_ALLOC_H

#include <stdarg.h>
#include <stddef.h>

/* A local variable so declared is cleared by the function named where its scope
 * ends, whichever way; after the value that is returned was computed. */
#define scoped(clear) __attribute__((cleanup(clear)))
/* What it points to, or NULL, is freed with free(). */
#define owned scoped(mem_drop)
void mem_drop(void *variable);

/* How a process ends that gets no memory: there is none, or its limit allows
 * no more. */
enum { MEM_EXHAUSTED = 3, MEM_OVER_LIMIT = 5 };

/* What it does then; clean may be NULL, and must need no memory. */
struct mem_end {
	const char *text; /* to standard error */
	int status;
	void (*clean)(void *context);
	void *context;
};

/* Copies it; NULL: a line, and MEM_EXHAUSTED. A child inherits it. */
void mem_set_end(const struct mem_end *wanted);
/* Ends the process, which was refused size bytes. */
_Noreturn void mem_give_up(size_t size);
/* Most bytes that this process and those it forks may take, each for itself:
 * over it they end with MEM_OVER_LIMIT, in silence. */
void mem_limit(size_t bytes);
/* Ends the process if size bytes more are over the limit, where malloc is not
 * ours to do so. */
void mem_look(size_t size);

/*
 * From now on malloc takes its memory in large pages. Called once, by a process
 * that is going to need much of it and then to end. Without this and
 * mem_leave_shared a build of five handbooks takes 5 % more processor time.
 */
void mem_use_large_pages(void);
/*
 * Called by a child right after fork: larger blocks from now on lie in pages of
 * its own. A write to a page shared with the parent costs a fault and a copy of
 * it, 4 KB at a time.
 */
void mem_leave_shared(void);
/* size bytes, zeroed; the caller frees with free(). */
void *mem_alloc(size_t size);
/* count elements of size bytes, zeroed; an overflowing product ends the
 * process like exhaustion does. */
void *mem_array(size_t count, size_t size);
/* size bytes, zeroed, that this process and those it forks share; they are
 * given back when all have ended. */
void *mem_shared(size_t size);
/* As realloc, never NULL; new bytes are not zeroed. */
void *mem_resize(void *old, size_t size);
/* A copy of a string, or of its first len bytes, ended by a zero. */
char *mem_dup(const char *text);
char *mem_dup_len(const char *text, size_t len);
/* printf into fresh memory. */
char *mem_format_list(const char *format, va_list args);
char *mem_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Makes room for one more element in a growing array: returns items, moved if
 * needed. *capacity counts elements of size bytes; count are in use.
 */
void *mem_grow(void *items, size_t count, size_t *capacity, size_t size);

#endif
