#include "pattern.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/list.h"

/* --- one node --- */

/* A list of operands under construction. */
struct operands {
	uint32_t *items;
	size_t count;
	size_t capacity;
};

static void
operands_add(struct operands *operands, uint32_t pattern)
{
	*list_add(operands->items, operands->count, operands->capacity) =
	    pattern;
}

static const struct pattern *
item(const struct patterns *patterns, uint32_t pattern)
{
	return &patterns->items[pattern];
}

static bool
is_leaf_of_data(const struct pattern *p)
{
	return p->kind == PATTERN_DATA || p->kind == PATTERN_VALUE ||
	    p->kind == PATTERN_LIST;
}

/* What a pattern inherits from one that it is made of. */
static void
inherit(struct pattern *p, const struct pattern *operand)
{
	p->has_attributes |= operand->has_attributes;
	p->has_data |= operand->has_data;
	p->is_attributes &= operand->is_attributes;
	if (p->kind == PATTERN_CHOICE)
		p->is_nullable |= operand->is_nullable;
	else
		p->is_nullable &= operand->is_nullable;
}

static void
find_facts(const struct patterns *patterns, struct pattern *p,
    const uint32_t *operands)
{
	p->has_data = is_leaf_of_data(p);
	p->has_attributes = p->kind == PATTERN_ATTRIBUTE;
	p->is_attributes = p->kind >= PATTERN_ONE_OR_MORE ||
	    p->kind == PATTERN_ATTRIBUTE || p->kind == PATTERN_EMPTY;
	p->is_nullable = p->kind == PATTERN_EMPTY || p->kind == PATTERN_TEXT ||
	    (p->kind >= PATTERN_ONE_OR_MORE && p->kind <= PATTERN_INTERLEAVE);
	if (operands != NULL)
		for (uint32_t i = 0; i < p->b; i++)
			inherit(p, item(patterns, operands[i]));
	else if (p->kind == PATTERN_ONE_OR_MORE || p->kind == PATTERN_GROUP ||
	    p->kind == PATTERN_AFTER)
		inherit(p, item(patterns, p->a));
	if (p->kind == PATTERN_GROUP)
		inherit(p, item(patterns, p->b));
	if (p->kind >= PATTERN_AFTER)
		p->is_nullable = p->is_attributes = false;
}

/* The number of the node, made if it is new. operands, with b of them, or NULL. */
static uint32_t
intern(struct patterns *patterns, struct pattern p, const uint32_t *operands)
{
	struct buf key = { 0 };
	struct map_entry *entry;
	bool is_new;

	if (patterns->count >= PATTERNS_MOST) {
		patterns->is_full = true;
		return NOT_ALLOWED;
	}
	buf_add(&key, &p, sizeof(p));
	if (operands != NULL)
		buf_add(&key, operands, p.b * sizeof(*operands));
	entry = map_put(&patterns->map, key.data, key.size, &is_new);
	buf_clear(&key);
	if (!is_new)
		return entry->value;
	entry->value = (uint32_t)patterns->count;
	find_facts(patterns, &p, operands);
	if (operands != NULL) {
		p.a = (uint32_t)patterns->operand_count;
		for (uint32_t i = 0; i < p.b; i++)
			*list_add(patterns->operands, patterns->operand_count,
			    patterns->operand_capacity) = operands[i];
	}
	*list_add(patterns->items, patterns->count, patterns->capacity) = p;
	return (uint32_t)(patterns->count - 1);
}

static uint32_t
intern_named(struct patterns *patterns, enum pattern_kind kind,
    uint32_t name_class, uint32_t a, uint32_t b)
{
	struct pattern p;

	memset(&p, 0, sizeof(p));
	p.kind = kind;
	p.name_class = name_class;
	p.a = a;
	p.b = b;
	return intern(patterns, p, NULL);
}

static uint32_t
intern_pair(struct patterns *patterns, enum pattern_kind kind, uint32_t a,
    uint32_t b)
{
	return intern_named(patterns, kind, 0, a, b);
}

/* Of one operand it is that, of none it is that of none. Frees the list. */
static uint32_t
intern_operands(struct patterns *patterns, enum pattern_kind kind,
    struct operands *operands, uint32_t of_none)
{
	struct pattern p;
	uint32_t made;

	memset(&p, 0, sizeof(p));
	p.kind = kind;
	p.b = (uint32_t)operands->count;
	if (operands->count == 0)
		made = of_none;
	else if (operands->count == 1)
		made = operands->items[0];
	else
		made = intern(patterns, p, operands->items);
	free(operands->items);
	return made;
}

