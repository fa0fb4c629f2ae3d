#include "common_order.h"

#include "base/alloc.h"

enum { MOST_CELLS = 4000000 };

/* Fills match[0..n) of a middle without a common start or end. */
static bool
match_middle(const uint64_t *x, size_t n, const uint64_t *y, size_t m,
    uint32_t *match, uint32_t shift)
{
	size_t i = 0;
	size_t j = 0;

	if (n == 0 || m == 0)
		return true;
	if (n + 1 > MOST_CELLS / (m + 1) || n >= UINT16_MAX)
		return false;
	owned uint16_t *best = mem_array((n + 1) * (m + 1), sizeof(*best));

#define AT(i, j) best[(i) * (m + 1) + (j)]
	for (i = n; i-- > 0;)
		for (j = m; j-- > 0;)
			AT(i, j) = x[i] == y[j] ? AT(i + 1, j + 1) + 1
			    : AT(i + 1, j) >= AT(i, j + 1) ? AT(i + 1, j)
							   : AT(i, j + 1);
	for (i = j = 0; i < n && j < m;)
		if (x[i] == y[j])
			match[i++] = (uint32_t)j++ + shift;
		else if (AT(i + 1, j) >= AT(i, j + 1))
			i++;
		else
			j++;
#undef AT
	return true;
}

bool
common_order(const uint64_t *x, size_t n, const uint64_t *y, size_t m,
    uint32_t *match)
{
	size_t start = 0;

	for (size_t i = 0; i < n; i++)
		match[i] = COMMON_NONE;
	while (start < n && start < m && x[start] == y[start]) {
		match[start] = (uint32_t)start;
		start++;
	}
	while (n > start && m > start && x[n - 1] == y[m - 1]) {
		n--;
		m--;
		match[n] = (uint32_t)m;
	}
	return match_middle(x + start, n - start, y + start, m - start,
	    match + start, (uint32_t)start);
}
