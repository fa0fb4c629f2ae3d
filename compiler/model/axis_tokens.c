#include "axis_tokens.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "base/text.h"

struct place
axis_tokens_place(const struct axis_tokens_origin *origin,
    const struct sources *sources, const char *token)
{
	if (origin->attribute == NULL)
		return origin->tag;
	return source_attribute_place(sources, origin->tag, origin->attribute,
	    token);
}

static int
report_unknown(const struct axis *axis, const char *token,
    const struct axis_tokens_origin *origin, struct diag *diag)
{
	const char *id = token + strspn(token, "=!");
	struct place place = axis_tokens_place(origin, diag->sources, token);
	const char *nearest = axis_nearest(axis, id);

	/* A group that is declared further down is not known yet. */
	if (nearest != NULL && strcmp(nearest, id) == 0)
		nearest = NULL;

	if (axis_find_party(axis, id, strlen(id)) != NULL)
		return diag_report(diag, DIAG_PARTY_MISPLACED, place, id, NULL);
	return diag_report_related(diag, DIAG_TOKEN_UNKNOWN, place, axis->place,
	    id, axis->id, nearest, NULL);
}

/* Adds one token's leaves to positive or negative. */
static int
parse_token(const struct axis *axis, const char *token,
    const struct axis_tokens_origin *origin, uint64_t *positive,
    uint64_t *negative, bool *has_positive, struct diag *diag)
{
	bool is_negative = token[0] == '!';
	const char *id = token + is_negative;
	bool is_exact = id[0] == '=';
	const struct axis_group *group;
	uint64_t *target = is_negative ? negative : positive;
	int value;

	id += is_exact;
	value = axis_find_value(axis, id, strlen(id));
	group = axis_find_group(axis, id, strlen(id));
	*has_positive |= !is_negative;
	if (value != AXIS_NONE) {
		bits_set_range(target, (size_t)value,
		    is_exact ? (size_t)value + 1
			     : axis->values[value].subtree_end);
		return 0;
	}
	if (group == NULL || group->leaves == NULL)
		return report_unknown(axis, token, origin, diag);
	if (is_exact)
		return diag_report(diag, DIAG_TOKEN_FORM,
		    axis_tokens_place(origin, diag->sources, token), token,
		    axis->id, NULL);
	for (size_t i = 0; i < axis->words; i++)
		target[i] |= group->leaves[i];
	return 0;
}

int
axis_tokens_parse(const struct axis *axis, const char *tokens, bool negatives,
    const struct axis_tokens_origin *origin, uint64_t *leaves,
    struct diag *diag)
{
	uint64_t *negative = mem_array(axis->words, sizeof(*negative));
	bool has_positive = false;
	const char *at = tokens;
	const char *start;
	size_t count = 0;
	size_t len;
	int rc = 0;

	memset(leaves, 0, axis->words * sizeof(*leaves));
	while ((start = text_next_token(&at, &len)) != NULL) {
		char *token = mem_dup_len(start, len);

		count++;
		if (token[0] == '!' && !negatives)
			rc = diag_report(diag, DIAG_TOKEN_FORM,
			    axis_tokens_place(origin, diag->sources, token),
			    token, axis->id, NULL);
		else if (parse_token(axis, token, origin, leaves, negative,
			     &has_positive, diag) != 0)
			rc = -1;
		free(token);
	}
	if (count == 0)
		rc = diag_report(diag, DIAG_ATTRIBUTE_EMPTY,
		    axis_tokens_place(origin, diag->sources, NULL),
		    origin->attribute ? origin->attribute : axis->id, NULL);
	if (!has_positive)
		bits_set_range(leaves, 0, axis->value_count);
	for (size_t i = 0; i < axis->words; i++)
		leaves[i] &= ~negative[i];
	if (rc == 0 && bits_empty(leaves, axis->words))
		rc = diag_report(diag, DIAG_SET_EMPTY,
		    axis_tokens_place(origin, diag->sources, NULL), tokens,
		    axis->id, NULL);
	free(negative);
	return rc;
}

int
axis_tokens_rank(const struct axis *axis, const char *tokens,
    const struct axis_tokens_origin *origin, struct diag *diag)
{
	const char *at = tokens;
	size_t len = 0;
	const char *start = text_next_token(&at, &len);
	size_t ignored;
	char *token;
	int value;

	if (start == NULL)
		return diag_report(diag, DIAG_ATTRIBUTE_EMPTY,
		    axis_tokens_place(origin, diag->sources, NULL),
		    origin->attribute ? origin->attribute : axis->id, NULL);
	if (start[0] == '=' || start[0] == '!' ||
	    text_next_token(&at, &ignored) != NULL)
		return diag_report(diag, DIAG_TOKEN_FORM,
		    axis_tokens_place(origin, diag->sources, NULL), tokens,
		    axis->id, NULL);
	value = axis_find_value(axis, start, len);
	if (value != AXIS_NONE)
		return value;
	token = mem_dup_len(start, len);
	report_unknown(axis, token, origin, diag);
	free(token);
	return -1;
}
