#include "why_attributes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "check/named_element.h"
#include "model/axis_tokens_format.h"
#include "model/namespaces.h"

/* A walk down to one node. */
struct walk {
	struct why_attributes *trail;
	const struct edition *edition;
	const struct book *book;
};

static const uint32_t *
sets_of(const struct walk *walk, const xmlNode *node)
{
	bool is_element = node != NULL && node->type == XML_ELEMENT_NODE;

	return reach_sets(walk->edition->reaches,
	    is_element ? book_element(walk->book, node)->reach : 0);
}

static struct why_attribute *
add_fact(const struct walk *walk, const xmlNode *node, size_t axis,
    const char *tokens)
{
	struct why_attributes *trail = walk->trail;
	struct why_attribute *fact;

	fact = list_add(trail->facts, trail->count, trail->capacity);
	*fact = (struct why_attribute){ .node = node,
		.axis = axis,
		.tokens = tokens };
	return fact;
}

/* The higher of the class here and around; a key is rank * 2 + stated. */
static void
set_class(struct why_attribute *fact, const struct axis *axis, uint32_t before,
    uint32_t after)
{
	if ((before & 1) == 0)
		fact->rule = WHY_CLASS_SET;
	else
		fact->rule =
		    after / 2 > before / 2 ? WHY_CLASS_RAISED : WHY_CLASS_KEPT;
	fact->effective = mem_dup(axis->values[after / 2].id);
}

static void
set_leaves(const struct walk *walk, struct why_attribute *fact, uint32_t before,
    uint32_t after)
{
	const struct reaches *reaches = walk->edition->reaches;
	const struct axis *axis = &reaches->axes->axes[fact->axis];
	const uint64_t *leaves = reach_leaves(reaches, fact->axis, after);

	if (bits_empty(leaves, axis->words))
		fact->rule = WHY_NOBODY;
	else
		fact->rule = before == after ? WHY_INHERITED : WHY_NARROWED;
	fact->effective = axis_tokens_format(axis, leaves);
}

static void
add_axis_fact(const struct walk *walk, const xmlNode *node, size_t axis,
    const char *tokens)
{
	const struct axes *axes = walk->edition->reaches->axes;
	uint32_t before = sets_of(walk, node->parent)[axis];
	uint32_t after = sets_of(walk, node)[axis];
	struct why_attribute *fact = add_fact(walk, node, axis, tokens);

	axis_attribute_name(&axes->axes[axis], fact->name);
	if ((int)axis == axes->clearance)
		set_class(fact, &axes->axes[axis], before, after);
	else
		set_leaves(walk, fact, before, after);
}

static const char *
axis_tokens(const struct axis *axis, const xmlNode *node)
{
	return axis->is_vade ? node_vade_attribute(node, axis->attribute)
			     : node_attribute(node, axis->attribute);
}

/* Who reads a procedure that names no audience. */
static void
add_task_facts(const struct walk *walk, const xmlNode *task)
{
	static const char *const readers[] = { "lead", "with", "informed" };
	const struct axes *axes = walk->edition->reaches->axes;
	const struct axis *role = &axes->axes[axes->role];
	bool replaced = axis_tokens(role, task) != NULL;

	for (int i = 0; i < 3; i++) {
		const char *tokens = node_vade_attribute(task, readers[i]);
		struct why_attribute *fact;

		if (tokens == NULL)
			continue;
		fact = add_fact(walk, task, (size_t)axes->role, tokens);
		snprintf(fact->name, sizeof(fact->name), "v:%s", readers[i]);
		fact->effective = axis_tokens_format(role,
		    reach_leaves(walk->edition->reaches, fact->axis,
			sets_of(walk, task)[fact->axis]));
		fact->rule = i == 0 ? WHY_TASK_DEFAULT : WHY_TASK_PART;
		if (replaced)
			fact->rule = WHY_TASK_REPLACED;
	}
}

static void
follow_down(const struct walk *walk, const xmlNode *node)
{
	const struct axes *axes = walk->edition->reaches->axes;

	if (node->parent != NULL && node->parent->type == XML_ELEMENT_NODE)
		follow_down(walk, node->parent);
	if (axes->role != AXIS_NONE && node_is(node, "task"))
		add_task_facts(walk, node);
	for (size_t i = 0; i < axes->count; i++) {
		const char *tokens = axis_tokens(&axes->axes[i], node);

		if (tokens != NULL)
			add_axis_fact(walk, node, i, tokens);
	}
}

void
why_attributes_follow(struct why_attributes *trail,
    const struct edition *edition, const xmlNode *node)
{
	struct walk walk = { trail, edition, named_element_book(edition) };

	memset(trail, 0, sizeof(*trail));
	follow_down(&walk, node);
}

void
why_attributes_clear(struct why_attributes *trail)
{
	for (size_t i = 0; i < trail->count; i++)
		free(trail->facts[i].effective);
	free(trail->facts);
	memset(trail, 0, sizeof(*trail));
}

/* %s is what is left, or, of a replaced default, the attribute. */
static const struct rule_row {
	const char *name;
	const char *words[DIAG_LANGUAGES];
} rules[WHY_RULES] = {
	[WHY_INHERITED] = { "inherited",
	    { "inherited: it was %s already", "heredado: ya era %s" } },
	[WHY_NARROWED] = { "narrowed", { "narrowed to %s", "reducido a %s" } },
	[WHY_NOBODY] = { "nobody",
	    { "narrowed to nobody: nothing in common with what is around it",
		"reducido a nadie: nada en común con lo que lo rodea" } },
	[WHY_CLASS_SET] = { "class-set", { "set to %s", "fijada en %s" } },
	[WHY_CLASS_RAISED] = { "class-raised",
	    { "raised to %s", "elevada a %s" } },
	[WHY_CLASS_KEPT] = { "class-kept",
	    { "stays %s: inherited, and never lowered",
		"sigue en %s: se hereda y nunca baja" } },
	[WHY_TASK_DEFAULT] = { "task-default",
	    { "task default lead ∪ with ∪ informed: narrowed to %s",
		"por defecto lead ∪ with ∪ informed: reducido a %s" } },
	[WHY_TASK_PART] = { "task-default",
	    { "part of the same task default",
		"parte del mismo valor por defecto" } },
	[WHY_TASK_REPLACED] = { "task-replaced",
	    { "does not select: %s replaces the task default",
		"no selecciona: %s sustituye al valor por defecto" } },
};

const char *
why_attributes_rule_name(enum why_rule rule)
{
	return rules[rule].name;
}

char *
why_attributes_words_format(const struct why_attribute *fact,
    const struct axes *axes, enum diag_language ui)
{
	char name[64];
	const char *what = fact->rule == WHY_TASK_REPLACED
	    ? axis_attribute_name(&axes->axes[fact->axis], name)
	    : fact->effective;

	return mem_format(rules[fact->rule].words[ui], what);
}
