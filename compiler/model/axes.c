#include "axes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/text.h"

void
axes_init(struct axes *axes)
{
	memset(axes, 0, sizeof(*axes));
	axes->clearance = AXIS_NONE;
	axes->role = AXIS_NONE;
}

static void
clear_axis(struct axis *axis)
{
	for (size_t i = 0; i < axis->value_count; i++) {
		struct axis_value *value = &axis->values[i];

		free(value->id);
		free(value->requires);
		free(value->mark);
		free(value->security);
		free(value->levels);
		lang_text_clear(&value->label);
	}
	for (size_t i = 0; i < axis->group_count; i++) {
		free(axis->groups[i].id);
		free(axis->groups[i].values);
		free(axis->groups[i].leaves);
		lang_text_clear(&axis->groups[i].label);
	}
	for (size_t i = 0; i < axis->party_count; i++) {
		free(axis->parties[i].id);
		lang_text_clear(&axis->parties[i].label);
	}
	free(axis->values);
	free(axis->groups);
	free(axis->parties);
	free(axis->id);
	free(axis->attribute);
	lang_text_clear(&axis->label);
	map_clear(&axis->names);
}

void
axes_clear(struct axes *axes)
{
	for (size_t i = 0; i < axes->count; i++)
		clear_axis(&axes->axes[i]);
	free(axes->axes);
	axes_init(axes);
}

const struct axis *
axes_role(const struct axes *axes)
{
	return axes->role == AXIS_NONE ? NULL : &axes->axes[axes->role];
}

int
axes_find(const struct axes *axes, const char *id)
{
	for (size_t i = 0; i < axes->count; i++)
		if (strcmp(axes->axes[i].id, id) == 0)
			return (int)i;
	return AXIS_NONE;
}

const char *
axis_attribute_name(const struct axis *axis, char name[64])
{
	snprintf(name, 64, "%s%s", axis->is_vade ? "v:" : "", axis->attribute);
	return name;
}

/* axis->names maps an id to its index * 3 + kind. */
enum { NAME_VALUE, NAME_GROUP, NAME_PARTY, NAME_KINDS };

static struct place
place_of(const struct axis *axis, uint32_t name)
{
	switch (name % NAME_KINDS) {
	case NAME_VALUE:
		return axis->values[name / NAME_KINDS].place;
	case NAME_GROUP:
		return axis->groups[name / NAME_KINDS].place;
	default:
		return axis->parties[name / NAME_KINDS].place;
	}
}

static bool
add_name(struct axis *axis, const char *id, size_t index, uint32_t kind,
    struct place *other)
{
	bool is_new;
	struct map_entry *entry = map_put_text(&axis->names, id, &is_new);

	if (is_new)
		entry->value = (uint32_t)index * NAME_KINDS + kind;
	else
		*other = place_of(axis, entry->value);
	return is_new;
}

struct axis_value *
axis_add_value(struct axis *axis, const char *id, int parent,
    struct place place, struct place *other)
{
	struct axis_value *value;

	if (!add_name(axis, id, axis->value_count, NAME_VALUE, other))
		return NULL;
	value = list_add(axis->values, axis->value_count, axis->value_capacity);
	*value = (struct axis_value){ .id = mem_dup(id),
		.parent = parent,
		.subtree_end = (uint32_t)axis->value_count,
		.place = place };
	return value;
}

struct axis_group *
axis_add_group(struct axis *axis, const char *id, struct place place,
    struct place *other)
{
	struct axis_group *group;

	if (!add_name(axis, id, axis->group_count, NAME_GROUP, other))
		return NULL;
	group = list_add(axis->groups, axis->group_count, axis->group_capacity);
	*group = (struct axis_group){ .id = mem_dup(id), .place = place };
	return group;
}

struct axis_party *
axis_add_party(struct axis *axis, const char *id, struct place place,
    struct place *other)
{
	struct axis_party *party;

	if (!add_name(axis, id, axis->party_count, NAME_PARTY, other))
		return NULL;
	party =
	    list_add(axis->parties, axis->party_count, axis->party_capacity);
	*party = (struct axis_party){ .id = mem_dup(id), .place = place };
	return party;
}

void
axis_end_value(struct axis *axis, size_t value)
{
	axis->values[value].subtree_end = (uint32_t)axis->value_count;
}

static int
find_name(const struct axis *axis, const char *id, size_t len, uint32_t kind)
{
	const struct map_entry *entry = map_get(&axis->names, id, len);

	if (entry == NULL || entry->value % NAME_KINDS != kind)
		return AXIS_NONE;
	return (int)(entry->value / NAME_KINDS);
}

int
axis_find_value(const struct axis *axis, const char *id, size_t len)
{
	return find_name(axis, id, len, NAME_VALUE);
}

const struct axis_group *
axis_find_group(const struct axis *axis, const char *id, size_t len)
{
	int at = find_name(axis, id, len, NAME_GROUP);

	return at == AXIS_NONE ? NULL : &axis->groups[at];
}

const struct axis_party *
axis_find_party(const struct axis *axis, const char *id, size_t len)
{
	int at = find_name(axis, id, len, NAME_PARTY);

	return at == AXIS_NONE ? NULL : &axis->parties[at];
}

const char *
axis_label(const struct axis *axis, const char *token, const char *lang)
{
	const char *id = token[0] == '=' ? token + 1 : token;
	const struct map_entry *entry = map_get_text(&axis->names, id);
	uint32_t at;

	if (entry == NULL)
		return token;
	at = entry->value / NAME_KINDS;
	switch (entry->value % NAME_KINDS) {
	case NAME_VALUE:
		return lang_text_get(&axis->values[at].label, lang, id);
	case NAME_GROUP:
		return lang_text_get(&axis->groups[at].label, lang, id);
	default:
		return lang_text_get(&axis->parties[at].label, lang, id);
	}
}

const char *
axis_nearest(const struct axis *axis, const char *token)
{
	return map_nearest(&axis->names, token);
}

int
axis_sector(const struct axis *axis, int value)
{
	bool one_root = axis->values[0].subtree_end == axis->value_count;

	for (;;) {
		int parent = axis->values[value].parent;

		if (parent == AXIS_NONE || (one_root && parent == 0))
			return value;
		value = parent;
	}
}

int
axes_default_rank(const struct axes *axes, const struct axis_value *value)
{
	const char *at = value->security;
	size_t len;
	const char *token = at == NULL ? NULL : text_next_token(&at, &len);
	int rank = token == NULL || axes->clearance == AXIS_NONE
	    ? 0
	    : axis_find_value(&axes->axes[axes->clearance], token, len);

	return rank == AXIS_NONE ? 0 : rank;
}
