#include "datatype.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/xmlschemastypes.h>

#include "base/alloc.h"
#include "base/list.h"

struct datatype {
	char *library;
	char *name;
	char *shown;            /* the name, and the pattern if it has one */
	char *params;           /* what tells it from others of its name */
	xmlSchemaType *type;    /* lent by libxml2; NULL: a built-in one */
	xmlSchemaFacet *facets; /* owned */
	bool is_string;         /* its white space is as it is written */
	bool is_text;           /* values are equal if their texts are */
};

struct datatype_value {
	uint32_t type;
	char *text;          /* as written */
	char *folded;        /* white space folded, unless is_string */
	xmlSchemaVal *value; /* owned; NULL if the type is_text */
};

/* --- white space --- */

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool
is_folded(const char *text)
{
	if (is_space(*text))
		return false;
	for (; *text != '\0'; text++)
		if (is_space(*text) &&
		    (*text != ' ' || text[1] == '\0' || is_space(text[1])))
			return false;
	return true;
}

/* The caller frees. */
static char *
fold(const char *text)
{
	char *folded = mem_alloc(strlen(text) + 1);
	char *end = folded;

	for (; *text != '\0'; text++)
		if (!is_space(*text))
			*end++ = *text;
		else if (end > folded && end[-1] != ' ')
			*end++ = ' ';
	if (end > folded && end[-1] == ' ')
		end--;
	*end = '\0';
	return folded;
}

/* The text as the type sees it; *made is to be freed. */
static const char *
seen(const struct datatype *type, const char *text, char **made)
{
	*made = NULL;
	if (type->is_string || is_folded(text))
		return text;
	return *made = fold(text);
}

/* --- types --- */

static void
free_facets(xmlSchemaFacet *facet)
{
	while (facet != NULL) {
		xmlSchemaFacet *next = facet->next;

		xmlSchemaFreeFacet(facet);
		facet = next;
	}
}

void
datatypes_clear(struct datatypes *datatypes)
{
	for (size_t i = 0; i < datatypes->type_count; i++) {
		struct datatype *type = &datatypes->types[i];

		free_facets(type->facets);
		free(type->library);
		free(type->name);
		free(type->params);
		free(type->shown);
	}
	for (size_t i = 0; i < datatypes->value_count; i++) {
		struct datatype_value *value = &datatypes->values[i];

		xmlSchemaFreeValue(value->value);
		free(value->text);
		free(value->folded);
	}
	free(datatypes->types);
	free(datatypes->values);
}

static const struct {
	const char *name;
	xmlSchemaTypeType type;
} facet_kinds[] = {
	{ "enumeration", XML_SCHEMA_FACET_ENUMERATION },
	{ "fractionDigits", XML_SCHEMA_FACET_FRACTIONDIGITS },
	{ "length", XML_SCHEMA_FACET_LENGTH },
	{ "maxExclusive", XML_SCHEMA_FACET_MAXEXCLUSIVE },
	{ "maxInclusive", XML_SCHEMA_FACET_MAXINCLUSIVE },
	{ "maxLength", XML_SCHEMA_FACET_MAXLENGTH },
	{ "minExclusive", XML_SCHEMA_FACET_MINEXCLUSIVE },
	{ "minInclusive", XML_SCHEMA_FACET_MININCLUSIVE },
	{ "minLength", XML_SCHEMA_FACET_MINLENGTH },
	{ "pattern", XML_SCHEMA_FACET_PATTERN },
	{ "totalDigits", XML_SCHEMA_FACET_TOTALDIGITS },
};

/* NULL: the type takes no such parameter. */
static xmlSchemaFacet *
make_facet(xmlSchemaType *type, const struct datatype_param *param)
{
	for (size_t i = 1; i < COUNT(facet_kinds); i++) {
		xmlSchemaFacet *facet;

		if (strcmp(facet_kinds[i].name, param->name) != 0)
			continue;
		facet = xmlSchemaNewFacet();
		facet->type = facet_kinds[i].type;
		facet->value = BAD_CAST param->value;
		if (xmlSchemaCheckFacet(facet, type, NULL, BAD_CAST "") == 0) {
			facet->value = NULL; /* it has been read */
			return facet;
		}
		xmlSchemaFreeFacet(facet);
		return NULL;
	}
	return NULL;
}

