/*
 * The restrictions of RELAX NG's section 7, looked at in every pattern that the
 * start leads to. They are asked of patterns, not of the schema's text: what
 * the constructors made the same the specification treats alike.
 */
#include "reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"

/* What a pattern is in. */
enum {
	IN_START = 1,
	IN_ATTRIBUTE = 2,
	IN_LIST = 4,
	IN_EXCEPT = 8,
	IN_MANY = 16,         /* oneOrMore */
	IN_MANY_OF_MANY = 32, /* a group or interleave in it */
};

struct restriction {
	struct patterns *patterns;
	const char *why;
	bool *is_seen; /* elements, by number */
	bool *is_once; /* patterns that passed check_once */
	uint32_t *queue;
	size_t queue_count;
	size_t queue_capacity;
};

static bool
broken(struct restriction *restriction, const char *why)
{
	if (restriction->why == NULL)
		restriction->why = why;
	return false;
}

/* --- 7.1: what may not be in what --- */

static const struct {
	unsigned in;
	unsigned kinds; /* bits by enum pattern_kind */
	const char *why;
} prohibited[] = {
#define BIT(kind) (1u << PATTERN_##kind)
	{ IN_ATTRIBUTE, BIT(ELEMENT) | BIT(ATTRIBUTE),
	    "an attribute holds an element or attribute" },
	{ IN_LIST,
	    BIT(ELEMENT) | BIT(ATTRIBUTE) | BIT(TEXT) | BIT(LIST) |
		BIT(INTERLEAVE),
	    "a list holds what is no token" },
	{ IN_EXCEPT,
	    BIT(ELEMENT) | BIT(ATTRIBUTE) | BIT(TEXT) | BIT(LIST) |
		BIT(INTERLEAVE) | BIT(GROUP) | BIT(ONE_OR_MORE) | BIT(EMPTY),
	    "an exception of data holds what is no data" },
	{ IN_START,
	    BIT(ATTRIBUTE) | BIT(TEXT) | BIT(LIST) | BIT(INTERLEAVE) |
		BIT(GROUP) | BIT(ONE_OR_MORE) | BIT(EMPTY) | BIT(DATA) |
		BIT(VALUE),
	    "the start is no element" },
	{ IN_MANY_OF_MANY, BIT(ATTRIBUTE),
	    "an attribute stands in what may be there many times" },
#undef BIT
};

static bool
check(struct restriction *restriction, uint32_t pattern, unsigned in);

static void
see_element(struct restriction *restriction, const struct pattern *p)
{
	if (restriction->is_seen[p->a])
		return;
	restriction->is_seen[p->a] = true;
	*list_add(restriction->queue, restriction->queue_count,
	    restriction->queue_capacity) =
	    restriction->patterns->contents[p->a];
}

static bool
check_attribute(struct restriction *restriction, const struct pattern *p,
    unsigned in)
{
	if (names_are_open(&restriction->patterns->names, p->name_class) &&
	    (in & IN_MANY) == 0)
		return broken(restriction,
		    "attributes of any name are not in oneOrMore");
	return check(restriction, p->a, IN_ATTRIBUTE);
}

static bool
check_operands(struct restriction *restriction, const struct pattern *p,
    unsigned in)
{
	if (p->kind != PATTERN_CHOICE && (in & IN_MANY) != 0)
		in |= IN_MANY_OF_MANY;
	for (uint32_t i = 0; i < p->b; i++)
		if (!check(restriction,
			restriction->patterns->operands[p->a + i], in))
			return false;
	return true;
}

