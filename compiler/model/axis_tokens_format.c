#include "axis_tokens_format.h"

#include "base/alloc.h"
#include "base/bits.h"
#include "base/buf.h"
#include "base/text.h"

/* So many names are read more easily than what is missing from all. */
enum { MANY = 5 };

static bool
has_range(const uint64_t *leaves, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!bits_get(leaves, i))
			return false;
	return true;
}

/* One past the last leaf of a value; values of a set stand alone. */
static size_t
end_of(const struct axis *axis, size_t value)
{
	size_t end = axis->values[value].subtree_end;

	return axis->kind == AXIS_TREE && end > value ? end : value + 1;
}

/* Adds the tokens of the leaves, each after `prefix`; how many there are. */
static size_t
add_tokens(const struct axis *axis, const uint64_t *leaves, const char *prefix,
    struct buf *text)
{
	size_t count = 0;

	for (size_t i = 0; i < axis->value_count;) {
		size_t end = end_of(axis, i);
		bool whole = has_range(leaves, i, end);

		if (whole || bits_get(leaves, i)) {
			buf_add_format(text, "%s%s%s%s", count > 0 ? " " : "",
			    prefix, whole ? "" : "=", axis->values[i].id);
			count++;
		}
		i = whole ? end : i + 1;
	}
	return count;
}

char *
axis_tokens_format(const struct axis *axis, const uint64_t *leaves)
{
	owned uint64_t *missing = mem_array(axis->words, sizeof(*missing));
	struct buf positive = { 0 };
	struct buf negative = { 0 };
	size_t positives = add_tokens(axis, leaves, "", &positive);
	size_t negatives;
	bool shorter;

	for (size_t i = 0; i < axis->value_count; i++)
		if (!bits_get(leaves, i))
			bits_set(missing, i);
	negatives = add_tokens(axis, missing, "!", &negative);
	shorter =
	    positives > MANY && negatives > 0 && negatives * 2 < positives;
	buf_clear(shorter ? &positive : &negative);
	return buf_take(shorter ? &negative : &positive);
}

bool
axis_tokens_are_all(const struct axis *axis, const uint64_t *leaves)
{
	return has_range(leaves, 0, axis->value_count);
}

char *
axis_tokens_common_format(const struct axis *axis, const uint64_t *a,
    const uint64_t *b)
{
	owned uint64_t *both = mem_array(axis->words, sizeof(*both));

	for (size_t i = 0; i < axis->words; i++)
		both[i] = a[i] & b[i];
	return axis_tokens_format(axis, both);
}

bool
axis_tokens_add_leaves(const struct axis *axis, const char *token, size_t len,
    uint64_t *leaves)
{
	size_t sign = len > 0 && token[0] == '!';
	bool exact = len > sign && token[sign] == '=';
	const struct axis_group *group;
	int value;

	token += sign + exact;
	len -= sign + exact;
	value = axis_find_value(axis, token, len);
	group = axis_find_group(axis, token, len);
	if (value != AXIS_NONE)
		bits_set_range(leaves, (size_t)value,
		    exact ? (size_t)value + 1 : end_of(axis, (size_t)value));
	else if (group != NULL)
		for (size_t i = 0; i < axis->words; i++)
			leaves[i] |= group->leaves[i];
	return value != AXIS_NONE || group != NULL;
}

void
axis_tokens_add_list(const struct axis *axis, const char *tokens,
    uint64_t *leaves)
{
	token_each(token, tokens)
		axis_tokens_add_leaves(axis, token, strlen(token), leaves);
}
