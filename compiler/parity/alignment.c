#include "alignment.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/common_order.h"
#include "base/list.h"
#include "base/map.h"

/* --- longest common subsequences --- */

/* Between what matched, what is left in x and y goes together in order: its
 * words changed. */
static void
match_gaps(uint32_t *match, size_t n, size_t m)
{
	size_t j = 0;

	for (size_t i = 0; i < n;) {
		size_t end = i;
		size_t limit;

		while (end < n && match[end] == COMMON_NONE)
			end++;
		limit = end < n ? match[end] : m;
		for (; i < end && j < limit; i++)
			match[i] = (uint32_t)j++;
		j = limit + 1;
		i = end + 1;
	}
}

/* --- what is below one id --- */

/* Units by scope: those of scope s are order[start[s] .. start[s + 1]). */
struct by_scope {
	uint32_t *start;
	const struct unit **order;
	struct map names;
};

static void
sort_by_scope(struct by_scope *sorted, const struct units *units)
{
	uint32_t *next;

	sorted->start = mem_array(units->scope_count + 2, sizeof(uint32_t));
	sorted->order = mem_array(units->count + 1, sizeof(*sorted->order));
	next = sorted->start + 1;
	for (size_t i = 0; i < units->count; i++)
		next[units->items[i].scope + 1]++;
	for (size_t s = 0; s < units->scope_count; s++)
		next[s + 1] += next[s];
	for (size_t i = 0; i < units->count; i++)
		sorted->order[next[units->items[i].scope]++] = &units->items[i];
	for (size_t s = 0; s < units->scope_count; s++)
		map_put_text(&sorted->names, units->scopes[s], NULL)->value =
		    (uint32_t)s;
}

static void
clear_by_scope(struct by_scope *sorted)
{
	free(sorted->start);
	free(sorted->order);
	map_clear(&sorted->names);
}

/* Agreements of one scope with one other language. */
struct rows {
	const struct agreed **items;
	size_t count;
	size_t capacity;
};

/* By scope: each name's item is its struct rows. */
static void
sort_rows(struct map *sorted, const struct agreed_units *agreement,
    const char *lang)
{
	for (size_t i = 0; i < agreement->count; i++) {
		const struct agreed *row = &agreement->rows[i];
		struct map_entry *entry;
		struct rows *list;

		if (strcmp(row->lang, lang) != 0)
			continue;
		entry = map_put_text(sorted, row->scope, NULL);
		if (entry->item == NULL)
			entry->item = mem_array(1, sizeof(*list));
		list = entry->item;
		*list_add(list->items, list->count, list->capacity) = row;
	}
}

static struct rows
find_rows(const struct map *sorted, const char *scope)
{
	const struct map_entry *entry = map_get_text(sorted, scope);

	return entry != NULL ? *(const struct rows *)entry->item
			     : (struct rows){ 0 };
}

static void
clear_rows(struct map *sorted)
{
	for (size_t i = 0; i < sorted->count; i++) {
		owned struct rows *list = sorted->entries[i].item;

		free(list->items);
	}
	map_clear(sorted);
}

/* Two stretches of units of one scope, and what was agreed of it. */
struct stretch {
	struct alignment *alignment;
	const struct unit *const *a; /* here */
	const struct unit *const *b; /* there */
	size_t n;
	size_t m;
	struct rows rows;   /* of here: with a counterpart, or without */
	struct rows others; /* of there */
	const struct agreed **agreed; /* per a: its row, NULL */
	uint32_t *pair; /* per a: its b by agreement, or COMMON_NONE */
};

static uint64_t
digest_key(const char *digest)
{
	return strtoull(digest, NULL, 16);
}

static void
fill_digests(uint64_t *keys, const struct unit *const *units, size_t count)
{
	for (size_t i = 0; i < count; i++)
		keys[i] = digest_key(units[i]->digest);
}

/* Which unit each of some agreements is about: match[row], COMMON_NONE = gone. */
static uint32_t *
match_rows(const struct rows *rows, bool by_counterpart,
    const struct unit *const *units, size_t count)
{
	owned uint64_t *x = mem_array(rows->count + 1, sizeof(*x));
	owned uint64_t *y = mem_array(count + 1, sizeof(*y));
	uint32_t *match = mem_array(rows->count + 1, sizeof(*match));

	for (size_t i = 0; i < rows->count; i++)
		x[i] = digest_key(by_counterpart
			? rows->items[i]->counterpart_digest
			: rows->items[i]->digest);
	fill_digests(y, units, count);
	common_order(x, rows->count, y, count, match);
	match_gaps(match, rows->count, count);
	return match;
}

/* Of the agreements of here, those that name a counterpart. */
static struct rows
with_counterpart(const struct rows *rows)
{
	struct rows some = { 0 };

	for (size_t i = 0; i < rows->count; i++)
		if (rows->items[i]->counterpart > 0)
			*list_add(some.items, some.count, some.capacity) =
			    rows->items[i];
	return some;
}

