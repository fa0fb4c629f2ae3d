#include "agency.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "base/text.h"

void
agency_free(struct agency *agency)
{
	if (agency == NULL)
		return;
	for (size_t i = 0; i < agency->phone_count; i++) {
		lang_text_clear(&agency->phones[i].label);
		free(agency->phones[i].number);
		free(agency->phones[i].source);
		free(agency->phones[i].date);
	}
	for (size_t i = 0; i < agency->parameter_count; i++) {
		lang_text_clear(&agency->parameters[i].value);
		free(agency->parameters[i].name);
		free(agency->parameters[i].source);
		free(agency->parameters[i].date);
	}
	lang_text_clear(&agency->name);
	free(agency->phones);
	free(agency->parameters);
	free(agency->id);
	free(agency->logo);
	free(agency->local);
	free(agency->adopted);
	free(agency);
}

const struct agency_parameter *
agency_parameter(const struct agency *agency, const char *name)
{
	for (size_t i = 0; agency != NULL && i < agency->parameter_count; i++)
		if (strcmp(agency->parameters[i].name, name) == 0)
			return &agency->parameters[i];
	return NULL;
}

/* --- what comes with what --- */

/* The value alone and all that it requires, in turn. Each value is visited
 * once, so that a circle ends. */
static void
add_required(const struct axis *axis, size_t value, uint64_t *closed)
{

	bits_set(closed, value);
	token_each(token, axis->values[value].requires) {
		int other = axis_find_value(axis, token, strlen(token));

		if (other != AXIS_NONE && !bits_get(closed, (size_t)other))
			add_required(axis, (size_t)other, closed);
	}
}

/* What every other value requires: C0 of the manual. */
static void
add_core(const struct axis *axis, uint64_t *adopted)
{
	owned size_t *wanted = mem_array(axis->value_count, sizeof(*wanted));

	for (size_t i = 0; i < axis->value_count; i++) {
		owned uint64_t *closed =
		    mem_array(axis->words, sizeof(*closed));

		add_required(axis, i, closed);
		for (size_t j = 0; j < axis->value_count; j++)
			wanted[j] += bits_get(closed, j);
	}
	for (size_t i = 0; axis->value_count > 1 && i < axis->value_count; i++)
		if (wanted[i] == axis->value_count)
			bits_set(adopted, i);
}

void
agency_close_adoption(const struct axis *axis, uint64_t *adopted)
{
	owned uint64_t *closed = mem_array(axis->words, sizeof(*closed));

	add_core(axis, adopted);
	for (size_t i = 0; i < axis->value_count; i++)
		if (bits_get(adopted, i))
			add_required(axis, i, closed);
	memcpy(adopted, closed, axis->words * sizeof(*closed));
}
