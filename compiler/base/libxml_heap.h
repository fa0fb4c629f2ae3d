/*
 * The heap of libxml2 and libxslt: many small blocks, most of them alive to
 * the end of a short process. Installed by load/xml.
 * Invariant: never NULL (base/alloc's rule); blocks are aligned to 16 bytes;
 * memory goes back to the system when the process ends. One thread only:
 * libxml2 gives its hooks no context, so this is one of two places with state of
 * their own (base/malloc_or_exit is the other). Under AddressSanitizer it is plain malloc.
 * Without it a build of five handbooks takes 6 % more processor time; without
 * it and the large pages of base/alloc, 23 % (least of four runs in turn).
 */
#ifndef VADE_BASE_LIBXML_HEAP_H
#define VADE_BASE_LIBXML_HEAP_H

#include <stddef.h>

void *heap_alloc(size_t size);
void *heap_resize(void *block, size_t size);
char *heap_dup(const char *text);
void heap_free(void *block);
/* What was freed is not used again: a tree that is built now lies in memory in
 * its order, and a walk of it costs half as much. For once, after much of
 * another kind was freed. */
void heap_forget_freed(void);
/* As mem_leave_shared, and for blocks of every size. */
void heap_leave_shared(void);

#endif
