#include "automaton.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"

void
automaton_init(struct schema *schema, uint32_t start)
{
	*list_add(schema->transitions, schema->transition_count,
	    schema->transition_capacity) = (struct transition){ 0 };
	schema->start = pattern_after(&schema->patterns, start,
	    pattern_mark(&schema->patterns, 0));
}

void
automaton_clear(struct schema *schema)
{
	free(schema->states);
	free(schema->transitions);
	free(schema->rests);
	memo_clear(&schema->steps);
	memo_clear(&schema->ends);
	memo_clear(&schema->found);
}

/* --- transitions --- */

static int
compare_afters(const void *left, const void *right)
{
	const struct pattern *a = left;
	const struct pattern *b = right;

	return (a->a > b->a) - (a->a < b->a);
}

/* The AFTERs of a derivative, in the order of what is inside, so that equal
 * insides are one state. The caller frees. */
static struct pattern *
list_afters(const struct patterns *patterns, uint32_t pattern, uint32_t *count)
{
	struct pattern *afters;

	*count = pattern_operand_count(patterns, pattern, PATTERN_CHOICE);
	afters = mem_array(*count, sizeof(*afters));
	for (uint32_t i = 0; i < *count; i++)
		afters[i] = patterns->items[pattern_operand(patterns, pattern,
		    PATTERN_CHOICE, i)];
	qsort(afters, *count, sizeof(*afters), compare_afters);
	return afters;
}

static uint32_t
add_transition(struct schema *schema, uint32_t derivative)
{
	struct patterns *patterns = &schema->patterns;
	struct transition t = { .first = (uint32_t)schema->rest_count };
	struct pattern *afters = list_afters(patterns, derivative, &t.count);

	t.child = NOT_ALLOWED;
	for (uint32_t i = 0; i < t.count; i++) {
		*list_add(schema->rests, schema->rest_count,
		    schema->rest_capacity) = afters[i].b;
		t.child = pattern_choice(patterns, t.child,
		    pattern_after(patterns, afters[i].a,
			pattern_mark(patterns, i)));
	}
	t.takes_all = t.count == 1 &&
	    derive_allows_all(patterns, &schema->datatypes, afters[0].a);
	free(afters);
	*list_add(schema->transitions, schema->transition_count,
	    schema->transition_capacity) = t;
	return (uint32_t)(schema->transition_count - 1);
}

uint32_t
automaton_make_step(struct schema *schema, uint64_t key)
{
	enum derive what = (enum derive)((key >> 60) - 1);
	uint32_t name = key >> 32 & 0x0fffffff;
	uint32_t derivative =
	    derive(&schema->patterns, what, (uint32_t)key, name);
	uint32_t transition = 0;

	if (derivative != NOT_ALLOWED)
		transition = add_transition(schema, derivative);
	memo_put(&schema->steps, key, transition);
	return transition;
}

uint32_t
automaton_make_end(struct schema *schema, uint32_t transition, uint32_t marks)
{
	struct patterns *patterns = &schema->patterns;
	const struct transition *t = &schema->transitions[transition];
	uint64_t key = (uint64_t)transition << 32 | marks;
	uint32_t count = pattern_operand_count(patterns, marks, PATTERN_CHOICE);
	uint32_t made = memo_get(&schema->ends, key);

	if (made != MEMO_NONE)
		return made;
	made = NOT_ALLOWED;
	for (uint32_t i = 0; marks != NOT_ALLOWED && i < count; i++) {
		uint32_t mark =
		    pattern_operand(patterns, marks, PATTERN_CHOICE, i);

		made = pattern_choice(patterns, made,
		    schema->rests[t->first + patterns->items[mark].a]);
	}
	memo_put(&schema->ends, key, made);
	return made;
}

/* --- states --- */

static void
make_room(struct schema *schema, uint32_t state)
{
	size_t count = schema->state_count > 0 ? schema->state_count : 4096;

	while (count <= state)
		count *= 2;
	if (count == schema->state_count)
		return;
	schema->states =
	    mem_resize(schema->states, count * sizeof(*schema->states));
	memset(schema->states + schema->state_count, 0xff,
	    (count - schema->state_count) * sizeof(*schema->states));
	schema->state_count = count;
}

struct state *
automaton_make_state(struct schema *schema, uint32_t state)
{
	struct patterns *patterns = &schema->patterns;

	make_room(schema, state);
	schema->states[state] = (struct state){
		.closed = derive(patterns, DERIVE_CLOSE, state, 0),
		.text = derive(patterns, DERIVE_TEXT, state, 0),
		.end = derive(patterns, DERIVE_END, state, 0),
	};
	return &schema->states[state];
}

uint32_t
automaton_read(struct schema *schema, uint32_t state, const char *text,
    const xmlNode *node)
{
	struct patterns *patterns = &schema->patterns;
	uint32_t count = pattern_operand_count(patterns, state, PATTERN_CHOICE);
	uint32_t marks = NOT_ALLOWED;

	for (uint32_t i = 0; i < count; i++) {
		struct pattern after = patterns->items[pattern_operand(patterns,
		    state, PATTERN_CHOICE, i)];

		if (after.kind == PATTERN_AFTER &&
		    derive_allows_text(patterns, &schema->datatypes, after.a,
			text, node))
			marks = pattern_choice(patterns, marks, after.b);
	}
	return marks;
}

static uint32_t
find_element(struct schema *schema, uint32_t name, bool *is_written)
{
	struct patterns *patterns = &schema->patterns;
	unsigned best = 1;
	uint32_t made = NOT_ALLOWED;
	size_t count = patterns->count;

	for (size_t i = 0; i < count; i++) {
		struct pattern p = patterns->items[i];
		unsigned narrow;

		if (p.kind != PATTERN_ELEMENT)
			continue;
		narrow =
		    names_specificity(&patterns->names, p.name_class, name);
		if (narrow > best)
			made = NOT_ALLOWED;
		if (narrow < best)
			continue;
		best = narrow;
		made = pattern_choice(patterns, made, patterns->contents[p.a]);
	}
	*is_written = best == 3;
	return made;
}

/* Patterns are fewer than half of the numbers: the lowest bit is is_written. */
uint32_t
automaton_find_element(struct schema *schema, uint32_t name, bool *is_written)
{
	uint32_t found = memo_get(&schema->found, (uint64_t)name + 1);

	if (found == MEMO_NONE) {
		found = find_element(schema, name, is_written) << 1;
		found |= *is_written;
		memo_put(&schema->found, (uint64_t)name + 1, found);
	}
	*is_written = (found & 1) != 0;
	return found >> 1;
}
