/*
 * Walks a tree through the automaton, and goes on after an error as jing does:
 * an element that stands where it should not is looked into as it would be
 * elsewhere and then forgotten; what must come first is taken as given; an
 * attribute or text too much is skipped; what lacks at an end is taken as
 * given. In an element that the schema does not know nothing is told but of
 * elements that it knows.
 */
#include "schema.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/list.h"
#include "schema/automaton.h"
#include "schema/expect.h"

/* An element that is open. */
struct frame {
	const xmlNode *node;
	uint32_t state;
	uint32_t transition; /* into it; 0: `rest` follows */
	uint32_t rest;
	bool is_value; /* its content is one value */
	bool is_text_told;
	bool is_child_told; /* what lacks may be what was told, misspelt */
};

/* Names by their addresses in the tree, which stay while it is walked. */
struct known_name {
	const xmlChar *local;
	const xmlNs *ns;
	uint32_t name;
};

enum { KNOWN_NAMES = 1024 };

struct validation {
	struct schema *schema;
	schema_report *report;
	void *context;
	struct frame *frames;
	size_t depth;
	size_t capacity;
	size_t error_count;
	bool is_over; /* SCHEMA_TOO_LARGE was told */
	struct known_name known[KNOWN_NAMES];
};

/* --- names --- */

static uint32_t
find_name(struct validation *validation, const xmlChar *local, const xmlNs *ns)
{
	uint64_t both = (uintptr_t)local ^ (uintptr_t)ns << 1;
	struct known_name *known =
	    &validation->known[(both * 0x9E3779B97F4A7C15U) >> 54];

	if (known->local != local || known->ns != ns)
		*known = (struct known_name){ local, ns,
			names_find(&validation->schema->patterns.names,
			    ns != NULL ? (const char *)ns->href : "",
			    (const char *)local) };
	return known->name;
}

static const char *
ns_text(const xmlNs *ns)
{
	return ns != NULL ? (const char *)ns->href : "";
}

/* --- errors --- */

/* Is the error one to tell with all that there is to say? Counts it. */
static bool
is_told(struct validation *validation)
{
	return validation->error_count++ < SCHEMA_MOST_ERRORS &&
	    validation->report != NULL;
}

static void
tell(struct validation *validation, const struct schema_error *error,
    struct expected *expected)
{
	validation->report(validation->context, error);
	expected_clear(expected);
}

/* What stands in a state where it should not, or lacks at its end. */
static void
tell_element(struct validation *validation, enum schema_error_kind kind,
    const xmlNode *node, uint32_t state)
{
	struct schema_error error = { .kind = kind,
		.node = node,
		.at_end = kind == SCHEMA_ELEMENT_INCOMPLETE };
	struct expected expected = { 0 };

	if (!is_told(validation))
		return;
	expect_names(validation->schema, EXPECT_ELEMENTS, state, &error,
	    &expected);
	if (kind == SCHEMA_ELEMENT_UNKNOWN)
		expect_nearest(validation->schema, EXPECT_ELEMENTS,
		    ns_text(node->ns), (const char *)node->name, &error);
	tell(validation, &error, &expected);
}

static void
tell_text(struct validation *validation, const xmlNode *node,
    const xmlNode *text, uint32_t state)
{
	struct schema_error error = { .kind = SCHEMA_TEXT_NOT_ALLOWED,
		.node = node,
		.text = text };
	struct expected expected = { 0 };

	if (!is_told(validation))
		return;
	expect_names(validation->schema, EXPECT_ELEMENTS, state, &error,
	    &expected);
	tell(validation, &error, &expected);
}

/* attribute NULL: one is missing. */
static void
tell_attribute(struct validation *validation, const xmlNode *node,
    const xmlAttr *attribute, uint32_t state)
{
	struct schema_error error = {
		.kind = attribute != NULL ? SCHEMA_ATTRIBUTE_NOT_ALLOWED
					  : SCHEMA_ATTRIBUTE_MISSING,
		.node = node,
		.attribute = attribute,
	};
	struct expected expected = { 0 };

	if (!is_told(validation))
		return;
	expect_names(validation->schema, EXPECT_ATTRIBUTES, state, &error,
	    &expected);
	if (attribute != NULL)
		expect_nearest(validation->schema, EXPECT_ATTRIBUTES,
		    ns_text(attribute->ns), (const char *)attribute->name,
		    &error);
	tell(validation, &error, &expected);
}

