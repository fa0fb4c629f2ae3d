#include "expect.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/text.h"

/* A set of names that the schema writes out; the last is "others". */
struct name_set {
	bool *holds;
	size_t size;
};

static struct name_set
set_new(const struct patterns *patterns, bool all)
{
	struct name_set set = { .size = patterns->names.known + 1 };

	set.holds = mem_array(set.size, sizeof(*set.holds));
	if (all)
		memset(set.holds, true, set.size);
	return set;
}

static void
set_add_class(const struct patterns *patterns, struct name_set *set,
    uint32_t class)
{
	const struct name_class *c = &patterns->names.classes[class];

	if (c->kind == CLASS_NAME)
		set->holds[c->a] = true;
	else if (c->kind == CLASS_CHOICE) {
		set_add_class(patterns, set, c->a);
		set_add_class(patterns, set, c->b);
	} else if (c->kind != CLASS_NONE)
		set->holds[set->size - 1] = true;
}

/* --- what can follow --- */

static bool
is_named(const struct pattern *p, enum expect what)
{
	return p->kind ==
	    (what == EXPECT_ELEMENTS ? PATTERN_ELEMENT : PATTERN_ATTRIBUTE);
}

static void
add_possible(const struct patterns *patterns, enum expect what,
    uint32_t pattern, struct name_set *set)
{
	const struct pattern *p = &patterns->items[pattern];

	if (is_named(p, what))
		set_add_class(patterns, set, p->name_class);
	if (p->kind == PATTERN_INTERLEAVE || p->kind == PATTERN_CHOICE)
		for (uint32_t i = 0; i < p->b; i++)
			add_possible(patterns, what,
			    patterns->operands[p->a + i], set);
	if (p->kind == PATTERN_ONE_OR_MORE || p->kind == PATTERN_GROUP ||
	    p->kind == PATTERN_AFTER)
		add_possible(patterns, what, p->a, set);
	if (p->kind == PATTERN_GROUP &&
	    (what == EXPECT_ATTRIBUTES || patterns->items[p->a].is_nullable))
		add_possible(patterns, what, p->b, set);
}

/*
 * The same without what may be left out: one of these would help an element
 * that is incomplete. Not all of them, which is what must follow.
 */
static void
add_needed(const struct patterns *patterns, enum expect what, uint32_t pattern,
    struct name_set *set)
{
	const struct pattern *p = &patterns->items[pattern];
	bool is_pair = p->kind == PATTERN_GROUP && what == EXPECT_ATTRIBUTES;

	if (p->is_nullable)
		return;
	if (is_named(p, what))
		set_add_class(patterns, set, p->name_class);
	if (p->kind == PATTERN_INTERLEAVE || p->kind == PATTERN_CHOICE)
		for (uint32_t i = 0; i < p->b; i++)
			add_needed(patterns, what, patterns->operands[p->a + i],
			    set);
	if (p->kind == PATTERN_ONE_OR_MORE || p->kind == PATTERN_AFTER ||
	    p->kind == PATTERN_GROUP)
		add_needed(patterns, what, p->a, set);
	if (is_pair ||
	    (p->kind == PATTERN_GROUP && patterns->items[p->a].is_nullable))
		add_needed(patterns, what, p->b, set);
}

/* --- what must follow --- */

static void add_required(const struct patterns *patterns, enum expect what,
    uint32_t pattern, struct name_set *set);

/* What every operand requires. */
static void
add_required_of_choice(const struct patterns *patterns, enum expect what,
    const struct pattern *p, struct name_set *set)
{
	struct name_set all = set_new(patterns, true);

	for (uint32_t i = 0; i < p->b; i++) {
		struct name_set one = set_new(patterns, false);

		add_required(patterns, what, patterns->operands[p->a + i],
		    &one);
		for (size_t j = 0; j < all.size; j++)
			all.holds[j] &= one.holds[j];
		free(one.holds);
	}
	for (size_t j = 0; j < all.size; j++)
		set->holds[j] |= all.holds[j];
	free(all.holds);
}

static void
add_required(const struct patterns *patterns, enum expect what,
    uint32_t pattern, struct name_set *set)
{
	const struct pattern *p = &patterns->items[pattern];
	bool is_pair = p->kind == PATTERN_GROUP && what == EXPECT_ATTRIBUTES;

	if (is_named(p, what) &&
	    patterns->names.classes[p->name_class].kind == CLASS_NAME)
		set_add_class(patterns, set, p->name_class);
	if (p->kind == PATTERN_CHOICE)
		add_required_of_choice(patterns, what, p, set);
	if (p->kind == PATTERN_INTERLEAVE)
		for (uint32_t i = 0; i < p->b; i++)
			add_required(patterns, what,
			    patterns->operands[p->a + i], set);
	if (p->kind == PATTERN_ONE_OR_MORE || p->kind == PATTERN_AFTER ||
	    is_pair)
		add_required(patterns, what, p->a, set);
	if (is_pair)
		add_required(patterns, what, p->b, set);
	else if (p->kind == PATTERN_GROUP)
		add_required(patterns, what,
		    patterns->items[p->a].is_nullable ? p->b : p->a, set);
}

/* --- names --- */

static bool
has_attribute(const xmlNode *node, const struct name *name)
{
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
		if (strcmp((const char *)a->name, name->local) == 0 &&
		    strcmp(a->ns ? (const char *)a->ns->href : "", name->ns) ==
			0)
			return true;
	return false;
}

