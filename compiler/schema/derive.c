#include "derive.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"

static struct pattern
item(const struct patterns *patterns, uint32_t pattern)
{
	return patterns->items[pattern];
}

/* --- what comes after --- */

enum join {
	JOIN_GROUP,
	JOIN_GROUP_BEFORE, /* the other pattern stands first */
	JOIN_INTERLEAVE,
	JOIN_AFTER,
};

static uint32_t
join(struct patterns *patterns, enum join how, uint32_t a, uint32_t b)
{
	switch (how) {
	case JOIN_GROUP:
		return pattern_group(patterns, a, b);
	case JOIN_GROUP_BEFORE:
		return pattern_group(patterns, b, a);
	case JOIN_INTERLEAVE:
		return pattern_interleave(patterns, a, b);
	default:
		return pattern_after(patterns, a, b);
	}
}

/* Joins a pattern to what comes after, in every one of a choice. */
static uint32_t
join_after(struct patterns *patterns, enum join how, uint32_t afters,
    uint32_t other)
{
	uint32_t count =
	    pattern_operand_count(patterns, afters, PATTERN_CHOICE);
	uint32_t made = NOT_ALLOWED;

	if (afters == NOT_ALLOWED || other == NOT_ALLOWED)
		return NOT_ALLOWED;
	for (uint32_t i = 0; i < count; i++) {
		struct pattern after = item(patterns,
		    pattern_operand(patterns, afters, PATTERN_CHOICE, i));

		made = pattern_choice(patterns, made,
		    pattern_after(patterns, after.a,
			join(patterns, how, after.b, other)));
	}
	return made;
}

/* All operands of an interleave but one. */
static uint32_t
without(struct patterns *patterns, uint32_t pattern, uint32_t index)
{
	struct pattern p = item(patterns, pattern);
	uint32_t made = EMPTY;

	for (uint32_t i = 0; i < p.b; i++)
		if (i != index)
			made = pattern_interleave(patterns, made,
			    patterns->operands[p.a + i]);
	return made;
}

/* --- start tags and attributes: made of what is in and what is after --- */

static bool
is_name(const struct patterns *patterns, const struct pattern *p,
    enum derive what, uint32_t name)
{
	enum pattern_kind wanted =
	    what == DERIVE_ATTRIBUTE ? PATTERN_ATTRIBUTE : PATTERN_ELEMENT;

	return p->kind == wanted &&
	    names_contain(&patterns->names, p->name_class, name);
}

/*
 * An attribute that may be there or not stays in the pattern: XML allows none
 * twice. So a state does not depend on which of these were there.
 */
static uint32_t
open_optional(struct patterns *patterns, enum derive what, uint32_t pattern,
    uint32_t name)
{
	uint32_t first = pattern_operand(patterns, pattern, PATTERN_CHOICE, 0);
	uint32_t second = pattern_operand(patterns, pattern, PATTERN_CHOICE, 1);
	struct pattern attribute = item(patterns, second);

	if (what != DERIVE_ATTRIBUTE || item(patterns, pattern).b != 2 ||
	    first != EMPTY || attribute.kind != PATTERN_ATTRIBUTE ||
	    !is_name(patterns, &attribute, what, name))
		return NOT_ALLOWED;
	return pattern_after(patterns, attribute.a, pattern);
}

static uint32_t
open_choice(struct patterns *patterns, enum derive what, uint32_t pattern,
    uint32_t name)
{
	struct pattern p = item(patterns, pattern);
	uint32_t made = open_optional(patterns, what, pattern, name);

	if (made != NOT_ALLOWED)
		return made;
	for (uint32_t i = 0; i < p.b; i++) {
		uint32_t operand = patterns->operands[p.a + i];

		made = pattern_choice(patterns, made,
		    derive(patterns, what, operand, name));
	}
	return made;
}

