#include "reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "schema/grammar.h"
#include "schema/schema_file_form.h"

/* An element whose content is still to be read. */
struct pending {
	uint32_t element;
	const xmlNode *node;
	struct grammar *grammar;
};

struct reader {
	struct patterns *patterns;
	struct datatypes *datatypes;
	struct schema_files files;
	struct grammar **grammars;
	size_t grammar_count;
	size_t grammar_capacity;
	struct pending *pending; /* a queue */
	size_t pending_count;
	size_t pending_done;
	size_t pending_capacity;
	unsigned depth;
	bool is_reached; /* by the start; else some restrictions are void */
	bool has_failed;
};

enum { DEEPEST = 1000 };

/* Notes that the fault has been told; the first one counts. */
static uint32_t
fail(struct reader *reader, const xmlNode *node, const char *text,
    const char *name)
{
	if (!reader->has_failed)
		files_fault(&reader->files, node, text, name);
	reader->has_failed = true;
	return NOT_ALLOWED;
}

static uint32_t
fail_told(struct reader *reader)
{
	reader->has_failed = true;
	return NOT_ALLOWED;
}

/* --- name classes --- */

#define XMLNS "http://www.w3.org/2000/xmlns"

static uint32_t
name_of_class(struct reader *reader, const xmlNode *node, const char *ns,
    const char *local, bool is_attribute)
{
	struct names *names = &reader->patterns->names;

	if (is_attribute &&
	    (strcmp(ns, XMLNS) == 0 ||
		(ns[0] == '\0' && strcmp(local, "xmlns") == 0)))
		return fail(reader, node, "no attribute is called %s", "xmlns");
	if (strlen(local) > NAMES_LONGEST)
		return fail(reader, node, "a name is too long", NULL);
	return names_add_class(names, CLASS_NAME,
	    names_add_name(names, ns, local), 0);
}

/* The class of a QName; ns is that of a name without a prefix. */
static uint32_t
read_qname(struct reader *reader, const xmlNode *node, const char *qname,
    const char *ns, bool is_attribute)
{
	const char *colon = strchr(qname, ':');
	const char *local = colon != NULL ? colon + 1 : qname;

	if (colon != NULL) {
		char *prefix = mem_dup_len(qname, (size_t)(colon - qname));
		const xmlNs *found =
		    xmlSearchNs(node->doc, (xmlNode *)node, BAD_CAST prefix);

		free(prefix);
		if (found == NULL)
			return fail(reader, node,
			    "the prefix of %s is not declared", qname);
		ns = (const char *)found->href;
	}
	return name_of_class(reader, node, ns, local, is_attribute);
}

static char *
trimmed_text(const xmlNode *node)
{
	char *text = syntax_text(node);
	size_t start = strspn(text, " \t\r\n");
	size_t end = strlen(text);

	while (end > start && strchr(" \t\r\n", text[end - 1]) != NULL)
		end--;
	text[end] = '\0';
	memmove(text, text + start, end - start + 1);
	return text;
}

/* What a name class is read in: an attribute, the exception of another. */
enum { FOR_ATTRIBUTE = 1, IN_ANY = 2, IN_NS = 4 };

static uint32_t
read_class(struct reader *reader, const xmlNode *node, unsigned in);

static uint32_t
read_classes(struct reader *reader, const xmlNode *node, unsigned in)
{
	uint32_t made = 0;

	for (const xmlNode *c = node->children; c != NULL; c = c->next)
		made = names_add_class(&reader->patterns->names, CLASS_CHOICE,
		    made, read_class(reader, c, in));
	return made;
}

static uint32_t
read_name(struct reader *reader, const xmlNode *node, unsigned in)
{
	char *text = trimmed_text(node);
	uint32_t made;

	if (xmlValidateQName(BAD_CAST text, 0) != 0)
		made = fail(reader, node, "%s is no name", text);
	else
		made = read_qname(reader, node, text, node_ns(node),
		    (in & FOR_ATTRIBUTE) != 0);
	free(text);
	return made;
}

static uint32_t
read_ns_name(struct reader *reader, const xmlNode *node, unsigned in)
{
	struct names *names = &reader->patterns->names;
	const char *ns = node_ns(node);

	if ((in & FOR_ATTRIBUTE) != 0 && strcmp(ns, XMLNS) == 0)
		return fail(reader, node, "no attribute is called %s", "xmlns");
	return names_add_class(names, CLASS_NS, names_add_space(names, ns),
	    read_classes(reader, node, in | IN_NS));
}

