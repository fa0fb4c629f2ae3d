/*
 * Patterns: what a schema allows, as numbers of hash-consed nodes. Used by the
 * reader, which makes them, and by derivatives, which make more.
 * Invariant: patterns that are equal up to the laws that the constructors know
 * (choice and interleave are sets, groups lean to the right, attributes stand
 * before the content) have one number; a number never changes its meaning.
 */
#ifndef VADE_SCHEMA_PATTERN_H
#define VADE_SCHEMA_PATTERN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/map.h"
#include "schema/memo.h"
#include "schema/name.h"

enum pattern_kind {
	PATTERN_NOT_ALLOWED,
	PATTERN_EMPTY,
	PATTERN_TEXT,
	PATTERN_ELEMENT,     /* name class; a: its number among elements */
	PATTERN_ATTRIBUTE,   /* name class; a: its value's pattern */
	PATTERN_DATA,        /* a: data type; b: pattern it excepts */
	PATTERN_VALUE,       /* a: value */
	PATTERN_LIST,        /* a */
	PATTERN_ONE_OR_MORE, /* a */
	PATTERN_GROUP,       /* a, b */
	PATTERN_INTERLEAVE,  /* operands */
	PATTERN_CHOICE,      /* operands */
	PATTERN_AFTER,       /* a: in the element; b: what follows it */
	PATTERN_MARK,        /* a: number of what follows, kept elsewhere */
};

struct pattern {
	uint8_t kind;
	bool is_nullable;
	bool has_attributes; /* in it, not in elements in it */
	bool is_attributes;  /* nothing but attributes and choices */
	bool has_data;       /* data, a value or a list */
	uint32_t name_class;
	uint32_t a;
	uint32_t b; /* of operands: how many; a is where they begin */
};

/* The numbers of the two that every schema has. */
enum { NOT_ALLOWED, EMPTY, TEXT };

enum { PATTERNS_MOST = 1 << 18 };

struct patterns {
	struct names names;
	struct pattern *items;
	size_t count;
	size_t capacity;
	struct map map;
	uint32_t *operands;
	size_t operand_count;
	size_t operand_capacity;
	uint32_t *contents; /* of elements */
	size_t element_count;
	size_t element_capacity;
	struct memo derivatives;
	bool is_full; /* PATTERNS_MOST: what is made from now on is wrong */
};

void patterns_init(struct patterns *patterns);
void patterns_clear(struct patterns *patterns);

/* Makes elements that allow nothing those of no name. Called once, when all
 * contents are set and looked at. */
void patterns_close(struct patterns *patterns);

/* A new element; its content is set later, so that it may hold itself. */
uint32_t pattern_element(struct patterns *patterns, uint32_t name_class);
void pattern_set_content(struct patterns *patterns, uint32_t element,
    uint32_t content);
uint32_t pattern_attribute(struct patterns *patterns, uint32_t name_class,
    uint32_t value);
uint32_t
pattern_data(struct patterns *patterns, uint32_t type, uint32_t except);
uint32_t pattern_value(struct patterns *patterns, uint32_t value);
uint32_t pattern_list(struct patterns *patterns, uint32_t a);
uint32_t pattern_one_or_more(struct patterns *patterns, uint32_t a);
uint32_t pattern_optional(struct patterns *patterns, uint32_t a);
uint32_t pattern_group(struct patterns *patterns, uint32_t a, uint32_t b);
uint32_t pattern_interleave(struct patterns *patterns, uint32_t a, uint32_t b);
uint32_t pattern_choice(struct patterns *patterns, uint32_t a, uint32_t b);
uint32_t pattern_after(struct patterns *patterns, uint32_t a, uint32_t b);
uint32_t pattern_mark(struct patterns *patterns, uint32_t number);

/* Of any pattern: how many operands it has if it is of this kind, else one,
 * itself; and which they are. So a choice of one is no special case. */
static inline uint32_t
pattern_operand_count(const struct patterns *patterns, uint32_t pattern,
    enum pattern_kind kind)
{
	const struct pattern *p = &patterns->items[pattern];

	return p->kind == kind ? p->b : 1;
}

static inline uint32_t
pattern_operand(const struct patterns *patterns, uint32_t pattern,
    enum pattern_kind kind, uint32_t i)
{
	const struct pattern *p = &patterns->items[pattern];

	return p->kind == kind ? patterns->operands[p->a + i] : pattern;
}

#endif
