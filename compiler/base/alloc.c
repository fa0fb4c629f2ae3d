#include "alloc.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void
exhausted(void)
{
	static const char text[] = "vade: out of memory\n";
	ssize_t written = write(STDERR_FILENO, text, sizeof(text) - 1);

	(void)written;
	_exit(3);
}

void *
mem_alloc(size_t size)
{
	void *memory = calloc(1, size ? size : 1);

	if (memory == NULL)
		exhausted();
	return memory;
}

void *
mem_array(size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		exhausted();
	return mem_alloc(count * size);
}

void *
mem_shared(size_t size)
{
	void *memory = mmap(NULL, size ? size : 1, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (memory == MAP_FAILED)
		exhausted();
	return memory;
}

void *
mem_resize(void *old, size_t size)
{
	void *memory = realloc(old, size ? size : 1);

	if (memory == NULL)
		exhausted();
	return memory;
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
	char *text = NULL;
	int rc;

	va_start(args, format);
	rc = vasprintf(&text, format, args);
	va_end(args);
	if (rc < 0)
		exhausted();
	return text;
}

void *
mem_grow(void *items, size_t count, size_t *capacity, size_t size)
{
	if (count < *capacity)
		return items;
	*capacity = *capacity ? *capacity * 2 : 16;
	if (*capacity > SIZE_MAX / size)
		exhausted();
	return mem_resize(items, *capacity * size);
}
