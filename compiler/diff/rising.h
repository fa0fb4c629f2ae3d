/*
 * The heaviest rising part of a sequence: what kept its order, so that the rest
 * is what moved. Used by diff on children and on words.
 */
#ifndef VADE_DIFF_RISING_H
#define VADE_DIFF_RISING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Sets kept[0 .. count) of distinct places with weights (> 0): those kept rise,
 * and no other choice weighs more. Time count * log(count).
 */
void rising_find(const uint32_t *places, const uint32_t *weights, size_t count,
    bool *kept);

#endif