/* The set as a list, without attributes that are there. */
static struct schema_name *
list_names(const struct patterns *patterns, const struct name_set *set,
    const xmlNode *without, size_t *count)
{
	struct schema_name *list = mem_array(set->size, sizeof(*list));

	*count = 0;
	for (size_t i = 0; i + 1 < set->size; i++) {
		const struct name *name = &patterns->names.items[i];

		if (set->holds[i] &&
		    (without == NULL || !has_attribute(without, name)))
			list[(*count)++] =
			    (struct schema_name){ name->ns, name->local };
	}
	return list;
}

void
expect_names(struct schema *schema, enum expect what, uint32_t state,
    struct schema_error *error, struct expected *expected)
{
	struct patterns *patterns = &schema->patterns;
	struct name_set possible = set_new(patterns, false);
	struct name_set required = set_new(patterns, false);
	const xmlNode *without = what == EXPECT_ATTRIBUTES ? error->node : NULL;

	if (error->kind == SCHEMA_ELEMENT_TOO_EARLY ||
	    error->kind == SCHEMA_ELEMENT_INCOMPLETE ||
	    error->kind == SCHEMA_ATTRIBUTE_MISSING)
		add_needed(patterns, what, state, &possible);
	else
		add_possible(patterns, what, state, &possible);
	add_required(patterns, what, state, &required);
	expected->names =
	    list_names(patterns, &possible, without, &error->expected.count);
	expected->missing =
	    list_names(patterns, &required, without, &error->missing.count);
	error->expected.items = expected->names;
	error->missing.items = expected->missing;
	error->is_other_expected = possible.holds[possible.size - 1];
	if (what == EXPECT_ELEMENTS) {
		error->is_text_expected =
		    derive(patterns, DERIVE_TEXT, state, 0) != NOT_ALLOWED;
		error->is_end_expected =
		    derive(patterns, DERIVE_END, state, 0) != NOT_ALLOWED;
	}
	free(possible.holds);
	free(required.holds);
}

/* --- the nearest name --- */

static struct schema_name
find_nearest(const struct schema_name *names, size_t count, const char *ns,
    const char *local)
{
	const char **locals = mem_array(count + 1, sizeof(*locals));
	struct schema_name nearest = { NULL, NULL };
	const char *found;

	for (size_t i = 0; i < count; i++) {
		locals[i] = names[i].local;
		if (strcmp(names[i].local, local) == 0 &&
		    strcmp(names[i].ns, ns) != 0)
			nearest = names[i];
	}
	found =
	    nearest.local == NULL ? text_nearest(local, locals, count) : NULL;
	/* Two slips in a word of a few letters are another word. */
	if (found != NULL && strlen(local) <= 4 &&
	    text_distance(local, found, 1) > 1)
		found = NULL;
	for (size_t i = 0; found != NULL && i < count; i++)
		if (names[i].local == found)
			nearest = names[i];
	free(locals);
	return nearest;
}

/* All names that elements, or attributes, have anywhere. */
static struct schema_name *
list_all(const struct patterns *patterns, enum expect what, size_t *count)
{
	struct name_set set = set_new(patterns, false);
	struct schema_name *list;

	for (size_t i = 0; i < patterns->count; i++)
		if (is_named(&patterns->items[i], what))
			set_add_class(patterns, &set,
			    patterns->items[i].name_class);
	list = list_names(patterns, &set, NULL, count);
	free(set.holds);
	return list;
}

void
expect_nearest(struct schema *schema, enum expect what, const char *ns,
    const char *local, struct schema_error *error)
{
	struct schema_name *all;
	size_t count;

	error->nearest = find_nearest(error->expected.items,
	    error->expected.count, ns, local);
	if (error->nearest.local != NULL || what == EXPECT_ATTRIBUTES)
		return;
	all = list_all(&schema->patterns, what, &count);
	error->nearest = find_nearest(all, count, ns, local);
	free(all);
}

/* --- values --- */

struct value_list {
	const char **items;
	size_t count;
	size_t capacity;
};

static void
value_list_add(struct value_list *list, const char *text)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i], text) == 0)
			return;
	*list_add(list->items, list->count, list->capacity) = text;
}

static void
collect_values(const struct schema *schema, uint32_t pattern,
    struct value_list *values, struct value_list *types)
{
	const struct patterns *patterns = &schema->patterns;
	const struct pattern *p = &patterns->items[pattern];

	if (p->kind == PATTERN_VALUE)
		value_list_add(values,
		    datatype_value_text(&schema->datatypes, p->a));
	if (p->kind == PATTERN_DATA)
		value_list_add(types, datatype_name(&schema->datatypes, p->a));
	if (p->kind == PATTERN_LIST || p->kind == PATTERN_ONE_OR_MORE ||
	    p->kind == PATTERN_GROUP || p->kind == PATTERN_AFTER)
		collect_values(schema, p->a, values, types);
	if (p->kind == PATTERN_GROUP)
		collect_values(schema, p->b, values, types);
	if (p->kind == PATTERN_INTERLEAVE || p->kind == PATTERN_CHOICE)
		for (uint32_t i = 0; i < p->b; i++)
			collect_values(schema, patterns->operands[p->a + i],
			    values, types);
}

void
expect_values(struct schema *schema, uint32_t state, const char *text,
    struct schema_error *error, struct expected *expected)
{
	struct value_list values = { 0 };
	struct value_list types = { 0 };

	collect_values(schema, state, &values, &types);
	expected->values = values.items;
	expected->types = types.items;
	error->values = values.items;
	error->value_count = values.count;
	error->types = types.items;
	error->type_count = types.count;
	error->nearest_value = text_nearest(text, values.items, values.count);
}

void
expected_clear(struct expected *expected)
{
	free(expected->names);
	free(expected->missing);
	free(expected->values);
	free(expected->types);
}