void
patterns_init(struct patterns *patterns)
{
	*patterns = (struct patterns){ 0 };
	names_init(&patterns->names);
	intern_pair(patterns, PATTERN_NOT_ALLOWED, 0, 0);
	intern_pair(patterns, PATTERN_EMPTY, 0, 0);
	intern_pair(patterns, PATTERN_TEXT, 0, 0);
}

void
patterns_clear(struct patterns *patterns)
{
	names_clear(&patterns->names);
	map_clear(&patterns->map);
	memo_clear(&patterns->derivatives);
	free(patterns->items);
	free(patterns->operands);
	free(patterns->contents);
}

/* --- leaves --- */

uint32_t
pattern_element(struct patterns *patterns, uint32_t name_class)
{
	uint32_t number = (uint32_t)patterns->element_count;

	*list_add(patterns->contents, patterns->element_count,
	    patterns->element_capacity) = NOT_ALLOWED;
	return intern_named(patterns, PATTERN_ELEMENT, name_class, number, 0);
}

void
pattern_set_content(struct patterns *patterns, uint32_t element,
    uint32_t content)
{
	patterns->contents[patterns->items[element].a] = content;
}

void
patterns_close(struct patterns *patterns)
{
	for (size_t i = 0; i < patterns->count; i++) {
		struct pattern *p = &patterns->items[i];

		if (p->kind == PATTERN_ELEMENT &&
		    patterns->contents[p->a] == NOT_ALLOWED)
			p->name_class = 0;
	}
}

uint32_t
pattern_attribute(struct patterns *patterns, uint32_t name_class,
    uint32_t value)
{
	if (value == NOT_ALLOWED)
		return NOT_ALLOWED;
	return intern_named(patterns, PATTERN_ATTRIBUTE, name_class, value, 0);
}

uint32_t
pattern_data(struct patterns *patterns, uint32_t type, uint32_t except)
{
	return intern_pair(patterns, PATTERN_DATA, type, except);
}

uint32_t
pattern_value(struct patterns *patterns, uint32_t value)
{
	return intern_pair(patterns, PATTERN_VALUE, value, 0);
}

uint32_t
pattern_mark(struct patterns *patterns, uint32_t number)
{
	return intern_pair(patterns, PATTERN_MARK, number, 0);
}

/* --- what holds others --- */

uint32_t
pattern_list(struct patterns *patterns, uint32_t a)
{
	if (a == NOT_ALLOWED)
		return NOT_ALLOWED;
	return intern_pair(patterns, PATTERN_LIST, a, 0);
}

uint32_t
pattern_one_or_more(struct patterns *patterns, uint32_t a)
{
	const struct pattern *p = item(patterns, a);

	if (p->kind <= PATTERN_TEXT || p->kind == PATTERN_ONE_OR_MORE)
		return a;
	return intern_pair(patterns, PATTERN_ONE_OR_MORE, a, 0);
}

uint32_t
pattern_optional(struct patterns *patterns, uint32_t a)
{
	return pattern_choice(patterns, a, EMPTY);
}

/* Attributes go to the front, where they are one interleave: their order says
 * nothing. */
uint32_t
pattern_group(struct patterns *patterns, uint32_t a, uint32_t b)
{
	const struct pattern x = *item(patterns, a);
	const struct pattern y = *item(patterns, b);

	if (a == NOT_ALLOWED || b == NOT_ALLOWED)
		return NOT_ALLOWED;
	if (a == EMPTY)
		return b;
	if (b == EMPTY)
		return a;
	if (x.is_attributes && y.is_attributes)
		return pattern_interleave(patterns, a, b);
	if (y.is_attributes)
		return pattern_group(patterns, b, a);
	if (y.kind == PATTERN_GROUP && item(patterns, y.a)->is_attributes)
		return x.is_attributes
		    ? pattern_group(patterns,
			  pattern_interleave(patterns, a, y.a), y.b)
		    : pattern_group(patterns, y.a,
			  pattern_group(patterns, a, y.b));
	if (x.kind == PATTERN_GROUP)
		return pattern_group(patterns, x.a,
		    pattern_group(patterns, x.b, b));
	return intern_pair(patterns, PATTERN_GROUP, a, b);
}

static int
compare_numbers(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left;
	uint32_t b = *(const uint32_t *)right;

	return (a > b) - (a < b);
}

static void
sort(struct operands *operands)
{
	if (operands->count > 1)
		qsort(operands->items, operands->count,
		    sizeof(*operands->items), compare_numbers);
}