static uint32_t
read_class(struct reader *reader, const xmlNode *node, unsigned in)
{
	if (syntax_is(node, "name"))
		return read_name(reader, node, in);
	if (syntax_is(node, "choice") || syntax_is(node, "except"))
		return read_classes(reader, node, in);
	if ((in & IN_NS) != 0 ||
	    ((in & IN_ANY) != 0 && syntax_is(node, "anyName")))
		return fail(reader, node, "%s in such an exception",
		    (const char *)node->name);
	if (syntax_is(node, "nsName"))
		return read_ns_name(reader, node, in);
	return names_add_class(&reader->patterns->names, CLASS_ANY, 0,
	    read_classes(reader, node, in | IN_ANY));
}

/* The class of an element or attribute; *rest is what follows it. */
static uint32_t
read_own_class(struct reader *reader, const xmlNode *node, bool is_attribute,
    const xmlNode **rest)
{
	const char *name = syntax_attribute(node, "name");
	const char *ns = syntax_attribute(node, "ns");

	*rest = node->children;
	if (name == NULL) {
		*rest = node->children->next;
		return read_class(reader, node->children,
		    is_attribute ? FOR_ATTRIBUTE : 0);
	}
	if (ns == NULL)
		ns = is_attribute ? "" : node_ns(node);
	return read_qname(reader, node, name, ns, is_attribute);
}

/* --- patterns --- */

static uint32_t read_pattern(struct reader *reader, struct grammar *grammar,
    const xmlNode *node);

typedef uint32_t
join_patterns(struct patterns *patterns, uint32_t a, uint32_t b);

/* The siblings from child on, as one pattern. */
static uint32_t
read_siblings(struct reader *reader, struct grammar *grammar,
    const xmlNode *child, join_patterns *join)
{
	uint32_t made = read_pattern(reader, grammar, child);

	while ((child = child->next) != NULL)
		made = join(reader->patterns, made,
		    read_pattern(reader, grammar, child));
	return made;
}

static uint32_t
read_element(struct reader *reader, struct grammar *grammar,
    const xmlNode *node)
{
	const xmlNode *content;
	uint32_t class = read_own_class(reader, node, false, &content);
	uint32_t element = pattern_element(reader->patterns, class);

	*list_add(reader->pending, reader->pending_count,
	    reader->pending_capacity) =
	    (struct pending){ element, content, grammar };
	return element;
}

static uint32_t
read_attribute(struct reader *reader, struct grammar *grammar,
    const xmlNode *node)
{
	const xmlNode *content;
	uint32_t class = read_own_class(reader, node, true, &content);

	return pattern_attribute(reader->patterns, class,
	    content != NULL ? read_pattern(reader, grammar, content) : TEXT);
}

static uint32_t
read_group(struct reader *reader, struct grammar *grammar, const xmlNode *node)
{
	return read_siblings(reader, grammar, node->children, pattern_group);
}

static uint32_t
read_interleave(struct reader *reader, struct grammar *grammar,
    const xmlNode *node)
{
	return read_siblings(reader, grammar, node->children,
	    pattern_interleave);
}

static uint32_t
read_choice(struct reader *reader, struct grammar *grammar, const xmlNode *node)
{
	return read_siblings(reader, grammar, node->children, pattern_choice);
}

static uint32_t
read_optional(struct reader *reader, struct grammar *grammar,
    const xmlNode *node)
{
	return pattern_optional(reader->patterns,
	    read_group(reader, grammar, node));
}

static uint32_t
read_one_or_more(struct reader *reader, struct grammar *grammar,
    const xmlNode *node)
{
	return pattern_one_or_more(reader->patterns,
	    read_group(reader, grammar, node));
}

static uint32_t
read_zero_or_more(struct reader *reader, struct grammar *grammar,
    const xmlNode *node)
{
	return pattern_optional(reader->patterns,
	    read_one_or_more(reader, grammar, node));
}

static uint32_t
read_list(struct reader *reader, struct grammar *grammar, const xmlNode *node)
{
	return pattern_list(reader->patterns,
	    read_group(reader, grammar, node));
}

static uint32_t
read_mixed(struct reader *reader, struct grammar *grammar, const xmlNode *node)
{
	return pattern_interleave(reader->patterns,
	    read_group(reader, grammar, node), TEXT);
}

static uint32_t
read_empty(struct reader *reader, struct grammar *grammar, const xmlNode *node)
{
	(void)reader;
	(void)grammar;
	(void)node;
	return EMPTY;
}

