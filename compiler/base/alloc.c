#include "alloc.h"

#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifdef __SANITIZE_ADDRESS__

void
mem_use_large_pages(void)
{
}

void
mem_leave_shared(void)
{
}

#else

enum {
	AHEAD = 64 << 20, /* address space malloc takes at once, not memory */
	LARGEST_BLOCK = 32 << 20, /* the most that glibc allows */
	LARGE_PAGE = 2 << 20,
};

/* Bytes from where malloc goes on to the next large page, where it goes on
 * now. malloc writes a head before each block, so what lies below must be left
 * before the first large page is asked for, or that page is a small one. */
static char *
skip_to_large_page(void)
{
	enum { HEAD = 2 * sizeof(size_t) };
	/* Never touched. volatile, or the compiler leaves malloc out. */
	char *volatile first = malloc(LARGE_PAGE);
	char *volatile rest;
	uintptr_t at;
	uintptr_t start;

	if (first == NULL)
		return NULL;
	at = (uintptr_t)first + malloc_usable_size(first) + HEAD / 2;
	start = (at + HEAD + LARGE_PAGE) & ~(uintptr_t)(LARGE_PAGE - 1);
	rest = malloc(start - at - HEAD / 2);
	return rest == (char *)at ? (char *)start : NULL;
}

/* A build touches most of its memory once, and the faults of small pages cost
 * more than what it does there. Where this fails, small pages it is. */
void
mem_use_large_pages(void)
{
	char *start;

	mallopt(M_TOP_PAD, AHEAD);
	mallopt(M_TRIM_THRESHOLD, 2 * AHEAD);
	mallopt(M_MMAP_THRESHOLD, LARGEST_BLOCK);
	start = skip_to_large_page();
	if (start != NULL && start < (char *)sbrk(0))
		madvise(start, (size_t)((char *)sbrk(0) - start),
		    MADV_HUGEPAGE);
}

void
mem_leave_shared(void)
{
	skip_to_large_page();
}

#endif

void *
mem_alloc(size_t size)
{
	mem_look(size);
	return calloc(1, size ? size : 1);
}

void *
mem_array(size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		mem_give_up(SIZE_MAX);
	return mem_alloc(count * size);
}

void *
mem_shared(size_t size)
{
	void *memory = mmap(NULL, size ? size : 1, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		mem_give_up(size);
	return memory;
}

void *
mem_resize(void *old, size_t size)
{
	mem_look(size);
	return realloc(old, size ? size : 1);
}

void
mem_drop(void *variable)
{
	free(*(void **)variable);
}

char *
mem_dup(const char *text)
{
	return mem_dup_len(text, strlen(text));
}

char *
mem_dup_len(const char *text, size_t len)
{
	char *copy = mem_resize(NULL, len + 1);

	memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

char *
mem_format(const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = mem_format_list(format, args);
	va_end(args);
	return text;
}

char *
mem_format_list(const char *format, va_list args)
{
	char *text = NULL;

	/* It has memory, so the text is longer than any. */
	if (vasprintf(&text, format, args) < 0)
		mem_give_up(SIZE_MAX);
	return text;
}

void *
mem_grow(void *items, size_t count, size_t *capacity, size_t size)
{
	if (count < *capacity)
		return items;
	*capacity = *capacity ? *capacity * 2 : 16;
	if (*capacity > SIZE_MAX / size)
		mem_give_up(SIZE_MAX);
	return mem_resize(items, *capacity * size);
}