static uint32_t
open_group(struct patterns *patterns, enum derive what, const struct pattern *p,
    uint32_t name)
{
	uint32_t made = join_after(patterns, JOIN_GROUP,
	    derive(patterns, what, p->a, name), p->b);
	uint32_t second;

	if (what == DERIVE_ATTRIBUTE)
		second = join_after(patterns, JOIN_GROUP_BEFORE,
		    derive(patterns, what, p->b, name), p->a);
	else if (what == DERIVE_OPEN_LATER || item(patterns, p->a).is_nullable)
		second = derive(patterns, what, p->b, name);
	else
		second = NOT_ALLOWED;
	return pattern_choice(patterns, made, second);
}

static uint32_t
open_interleave(struct patterns *patterns, enum derive what, uint32_t pattern,
    uint32_t name)
{
	struct pattern p = item(patterns, pattern);
	uint32_t made = NOT_ALLOWED;

	for (uint32_t i = 0; i < p.b; i++) {
		uint32_t opened =
		    derive(patterns, what, patterns->operands[p.a + i], name);

		if (opened != NOT_ALLOWED)
			made = pattern_choice(patterns, made,
			    join_after(patterns, JOIN_INTERLEAVE, opened,
				without(patterns, pattern, i)));
	}
	return made;
}

static uint32_t
open(struct patterns *patterns, enum derive what, uint32_t pattern,
    uint32_t name)
{
	struct pattern p = item(patterns, pattern);

	if (what == DERIVE_ATTRIBUTE && !p.has_attributes)
		return NOT_ALLOWED;
	switch (p.kind) {
	case PATTERN_ELEMENT:
		return is_name(patterns, &p, what, name)
		    ? pattern_after(patterns, patterns->contents[p.a], EMPTY)
		    : NOT_ALLOWED;
	case PATTERN_ATTRIBUTE:
		return is_name(patterns, &p, what, name)
		    ? pattern_after(patterns, p.a, EMPTY)
		    : NOT_ALLOWED;
	case PATTERN_ONE_OR_MORE:
		return join_after(patterns, JOIN_GROUP,
		    derive(patterns, what, p.a, name),
		    pattern_optional(patterns, pattern));
	case PATTERN_GROUP:
		return open_group(patterns, what, &p, name);
	case PATTERN_INTERLEAVE:
		return open_interleave(patterns, what, pattern, name);
	case PATTERN_CHOICE:
		return open_choice(patterns, what, pattern, name);
	case PATTERN_AFTER:
		return join_after(patterns, JOIN_AFTER,
		    derive(patterns, what, p.a, name), p.b);
	default:
		return NOT_ALLOWED;
	}
}

/* --- the end of the attributes --- */

/* Makes the pattern anew of its operands' derivatives. */
static uint32_t
close_operands(struct patterns *patterns, enum derive what, uint32_t pattern)
{
	struct pattern p = item(patterns, pattern);
	bool is_choice = p.kind == PATTERN_CHOICE;
	uint32_t made = is_choice ? NOT_ALLOWED : EMPTY;

	for (uint32_t i = 0; i < p.b; i++) {
		uint32_t operand =
		    derive(patterns, what, patterns->operands[p.a + i], 0);

		made = is_choice ? pattern_choice(patterns, made, operand)
				 : pattern_interleave(patterns, made, operand);
	}
	return made;
}

static uint32_t
close(struct patterns *patterns, enum derive what, uint32_t pattern)
{
	struct pattern p = item(patterns, pattern);

	if (!p.has_attributes)
		return pattern;
	switch (p.kind) {
	case PATTERN_ATTRIBUTE:
		return what == DERIVE_CLOSE ? NOT_ALLOWED : EMPTY;
	case PATTERN_ONE_OR_MORE:
		return pattern_one_or_more(patterns,
		    derive(patterns, what, p.a, 0));
	case PATTERN_GROUP:
		return pattern_group(patterns, derive(patterns, what, p.a, 0),
		    derive(patterns, what, p.b, 0));
	case PATTERN_AFTER:
		return pattern_after(patterns, derive(patterns, what, p.a, 0),
		    p.b);
	default:
		return close_operands(patterns, what, pattern);
	}
}

