/*
 * Numbers as files hold them: count bytes, at most 8, the high one first (big)
 * or last (little). Used by what reads formats of files and pipes.
 * Invariant: no alignment is asked for, and no order of this machine shows.
 */
#ifndef VADE_BASE_BYTE_ORDER_H
#define VADE_BASE_BYTE_ORDER_H

#include <stddef.h>
#include <stdint.h>

static inline uint64_t
bytes_big(const void *bytes, size_t count)
{
	uint64_t value = 0;

	for (size_t i = 0; i < count; i++)
		value = value << 8 | ((const unsigned char *)bytes)[i];
	return value;
}

static inline uint64_t
bytes_little(const void *bytes, size_t count)
{
	uint64_t value = 0;

	while (count-- > 0)
		value = value << 8 | ((const unsigned char *)bytes)[count];
	return value;
}

#endif