/* Fills agreed and pair from what was agreed. */
static void
pair_by_agreement(struct stretch *s)
{
	struct rows pairs = with_counterpart(&s->rows);
	owned uint32_t *here = match_rows(&s->rows, false, s->a, s->n);
	owned uint32_t *there = match_rows(&pairs, true, s->b, s->m);
	size_t at = 0;

	for (size_t i = 0; i < s->rows.count; i++) {
		const struct agreed *row = s->rows.items[i];
		uint32_t b = row->counterpart > 0 ? there[at++] : COMMON_NONE;

		if (here[i] == COMMON_NONE)
			continue;
		s->agreed[here[i]] = row;
		s->pair[here[i]] = b;
	}
	free(pairs.items);
}

static void
add_pair(struct stretch *s, const struct unit *here, const struct unit *there,
    enum unit_state state, const struct agreed *agreed)
{
	*list_add(s->alignment->pairs, s->alignment->count,
	    s->alignment->capacity) =
	    (struct unit_pair){ here, there, state, agreed };
}

static bool
is_same_digest(const struct unit *unit, const char *digest)
{
	return strcmp(unit->digest, digest) == 0;
}

static void
add_agreed(struct stretch *s, const struct unit *here, const struct unit *there,
    const struct agreed *row)
{
	bool same_here = is_same_digest(here, row->digest);
	bool same_there = is_same_digest(there, row->counterpart_digest);

	add_pair(s, here, there,
	    same_here && same_there ? UNIT_AGREED
		: same_here         ? UNIT_STALE
		: same_there        ? UNIT_AHEAD
				    : UNIT_BOTH,
	    row);
}

/* Here alone: excepted if somebody said why, of these very words. */
static void
add_extra(struct stretch *s, size_t a)
{
	const struct agreed *row = s->agreed[a];
	bool is_excepted = row != NULL && row->counterpart == 0 &&
	    is_same_digest(s->a[a], row->digest);

	add_pair(s, s->a[a], NULL, is_excepted ? UNIT_EXCEPTED : UNIT_EXTRA,
	    row);
}

static void
add_missing(struct stretch *s, size_t b)
{
	const struct agreed *row = NULL;

	for (size_t i = 0; i < s->others.count && row == NULL; i++)
		if (s->others.items[i]->counterpart == 0 &&
		    is_same_digest(s->b[b], s->others.items[i]->digest))
			row = s->others.items[i];
	add_pair(s, NULL, s->b[b], row != NULL ? UNIT_EXCEPTED : UNIT_MISSING,
	    row);
}

/* Neither has a counterpart of its kind: as far as both go, they differ. */
static void
add_unlike(struct stretch *s, size_t a, size_t a_end, size_t b, size_t b_end)
{
	while (a < a_end && b < b_end)
		add_pair(s, s->a[a++], s->b[b++], UNIT_DIFFERENT, NULL);
	while (a < a_end)
		add_extra(s, a++);
	while (b < b_end)
		add_missing(s, b++);
}

/* What no agreement covers, between two that do: by kind. */
static void
add_gap(struct stretch *s, size_t a, size_t a_end, size_t b, size_t b_end)
{
	size_t n = a_end - a;
	size_t m = b_end - b;
	owned uint64_t *x = mem_array(n + 1, sizeof(*x));
	owned uint64_t *y = mem_array(m + 1, sizeof(*y));
	owned uint32_t *match = mem_array(n + 1, sizeof(*match));
	size_t from_a = a;
	size_t from_b = b;

	for (size_t i = 0; i < n; i++)
		x[i] = s->a[a + i]->kind;
	for (size_t j = 0; j < m; j++)
		y[j] = s->b[b + j]->kind;
	common_order(x, n, y, m, match);
	for (size_t i = 0; i < n; i++) {
		if (match[i] == COMMON_NONE)
			continue;
		add_unlike(s, from_a, a + i, from_b, b + match[i]);
		add_pair(s, s->a[a + i], s->b[b + match[i]], UNIT_NEW, NULL);
		from_a = a + i + 1;
		from_b = b + match[i] + 1;
	}
	add_unlike(s, from_a, a_end, from_b, b_end);
}

static void
align_stretch(struct stretch *s)
{
	size_t from_a = 0;
	size_t from_b = 0;

	s->agreed = mem_array(s->n + 1, sizeof(*s->agreed));
	s->pair = mem_array(s->n + 1, sizeof(*s->pair));
	for (size_t i = 0; i < s->n; i++)
		s->pair[i] = COMMON_NONE;
	pair_by_agreement(s);
	for (size_t i = 0; i < s->n; i++) {
		if (s->pair[i] == COMMON_NONE)
			continue;
		add_gap(s, from_a, i, from_b, s->pair[i]);
		add_agreed(s, s->a[i], s->b[s->pair[i]], s->agreed[i]);
		from_a = i + 1;
		from_b = s->pair[i] + 1;
	}
	add_gap(s, from_a, s->n, from_b, s->m);
	free(s->agreed);
	free(s->pair);
}

/* --- a book --- */

