/*
 * The longest sequence that two sequences have in common. Used by parity on the
 * units of two languages, by diff on the words of two versions.
 */
#ifndef VADE_BASE_COMMON_ORDER_H
#define VADE_BASE_COMMON_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { COMMON_NONE = UINT32_MAX };

/*
 * match[i] = the place in y of x[i], or COMMON_NONE; it rises. What both begin
 * and end with is matched at once; false if what is between is too long to
 * compare (its table would have more than four million cells), which then stays
 * without a match.
 */
bool common_order(const uint64_t *x, size_t n, const uint64_t *y, size_t m,
    uint32_t *match);

#endif
