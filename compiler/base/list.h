/*
 * Growing arrays, typed: three variables of the caller's struct, an array, how
 * many of its elements are in use and how many it has room for, all zero at
 * first.
 */
#ifndef VADE_BASE_LIST_H
#define VADE_BASE_LIST_H

#include "base/alloc.h"

/* A pointer to one more element at the end, not zeroed; lent until the next.
 * The caller frees items with free(). */
#define list_add(items, count, capacity)                                       \
	((items) = mem_grow((items), (count), &(capacity), sizeof(*(items))),  \
	    &(items)[(count)++])

/* How many elements an array has that is declared in this very scope. */
#define COUNT(array) (sizeof(array) / sizeof(*(array)))

#endif
