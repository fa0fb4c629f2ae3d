/*
 * Tells the first half of the answer to `vade roles why`: the attributes that
 * decide, in the order in which selection applied them.
 * Invariant: their effect is read from the reaches that selection computed,
 * never computed anew.
 */
#include "why.h"

#include "base/alloc.h"
#include "base/bits.h"
#include "model/axis_tokens.h"
#include "model/axis_tokens_format.h"
#include "query/answer.h"
#include "query/named_element.h"

/* A walk down to one node. */
struct walk {
	json_t *facts; /* about attributes */
	const struct edition *edition;
	const struct book *book;
	const xmlNode *last; /* that has a fact */
};

/* An attribute, and what it did. */
struct fact {
	const xmlNode *node;
	const char *name; /* as authors write it */
	const char *tokens;
	const struct axis *axis;
	const char *rule; /* its name in JSON */
	const char *word; /* of words.def, that says so; NULL = the rule's */
	char *effective;  /* what is left then: tokens, or the class; owned */
};

static const uint32_t *
sets_of(const struct walk *walk, const xmlNode *node)
{
	bool is_element = node != NULL && node->type == XML_ELEMENT_NODE;

	return reach_sets(walk->edition->reaches,
	    is_element ? book_element(walk->book, node)->reach : 0);
}

static void
add_fact(struct walk *walk, const struct fact *fact)
{
	char name[64];
	json_t *object = json_pack(
	    "{s:s, s:s*, s:s, s:s, s:s, s:o, s:s, s:o, s:b, s:s}", "element",
	    (const char *)fact->node->name, "id", node_id(fact->node),
	    "attribute", fact->name, "tokens", fact->tokens, "axis",
	    fact->axis->id, "place",
	    named_element_place_json(walk->edition, fact->node, fact->name,
		NULL),
	    "rule", fact->rule, "effective", answer_text_take(fact->effective),
	    ".first", fact->node != walk->last, ".audience",
	    axis_attribute_name(fact->axis, name));
	owned char *word =
	    mem_format("rule-%s", fact->word ? fact->word : fact->rule);

	json_object_set_new(object, "words",
	    answer_text_take(answer_words_format(object, word,
		walk->edition->diag->language)));
	json_array_append_new(walk->facts, object);
	walk->last = fact->node;
}

/* The higher of the class here and around; a key is rank * 2 + stated. */
static void
set_class(struct fact *fact, uint32_t before, uint32_t after)
{
	if ((before & 1) == 0)
		fact->rule = "class-set"; /* the first class on the way */
	else
		fact->rule =
		    after / 2 > before / 2 ? "class-raised" : "class-kept";
	fact->effective = mem_dup(fact->axis->values[after / 2].id);
}

static void
set_leaves(struct fact *fact, const uint64_t *leaves, bool changes)
{
	if (bits_empty(leaves, fact->axis->words))
		fact->rule = "nobody"; /* in common with what is around */
	else
		fact->rule = changes ? "narrowed" : "inherited";
	fact->effective = axis_tokens_format(fact->axis, leaves);
}

static void
add_axis_fact(struct walk *walk, const xmlNode *node, size_t axis,
    const char *tokens)
{
	const struct reaches *reaches = walk->edition->reaches;
	uint32_t before = sets_of(walk, node->parent)[axis];
	uint32_t after = sets_of(walk, node)[axis];
	char name[64];
	struct fact fact = { .node = node,
		.axis = &reaches->axes->axes[axis],
		.tokens = tokens };

	fact.name = axis_attribute_name(fact.axis, name);
	if ((int)axis == reaches->axes->clearance)
		set_class(&fact, before, after);
	else
		set_leaves(&fact, reach_leaves(reaches, axis, after),
		    before != after);
	add_fact(walk, &fact);
}

/* Who reads a procedure that names no audience: lead, with and informed. */
static void
add_task_facts(struct walk *walk, const xmlNode *task)
{
	static const char *const readers[] = { "v:lead", "v:with",
		"v:informed" };
	const struct reaches *reaches = walk->edition->reaches;
	const struct axis *role = axes_role(reaches->axes);
	size_t axis = (size_t)reaches->axes->role;
	bool replaced = axis_tokens_of(role, task) != NULL;

	for (int i = 0; i < 3; i++) {
		struct fact fact = { .node = task,
			.name = readers[i],
			.tokens = node_vade_attribute(task, readers[i] + 2),
			.axis = role,
			.rule = replaced ? "task-replaced" : "task-default",
			.word = replaced || i == 0 ? NULL : "task-part" };

		if (fact.tokens == NULL)
			continue;
		fact.effective = axis_tokens_format(role,
		    reach_leaves(reaches, axis, sets_of(walk, task)[axis]));
		add_fact(walk, &fact);
	}
}

static void
follow_down(struct walk *walk, const xmlNode *node)
{
	const struct axes *axes = walk->edition->reaches->axes;

	if (node->parent != NULL && node->parent->type == XML_ELEMENT_NODE)
		follow_down(walk, node->parent);
	if (axes->role != AXIS_NONE && node_is(node, "task"))
		add_task_facts(walk, node);
	for (size_t i = 0; i < axes->count; i++) {
		const char *tokens = axis_tokens_of(&axes->axes[i], node);

		if (tokens != NULL)
			add_axis_fact(walk, node, i, tokens);
	}
}

json_t *
why_attributes_json(const struct edition *edition, const xmlNode *node)
{
	struct walk walk = { json_array(), edition, edition_book(edition),
		NULL };

	follow_down(&walk, node);
	return walk.facts;
}