static uint32_t
read_text(struct reader *reader, struct grammar *grammar, const xmlNode *node)
{
	(void)reader;
	(void)grammar;
	(void)node;
	return TEXT;
}

static uint32_t
read_not_allowed(struct reader *reader, struct grammar *grammar,
    const xmlNode *node)
{
	(void)reader;
	(void)grammar;
	(void)node;
	return NOT_ALLOWED;
}

/* --- data --- */

static uint32_t
read_type(struct reader *reader, const xmlNode *node, const char *library,
    const char *name)
{
	struct datatype_param *params = NULL;
	size_t count = 0;
	size_t capacity = 0;
	const char *why;
	uint32_t type = 0;

	for (const xmlNode *c = node->children;
	     syntax_is(node, "data") && c != NULL; c = c->next)
		if (syntax_is(c, "param"))
			*list_add(params, count, capacity) =
			    (struct datatype_param){
				    syntax_attribute(c, "name"), syntax_text(c)
			    };
	if (datatype_find(reader->datatypes, library, name, params, count,
		&type, &why) != 0)
		fail(reader, node, why, name);
	for (size_t i = 0; i < count; i++)
		free((char *)params[i].value);
	free(params);
	return type;
}

static uint32_t
read_data(struct reader *reader, struct grammar *grammar, const xmlNode *node)
{
	uint32_t type = read_type(reader, node, node_library(node),
	    syntax_attribute(node, "type"));
	uint32_t except = NOT_ALLOWED;

	if (node->last != NULL && syntax_is(node->last, "except"))
		except = read_choice(reader, grammar, node->last);
	return pattern_data(reader->patterns, type, except);
}

/* A value without a type is a token of the built-in library. */
static uint32_t
read_value(struct reader *reader, struct grammar *grammar, const xmlNode *node)
{
	const char *name = syntax_attribute(node, "type");
	char *text = syntax_text(node);
	uint32_t value = 0;
	uint32_t type =
	    read_type(reader, node, name != NULL ? node_library(node) : "",
		name != NULL ? name : "token");

	(void)grammar;
	/* Its prefix would be that of the schema's ns attribute. */
	if (name != NULL && strcmp(name, "QName") == 0)
		fail(reader, node, "a value of type %s is not supported", name);
	if (!reader->has_failed &&
	    datatype_find_value(reader->datatypes, type, text, node, &value) !=
		0)
		fail(reader, node, "the value is no %s", name);
	free(text);
	return pattern_value(reader->patterns, value);
}

/* --- names --- */

static uint32_t
read_components(struct reader *reader, struct grammar *grammar,
    const struct define *define)
{
	bool is_choice =
	    define->combine != NULL && strcmp(define->combine, "choice") == 0;
	uint32_t made = NOT_ALLOWED;

	for (size_t i = 0; i < define->count; i++) {
		uint32_t component =
		    read_group(reader, grammar, define->nodes[i]);

		if (i == 0)
			made = component;
		else
			made =
			    (is_choice ? pattern_choice : pattern_interleave)(
				reader->patterns, made, component);
	}
	return made;
}

static uint32_t
read_define(struct reader *reader, struct grammar *grammar, const xmlNode *node,
    const char *name)
{
	struct map_entry *entry =
	    grammar != NULL ? map_get_text(&grammar->map, name) : NULL;
	struct define define;

	if (entry == NULL)
		return fail(reader, node, "%s is defined nowhere", name);
	define = grammar->defines[entry->value];
	if (define.state == DEFINE_UNDER_WAY && !reader->is_reached)
		return NOT_ALLOWED;
	if (define.state == DEFINE_UNDER_WAY)
		return fail(reader, node,
		    "%s holds itself without an element between", name);
	if (define.state == DEFINE_DONE)
		return define.pattern;
	grammar->defines[entry->value].state = DEFINE_UNDER_WAY;
	define.pattern = read_components(reader, grammar, &define);
	define.state = DEFINE_DONE;
	grammar->defines[entry->value] = define;
	return define.pattern;
}

static uint32_t
read_ref(struct reader *reader, struct grammar *grammar, const xmlNode *node)
{
	return read_define(reader, grammar, node,
	    syntax_attribute(node, "name"));
}

static uint32_t
read_parent_ref(struct reader *reader, struct grammar *grammar,
    const xmlNode *node)
{
	return read_define(reader,
	    grammar != NULL ? (struct grammar *)grammar->parent : NULL, node,
	    syntax_attribute(node, "name"));
}

