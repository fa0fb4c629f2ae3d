/*
 * Remembers a 32-bit number for a pair of numbers. Used by derivatives and by
 * the automaton, whose every step is one question to it.
 * Invariant: nothing is ever removed.
 */
#ifndef VADE_SCHEMA_MEMO_H
#define VADE_SCHEMA_MEMO_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

struct memo_slot {
	uint64_t key; /* 0 = free */
	uint32_t value;
};

struct memo {
	struct memo_slot *slots;
	size_t count;
	size_t mask; /* slots - 1; slots are a power of two */
};

enum { MEMO_NONE = 0xffffffff }; /* not known; never a value */

static inline void
memo_clear(struct memo *memo)
{
	free(memo->slots);
}

/* Keys are spread by a multiplication (Knuth, volume 3, section 6.4). */
static inline size_t
memo_hash(uint64_t key)
{
	return (size_t)((key * 0x9E3779B97F4A7C15U) >> 20);
}

static inline uint32_t
memo_get(const struct memo *memo, uint64_t key)
{
	if (memo->slots == NULL)
		return MEMO_NONE;
	for (size_t i = memo_hash(key);; i++) {
		const struct memo_slot *slot = &memo->slots[i & memo->mask];

		if (slot->key == key)
			return slot->value;
		if (slot->key == 0)
			return MEMO_NONE;
	}
}

/* A key is not 0, and not there yet. */
void memo_put(struct memo *memo, uint64_t key, uint32_t value);

#endif
