/*
 * Data types and values of a schema: the two built in, and those of W3C XML
 * Schema part 2, which libxml2 judges. Used by the reader and derivatives.
 * Invariant: a type's number and a value's stand for one library, name,
 * parameters and (of values) text; judging changes nothing, no ID is noted.
 */
#ifndef VADE_SCHEMA_DATATYPE_H
#define VADE_SCHEMA_DATATYPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <libxml/tree.h>

#define XSD_LIBRARY "http://www.w3.org/2001/XMLSchema-datatypes"

/* A parameter of a data type, as the schema writes it; lent. */
struct datatype_param {
	const char *name;
	const char *value;
};

struct datatype;
struct datatype_value;

struct datatypes {
	struct datatype *types;
	size_t type_count;
	size_t type_capacity;
	struct datatype_value *values;
	size_t value_count;
	size_t value_capacity;
};

void datatypes_clear(struct datatypes *datatypes);

/*
 * The number of a type. Returns 0, or -1 with *why a constant text: an unknown
 * library or type, a parameter that it does not take.
 */
int datatype_find(struct datatypes *datatypes, const char *library,
    const char *name, const struct datatype_param *params, size_t param_count,
    uint32_t *type, const char **why);
/* The number of a value of a type without parameters; node resolves prefixes.
 * 0, or -1: the text is none of the type. */
int datatype_find_value(struct datatypes *datatypes, uint32_t type,
    const char *text, const xmlNode *node, uint32_t *value);

/* Is the text of the type? node is where it stands, for prefixes. */
bool datatype_allows(const struct datatypes *datatypes, uint32_t type,
    const char *text, const xmlNode *node);
/* Does it allow any text, so that nobody need ask? */
bool datatype_allows_all(const struct datatypes *datatypes, uint32_t type);
bool datatype_equals(const struct datatypes *datatypes, uint32_t value,
    const char *text, const xmlNode *node);

/* As the schema writes them; lent. */
/* Its name, and its pattern if it has one: "token [a-z]+". Lent. */
const char *datatype_name(const struct datatypes *datatypes, uint32_t type);
const char *
datatype_value_text(const struct datatypes *datatypes, uint32_t value);

#endif