static void
tell_value(struct validation *validation, const xmlNode *node,
    const xmlAttr *attribute, const char *text, uint32_t state)
{
	struct schema_error error = {
		.kind = attribute != NULL ? SCHEMA_ATTRIBUTE_VALUE
					  : SCHEMA_ELEMENT_VALUE,
		.node = node,
		.attribute = attribute,
		.at_end = attribute == NULL,
	};
	struct expected expected = { 0 };

	if (!is_told(validation))
		return;
	if (attribute == NULL)
		expect_names(validation->schema, EXPECT_ELEMENTS, state, &error,
		    &expected);
	expect_values(validation->schema, state, text, &error, &expected);
	tell(validation, &error, &expected);
}

static void
look_at_size(struct validation *validation, const xmlNode *node)
{
	const struct schema_error error = { .kind = SCHEMA_TOO_LARGE,
		.node = node };

	if (!validation->schema->patterns.is_full)
		return;
	validation->is_over = true;
	validation->error_count++;
	if (validation->report != NULL)
		validation->report(validation->context, &error);
}

/* --- text --- */

static bool
is_text(const xmlNode *node)
{
	return node->type == XML_TEXT_NODE ||
	    node->type == XML_CDATA_SECTION_NODE;
}

static bool
is_blank(const xmlChar *text)
{
	while (*text == ' ' || *text == '\n' || *text == '\t' || *text == '\r')
		text++;
	return *text == '\0';
}

/* The text of these siblings; *made, if it is not NULL, is to be freed. */
static const char *
join_text(const xmlNode *node, char **made)
{
	struct buf buf = { 0 };

	*made = NULL;
	if (node == NULL)
		return "";
	if (node->next == NULL && is_text(node))
		return (const char *)node->content;
	for (; node != NULL; node = node->next) {
		if (is_text(node))
			buf_add_text(&buf, (const char *)node->content);
		if (node->type == XML_ENTITY_REF_NODE) {
			xmlChar *content = xmlNodeGetContent(node);

			buf_add_text(&buf, (const char *)content);
			xmlFree(content);
		}
	}
	return *made = buf_take(&buf);
}

static void
take_text(struct validation *validation, const xmlNode *text)
{
	struct frame *frame = &validation->frames[validation->depth - 1];
	uint32_t next;

	if (frame->is_value || frame->state == NOT_ALLOWED ||
	    is_blank(text->content))
		return;
	next = automaton_state(validation->schema, frame->state)->text;
	if (next != NOT_ALLOWED) {
		frame->state = next;
		return;
	}
	if (!frame->is_text_told)
		tell_text(validation, frame->node, text, frame->state);
	frame->is_text_told = true;
}

/* --- start tags --- */

static void
push(struct validation *validation, struct frame frame)
{
	*list_add(validation->frames, validation->depth, validation->capacity) =
	    frame;
}

static void
push_transition(struct validation *validation, const xmlNode *node,
    uint32_t transition)
{
	push(validation,
	    (struct frame){ .node = node,
		.state = validation->schema->transitions[transition].child,
		.transition = transition });
}

/* The element cannot stand here. */
static void
recover(struct validation *validation, const xmlNode *node, uint32_t name)
{
	struct schema *schema = validation->schema;
	struct patterns *patterns = &schema->patterns;
	uint32_t state = validation->frames[validation->depth - 1].state;
	uint32_t later = automaton_step(schema, DERIVE_OPEN_LATER, state, name);
	uint32_t content;
	bool is_known;

	if (later != 0) {
		tell_element(validation, SCHEMA_ELEMENT_TOO_EARLY, node, state);
		push_transition(validation, node, later);
		return;
	}
	content = automaton_find_element(schema, name, &is_known);
	if (state != NOT_ALLOWED || validation->depth == 1)
		tell_element(validation,
		    is_known ? SCHEMA_ELEMENT_MISPLACED
			     : SCHEMA_ELEMENT_UNKNOWN,
		    node, state);
	validation->frames[validation->depth - 1].is_child_told = true;
	push(validation,
	    (struct frame){ .node = node,
		.state =
		    pattern_after(patterns, content, pattern_mark(patterns, 0)),
		.rest = state });
}

static uint32_t
take_value(struct validation *validation, const xmlNode *node,
    const xmlAttr *attribute, uint32_t transition)
{
	struct schema *schema = validation->schema;
	uint32_t state = schema->transitions[transition].child;
	char *made;
	const char *text = join_text(attribute->children, &made);
	uint32_t marks = automaton_read(schema, state, text, node);

	if (marks == NOT_ALLOWED) {
		tell_value(validation, node, attribute, text, state);
		marks = derive(&schema->patterns, DERIVE_ANY_END, state, 0);
	}
	free(made);
	return automaton_leave(schema, transition, marks);
}

