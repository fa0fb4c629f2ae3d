#include "schema_error_cures.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/list.h"
#include "model/namespaces.h"
#include "syntax/date_cure.h"

enum told {
	ELEMENT,
	LACK,
	WORDS,
	ATTRIBUTE,
	SETTING, /* the same in the files of settings */
	SETTING_LACK,
	SETTING_WORDS,
	OTHER,
};

struct slip {
	enum told told;
	const char *names; /* parted by spaces; "" = any, here and below */
	const char *around;
	const char *behind;
	const char *wanted;
	const char *cure[DIAG_LANGUAGES];
};

static const struct slip slips[] = {
#define SLIP(told, names, around, behind, wanted, en, es)                      \
	{ told, names, around, behind, wanted, { en, es } },
#include "schema_error_cures.def"
#undef SLIP
};

/* --- questions --- */

static bool
is_one_of(const char *names, const char *name)
{
	size_t len = strlen(name);

	if (names[0] == '\0')
		return true;
	for (const char *p = names; (p = strstr(p, name)) != NULL; p += len)
		if ((p == names || p[-1] == ' ') &&
		    (p[len] == ' ' || p[len] == '\0'))
			return true;
	return false;
}

static bool
holds(const struct schema_names *names, const char *local)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->items[i].local, local) == 0)
			return true;
	return false;
}

static bool
is_wanted(const struct schema_error *error, const char *local)
{
	return local[0] == '\0' || holds(&error->missing, local) ||
	    (holds(&error->expected, local) && error->missing.count == 0);
}

static const char *
name_around(const struct schema_error *error)
{
	const xmlNode *parent = error->node->parent;

	return parent != NULL && parent->type == XML_ELEMENT_NODE
	    ? (const char *)parent->name
	    : "";
}

static bool
has_before(const xmlNode *node, const char *names)
{
	if (names[0] == '\0')
		return true;
	for (const xmlNode *at = node->prev; at != NULL; at = at->prev)
		if (at->type == XML_ELEMENT_NODE &&
		    is_one_of(names, (const char *)at->name))
			return true;
	return false;
}

static const char *
namespace_of(const xmlNs *ns)
{
	return ns != NULL ? (const char *)ns->href : "";
}

/* --- the table --- */

/* What is told of an error, under which name, inside of what. */
struct sight {
	bool is_known;
	enum told told;
	const char *name;
	const char *around;
};

static struct sight
look(const struct schema_error *error)
{
	const char *name = (const char *)error->node->name;

	switch (error->kind) {
	case SCHEMA_ELEMENT_UNKNOWN:
	case SCHEMA_ELEMENT_MISPLACED:
		return (
		    struct sight){ true, ELEMENT, name, name_around(error) };
	case SCHEMA_ELEMENT_TOO_EARLY:
		/* Not itself, but what is missing before it. */
		return (struct sight){ true, LACK, name_around(error), "" };
	case SCHEMA_ELEMENT_INCOMPLETE:
		return (struct sight){ true, LACK, name, "" };
	case SCHEMA_TEXT_NOT_ALLOWED:
		return (struct sight){ true, WORDS, "", name };
	case SCHEMA_ATTRIBUTE_NOT_ALLOWED:
		return (struct sight){ error->attribute->ns == NULL, ATTRIBUTE,
			(const char *)error->attribute->name, name };
	default:
		return (struct sight){ 0 };
	}
}

static const struct slip *
find_slip(const struct schema_error *error, const struct sight *sight)
{
	for (size_t i = 0; sight->is_known && i < COUNT(slips); i++) {
		const struct slip *slip = &slips[i];

		if (slip->told == sight->told &&
		    is_one_of(slip->names, sight->name) &&
		    is_one_of(slip->around, sight->around) &&
		    has_before(error->node, slip->behind) &&
		    is_wanted(error, slip->wanted))
			return slip;
	}
	return NULL;
}

/* --- what is proposed --- */

