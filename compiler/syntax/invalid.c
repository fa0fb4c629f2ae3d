#include "invalid.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/list.h"
#include "base/text.h"
#include "base/words.h"
#include "model/namespaces.h"
#include "syntax/markup.h"
#include "syntax/schema_error_cures.h"

/* --- names --- */

/* Namespaces and the prefixes that the manual writes, where none is declared.*/
static const char *const usual[][2] = {
	{ NS_VADE, "v" },
	{ NS_XLINK, "xlink" },
	{ NS_XML, "xml" },
	{ NS_SVG, "svg" },
	{ "http://www.w3.org/1998/Math/MathML", "mml" },
};

static const char *
prefix_of(const xmlNode *node, const char *ns, bool is_attribute)
{
	const xmlNs *declared =
	    xmlSearchNsByHref(node->doc, (xmlNode *)node, BAD_CAST ns);

	if (declared != NULL && (declared->prefix != NULL || !is_attribute))
		return (const char *)declared->prefix;
	for (size_t i = 0; i < COUNT(usual); i++)
		if (strcmp(usual[i][0], ns) == 0)
			return usual[i][1];
	return NULL;
}

/* As it would be written at the node. The caller frees. */
static char *
qname(const xmlNode *node, const char *ns, const char *local, bool is_attribute)
{
	const char *prefix =
	    ns[0] != '\0' ? prefix_of(node, ns, is_attribute) : NULL;

	return prefix != NULL ? mem_format("%s:%s", prefix, local)
			      : mem_dup(local);
}

/* A name as people know it: an element's in its brackets. */
static char *
shown_name(const char *name, bool is_attribute)
{
	return is_attribute ? mem_dup(name) : mem_format("<%s>", name);
}

static char *
element_name(const xmlNode *node)
{
	return node->ns != NULL && node->ns->prefix != NULL
	    ? mem_format("<%s:%s>", node->ns->prefix, node->name)
	    : mem_format("<%s>", node->name);
}

static char *
attribute_name(const xmlAttr *attribute)
{
	return attribute->ns != NULL && attribute->ns->prefix != NULL
	    ? mem_format("%s:%s", attribute->ns->prefix, attribute->name)
	    : mem_dup((const char *)attribute->name);
}

/* --- what could stand there --- */

/* What a writer most likely wants, where it may stand. */
static const char *const likely_blocks[] = { "step", "listitem", "para",
	"title", "entry", "row", "tbody", "tgroup", "procedure", "section",
	"chapter", "task", "itemizedlist", "orderedlist", "variablelist",
	"varlistentry", "term", "note", "warning", "caution", "important",
	"tip", "table", "figure", "mediaobject", "imageobject", "imagedata",
	"info", "glossentry", "glossterm", "glossdef", "bibliomixed", "example",
	"substeps", "stepalternatives", NULL };
/* The same among words. */
static const char *const likely_words[] = { "emphasis", "link", "xref",
	"phrase", "quote", "glossterm", "footnote", "inlinemediaobject",
	"subscript", "superscript", NULL };

enum { SHOWN = 6 };

struct shown {
	struct buf text;
	size_t count;
	const char *separator;
	bool is_element; /* names of elements */
};

static void
show(struct shown *shown, const char *name)
{
	shown->count++;
	if (shown->count > SHOWN)
		return;
	if (shown->count > 1)
		buf_add_text(&shown->text, shown->separator);
	buf_add_format(&shown->text, shown->is_element ? "<%s>" : "%s", name);
}

static void
show_likely(struct shown *shown, const char *const *likely, char *const *names,
    size_t count)
{
	for (; *likely != NULL; likely++)
		for (size_t j = 0; j < count; j++)
			if (strcmp(names[j], *likely) == 0)
				show(shown, names[j]);
}

static char *
end_shown(struct shown *shown)
{
	if (shown->count > SHOWN)
		buf_add_text(&shown->text, " …");
	return shown->count > 0 ? buf_take(&shown->text) : NULL;
}