static bool
check(struct restriction *restriction, uint32_t pattern, unsigned in)
{
	struct pattern p = restriction->patterns->items[pattern];

	for (size_t i = 0; i < COUNT(prohibited); i++)
		if ((prohibited[i].in & in) != 0 &&
		    (prohibited[i].kinds >> p.kind & 1) != 0)
			return broken(restriction, prohibited[i].why);
	switch (p.kind) {
	case PATTERN_ELEMENT:
		see_element(restriction, &p);
		return true;
	case PATTERN_ATTRIBUTE:
		return check_attribute(restriction, &p, in);
	case PATTERN_DATA:
		return p.b == NOT_ALLOWED || check(restriction, p.b, IN_EXCEPT);
	case PATTERN_LIST:
		return check(restriction, p.a, IN_LIST);
	case PATTERN_ONE_OR_MORE:
		return check(restriction, p.a, in | IN_MANY);
	case PATTERN_GROUP:
		in |= (in & IN_MANY) != 0 ? IN_MANY_OF_MANY : 0;
		return check(restriction, p.a, in) &&
		    check(restriction, p.b, in);
	case PATTERN_INTERLEAVE:
	case PATTERN_CHOICE:
		return check_operands(restriction, &p, in);
	default:
		return true;
	}
}

/* --- 7.2: data does not stand beside what else makes content --- */

enum content { CONTENT_NONE, CONTENT_EMPTY, CONTENT_COMPLEX, CONTENT_SIMPLE };

static enum content
content_of(const struct patterns *patterns, uint32_t pattern);

static enum content
content_of_two(enum content a, enum content b)
{
	if (a == CONTENT_NONE || b == CONTENT_NONE)
		return CONTENT_NONE;
	if (a == CONTENT_EMPTY || b == CONTENT_EMPTY)
		return a > b ? a : b;
	return a == CONTENT_COMPLEX && b == CONTENT_COMPLEX ? a : CONTENT_NONE;
}

static enum content
content_of_operands(const struct patterns *patterns, const struct pattern *p)
{
	enum content all = CONTENT_EMPTY;

	for (uint32_t i = 0; i < p->b; i++) {
		enum content one =
		    content_of(patterns, patterns->operands[p->a + i]);

		if (one == CONTENT_NONE)
			return CONTENT_NONE;
		if (p->kind == PATTERN_CHOICE)
			all = one > all ? one : all;
		else if ((all = content_of_two(all, one)) == CONTENT_NONE)
			return CONTENT_NONE;
	}
	return all;
}

static enum content
content_of(const struct patterns *patterns, uint32_t pattern)
{
	const struct pattern *p = &patterns->items[pattern];
	enum content inner;

	switch (p->kind) {
	case PATTERN_DATA:
		return p->b == NOT_ALLOWED ||
			content_of(patterns, p->b) != CONTENT_NONE
		    ? CONTENT_SIMPLE
		    : CONTENT_NONE;
	case PATTERN_VALUE:
	case PATTERN_LIST:
		return CONTENT_SIMPLE;
	case PATTERN_ATTRIBUTE:
		return content_of(patterns, p->a) != CONTENT_NONE
		    ? CONTENT_EMPTY
		    : CONTENT_NONE;
	case PATTERN_TEXT:
	case PATTERN_ELEMENT:
		return CONTENT_COMPLEX;
	case PATTERN_ONE_OR_MORE:
		inner = content_of(patterns, p->a);
		return content_of_two(inner, inner);
	case PATTERN_GROUP:
		return content_of_two(content_of(patterns, p->a),
		    content_of(patterns, p->b));
	case PATTERN_INTERLEAVE:
	case PATTERN_CHOICE:
		return content_of_operands(patterns, p);
	default:
		return CONTENT_EMPTY;
	}
}

/* --- 7.3, 7.4: what may be there once only --- */

/* Name classes of attributes, or of elements, with 0 for text among these. */
struct classes {
	uint32_t *items;
	size_t count;
	size_t capacity;
	enum pattern_kind kind; /* whose */
	bool has_text;
};

static void
classes_add(struct classes *classes, uint32_t class)
{
	for (size_t i = 0; i < classes->count; i++)
		if (classes->items[i] == class)
			return;
	*list_add(classes->items, classes->count, classes->capacity) = class;
}

static void
collect(const struct patterns *patterns, uint32_t pattern,
    struct classes *classes)
{
	const struct pattern *p = &patterns->items[pattern];