/* An id without what an id may not have; NULL if nothing is left. */
static char *
mend_id(const char *value)
{
	char *mended = mem_dup(value[0] == '#' ? value + 1 : value);
	size_t len = strlen(mended);

	while (len > 0 && mended[len - 1] == ' ')
		mended[--len] = '\0';
	for (char *p = mended; *p != '\0'; p++)
		if (strchr(" \t/:,;()'\"&+#", *p) != NULL)
			*p = '-';
	if (mended[0] != '\0' && strchr("0123456789-.", mended[0]) == NULL)
		return mended;
	free(mended);
	return NULL;
}

static const char *const prefix_cures[DIAG_LANGUAGES] = {
	"write {0}=\"{1}\"; vade's own attributes begin with v:",
	"escriba {0}=\"{1}\"; los atributos propios de vade empiezan por v:",
};
static const char *const namespace_cures[DIAG_LANGUAGES] = {
	"write xmlns{0}=\"{1}\" in the first tag of the file",
	"escriba xmlns{0}=\"{1}\" en la primera etiqueta del fichero",
};
static const char *const id_cures[DIAG_LANGUAGES] = {
	"write {0}=\"{1}\"; an id is one word that begins with a letter",
	"escriba {0}=\"{1}\"; un id es una sola palabra que empieza por letra",
};

static char *
fill(const char *const cures[], enum diag_language language, const char *first,
    const char *second, const char *third)
{
	const char *const arguments[DIAG_ARGUMENTS] = { first, second, third };

	return diag_fill(cures[language], arguments);
}

static char *
cure_id(const struct schema_error *error, enum diag_language language)
{
	xmlChar *value;
	char *mended;
	char *cure;

	if (error->kind != SCHEMA_ATTRIBUTE_VALUE ||
	    !is_one_of("id linkend endterm",
		(const char *)error->attribute->name))
		return NULL;
	value = xmlNodeListGetString(error->node->doc,
	    error->attribute->children, 1);
	mended = value != NULL ? mend_id((const char *)value) : NULL;
	cure = mended != NULL ? fill(id_cures, language,
				    error->attribute->ns != NULL
					? "xml:id"
					: (const char *)error->attribute->name,
				    mended, NULL)
			      : NULL;
	free(mended);
	xmlFree(value);
	return cure;
}

/* The value, address or picture that the author wrote, fit for an attribute;
 * "…" if there is none, or the address names a place of this manual. */
static char *
value_written(const struct schema_error *error, const char *name)
{
	static const char *const sources[] = { "href", "url", "src",
		"fileref" };
	bool is_link = name[0] != '\0' && is_one_of("a ulink url href", name);
	const xmlAttr *attribute = error->attribute;
	xmlChar *raw = NULL;
	char *value;

	for (size_t i = 0; attribute == NULL && i < COUNT(sources); i++)
		attribute = xmlHasProp(error->node, BAD_CAST sources[i]);
	if (attribute != NULL)
		raw = xmlNodeListGetRawString(error->node->doc,
		    attribute->children, 1);
	value = raw == NULL || (is_link && strchr((char *)raw, ':') == NULL)
	    ? mem_dup(is_link ? "https://…" : "…")
	    : mem_dup((char *)raw);
	xmlFree(raw);
	return value;
}

/* `actor` for `v:actor`. */
static char *
cure_prefix(const struct schema_error *error, enum diag_language language)
{
	char *name;
	char *value;
	char *cure;

	if (error->kind != SCHEMA_ATTRIBUTE_NOT_ALLOWED ||
	    error->attribute->ns != NULL || error->nearest.local == NULL ||
	    strcmp(error->nearest.ns, NS_VADE) != 0)
		return NULL;
	name = mem_format("v:%s", error->nearest.local);
	value = value_written(error, "");
	cure = fill(prefix_cures, language, name, value, NULL);
	free(value);
	free(name);
	return cure;
}

