#include "name.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/list.h"

void
names_init(struct names *names)
{
	*names = (struct names){ 0 };
	names_add_class(names, CLASS_NONE, 0, 0);
}

void
names_clear(struct names *names)
{
	map_clear(&names->spaces);
	map_clear(&names->map);
	map_clear(&names->class_map);
	free(names->items);
	free(names->classes);
}

uint32_t
names_add_space(struct names *names, const char *ns)
{
	bool is_new;
	struct map_entry *entry = map_put_text(&names->spaces, ns, &is_new);

	if (is_new)
		entry->value = (uint32_t)(names->spaces.count - 1);
	return entry->value;
}

/* The key of a name in the map; NULL if it is too long for the buffer, as no
 * name of a schema is. */
enum { KEY_SIZE = NAMES_LONGEST + sizeof(uint32_t) };

static size_t
name_key(char key[KEY_SIZE], uint32_t space, const char *local)
{
	size_t size = strlen(local);

	if (size + sizeof(space) > KEY_SIZE)
		return 0;
	memcpy(key, &space, sizeof(space));
	memcpy(key + sizeof(space), local, size);
	return size + sizeof(space);
}

uint32_t
names_add_name(struct names *names, const char *ns, const char *local)
{
	uint32_t space = names_add_space(names, ns);
	char key[KEY_SIZE];
	size_t size = name_key(key, space, local);
	struct map_entry *entry;
	bool is_new;

	entry = map_put(&names->map, key, size, &is_new);
	if (is_new) {
		entry->value = (uint32_t)names->count;
		*list_add(names->items, names->count, names->capacity) =
		    (struct name){ names->spaces.entries[space].key,
			    entry->key + sizeof(space), space };
	}
	return entry->value;
}

uint32_t
names_add_class(struct names *names, enum name_class_kind kind, uint32_t a,
    uint32_t b)
{
	const struct name_class class = { kind, a, b };
	struct map_entry *entry;
	bool is_new;

	if (kind == CLASS_CHOICE && (a == 0 || b == 0 || a == b))
		return a != 0 ? a : b;
	entry = map_put(&names->class_map, &class, sizeof(class), &is_new);
	if (is_new) {
		entry->value = (uint32_t)names->class_count;
		*list_add(names->classes, names->class_count,
		    names->class_capacity) = class;
	}
	return entry->value;
}

/* The name that stands for all others of the space with this number is
 * number known + space; that of other spaces is the last. */
void
names_close(struct names *names)
{
	names->known = names->count;
	for (uint32_t space = 0; space < names->spaces.count; space++)
		*list_add(names->items, names->count, names->capacity) =
		    (struct name){ names->spaces.entries[space].key, NULL,
			    space };
	*list_add(names->items, names->count, names->capacity) =
	    (struct name){ NULL, NULL, (uint32_t)names->spaces.count };
}

uint32_t
names_find(const struct names *names, const char *ns, const char *local)
{
	const struct map_entry *space = map_get_text(&names->spaces, ns);
	const struct map_entry *entry;
	char key[KEY_SIZE];
	size_t size;

	if (space == NULL)
		return (uint32_t)(names->count - 1);
	size = name_key(key, space->value, local);
	entry = size > 0 ? map_get(&names->map, key, size) : NULL;
	return entry != NULL ? entry->value
			     : (uint32_t)names->known + space->value;
}

bool
names_contain(const struct names *names, uint32_t class, uint32_t name)
{
	return names_specificity(names, class, name) > 0;
}

unsigned
names_specificity(const struct names *names, uint32_t class, uint32_t name)
{
	const struct name_class *c = &names->classes[class];
	unsigned a;
	unsigned b;

	switch (c->kind) {
	case CLASS_NAME:
		return c->a == name ? 3 : 0;
	case CLASS_NS:
		return c->a == names->items[name].space &&
			!names_contain(names, c->b, name)
		    ? 2
		    : 0;
	case CLASS_ANY:
		return names_contain(names, c->b, name) ? 0 : 1;
	case CLASS_CHOICE:
		a = names_specificity(names, c->a, name);
		b = names_specificity(names, c->b, name);
		return a > b ? a : b;
	default:
		return 0;
	}
}

bool
names_overlap(const struct names *names, uint32_t a, uint32_t b)
{
	const struct name_class *x = &names->classes[a];
	const struct name_class *y = &names->classes[b];

	if (x->kind == CLASS_NAME)
		return names_contain(names, b, x->a);
	if (y->kind == CLASS_NAME)
		return names_contain(names, a, y->a);
	for (uint32_t name = 0; name < names->count; name++)
		if (names_contain(names, a, name) &&
		    names_contain(names, b, name))
			return true;
	return false;
}

bool
names_are_open(const struct names *names, uint32_t class)
{
	const struct name_class *c = &names->classes[class];

	if (c->kind == CLASS_CHOICE)
		return names_are_open(names, c->a) ||
		    names_are_open(names, c->b);
	return c->kind == CLASS_NS || c->kind == CLASS_ANY;
}
