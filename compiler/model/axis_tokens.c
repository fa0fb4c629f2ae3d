#include "axis_tokens.h"

#include <string.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/text.h"
#include "base/words.h"

const char *
axis_tokens_of(const struct axis *axis, const xmlNode *node)
{
	return axis->is_vade ? node_vade_attribute(node, axis->attribute)
			     : node_attribute(node, axis->attribute);
}

/* The place of a token of the origin. */
static struct place
place_of(const struct axis_tokens_origin *origin, const struct sources *sources,
    const char *token)
{
	if (origin->attribute == NULL)
		return source_content_place(sources, origin->tag, token);
	return source_attribute_place(sources, origin->tag, origin->attribute,
	    token);
}

/* Every sign that people put around or between values. */
static const char *const strays[] = { "“", "”", "„", "‘", "’", "«", "»", ",",
	"\"", "'" };

/* The token without them, a space in the place of each between values. */
static char *
without_strays(const char *token)
{
	struct buf clean = { 0 };

	while (*token != '\0') {
		size_t len = 0;

		for (size_t i = 0; i < COUNT(strays) && len == 0; i++)
			if (strncmp(token, strays[i], strlen(strays[i])) == 0)
				len = strlen(strays[i]);
		if (len == 0)
			buf_add(&clean, token, 1);
		else if (clean.size > 0 && token[len] != '\0')
			buf_add_text(&clean, " ");
		token += len > 0 ? len : 1;
	}
	return buf_take(&clean);
}

/* All values, as far as there are few; NULL if there are many. */
static char *
list_values(const struct axis *axis, enum diag_language language)
{
	struct buf list = { 0 };
	char *cure;

	if (axis->value_count > 12)
		return NULL;
	for (size_t i = 0; i < axis->value_count; i++)
		buf_add_listed(&list, axis->values[i].id);
	cure = words_format(language, WORDS_CURE_DECLARED, buf_text(&list));
	buf_clear(&list);
	return cure;
}

/* What to write for a token that is not declared; NULL: the nearest, or none. */
static char *
axis_tokens_cure(const struct axis *axis, const char *id,
    enum diag_language language)
{
	owned char *clean = without_strays(id);
	char *cure = NULL;

	if (strchr(id, ',') != NULL)
		cure = words_format(language, WORDS_CURE_COMMAS, clean);
	else if (strcmp(clean, id) != 0)
		cure = words_format(language, WORDS_CURE_QUOTES, clean);
	else if (axis_nearest(axis, id) == NULL)
		cure = list_values(axis, language);
	return cure;
}

static int
report_unknown(const struct axis *axis, const char *token,
    const struct axis_tokens_origin *origin, struct diag *diag)
{
	const char *id = token + strspn(token, "=!");
	struct place place = place_of(origin, diag->sources, token);
	const struct axis_group *group = axis_find_group(axis, id, strlen(id));

	/* Not known yet. */
	if (group != NULL)
		return diag_report_related(diag, DIAG_GROUP_LATE, place,
		    group->place, id, NULL);
	if (axis_find_party(axis, id, strlen(id)) != NULL)
		return diag_report(diag, DIAG_PARTY_MISPLACED, place, id, NULL);
	owned char *cure = axis_tokens_cure(axis, id, diag->language);

	diag_report_cure(diag, DIAG_TOKEN_UNKNOWN, place, axis->place, cure, id,
	    axis->id, axis_nearest(axis, id), NULL);
	return -1;
}

/* The first token that takes away. */
static char *
first_negative(const char *tokens)
{
	const char *start;
	size_t len;

	while ((start = text_next_token(&tokens, &len)) != NULL)
		if (start[0] == '!')
			return mem_dup_len(start, len);
	return NULL;
}

static int
report_empty(const struct axis *axis, const char *tokens,
    const struct axis_tokens_origin *origin, struct diag *diag)
{
	owned char *negative = first_negative(tokens);

	diag_report(diag, DIAG_SET_EMPTY,
	    place_of(origin, diag->sources, negative), tokens, axis->id,
	    negative, NULL);
	return -1;
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
		    place_of(origin, diag->sources, token), token, axis->id,
		    NULL);
	for (size_t i = 0; i < axis->words; i++)
		target[i] |= group->leaves[i];
	return 0;
}

int
axis_tokens_parse(const struct axis *axis, const char *tokens, bool negatives,
    const struct axis_tokens_origin *origin, uint64_t *leaves,
    struct diag *diag)
{
	owned uint64_t *negative = mem_array(axis->words, sizeof(*negative));
	bool has_positive = false;
	size_t count = 0;
	int rc = 0;

	memset(leaves, 0, axis->words * sizeof(*leaves));
	token_each(token, tokens) {
		count++;
		if (token[0] == '!' && !negatives)
			rc = diag_report(diag, DIAG_TOKEN_FORM,
			    place_of(origin, diag->sources, token), token,
			    axis->id, NULL);
		else if (parse_token(axis, token, origin, leaves, negative,
			     &has_positive, diag) != 0)
			rc = -1;
	}
	if (count == 0)
		rc = diag_report(diag, DIAG_ATTRIBUTE_EMPTY,
		    place_of(origin, diag->sources, NULL),
		    origin->attribute ? origin->attribute : axis->id, NULL);
	if (!has_positive)
		bits_set_range(leaves, 0, axis->value_count);
	for (size_t i = 0; i < axis->words; i++)
		leaves[i] &= ~negative[i];
	if (rc == 0 && bits_empty(leaves, axis->words))
		rc = report_empty(axis, tokens, origin, diag);
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
	int value;

	if (start == NULL)
		return diag_report(diag, DIAG_ATTRIBUTE_EMPTY,
		    place_of(origin, diag->sources, NULL),
		    origin->attribute ? origin->attribute : axis->id, NULL);
	if (start[0] == '=' || start[0] == '!' ||
	    text_next_token(&at, &ignored) != NULL)
		return diag_report(diag, DIAG_TOKEN_FORM,
		    place_of(origin, diag->sources, NULL), tokens, axis->id,
		    NULL);
	value = axis_find_value(axis, start, len);
	if (value != AXIS_NONE)
		return value;
	owned char *token = mem_dup_len(start, len);

	report_unknown(axis, token, origin, diag);
	return -1;
}