/* --- text --- */

static uint32_t
text_group(struct patterns *patterns, const struct pattern *p)
{
	uint32_t made = pattern_group(patterns,
	    derive(patterns, DERIVE_TEXT, p->a, 0), p->b);

	return item(patterns, p->a).is_nullable
	    ? pattern_choice(patterns, made,
		  derive(patterns, DERIVE_TEXT, p->b, 0))
	    : made;
}

static uint32_t
text_operands(struct patterns *patterns, uint32_t pattern)
{
	struct pattern p = item(patterns, pattern);
	uint32_t made = NOT_ALLOWED;

	for (uint32_t i = 0; i < p.b; i++) {
		uint32_t rest = derive(patterns, DERIVE_TEXT,
		    patterns->operands[p.a + i], 0);

		if (p.kind == PATTERN_INTERLEAVE && rest != NOT_ALLOWED)
			rest = pattern_interleave(patterns, rest,
			    without(patterns, pattern, i));
		made = pattern_choice(patterns, made, rest);
	}
	return made;
}

static uint32_t
text(struct patterns *patterns, uint32_t pattern)
{
	struct pattern p = item(patterns, pattern);

	switch (p.kind) {
	case PATTERN_TEXT:
		return pattern;
	case PATTERN_ONE_OR_MORE:
		return pattern_group(patterns,
		    derive(patterns, DERIVE_TEXT, p.a, 0),
		    pattern_optional(patterns, pattern));
	case PATTERN_GROUP:
		return text_group(patterns, &p);
	case PATTERN_INTERLEAVE:
	case PATTERN_CHOICE:
		return text_operands(patterns, pattern);
	case PATTERN_AFTER:
		return pattern_after(patterns,
		    derive(patterns, DERIVE_TEXT, p.a, 0), p.b);
	default:
		return NOT_ALLOWED;
	}
}

/* --- end tags --- */

static uint32_t
end(struct patterns *patterns, enum derive what, uint32_t pattern)
{
	uint32_t count =
	    pattern_operand_count(patterns, pattern, PATTERN_CHOICE);
	uint32_t made = NOT_ALLOWED;

	for (uint32_t i = 0; i < count; i++) {
		struct pattern p = item(patterns,
		    pattern_operand(patterns, pattern, PATTERN_CHOICE, i));

		if (p.kind == PATTERN_AFTER &&
		    (what == DERIVE_ANY_END || item(patterns, p.a).is_nullable))
			made = pattern_choice(patterns, made, p.b);
	}
	return made;
}

/* --- all of them --- */

static uint32_t
derive_anew(struct patterns *patterns, enum derive what, uint32_t pattern,
    uint32_t name)
{
	switch (what) {
	case DERIVE_OPEN:
	case DERIVE_OPEN_LATER:
	case DERIVE_ATTRIBUTE:
		return open(patterns, what, pattern, name);
	case DERIVE_CLOSE:
	case DERIVE_CLOSE_SHORT:
		return close(patterns, what, pattern);
	case DERIVE_TEXT:
		return text(patterns, pattern);
	default:
		return end(patterns, what, pattern);
	}
}

/* Leaves are told at once; what is made of others is remembered. */
uint32_t
derive(struct patterns *patterns, enum derive what, uint32_t pattern,
    uint32_t name)
{
	uint64_t key =
	    (uint64_t)(what + 1) << 60 | (uint64_t)name << 32 | pattern;
	uint32_t made;

	if (patterns->items[pattern].kind < PATTERN_ONE_OR_MORE)
		return derive_anew(patterns, what, pattern, name);
	made = memo_get(&patterns->derivatives, key);
	if (made != MEMO_NONE)
		return made;
	made = derive_anew(patterns, what, pattern, name);
	memo_put(&patterns->derivatives, key, made);
	return made;
}