/* "token [a-z]+" */
static char *
join_pattern(const char *name, const struct datatype_param *params,
    size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(params[i].name, "pattern") == 0)
			return mem_format("%s %s", name, params[i].value);
	return mem_dup(name);
}

static char *
join_params(const struct datatype_param *params, size_t count)
{
	char *all = mem_dup("");

	for (size_t i = 0; i < count; i++) {
		char *more = mem_format("%s%s=%zu:%s ", all, params[i].name,
		    strlen(params[i].value), params[i].value);

		free(all);
		all = more;
	}
	return all;
}

static bool
is_among(const char *name, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* Sets what libxml2 knows of the type. */
static const char *
read_type(struct datatype *type)
{
	static const char *const no_text[] = { "base64Binary", "boolean",
		"byte", "date", "dateTime", "decimal", "double", "duration",
		"float", "gDay", "gMonth", "gMonthDay", "gYear", "gYearMonth",
		"hexBinary", "int", "integer", "long", "negativeInteger",
		"nonNegativeInteger", "nonPositiveInteger", "NOTATION",
		"positiveInteger", "QName", "short", "time", "unsignedByte",
		"unsignedInt", "unsignedLong", "unsignedShort" };
	static const char *const no_data[] = { "anyType", "anySimpleType" };

	type->is_string = strcmp(type->name, "string") == 0;
	type->is_text = true;
	if (type->library[0] == '\0')
		return type->is_string || strcmp(type->name, "token") == 0
		    ? NULL
		    : "the built-in library has no such data type";
	if (strcmp(type->library, XSD_LIBRARY) != 0)
		return "this library of data types is not known";
	xmlSchemaInitTypes();
	type->type = xmlSchemaGetPredefinedType(BAD_CAST type->name,
	    BAD_CAST "http://www.w3.org/2001/XMLSchema");
	type->is_string |= strcmp(type->name, "normalizedString") == 0;
	type->is_text = !is_among(type->name, no_text, COUNT(no_text));
	return type->type == NULL ||
		is_among(type->name, no_data, COUNT(no_data))
	    ? "XML Schema has no such data type"
	    : NULL;
}

static const char *
read_params(struct datatype *type, const struct datatype_param *params,
    size_t count)
{
	xmlSchemaFacet **end = &type->facets;

	for (size_t i = 0; i < count; i++) {
		if (type->type == NULL)
			return "a built-in data type takes no parameter";
		*end = make_facet(type->type, &params[i]);
		if (*end == NULL)
			return "the data type takes no such parameter";
		end = &(*end)->next;
	}
	return NULL;
}

static bool
is_same(const struct datatype *a, const struct datatype *b)
{
	return strcmp(a->name, b->name) == 0 &&
	    strcmp(a->library, b->library) == 0 &&
	    strcmp(a->params, b->params) == 0;
}

int
datatype_find(struct datatypes *datatypes, const char *library,
    const char *name, const struct datatype_param *params, size_t param_count,
    uint32_t *type, const char **why)
{
	struct datatype *made = list_add(datatypes->types,
	    datatypes->type_count, datatypes->type_capacity);
	size_t i = 0;

	*made = (struct datatype){ .library = mem_dup(library),
		.name = mem_dup(name),
		.shown = join_pattern(name, params, param_count),
		.params = join_params(params, param_count) };
	*why = read_type(made);
	if (*why == NULL)
		*why = read_params(made, params, param_count);
	while (!is_same(&datatypes->types[i], made))
		i++;
	*type = (uint32_t)i;
	if (i + 1 == datatypes->type_count && *why == NULL)
		return 0;
	free_facets(made->facets);
	free(made->library);
	free(made->name);
	free(made->params);
	free(made->shown);
	datatypes->type_count--;
	return *why == NULL ? 0 : -1;
}

/* --- judging --- */

/* libxml2 needs to know the facet's text no more than its own type does. */
static bool
passes_facets(const struct datatype *type, const char *text,
    xmlSchemaVal *value)
{
	bool passes_pattern = true;

	for (xmlSchemaFacet *f = type->facets; f != NULL; f = f->next)
		passes_pattern &= xmlSchemaValidateFacet(type->type, f,
				      BAD_CAST text, value) == 0;
	return passes_pattern;
}

/* Prefixes and entities are of the node's; an ID given with its node would be
 * noted in the document. */
static bool
needs_node(const struct datatype *type)
{
	static const char *const names[] = { "QName", "NOTATION", "ENTITY",
		"ENTITIES" };

	return is_among(type->name, names, COUNT(names));
}

static bool
parse(const struct datatype *type, const char *text, const xmlNode *node,
    xmlSchemaVal **value)
{
	return xmlSchemaValPredefTypeNodeNoNorm(type->type, BAD_CAST text,
		   value, needs_node(type) ? (xmlNode *)node : NULL) == 0;
}

bool
datatype_allows(const struct datatypes *datatypes, uint32_t type,
    const char *text, const xmlNode *node)
{
	const struct datatype *t = &datatypes->types[type];
	xmlSchemaVal *value = NULL;
	char *made;
	bool allows;

	if (datatype_allows_all(datatypes, type))
		return true;
	text = seen(t, text, &made);
	allows = parse(t, text, node, t->facets != NULL ? &value : NULL) &&
	    passes_facets(t, text, value);
	xmlSchemaFreeValue(value);
	free(made);
	return allows;
}

bool
datatype_allows_all(const struct datatypes *datatypes, uint32_t type)
{
	const struct datatype *t = &datatypes->types[type];

	return t->facets == NULL &&
	    (t->is_string || strcmp(t->name, "token") == 0);
}

int
datatype_find_value(struct datatypes *datatypes, uint32_t type,
    const char *text, const xmlNode *node, uint32_t *value)
{
	const struct datatype *t = &datatypes->types[type];
	struct datatype_value made = { .type = type };
	char *folded;

	if (!datatype_allows(datatypes, type, text, node))
		return -1;
	for (size_t i = 0; i < datatypes->value_count; i++) {
		*value = (uint32_t)i;
		if (t->is_text && datatypes->values[i].type == type &&
		    strcmp(datatypes->values[i].text, text) == 0)
			return 0;
	}
	made.text = mem_dup(text);
	made.folded = mem_dup(seen(t, text, &folded));
	free(folded);
	if (!t->is_text)
		parse(t, made.folded, node, &made.value);
	*value = (uint32_t)datatypes->value_count;
	*list_add(datatypes->values, datatypes->value_count,
	    datatypes->value_capacity) = made;
	return 0;
}

bool
datatype_equals(const struct datatypes *datatypes, uint32_t value,
    const char *text, const xmlNode *node)
{
	const struct datatype_value *v = &datatypes->values[value];
	const struct datatype *t = &datatypes->types[v->type];
	xmlSchemaVal *other = NULL;
	char *made;
	bool equals;

	text = seen(t, text, &made);
	if (t->is_text)
		equals = strcmp(text, v->folded) == 0;
	else
		equals = parse(t, text, node, &other) &&
		    xmlSchemaCompareValues(v->value, other) == 0;
	xmlSchemaFreeValue(other);
	free(made);
	return equals;
}

const char *
datatype_name(const struct datatypes *datatypes, uint32_t type)
{
	return datatypes->types[type].shown;
}

const char *
datatype_value_text(const struct datatypes *datatypes, uint32_t value)
{
	return datatypes->values[value].folded;
}