static void
add_all(const struct patterns *patterns, struct operands *operands,
    uint32_t pattern, enum pattern_kind kind, uint32_t without)
{
	uint32_t count = pattern_operand_count(patterns, pattern, kind);

	for (uint32_t i = 0; i < count; i++) {
		uint32_t operand = pattern_operand(patterns, pattern, kind, i);

		if (operand != without)
			operands_add(operands, operand);
	}
}

/* Attributes and what is no attribute make a group. */
uint32_t
pattern_interleave(struct patterns *patterns, uint32_t a, uint32_t b)
{
	struct operands operands = { 0 };
	bool x = item(patterns, a)->is_attributes;
	bool y = item(patterns, b)->is_attributes;
	uint32_t front = x ? a : item(patterns, a)->a;

	if (a == NOT_ALLOWED || b == NOT_ALLOWED)
		return NOT_ALLOWED;
	if (a == EMPTY || b == EMPTY)
		return a == EMPTY ? b : a;
	if (x != y)
		return x ? pattern_group(patterns, a, b)
			 : pattern_group(patterns, b, a);
	if (!x && item(patterns, a)->kind == PATTERN_GROUP &&
	    item(patterns, front)->is_attributes)
		return pattern_group(patterns, front,
		    pattern_interleave(patterns, item(patterns, a)->b, b));
	if (!x && item(patterns, b)->kind == PATTERN_GROUP &&
	    item(patterns, item(patterns, b)->a)->is_attributes)
		return pattern_interleave(patterns, b, a);
	add_all(patterns, &operands, a, PATTERN_INTERLEAVE, EMPTY);
	add_all(patterns, &operands, b, PATTERN_INTERLEAVE, EMPTY);
	sort(&operands);
	return intern_operands(patterns, PATTERN_INTERLEAVE, &operands, EMPTY);
}

/* Takes equal ones out of a sorted list, and EMPTY if another is nullable. */
static void
make_set(const struct patterns *patterns, struct operands *operands)
{
	bool is_nullable = false;
	size_t kept = 0;

	for (size_t i = 0; i < operands->count; i++)
		is_nullable |= operands->items[i] != EMPTY &&
		    item(patterns, operands->items[i])->is_nullable;
	for (size_t i = 0; i < operands->count; i++)
		if ((kept == 0 ||
			operands->items[i] != operands->items[kept - 1]) &&
		    !(is_nullable && operands->items[i] == EMPTY))
			operands->items[kept++] = operands->items[i];
	operands->count = kept;
}

/* The two as one, if they have the same inside or the same behind; else
 * NOT_ALLOWED. */
static uint32_t
merge_after(struct patterns *patterns, uint32_t first, uint32_t second)
{
	const struct pattern x = *item(patterns, first);
	const struct pattern y = *item(patterns, second);

	if (x.kind != PATTERN_AFTER || y.kind != PATTERN_AFTER)
		return NOT_ALLOWED;
	if (x.a == y.a)
		return pattern_after(patterns, x.a,
		    pattern_choice(patterns, x.b, y.b));
	if (x.b == y.b)
		return pattern_after(patterns,
		    pattern_choice(patterns, x.a, y.a), x.b);
	return NOT_ALLOWED;
}

/* Merges two operands that can be; false: there are none. */
static bool
merge_pair(struct patterns *patterns, struct operands *operands)
{
	for (size_t i = 0; i < operands->count; i++)
		for (size_t j = i + 1; j < operands->count; j++) {
			uint32_t merged = merge_after(patterns,
			    operands->items[i], operands->items[j]);

			if (merged == NOT_ALLOWED)
				continue;
			operands->items[i] = merged;
			operands->items[j] = operands->items[--operands->count];
			return true;
		}
	return false;
}

uint32_t
pattern_choice(struct patterns *patterns, uint32_t a, uint32_t b)
{
	struct operands operands = { 0 };
	enum pattern_kind last;

	if (a == b || b == NOT_ALLOWED)
		return a;
	if (a == NOT_ALLOWED)
		return b;
	add_all(patterns, &operands, a, PATTERN_CHOICE, NOT_ALLOWED);
	add_all(patterns, &operands, b, PATTERN_CHOICE, NOT_ALLOWED);
	sort(&operands);
	make_set(patterns, &operands);
	last = item(patterns, operands.items[0])->kind;
	if (last == PATTERN_AFTER) /* then all are */
		while (merge_pair(patterns, &operands))
			;
	sort(&operands);
	return intern_operands(patterns, PATTERN_CHOICE, &operands,
	    NOT_ALLOWED);
}

uint32_t
pattern_after(struct patterns *patterns, uint32_t a, uint32_t b)
{
	if (a == NOT_ALLOWED)
		return NOT_ALLOWED;
	return intern_pair(patterns, PATTERN_AFTER, a, b);
}