	if (p->kind == classes->kind)
		classes_add(classes, p->name_class);
	classes->has_text |= p->kind == PATTERN_TEXT;
	if (p->kind == PATTERN_ONE_OR_MORE || p->kind == PATTERN_GROUP)
		collect(patterns, p->a, classes);
	if (p->kind == PATTERN_GROUP)
		collect(patterns, p->b, classes);
	if (p->kind == PATTERN_INTERLEAVE || p->kind == PATTERN_CHOICE)
		for (uint32_t i = 0; i < p->b; i++)
			collect(patterns, patterns->operands[p->a + i],
			    classes);
}

static bool
do_overlap(const struct patterns *patterns, const struct classes *a,
    const struct classes *b)
{
	for (size_t i = 0; i < a->count; i++)
		for (size_t j = 0; j < b->count; j++)
			if (names_overlap(&patterns->names, a->items[i],
				b->items[j]))
				return true;
	return false;
}

/* Of several parts: does one hold what another holds? */
static bool
parts_overlap(struct restriction *restriction, const uint32_t *parts,
    size_t count, enum pattern_kind kind)
{
	struct classes before = { .kind = kind };
	bool overlap = false;
	bool has_text = false;

	for (size_t i = 0; i < count && !overlap; i++) {
		struct classes part = { .kind = kind };

		collect(restriction->patterns, parts[i], &part);
		overlap = do_overlap(restriction->patterns, &before, &part) ||
		    (kind == PATTERN_ELEMENT && has_text && part.has_text);
		has_text |= part.has_text;
		for (size_t j = 0; j < part.count; j++)
			*list_add(before.items, before.count, before.capacity) =
			    part.items[j];
		free(part.items);
	}
	free(before.items);
	return overlap;
}

static bool
check_once(struct restriction *restriction, uint32_t pattern)
{
	struct patterns *patterns = restriction->patterns;
	struct pattern p = patterns->items[pattern];
	const uint32_t pair[] = { p.a, p.b };
	const uint32_t *parts = pair;
	size_t count = p.kind == PATTERN_GROUP ? 2 : 1;

	if (restriction->is_once[pattern])
		return true;
	if (p.kind == PATTERN_INTERLEAVE || p.kind == PATTERN_CHOICE) {
		parts = patterns->operands + p.a;
		count = p.b;
	} else if (p.kind != PATTERN_GROUP && p.kind != PATTERN_ONE_OR_MORE)
		return true;
	if (p.kind != PATTERN_CHOICE && p.has_attributes &&
	    parts_overlap(restriction, parts, count, PATTERN_ATTRIBUTE))
		return broken(restriction, "an attribute may be there twice");
	if (p.kind == PATTERN_INTERLEAVE && !p.is_attributes &&
	    parts_overlap(restriction, parts, count, PATTERN_ELEMENT))
		return broken(restriction,
		    "two parts of an interleave hold the same");
	for (size_t i = 0; i < count; i++)
		if (!check_once(restriction, parts[i]))
			return false;
	restriction->is_once[pattern] = true;
	return true;
}

/* --- all --- */

static bool
check_content(struct restriction *restriction, uint32_t content)
{
	return check(restriction, content, 0) &&
	    (content_of(restriction->patterns, content) != CONTENT_NONE ||
		broken(restriction,
		    "data stands beside other content, or many times")) &&
	    check_once(restriction, content);
}

int
restrict_check(struct patterns *patterns, uint32_t start, const char **why)
{
	struct restriction restriction = { .patterns = patterns,
		.is_seen = mem_array(patterns->element_count + 1,
		    sizeof(*restriction.is_seen)),
		.is_once =
		    mem_array(patterns->count, sizeof(*restriction.is_once)) };

	if (check(&restriction, start, IN_START))
		for (size_t i = 0; i < restriction.queue_count; i++)
			if (!check_content(&restriction, restriction.queue[i]))
				break;
	free(restriction.is_seen);
	free(restriction.is_once);
	free(restriction.queue);
	*why = restriction.why;
	return restriction.why == NULL ? 0 : -1;
}
