/*
 * Sets of small numbers as bits in 64-bit words: the leaves an element is
 * for, the handbooks that show it.
 * Invariant: two sets of one universe have the same number of words, and the
 * bits above the universe are zero.
 */
#ifndef VADE_BASE_BITS_H
#define VADE_BASE_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline size_t
bits_words(size_t count)
{
	return (count + 63) / 64;
}

static inline void
bits_set(uint64_t *bits, size_t at)
{
	bits[at / 64] |= UINT64_C(1) << (at % 64);
}

static inline bool
bits_get(const uint64_t *bits, size_t at)
{
	return (bits[at / 64] >> (at % 64)) & 1;
}

static inline void
bits_set_range(uint64_t *bits, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		bits_set(bits, i);
}

static inline bool
bits_meet(const uint64_t *a, const uint64_t *b, size_t words)
{
	for (size_t i = 0; i < words; i++)
		if (a[i] & b[i])
			return true;
	return false;
}

static inline bool
bits_empty(const uint64_t *bits, size_t words)
{
	for (size_t i = 0; i < words; i++)
		if (bits[i])
			return false;
	return true;
}

/* Every bit of a is also in b. */
static inline bool
bits_inside(const uint64_t *a, const uint64_t *b, size_t words)
{
	for (size_t i = 0; i < words; i++)
		if (a[i] & ~b[i])
			return false;
	return true;
}

#endif
