/*
 * Small helpers to read our own XML formats (vade.xml, axes.xml,
 * handbooks.xml) with messages that name place and cure.
 * Invariant: the schemas are the only truth about form, and nothing is read
 * that they do not allow: a slip of the pen never becomes a setting that is
 * ignored. What readers ask is what no schema can say.
 */
#ifndef VADE_LOAD_CONFIG_XML_H
#define VADE_LOAD_CONFIG_XML_H

#include "load/xml.h"
#include "model/lang_text.h"
#include "model/project.h"

struct config {
	struct book book; /* for positions */
	struct xml_reader *reader;
	const char *ns;
	char *path;
	bool failed;
};

/* Parses the file, checks its root, and validates it against the schema of
 * that name. -1 with V01xx reported. */
int config_open(struct config *config, struct xml_reader *reader,
    const char *path, struct place from, const char *ns, const char *root);
/* Is what stands at root what schemas/NAME.rng allows? 0, or -1 with what is wrong reported:
 * a reader need not ask again. */
int
config_validate(struct config *config, const xmlNode *root, const char *name);
void config_close(struct config *config);
xmlNode *config_root(const struct config *config);

/* The element has this name in the format's namespace. */
bool
config_is(const struct config *config, const xmlNode *node, const char *name);
/* Reports a value that is not allowed; `allowed` says what is. */
void config_refuse_value(struct config *config, const xmlNode *node,
    const char *name, const char *allowed);
/* Reports that what must be there is not: an element or an attribute. */
void config_refuse_lack(struct config *config, struct place place,
    const char *element, const char *lack);
/* Reports a name that stands at two places. */
void config_refuse_twice(struct config *config, struct place place,
    struct place first, const char *name);
/* xml:lang, "" if it is not there. Lent. */
const char *config_lang(const xmlNode *node);
/* Reads <x xml:lang="…">text</x> into a label. */
void config_read_label(const xmlNode *node, struct lang_text *label);
/* The same of all children of a node that has no others. */
void config_read_labels(const xmlNode *node, struct lang_text *label);
/* Reports each language of the project that a text of node is not in; one
 * without a language is for all. */
void
config_check_languages(struct config *config, const struct project *project,
    const xmlNode *node, const struct lang_text *label, const char *name);
/* The place of an attribute's value. */
struct place config_place(const struct config *config, const xmlNode *node,
    const char *name);
/* An attribute, or href, as a path from the root; NULL with a report. The
 * caller frees. */
char *config_path(struct config *config, const xmlNode *node, const char *name);
char *config_href(struct config *config, const xmlNode *node);
/* Reads base-url into the project, if it is there. */
void config_read_base_url(const xmlNode *node, struct project *project);
/* `[a-z0-9][a-z0-9._-]*`, and not too long: what may become a file name, with
 * a language and an extension. */
enum { CONFIG_LONGEST_NAME = 100 };
#define CONFIG_NAME_FORM "a-z 0-9 . _ -, 1–100; no .html, .json, .xml …"
bool config_is_file_name(const char *id);

#endif