static char *
list_names(const struct schema_error *error, const struct schema_names *names,
    const char *separator)
{
	bool is_attribute = error->kind == SCHEMA_ATTRIBUTE_NOT_ALLOWED ||
	    error->kind == SCHEMA_ATTRIBUTE_MISSING;
	char **qnames = mem_array(names->count + 1, sizeof(*qnames));
	const char *const *likely =
	    error->is_text_expected ? likely_words : likely_blocks;
	struct shown shown = { .separator = separator,
		.is_element = !is_attribute };

	for (size_t i = 0; i < names->count; i++)
		qnames[i] = qname(error->node, names->items[i].ns,
		    names->items[i].local, is_attribute);
	show_likely(&shown, likely, qnames, names->count);
	for (size_t i = 0; i < names->count; i++) {
		if (!text_is_in(likely, qnames[i]))
			show(&shown, qnames[i]);
		free(qnames[i]);
	}
	free(qnames);
	return end_shown(&shown);
}

char *
invalid_wanted(const struct schema_error *error)
{
	return error->missing.count > 0
	    ? list_names(error, &error->missing, ", ")
	    : list_names(error, &error->expected, ", ");
}

/* The words for a data type; of one that no schema of ours has, its name. */
static const char *
type_words(const char *type, enum diag_language language)
{
	static const struct {
		const char *type;
		enum words words;
	} rows[] = {
		{ "anyURI", WORDS_TYPE_ANY_URI },
		{ "date", WORDS_TYPE_DATE },
		{ "dateTime", WORDS_TYPE_DATE_TIME },
		{ "decimal", WORDS_TYPE_DECIMAL },
		{ "ENTITY", WORDS_TYPE_ENTITY },
		{ "gYear", WORDS_TYPE_YEAR },
		{ "gYearMonth", WORDS_TYPE_YEAR_MONTH },
		{ "ID", WORDS_TYPE_NAME },
		{ "IDREF", WORDS_TYPE_NAME },
		{ "IDREFS", WORDS_TYPE_NAMES },
		{ "integer", WORDS_TYPE_INTEGER },
		{ "language", WORDS_TYPE_LANGUAGE },
		{ "NCName", WORDS_TYPE_NAME },
		{ "NMTOKEN", WORDS_TYPE_TOKEN },
		{ "nonNegativeInteger", WORDS_TYPE_NON_NEGATIVE },
		{ "positiveInteger", WORDS_TYPE_POSITIVE },
		{ "string", WORDS_TYPE_TEXT },
		{ "token", WORDS_TYPE_TEXT },
		/* of the settings */
		{ "anyURI [^/:\\\\][^:\\\\]*", WORDS_TYPE_PATH },
		{ "anyURI https?://[!-;=?-~]+", WORDS_TYPE_WEB },
		{ "date [0-9]{4}-[0-9]{2}-[0-9]{2}", WORDS_TYPE_DATE },
		{ "language [a-z0-9\\-]+", WORDS_TYPE_LANGUAGE_SMALL },
		{ "token (v:)?[A-Za-z_][A-Za-z0-9_.\\-]*",
		    WORDS_TYPE_ATTRIBUTE },
		{ "token ([a-z0-9][a-z0-9._\\-]*)?@[a-z0-9._\\-]*",
		    WORDS_TYPE_ID_OF_EACH },
		{ "token [+0-9 ().\\-]+", WORDS_TYPE_PHONE },
		{ "token [A-Za-z0-9._\\-; ]*[A-Za-z0-9][A-Za-z0-9._\\-; ]*",
		    WORDS_TYPE_IDS },
		{ "token [A-Za-z0-9][A-Za-z0-9._\\-]*", WORDS_TYPE_ID },
		{ "token [a-z0-9][a-z0-9._\\-]*", WORDS_TYPE_FILE_NAME },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		if (strcmp(rows[i].type, type) == 0)
			return words_say(language, rows[i].words);
	return type;
}

/* What an element lacks: all of it, or one of several: "title or info"; what
 * may have any name has none. */
static char *
list_lacked(const struct schema_error *error, enum diag_language language)
{
	static const char *const or [] = { " or ", " o " };

	char *lacked = error->missing.count > 0
	    ? list_names(error, &error->missing, ", ")
	    : list_names(error, &error->expected, or [language]);

	return lacked != NULL
	    ? lacked
	    : mem_dup(words_say(language, WORDS_SOME_CONTENT));
}

static char *
list_values(const struct schema_error *error, enum diag_language language)
{
	struct shown shown = { .separator = ", " };

	for (size_t i = 0; i < error->value_count; i++)
		show(&shown, error->values[i]);
	for (size_t i = 0; i < error->type_count; i++)
		show(&shown, type_words(error->types[i], language));
	return end_shown(&shown);
}

/* --- places --- */

/* Behind the element whose start tag is there. */
static size_t
skip_element(const struct source *source, size_t at)
{
	size_t depth = 0;

	while (at < source->size) {
		size_t behind = 0;

		if (source->bytes[at] != '<') {
			at++;
			continue;
		}
		if ((behind = markup_skip_section(source, at)) == at) {
			behind = markup_skip_tag(source, at + 1);
			if (source->bytes[at + 1] == '/')
				depth--;
			else if (source->bytes[behind - 2] != '/')
				depth++;
			if (depth == 0)
				return behind;
		}
		at = behind;
	}
	return at;
}

/* The first words behind an offset that are no tag. */
static struct place
words_behind(const struct source *source, struct place place, size_t at)
{
	size_t next;

	while (at < source->size) {
		if (strchr(" \t\r\n", source->bytes[at]) != NULL)
			at++;
		else if (source->bytes[at] == '<' &&
		    strncmp(source->bytes + at, "<![", 3) != 0 &&
		    (next = markup_skip_section(source, at)) != at)
			at = next;
		else
			break;
	}
	place.offset = (uint32_t)at;
	place.len = (uint32_t)strcspn(source->bytes + at, "<\r\n");
	while (place.len > 0 && source->bytes[at + place.len - 1] == ' ')
		place.len--;
	return place;
}

/* Text stands behind the element before it, else behind its own's start tag;
 * that of an included file is told at the tag. */
static struct place
text_place(const struct book *book, const struct schema_error *error,
    const struct sources *sources)
{
	struct place place = book_place(book, error->node);
	const struct source *source = sources_get(sources, place.file);
	const xmlNode *before = error->text->prev;
	size_t at;

	while (before != NULL && before->type != XML_ELEMENT_NODE)
		before = before->prev;
	if (source == NULL || place.offset >= source->size)
		return place;
	at = markup_skip_tag(source, place.offset + 1);
	if (before != NULL) {
		struct place last = book_place(book, before);

		if (last.file != place.file || last.offset >= source->size)
			return source_tag_place(sources, place);
		at = skip_element(source, last.offset);
	}
	return words_behind(source, place, at);
}

struct place
invalid_place(const struct book *book, const struct schema_error *error,
    const struct sources *sources)
{
	struct place tag = book_place(book, error->node);
	struct place place;
	char *name;

	if (error->text != NULL)
		return text_place(book, error, sources);
	if (error->attribute == NULL)
		return source_tag_place(sources, tag);
	name = attribute_name(error->attribute);
	place = error->kind == SCHEMA_ATTRIBUTE_VALUE
	    ? source_attribute_place(sources, tag, name, NULL)
	    : source_attribute_name_place(sources, tag, name);
	free(name);
	return place;
}

/* --- rows --- */

/* What the rows are made of; each frees what the row got. */
struct pieces {
	char *name;   /* the element's */
	char *around; /* of what is around it; or the attribute's name */
	char *other;
	char *last;
	const char *why; /* a value is not valid */
	enum diag_language language;
};

/* Of a value that is nearly one of a list, that one first. NULL if none is. */
static char *
cure_nearest_value(const struct schema_error *error, const struct pieces *words)
{
	if (error->kind != SCHEMA_ATTRIBUTE_VALUE ||
	    error->nearest_value == NULL || words->last == NULL)
		return NULL;
	return words_format(words->language, WORDS_CURE_NEAREST,
	    error->nearest_value, words->last);
}

/* A known slip has its own cure. */
static void
tell(struct diag *diag, enum diag_code code, struct place place,
    const struct schema_error *error, const struct pieces *words)
{
	char *cure = schema_error_cure(error, diag->language);

	if (cure == NULL)
		cure = cure_nearest_value(error, words);

	diag_report_cure(diag, code, place, (struct place){ 0 }, cure,
	    words->name, words->around, words->other, words->why, words->last,
	    NULL);
	free(cure);
	free(words->name);
	free(words->around);
	free(words->other);
	free(words->last);
}

static char *
name_around(const struct schema_error *error)
{
	const xmlNode *parent = error->node->parent;

	return parent != NULL && parent->type == XML_ELEMENT_NODE
	    ? element_name(parent)
	    : NULL;
}

static char *
around_or_file(const struct schema_error *error, enum diag_language language)
{
	char *name = name_around(error);

	return name != NULL ? name
			    : mem_dup(words_say(language, WORDS_THIS_FILE));
}

static char *
nearest_name(const struct schema_error *error, bool is_attribute)
{
	char *name = error->nearest.local != NULL
	    ? qname(error->node, error->nearest.ns, error->nearest.local,
		  is_attribute)
	    : NULL;
	char *shown = name != NULL ? shown_name(name, is_attribute) : NULL;

	free(name);
	return shown;
}

static enum diag_code
say_misplaced(const struct schema_error *error, struct pieces *words)
{
	words->around = around_or_file(error, words->language);
	words->other = invalid_wanted(error);
	return DIAG_INVALID;
}

static enum diag_code
say_unknown(const struct schema_error *error, struct pieces *words)
{
	if (error->nearest.local == NULL) {
		words->around = invalid_wanted(error);
		return DIAG_ELEMENT_UNLIKE;
	}
	words->around = nearest_name(error, false);
	return DIAG_ELEMENT_UNKNOWN;
}

static enum diag_code
say_too_early(const struct schema_error *error, struct pieces *words)
{
	words->around = around_or_file(error, words->language);
	words->other = list_lacked(error, words->language);
	return DIAG_ELEMENT_TOO_EARLY;
}

static enum diag_code
say_incomplete(const struct schema_error *error, struct pieces *words)
{
	words->around = list_lacked(error, words->language);
	return DIAG_ELEMENT_INCOMPLETE;
}

static enum diag_code
say_text(const struct schema_error *error, struct pieces *words)
{
	words->around = invalid_wanted(error);
	return DIAG_TEXT_NOT_ALLOWED;
}

static enum diag_code
say_attribute(const struct schema_error *error, struct pieces *words)
{
	words->around = attribute_name(error->attribute);
	words->other = nearest_name(error, true);
	return DIAG_ATTRIBUTE_NOT_ALLOWED;
}

static bool
is_day_in_form(const char *value)
{
	return strlen(value) == 10 && value[4] == '-' && value[7] == '-' &&
	    strspn(value, "0123456789-") == 10;
}

/* What is wrong with a value, where its type says it. */
static enum words
why_not(const struct schema_error *error, const char *value)
{
	static const char *const names[] = { "ID", "IDREF", "NCName", "NMTOKEN",
		"token [A-Za-z0-9][A-Za-z0-9._\\-]*",
		"token [a-z0-9][a-z0-9._\\-]*" };
	const char *type = error->type_count == 1 && error->value_count == 0
	    ? error->types[0]
	    : "";
	size_t first = strspn(value, " ");
	size_t word = strcspn(value + first, " ");

	if (strcmp(type, "date") == 0 || strncmp(type, "date ", 5) == 0)
		return is_day_in_form(value) ? WORDS_IS_NO_DAY
					     : WORDS_IS_NOT_YEAR_FIRST;
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(type, names[i]) == 0 &&
		    value[first + word + strspn(value + first + word, " ")] !=
			'\0')
			return WORDS_IS_MORE_WORDS;
	return WORDS_IS_NOT_VALID;
}