static void
take_attribute(struct validation *validation, struct frame *frame,
    const xmlAttr *attribute)
{
	struct schema *schema = validation->schema;
	uint32_t name = find_name(validation, attribute->name, attribute->ns);
	uint32_t transition =
	    automaton_step(schema, DERIVE_ATTRIBUTE, frame->state, name);

	if (transition == 0)
		tell_attribute(validation, frame->node, attribute,
		    frame->state);
	else if (schema->transitions[transition].takes_all)
		frame->state = automaton_leave(schema, transition, NOT_ALLOWED);
	else
		frame->state =
		    take_value(validation, frame->node, attribute, transition);
}

static bool
has_element(const xmlNode *node)
{
	for (node = node->children; node != NULL; node = node->next)
		if (node->type == XML_ELEMENT_NODE)
			return true;
	return false;
}

static void
close_attributes(struct validation *validation, struct frame *frame)
{
	struct patterns *patterns = &validation->schema->patterns;
	uint32_t closed =
	    automaton_state(validation->schema, frame->state)->closed;

	if (closed == NOT_ALLOWED) {
		tell_attribute(validation, frame->node, NULL, frame->state);
		closed = derive(patterns, DERIVE_CLOSE_SHORT, frame->state, 0);
	}
	frame->state = closed;
	frame->is_value =
	    patterns->items[closed].has_data && !has_element(frame->node);
}

static void
enter(struct validation *validation, const xmlNode *node)
{
	struct schema *schema = validation->schema;
	uint32_t state = validation->frames[validation->depth - 1].state;
	uint32_t name = find_name(validation, node->name, node->ns);
	uint32_t transition = automaton_step(schema, DERIVE_OPEN, state, name);
	struct frame *frame;

	if (transition != 0)
		push_transition(validation, node, transition);
	else
		recover(validation, node, name);
	frame = &validation->frames[validation->depth - 1];
	if (frame->state == NOT_ALLOWED)
		return;
	for (const xmlAttr *a = node->properties; a != NULL; a = a->next)
		take_attribute(validation, frame, a);
	close_attributes(validation, frame);
	look_at_size(validation, node);
}

/* --- end tags --- */

/* The marks of an element that ends where it must not. */
static uint32_t
end_short(struct validation *validation, const struct frame *frame,
    const char *text)
{
	struct patterns *patterns = &validation->schema->patterns;

	if (!frame->is_value && !frame->is_child_told && !frame->is_text_told)
		tell_element(validation, SCHEMA_ELEMENT_INCOMPLETE, frame->node,
		    frame->state);
	else if (frame->is_value)
		tell_value(validation, frame->node, NULL, text, frame->state);
	return derive(patterns, DERIVE_ANY_END, frame->state, 0);
}

static uint32_t
end_marks(struct validation *validation, const struct frame *frame)
{
	struct schema *schema = validation->schema;
	const char *text = "";
	char *made = NULL;
	uint32_t marks;

	if (frame->is_value) {
		text = join_text(frame->node->children, &made);
		marks = automaton_read(schema, frame->state, text, frame->node);
	} else
		marks = automaton_state(schema, frame->state)->end;
	if (marks == NOT_ALLOWED && frame->state != NOT_ALLOWED)
		marks = end_short(validation, frame, text);
	free(made);
	return marks;
}

static void
leave(struct validation *validation)
{
	struct frame *frame = &validation->frames[--validation->depth];
	uint32_t marks = end_marks(validation, frame);

	frame[-1].state = frame->transition != 0
	    ? automaton_leave(validation->schema, frame->transition, marks)
	    : frame->rest;
}

/* --- all --- */

/* The next node in document order; leaves what ends between. NULL: the walk
 * has left root. */
static const xmlNode *
step(struct validation *validation, const xmlNode *node, const xmlNode *root)
{
	if (node->type == XML_ELEMENT_NODE && node->children != NULL)
		return node->children;
	if (node->type == XML_ELEMENT_NODE)
		leave(validation);
	while (node != root && node->next == NULL) {
		node = node->parent;
		leave(validation);
	}
	return node != root ? node->next : NULL;
}

size_t
schema_validate(struct schema *schema, const xmlNode *root,
    schema_report *report, void *context)
{
	struct validation *validation = mem_alloc(sizeof(*validation));
	size_t count;

	validation->schema = schema;
	validation->report = report;
	validation->context = context;
	push(validation, (struct frame){ .state = schema->start });
	for (const xmlNode *node = root; node != NULL && !validation->is_over;
	     node = step(validation, node, root)) {
		if (node->type == XML_ELEMENT_NODE)
			enter(validation, node);
		else if (is_text(node))
			take_text(validation, node);
	}
	count = validation->error_count;
	free(validation->frames);
	free(validation);
	return count;
}
