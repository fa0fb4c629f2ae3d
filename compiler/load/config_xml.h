/*
 * Reads our own XML formats (vade.xml, axes.xml, handbooks.xml, agency.xml,
 * local.xml) by tables: a child's name to its reader, an attribute to a field.
 * Invariant: the schemas are the only truth about form, and nothing is read
 * that they do not allow: a slip of the pen never becomes a setting that is
 * ignored. What readers ask is what no schema can say.
 */
#ifndef VADE_LOAD_CONFIG_XML_H
#define VADE_LOAD_CONFIG_XML_H

#include <stddef.h>

#include "load/xml.h"
#include "model/lang_text.h"
#include "model/project.h"

/* A file being read. */
struct config {
	struct book book; /* for positions */
	struct xml_reader *reader;
	struct project *project; /* what it is about */
	const char *ns;
	const char *path;
	bool failed; /* something was reported */
};

/* Reads an element into what it is a part of. */
typedef void
config_reader(struct config *config, void *into, const xmlNode *node);

/*
 * Parses the file, validates it against the schema of its namespace, and has
 * its root read. 0, or -1 with V01xx, or what the reader says, reported.
 */
int config_read(struct config *config, const char *path, struct place from,
    const char *root, config_reader *read, void *into);
/* Is it the element of this name, and as its schema (agency: agency.rng) says?
 * 0, or -1 with what is wrong reported: a reader need not ask again. */
int config_validate(struct config *config, const xmlNode *root,
    const char *name, const char *schema);

/* --- tables --- */

struct config_child {
	const char *name; /* NULL = the end of the table */
	config_reader *read;
};

/* Reads each child by its row; those without one are another's. */
void config_read_children(struct config *config, void *into,
    const xmlNode *node, const struct config_child *rows);

enum config_kind {
	CONFIG_TEXT,  /* char *, a copy; NULL = not there */
	CONFIG_PATH,  /* char *, from the root; NULL = not there, or reported */
	CONFIG_PLACE, /* struct place of the value */
	CONFIG_CLASS, /* int, a rank; 0 = not there, or reported */
};

struct config_attribute {
	const char *name; /* NULL = the end of the table */
	enum config_kind kind;
	size_t offset; /* of the field */
};

/* A path, and its place. */
#define CONFIG_FILE(name, type, path, place)                                   \
	{ name, CONFIG_PATH, offsetof(type, path) },                           \
	{                                                                      \
		name, CONFIG_PLACE, offsetof(type, place)                      \
	}

void config_read_attributes(struct config *config, void *into,
    const xmlNode *node, const struct config_attribute *rows);

/* --- elements and attributes --- */

/* The element has this name in the format's namespace. */
bool
config_is(const struct config *config, const xmlNode *node, const char *name);
/* xml:lang, "" if it is not there. Lent. */
const char *config_lang(const xmlNode *node);
/* Reads <x xml:lang="…">text</x> into a label. */
void config_read_label(struct config *config, void *label, const xmlNode *node);
/* The place of an attribute's value; "" = of the start tag's name. */
struct place config_place(const struct config *config, const xmlNode *node,
    const char *name);
/* An attribute as a path from the root; NULL with a report. The caller frees.*/
char *config_path(struct config *config, const xmlNode *node, const char *name);
/* Reads base-url into the project, if it is there. */
void config_read_base_url(struct config *config, const xmlNode *node);
/* `[a-z0-9][a-z0-9._-]*`, and not too long: what may become a file name, with
 * a language and an extension. */
enum { CONFIG_LONGEST_NAME = 100 };
#define CONFIG_NAME_FORM "a-z 0-9 . _ -, 1–100; no .html, .json, .xml …"
bool config_is_file_name(const char *id);

/* --- what is named --- */

/* Which kinds of axes may be named. The clearance never may. */
enum {
	CONFIG_SETS = 1 << AXIS_SET,
	CONFIG_UNORDERED = 1 << AXIS_TREE | 1 << AXIS_SET,
	CONFIG_AXES = CONFIG_UNORDERED | 1 << AXIS_ORDERED,
};

/* The index of the axis that an attribute axis="…" names; AXIS_NONE with a
 * report of those that it could. */
int config_axis(struct config *config, const xmlNode *node, unsigned kinds);
/* The same of the text of a token. */
int config_axis_of(struct config *config, const xmlNode *node,
    const char *attribute, const char *id, unsigned kinds);
/* The leaves that tokens name: an attribute's, or with attribute NULL those of
 * the element's text, which may have "!". Of an ordered axis the ranks up to
 * the one. The caller frees; what it holds after a report is of no use. */
uint64_t *config_leaves(struct config *config, const struct axis *axis,
    const xmlNode *node, const char *attribute);
/* The values that an attribute lists, each by its own id; one that is none is
 * reported with this code. The caller frees. */
uint64_t *config_values(struct config *config, const struct axis *axis,
    const xmlNode *node, const char *attribute, enum diag_code code);

/* --- what no schema can say --- */

/* Reports a value that is not allowed; `allowed` says what is. */
void config_refuse_value(struct config *config, const xmlNode *node,
    const char *name, const char *allowed);
/* Reports that what must be there is not: an element or an attribute. */
void config_refuse_lack(struct config *config, struct place place,
    const char *element, const char *lack);
/* Reports a name that stands at two places. */
void config_refuse_twice(struct config *config, struct place place,
    struct place first, const char *name);
/* Reports each language of the project that a text of node is not in; one
 * without a language is for all. */
void config_check_languages(struct config *config, const xmlNode *node,
    const struct lang_text *label, const char *name);

#endif
