#include "libxml_heap.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "alloc.h"

#ifdef __SANITIZE_ADDRESS__

void *
heap_alloc(size_t size)
{
	return mem_resize(NULL, size);
}

void *
heap_resize(void *block, size_t size)
{
	return mem_resize(block, size);
}

void
heap_forget_freed(void)
{
}

void
heap_leave_shared(void)
{
}

void
heap_free(void *block)
{
	free(block);
}

#else

enum {
	ALIGN = 16,
	HEADER = 8,       /* the block's room, before it */
	SMALL = 2048,     /* room of the largest block kept in lists */
	CHUNK = 64 << 20, /* address space taken at once, not memory */
	HUGE_PAGE = 2 << 20,
};

/* Blocks of a room are SMALL or less and a multiple of ALIGN less HEADER. */
struct free_block {
	struct free_block *next;
};

static struct {
	char *at; /* the next new block's header */
	char *end;
	struct free_block *lists[SMALL / ALIGN + 1]; /* by room */
} heap;

static uint64_t *
header_of(void *block)
{
	return (uint64_t *)(void *)((char *)block - HEADER);
}

/* Large pages: a build touches its memory once, and a fault per 4 KB costs
 * more than filling the page does. */
__attribute__((cold, noinline)) static void
take_chunk(void)
{
	char *chunk = mmap(NULL, CHUNK + HUGE_PAGE, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (chunk == MAP_FAILED) {
		heap.at = mem_resize(NULL, SMALL + 2 * ALIGN);
		heap.end = heap.at + SMALL + 2 * ALIGN;
	} else {
		uintptr_t start = (uintptr_t)chunk;

		start = (start + HUGE_PAGE - 1) & ~(uintptr_t)(HUGE_PAGE - 1);
		madvise((void *)start, CHUNK, MADV_HUGEPAGE);
		heap.at = (char *)start;
		heap.end = heap.at + CHUNK;
	}
	heap.at += ALIGN - HEADER;
}

void
heap_forget_freed(void)
{
	memset(heap.lists, 0, sizeof(heap.lists));
}

void
heap_leave_shared(void)
{
	uintptr_t at = (uintptr_t)heap.at;

	at = (at + HUGE_PAGE - 1) & ~(uintptr_t)(HUGE_PAGE - 1);
	if (at < (uintptr_t)heap.end)
		heap.at = (char *)at + ALIGN - HEADER;
	heap_forget_freed();
}

__attribute__((cold, noinline)) static void *
alloc_large(size_t room)
{
	char *memory = mem_resize(NULL, room + ALIGN);

	*(uint64_t *)(void *)(memory + ALIGN - HEADER) = room;
	return memory + ALIGN;
}

void *
heap_alloc(size_t size)
{
	size_t room = (size + HEADER + ALIGN - 1) / ALIGN * ALIGN - HEADER;
	struct free_block **list;
	void *block;

	if (room > SMALL)
		return alloc_large(room);
	if (room < ALIGN)
		room += ALIGN;
	list = &heap.lists[room / ALIGN];
	if (*list != NULL) {
		block = *list;
		*list = (*list)->next;
		return block;
	}
	if ((size_t)(heap.end - heap.at) < room + HEADER)
		take_chunk();
	block = heap.at + HEADER;
	*header_of(block) = room;
	heap.at += HEADER + room;
	return block;
}

void
heap_free(void *block)
{
	struct free_block *freed = block;
	uint64_t room;

	if (block == NULL)
		return;
	room = *header_of(block);
	if (room > SMALL) {
		free((char *)block - ALIGN);
		return;
	}
	freed->next = heap.lists[room / ALIGN];
	heap.lists[room / ALIGN] = freed;
}

void *
heap_resize(void *block, size_t size)
{
	uint64_t room;
	void *moved;

	if (block == NULL)
		return heap_alloc(size);
	room = *header_of(block);
	if (size <= room)
		return block;
	if (room > SMALL) {
		char *memory = mem_resize((char *)block - ALIGN, size + ALIGN);

		*(uint64_t *)(void *)(memory + ALIGN - HEADER) = size;
		return memory + ALIGN;
	}
	moved = heap_alloc(size);
	memcpy(moved, block, room);
	heap_free(block);
	return moved;
}

#endif

char *
heap_dup(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(heap_alloc(size), text, size);
}