static uint32_t
read_grammar(struct reader *reader, struct grammar *grammar,
    const xmlNode *node)
{
	struct grammar *made = mem_alloc(sizeof(*made));

	made->parent = grammar;
	*list_add(reader->grammars, reader->grammar_count,
	    reader->grammar_capacity) = made;
	if (grammar_read(made, &reader->files, node) != 0)
		return fail_told(reader);
	return read_define(reader, made, node, "");
}

static uint32_t
read_external(struct reader *reader, struct grammar *grammar,
    const xmlNode *node)
{
	const xmlNode *root =
	    files_load(&reader->files, syntax_attribute(node, "href"), node);

	return root != NULL ? read_pattern(reader, grammar, root)
			    : fail_told(reader);
}

static uint32_t
read_pattern(struct reader *reader, struct grammar *grammar,
    const xmlNode *node)
{
	static const struct {
		const char *name;
		uint32_t (*read)(struct reader *reader, struct grammar *grammar,
		    const xmlNode *node);
	} kinds[] = {
		{ "ref", read_ref },
		{ "attribute", read_attribute },
		{ "element", read_element },
		{ "value", read_value },
		{ "optional", read_optional },
		{ "choice", read_choice },
		{ "interleave", read_interleave },
		{ "group", read_group },
		{ "zeroOrMore", read_zero_or_more },
		{ "oneOrMore", read_one_or_more },
		{ "data", read_data },
		{ "list", read_list },
		{ "mixed", read_mixed },
		{ "text", read_text },
		{ "empty", read_empty },
		{ "notAllowed", read_not_allowed },
		{ "grammar", read_grammar },
		{ "parentRef", read_parent_ref },
		{ "externalRef", read_external },
	};
	uint32_t made = NOT_ALLOWED;
	size_t i = 0;

	if (reader->has_failed)
		return NOT_ALLOWED;
	if (reader->depth > DEEPEST)
		return fail(reader, node, "the schema is nested too deep",
		    NULL);
	while (!syntax_is(node, kinds[i].name))
		i++;
	reader->depth++;
	made = kinds[i].read(reader, grammar, node);
	reader->depth--;
	return made;
}

/* --- all --- */

/* What reads an element's content may find more elements. */
static void
read_contents(struct reader *reader)
{
	for (; reader->pending_done < reader->pending_count;
	     reader->pending_done++) {
		struct pending p = reader->pending[reader->pending_done];

		pattern_set_content(reader->patterns, p.element,
		    read_siblings(reader, p.grammar, p.node, pattern_group));
	}
}

/* What the start does not lead to may be faulty all the same. */
static void
read_unreached(struct reader *reader, const xmlNode *root)
{
	reader->is_reached = false;
	for (size_t i = 0; i < reader->grammar_count; i++) {
		struct grammar *grammar = reader->grammars[i];

		for (size_t j = 0; j < grammar->map.count; j++)
			read_define(reader, grammar, root,
			    grammar->map.entries[j].key);
		read_contents(reader);
	}
}

static void
reader_clear(struct reader *reader)
{
	for (size_t i = 0; i < reader->grammar_count; i++) {
		grammar_clear(reader->grammars[i]);
		free(reader->grammars[i]);
	}
	free(reader->grammars);
	free(reader->pending);
	files_clear(&reader->files);
}

static void
read_root(struct reader *reader, const char *name, uint32_t *start)
{
	const xmlNode *root = files_load(&reader->files, name, NULL);
	const char *why;

	if (root == NULL) {
		fail_told(reader);
		return;
	}
	reader->is_reached = true;
	*start = read_pattern(reader, NULL, root);
	read_contents(reader);
	read_unreached(reader, root);
	if (reader->patterns->is_full)
		fail(reader, root, "the schema is too large", NULL);
	names_close(&reader->patterns->names);
	if (!reader->has_failed &&
	    restrict_check(reader->patterns, *start, &why) != 0)
		fail(reader, root, "%s", why);
	patterns_close(reader->patterns);
}

int
reader_read(struct patterns *patterns, struct datatypes *datatypes,
    const char *name, schema_open *open, void *context,
    struct schema_fault *fault, uint32_t *start)
{
	struct reader reader = { .patterns = patterns,
		.datatypes = datatypes,
		.files = { .open = open, .context = context, .fault = fault } };

	read_root(&reader, name, start);
	reader_clear(&reader);
	return reader.has_failed ? -1 : 0;
}