static enum diag_code
say_attribute_value(const struct schema_error *error, struct pieces *words)
{
	xmlChar *value = xmlNodeListGetString(error->node->doc,
	    error->attribute->children, 1);

	words->around = attribute_name(error->attribute);
	words->other = mem_dup(value != NULL ? (const char *)value : "");
	words->last = list_values(error, words->language);
	words->why = words_say(words->language, why_not(error, words->other));
	xmlFree(value);
	return DIAG_ATTRIBUTE_VALUE;
}

static enum diag_code
say_attribute_missing(const struct schema_error *error, struct pieces *words)
{
	words->around = list_lacked(error, words->language);
	/* Only one name can be written as it is. */
	if (error->missing.count + error->expected.count == 1 ||
	    error->missing.count == 1)
		words->other = mem_dup(words->around);
	return DIAG_ATTRIBUTE_MISSING;
}

static enum diag_code
say_element_value(const struct schema_error *error, struct pieces *words)
{
	xmlChar *value = xmlNodeGetContent(error->node);

	words->around = mem_dup((const char *)value);
	words->other = list_values(error, words->language);
	xmlFree(value);
	return DIAG_ELEMENT_VALUE;
}

static enum diag_code
say_too_large(const struct schema_error *error, struct pieces *words)
{
	(void)error;
	(void)words;
	return DIAG_SCHEMA_TOO_LARGE;
}