/* --- values --- */

/* Who asks for the derivative of a value. */
struct reading {
	struct patterns *patterns;
	const struct datatypes *datatypes;
	const xmlNode *node;
};

static uint32_t
value(const struct reading *reading, uint32_t pattern, const char *text);

static bool
allows(const struct reading *reading, uint32_t pattern, const char *text)
{
	const struct patterns *patterns = reading->patterns;

	if (patterns->items[pattern].is_nullable && text_is_blank(text))
		return true;
	pattern = value(reading, pattern, text);
	return patterns->items[pattern].is_nullable;
}

static bool
allows_list(const struct reading *reading, uint32_t pattern, const char *text)
{
	static const char blanks[] = " \t\r\n";

	for (text += strspn(text, blanks);
	     *text != '\0' && pattern != NOT_ALLOWED;
	     text += strspn(text, blanks)) {
		size_t size = strcspn(text, blanks);
		char *token = mem_dup_len(text, size);

		pattern = value(reading, pattern, token);
		free(token);
		text += size;
	}
	return reading->patterns->items[pattern].is_nullable;
}

static uint32_t
value_group(const struct reading *reading, const struct pattern *p,
    const char *text)
{
	struct patterns *patterns = reading->patterns;
	uint32_t made =
	    pattern_group(patterns, value(reading, p->a, text), p->b);

	return item(patterns, p->a).is_nullable
	    ? pattern_choice(patterns, made, value(reading, p->b, text))
	    : made;
}

static uint32_t
value_choice(const struct reading *reading, const struct pattern *p,
    const char *text)
{
	struct patterns *patterns = reading->patterns;
	uint32_t made = NOT_ALLOWED;

	for (uint32_t i = 0; i < p->b; i++)
		made = pattern_choice(patterns, made,
		    value(reading, patterns->operands[p->a + i], text));
	return made;
}

/* The derivative of a pattern by a value, or by one token of a list. */
static uint32_t
value(const struct reading *reading, uint32_t pattern, const char *text)
{
	struct patterns *patterns = reading->patterns;
	const struct datatypes *types = reading->datatypes;
	struct pattern p = item(patterns, pattern);
	bool holds = false;

	switch (p.kind) {
	case PATTERN_DATA:
		holds = datatype_allows(types, p.a, text, reading->node) &&
		    (p.b == NOT_ALLOWED || !allows(reading, p.b, text));
		break;
	case PATTERN_VALUE:
		holds = datatype_equals(types, p.a, text, reading->node);
		break;
	case PATTERN_LIST:
		holds = allows_list(reading, p.a, text);
		break;
	case PATTERN_ONE_OR_MORE:
		return pattern_group(patterns, value(reading, p.a, text),
		    pattern_optional(patterns, pattern));
	case PATTERN_GROUP:
		return value_group(reading, &p, text);
	case PATTERN_CHOICE:
		return value_choice(reading, &p, text);
	default:
		return derive(patterns, DERIVE_TEXT, pattern, 0);
	}
	return holds ? EMPTY : NOT_ALLOWED;
}

bool
derive_allows_text(struct patterns *patterns, const struct datatypes *datatypes,
    uint32_t pattern, const char *text, const xmlNode *node)
{
	const struct reading reading = { patterns, datatypes, node };

	return allows(&reading, pattern, text);
}

bool
derive_allows_all(const struct patterns *patterns,
    const struct datatypes *datatypes, uint32_t pattern)
{
	struct pattern p = item(patterns, pattern);

	if (p.kind == PATTERN_DATA)
		return p.b == NOT_ALLOWED &&
		    datatype_allows_all(datatypes, p.a);
	for (uint32_t i = 0; p.kind == PATTERN_CHOICE && i < p.b; i++)
		if (derive_allows_all(patterns, datatypes,
			patterns->operands[p.a + i]))
			return true;
	return p.kind == PATTERN_TEXT;
}