/* The namespace in which a name of this local part could stand there; NULL if
 * there is none but its own. */
static const char *
right_namespace(const struct schema_error *error)
{
	bool is_attribute = error->kind == SCHEMA_ATTRIBUTE_NOT_ALLOWED;
	const xmlNs *ns = is_attribute ? error->attribute->ns : error->node->ns;
	const char *local = (const char *)(is_attribute ? error->attribute->name
							: error->node->name);
	const struct schema_name *near = &error->nearest;

	if (!is_attribute && error->kind != SCHEMA_ELEMENT_UNKNOWN &&
	    error->kind != SCHEMA_ELEMENT_MISPLACED)
		return NULL;
	for (size_t i = 0; near != NULL; i++) {
		if (near->local != NULL && strcmp(near->local, local) == 0 &&
		    strcmp(near->ns, namespace_of(ns)) != 0)
			return near->ns;
		near = i < error->expected.count ? &error->expected.items[i]
						 : NULL;
	}
	return NULL;
}

const char *
schema_error_namespace(const struct schema_error *error)
{
	const xmlNs *ns =
	    error->attribute != NULL ? error->attribute->ns : error->node->ns;

	/* An attribute without a prefix lacks that, not a namespace. */
	return (error->attribute == NULL || ns != NULL) &&
		right_namespace(error) != NULL
	    ? namespace_of(ns)
	    : NULL;
}

static char *
cure_namespace(const struct schema_error *error, enum diag_language language)
{
	const xmlNs *ns =
	    error->attribute != NULL ? error->attribute->ns : error->node->ns;
	char *prefix;
	char *cure;

	if (schema_error_namespace(error) == NULL)
		return NULL;
	prefix = ns != NULL && ns->prefix != NULL
	    ? mem_format(":%s", ns->prefix)
	    : mem_dup("");
	cure = fill(namespace_cures, language, prefix, right_namespace(error),
	    NULL);
	free(prefix);
	return cure;
}

static char *
cure_date(const struct schema_error *error, enum diag_language language)
{
	xmlChar *value;
	char *cure = NULL;

	if (error->kind != SCHEMA_ATTRIBUTE_VALUE || error->type_count == 0 ||
	    strncmp(error->types[0], "date", 4) != 0)
		return NULL;
	value = xmlNodeListGetString(error->node->doc,
	    error->attribute->children, 1);
	if (value != NULL)
		cure = date_cure((const char *)value, language);
	xmlFree(value);
	return cure;
}

/* The rows of DocBook are not those of settings. */
static enum told
setting_of(enum told told)
{
	return told == ELEMENT ? SETTING
	    : told == LACK     ? SETTING_LACK
	    : told == WORDS    ? SETTING_WORDS
			       : OTHER;
}

static bool
is_setting(const xmlNode *node)
{
	static const char settings[] = "urn:vademecum:";

	return node->ns != NULL &&
	    strncmp((const char *)node->ns->href, settings,
		sizeof(settings) - 1) == 0 &&
	    strcmp((const char *)node->ns->href, NS_VADE) != 0;
}

char *
schema_error_cure(const struct schema_error *error, enum diag_language language)
{
	static char *(*const cures[])(const struct schema_error *error,
	    enum diag_language language) = { cure_namespace, cure_id };
	struct sight sight = look(error);
	const struct slip *slip;
	char *cure = NULL;

	if (is_setting(error->node))
		sight.told = setting_of(sight.told);
	else
		for (size_t i = 0; cure == NULL && i < COUNT(cures); i++)
			cure = cures[i](error, language);
	if (cure == NULL)
		cure = cure_date(error, language);
	if (cure != NULL)
		return cure;
	slip = find_slip(error, &sight);
	if (slip == NULL)
		return is_setting(error->node) ? NULL
					       : cure_prefix(error, language);
	owned char *value = value_written(error, sight.name);

	return fill(slip->cure, language, sight.name, sight.around, value);
}