/* `verison` is no attribute, and `version` is missing: one slip, told once. Is
 * the first told already? */
static bool
is_told_as_slip(const struct book *book, const struct schema_error *error,
    const struct diag *diag)
{
	struct place tag =
	    source_tag_place(diag->sources, book_place(book, error->node));
	const struct diag_record *last =
	    diag->count > 0 ? &diag->records[diag->count - 1] : NULL;
	const struct source *source = sources_get(diag->sources, tag.file);
	char *cure;
	bool is_told;

	if (error->kind != SCHEMA_ATTRIBUTE_MISSING || last == NULL ||
	    error->missing.count != 1 || source == NULL || last->path == NULL ||
	    last->help == NULL || strcmp(last->path, source->path) != 0 ||
	    last->code != DIAG_ATTRIBUTE_NOT_ALLOWED ||
	    last->offset < tag.offset ||
	    last->offset > markup_skip_tag(source, tag.offset + 1))
		return false;
	cure = mem_format(" %s?", error->missing.items[0].local);
	is_told = strstr(last->help, cure) != NULL;
	free(cure);
	return is_told;
}

int
invalid_report(const struct book *book, const struct schema_error *error,
    struct diag *diag)
{
	static enum diag_code (*const say[])(const struct schema_error *error,
	    struct pieces *words) = {
		[SCHEMA_ELEMENT_UNKNOWN] = say_unknown,
		[SCHEMA_ELEMENT_MISPLACED] = say_misplaced,
		[SCHEMA_ELEMENT_TOO_EARLY] = say_too_early,
		[SCHEMA_ELEMENT_INCOMPLETE] = say_incomplete,
		[SCHEMA_ELEMENT_VALUE] = say_element_value,
		[SCHEMA_TEXT_NOT_ALLOWED] = say_text,
		[SCHEMA_ATTRIBUTE_NOT_ALLOWED] = say_attribute,
		[SCHEMA_ATTRIBUTE_VALUE] = say_attribute_value,
		[SCHEMA_ATTRIBUTE_MISSING] = say_attribute_missing,
		[SCHEMA_TOO_LARGE] = say_too_large,
	};
	struct pieces words = { .language = diag->language };
	enum diag_code code;

	if (is_told_as_slip(book, error, diag))
		return -1;
	words.name = element_name(error->node);
	code = say[error->kind](error, &words);
	tell(diag, code, invalid_place(book, error, diag->sources), error,
	    &words);
	return -1;
}
