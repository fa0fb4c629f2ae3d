#include "schema.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "schema/automaton.h"
#include "schema/reader.h"

struct schema *
schema_read(const char *name, schema_open *open, void *context,
    struct schema_fault *fault)
{
	struct schema *schema = mem_alloc(sizeof(*schema));
	uint32_t start = NOT_ALLOWED;

	patterns_init(&schema->patterns);
	if (reader_read(&schema->patterns, &schema->datatypes, name, open,
		context, fault, &start) != 0) {
		schema_free(schema);
		return NULL;
	}
	automaton_init(schema, start);
	return schema;
}

void
schema_free(struct schema *schema)
{
	if (schema == NULL)
		return;
	automaton_clear(schema);
	datatypes_clear(&schema->datatypes);
	patterns_clear(&schema->patterns);
	free(schema);
}

struct schema_size
schema_size(const struct schema *schema)
{
	size_t states = 0;

	for (size_t i = 0; i < schema->state_count; i++)
		states += schema->states[i].end != MEMO_NONE;
	return (struct schema_size){ .patterns = schema->patterns.count,
		.states = states,
		.transitions = schema->transition_count };
}
