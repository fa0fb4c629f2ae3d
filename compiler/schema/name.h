/*
 * The names of a schema and its name classes, as numbers. Used by patterns,
 * the reader and the validator.
 * Invariant: after names_close every name of any tree has one of finitely many
 * numbers, and two names of one number are in the same classes: what the
 * schema does not write out is "another name of that namespace", or "a name of
 * another namespace".
 */
#ifndef VADE_SCHEMA_NAME_H
#define VADE_SCHEMA_NAME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/map.h"

enum name_class_kind {
	CLASS_NONE,
	CLASS_NAME,   /* a: name */
	CLASS_NS,     /* a: namespace, b: class it excepts */
	CLASS_ANY,    /* b: class it excepts */
	CLASS_CHOICE, /* a, b: classes */
};

struct name_class {
	uint32_t kind;
	uint32_t a;
	uint32_t b;
};

struct name {
	const char *ns;    /* "" = none; NULL: any that the schema lacks */
	const char *local; /* NULL: any that the schema lacks */
	uint32_t space;    /* the namespace's number */
};

struct names {
	struct map spaces;
	struct map map; /* of namespace and local name */
	struct name *items;
	size_t count;
	size_t capacity;
	size_t known; /* those before are written in the schema */
	struct map class_map;
	struct name_class *classes;
	size_t class_count;
	size_t class_capacity;
};

void names_init(struct names *names); /* class 0 is CLASS_NONE */
void names_clear(struct names *names);

uint32_t names_add_name(struct names *names, const char *ns, const char *local);
uint32_t names_add_space(struct names *names, const char *ns);
uint32_t names_add_class(struct names *names, enum name_class_kind kind,
    uint32_t a, uint32_t b);
/* The longest local name, in bytes, that a schema may write. */
enum { NAMES_LONGEST = 500 };

/* Gives the names that the schema lacks their numbers. */
void names_close(struct names *names);

/* The number of a name of a tree. */
uint32_t
names_find(const struct names *names, const char *ns, const char *local);
bool names_contain(const struct names *names, uint32_t class, uint32_t name);
/* How narrow the class is that holds the name: 0 it holds it not, 1 any name,
 * 2 any of its namespace, 3 the name itself. */
unsigned
names_specificity(const struct names *names, uint32_t class, uint32_t name);
bool names_overlap(const struct names *names, uint32_t a, uint32_t b);
/* Does it hold names that are not written out? */
bool names_are_open(const struct names *names, uint32_t class);

#endif