void
alignment_make(struct alignment *alignment, const struct unit_side *here,
    const struct unit_side *there)
{
	struct by_scope a = { 0 };
	struct by_scope b = { 0 };
	struct map rows = { 0 };
	struct map others = { 0 };
	const struct units *units = here->units;

	*alignment = (struct alignment){ 0 };
	sort_by_scope(&a, here->units);
	sort_by_scope(&b, there->units);
	sort_rows(&rows, here->agreement, there->lang);
	sort_rows(&others, there->agreement, here->lang);
	for (size_t i = 0; i < units->scope_count + there->units->scope_count;
	     i++) {
		bool is_here = i < units->scope_count;
		const char *scope = is_here
		    ? units->scopes[i]
		    : there->units->scopes[i - units->scope_count];
		const struct map_entry *in_a = map_get_text(&a.names, scope);
		const struct map_entry *in_b = map_get_text(&b.names, scope);
		struct stretch s = { .alignment = alignment,
			.rows = find_rows(&rows, scope),
			.others = find_rows(&others, scope) };

		if (!is_here && in_a != NULL)
			continue;
		if (in_a != NULL) {
			s.a = a.order + a.start[in_a->value];
			s.n = a.start[in_a->value + 1] - a.start[in_a->value];
		}
		if (in_b != NULL) {
			s.b = b.order + b.start[in_b->value];
			s.m = b.start[in_b->value + 1] - b.start[in_b->value];
		}
		align_stretch(&s);
	}
	clear_by_scope(&a);
	clear_by_scope(&b);
	clear_rows(&rows);
	clear_rows(&others);
}

void
alignment_clear(struct alignment *alignment)
{
	free(alignment->pairs);
	*alignment = (struct alignment){ 0 };
}

/* --- doubts --- */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* What may stand between the digits of one number: a point or a comma, or a
 * blank, also one that does not break, before three digits. Its bytes, or 0. */
static size_t
separator_len(const char *at)
{
	static const char *const blanks[] = { " ", "\xc2\xa0", "\xe2\x80\xaf",
		"\xe2\x80\x89" };

	if ((at[0] == '.' || at[0] == ',') && is_digit(at[1]))
		return 1;
	for (size_t i = 0; i < COUNT(blanks); i++) {
		size_t len = strlen(blanks[i]);

		if (strncmp(at, blanks[i], len) == 0 && is_digit(at[len]) &&
		    is_digit(at[len + 1]) && is_digit(at[len + 2]) &&
		    !is_digit(at[len + 3]))
			return len;
	}
	return 0;
}

/* The numbers in a text, their digits alone. */
static void
count_numbers(const char *text, struct map *numbers, int step)
{
	scoped(buf_clear) struct buf digits = { 0 };

	while (*text != '\0') {
		if (!is_digit(*text)) {
			/* "[POL-O-05]" is where a link leads. */
			text += *text == '[' ? strcspn(text, "] ") : 1;
			continue;
		}
		for (digits.size = 0; is_digit(*text);
		     text += separator_len(text))
			buf_add_char(&digits, *text++);
		map_put(numbers, digits.data, digits.size, NULL)->value +=
		    (uint32_t)step;
	}
}

/* Where the links of a text lead that say no words of their own: "[L08]". */
static void
count_targets(const char *text, struct map *targets, int step)
{
	while ((text = strchr(text, '[')) != NULL) {
		size_t len = strcspn(text, "] ");

		if (text[len] == ']')
			map_put(targets, text, len, NULL)->value +=
			    (uint32_t)step;
		text++;
	}
}

/* Does one text have what the other has not, or more often? */
static bool
counts_differ(const char *a, const char *b,
    void (*count)(const char *text, struct map *counts, int step))
{
	scoped(map_clear) struct map counts = { 0 };
	bool differ = false;

	count(a, &counts, 1);
	count(b, &counts, -1);
	for (size_t i = 0; i < counts.count; i++)
		differ |= counts.entries[i].value != 0;
	return differ;
}

bool
numbers_differ(const char *a, const char *b)
{
	return counts_differ(a, b, count_numbers);
}

bool
targets_differ(const char *a, const char *b)
{
	return counts_differ(a, b, count_targets);
}

/* The bytes of a mark that ends a sentence, or may follow one that does: a
 * closing quotation mark or bracket. 0 = neither. */
static size_t
mark_len(const char *at, bool ends)
{
	static const char *const marks[] = { ".", "!", "?", "…", "»", "”", "’",
		"\"", ")", "]" };
	enum { ENDS = 4 };

	for (size_t i = 0; i < (ends ? ENDS : COUNT(marks)); i++)
		if (strncmp(at, marks[i], strlen(marks[i])) == 0)
			return strlen(marks[i]);
	return 0;
}

static size_t
count_sentences(const char *text)
{
	size_t count = 0;

	while (*text != '\0') {
		size_t len = mark_len(text, true);

		if (len == 0) {
			text++;
			continue;
		}
		for (; len > 0; len = mark_len(text, false))
			text += len;
		count += *text == '\0' || *text == ' ';
	}
	return count;
}

bool
sentences_differ(const char *a, const char *b)
{
	return count_sentences(a) != count_sentences(b);
}
