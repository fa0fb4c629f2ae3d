#include "why.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "query/terminal.h"
#include "check/named_element.h"
#include "query/why_attributes.h"
#include "query/why_verdict.h"

/* All that is answered. */
struct reply {
	const struct edition *edition;
	const xmlNode *node;
	const struct handbook *handbook;
	struct why_attributes trail;
	struct why_verdicts verdicts;
};

static struct place
place_of(const struct reply *reply, const struct why_attribute *fact)
{
	return named_element_place(reply->edition, fact->node, fact->name,
	    NULL);
}

static char *
words_format(const struct reply *reply, const struct why_attribute *fact)
{
	return why_attributes_words_format(fact, reply->edition->reaches->axes,
	    reply->edition->diag->language);
}

static const char *
axis_id(const struct reply *reply, size_t axis)
{
	return reply->edition->reaches->axes->axes[axis].id;
}

static const char *
handbook_title(const struct reply *reply)
{
	return lang_text_get(&reply->handbook->title,
	    named_element_language(reply->edition), reply->handbook->id);
}

/* --- JSON --- */

static json_t *
describe_fact(const struct reply *reply, const struct why_attribute *fact)
{
	char *words = words_format(reply, fact);
	json_t *object = json_pack("{s:s, s:s*, s:s, s:s, s:s, s:o, s:s, s:s, "
				   "s:s}",
	    "element", (const char *)fact->node->name, "id",
	    node_id(fact->node), "attribute", fact->name, "tokens",
	    fact->tokens, "axis", axis_id(reply, fact->axis), "place",
	    named_element_place_json(reply->edition, place_of(reply, fact)),
	    "rule", why_attributes_rule_name(fact->rule), "effective",
	    fact->effective, "words", words);

	free(words);
	return object;
}

static void
print_json(const struct reply *reply)
{
	const struct edition *edition = reply->edition;
	char *title = named_element_title_format(reply->node);
	json_t *trail = json_array();
	json_t *axes = json_array();
	json_t *filters = json_array();

	for (size_t i = 0; i < reply->trail.count; i++)
		json_array_append_new(trail,
		    describe_fact(reply, &reply->trail.facts[i]));
	for (size_t i = 0; i < reply->verdicts.count; i++) {
		const struct why_verdict *verdict =
		    &reply->verdicts.verdicts[i];

		json_array_append_new(verdict->is_filter ? filters : axes,
		    json_pack("{s:s, s:b, s:s}",
			verdict->is_filter ? "filter" : "axis", verdict->name,
			"shown", verdict->shown, "words", verdict->words));
	}
	named_element_print_json(json_pack(
	    "{s:s, s:s, s:s, s:o, s:{s:s, s:s*, s:s}, s:o, s:o, s:o, s:b, s:s, "
	    "s:s}",
	    "id", node_id(reply->node), "element",
	    (const char *)reply->node->name, "title", title, "place",
	    named_element_place_json(edition,
		named_element_place(edition, reply->node, NULL, NULL)),
	    "handbook", "id", reply->handbook->id, "class",
	    named_element_class(edition, reply->handbook->clearance), "title",
	    handbook_title(reply), "attributes", trail, "axes", axes, "filters",
	    filters, "shown", reply->verdicts.how != SHOWN_ABSENT, "how",
	    shown_name(reply->verdicts.how), "words", reply->verdicts.words));
	free(title);
}

/* --- text --- */

static void
add_head(const struct reply *reply, struct buf *out)
{
	static const char *const for_whom[DIAG_LANGUAGES] = { "handbook",
		"manual" };
	const struct edition *edition = reply->edition;
	char *class =
	    named_element_class_format(edition, reply->handbook->clearance);
	char *kind = named_element_kind_format(edition, reply->node);
	char *title = named_element_title_format(reply->node);
	char *line = mem_format("%s, %s%s%s", node_id(reply->node), kind,
	    title[0] != '\0' ? ": " : "", title);

	terminal_add_wrapped(out, line, 0, 2);
	free(line);
	line = mem_format("%s %s: %s%s", for_whom[edition->diag->language],
	    reply->handbook->id, handbook_title(reply), class);
	terminal_add_wrapped(out, line, 0, 2);
	free(line);
	free(title);
	free(kind);
	free(class);
}

static void
add_fact(const struct reply *reply, struct buf *out,
    const struct why_attribute *fact)
{
	char *place =
	    named_element_place_format(reply->edition, place_of(reply, fact));
	char *words = words_format(reply, fact);
	char *line =
	    mem_format("%s: %s=\"%s\"", place, fact->name, fact->tokens);

	buf_add_text(out, "  ");
	terminal_add_wrapped(out, line, 2, 8);
	free(line);
	line = mem_format("%s: %s", axis_id(reply, fact->axis), words);
	buf_add_text(out, "      ");
	terminal_add_wrapped(out, line, 6, 8);
	free(line);
	free(words);
	free(place);
}

static void
add_trail(const struct reply *reply, struct buf *out)
{
	static const char *const head[DIAG_LANGUAGES] = {
		"The attributes that decide, from the root down:",
		"Los atributos que deciden, desde la raíz:",
	};
	static const char *const none[DIAG_LANGUAGES] = {
		"No attribute of an axis is on it or around it.",
		"Ningún atributo de un eje está en él ni a su alrededor.",
	};
	enum diag_language ui = reply->edition->diag->language;
	const xmlNode *last = NULL;

	buf_add_format(out, "\n%s\n",
	    reply->trail.count > 0 ? head[ui] : none[ui]);
	for (size_t i = 0; i < reply->trail.count; i++) {
		const struct why_attribute *fact = &reply->trail.facts[i];
		const char *id = node_id(fact->node);

		if (fact->node != last)
			buf_add_format(out, "\n<%s>%s%s\n",
			    (const char *)fact->node->name, id ? " " : "",
			    id ? id : "");
		last = fact->node;
		add_fact(reply, out, fact);
	}
}

static size_t
name_width(const struct reply *reply)
{
	size_t width = 0;

	for (size_t i = 0; i < reply->verdicts.count; i++) {
		size_t own = terminal_width(reply->verdicts.verdicts[i].name);

		if (own > width)
			width = own;
	}
	return width;
}

static void
add_verdicts(const struct reply *reply, struct buf *out)
{
	static const char *const head[DIAG_LANGUAGES] = {
		"The verdict on every axis, and of every filter:",
		"El veredicto de cada eje y de cada filtro:",
	};
	static const char *const answer[2][DIAG_LANGUAGES] = {
		{ "no", "no" },
		{ "yes", "sí" },
	};
	static const char *const in_all[DIAG_LANGUAGES] = { "In all: ",
		"En total: " };
	enum diag_language ui = reply->edition->diag->language;
	size_t width = name_width(reply);

	if (reply->verdicts.count > 0)
		buf_add_format(out, "\n%s\n", head[ui]);
	for (size_t i = 0; i < reply->verdicts.count; i++) {
		const struct why_verdict *verdict =
		    &reply->verdicts.verdicts[i];

		buf_add_text(out, "  ");
		terminal_add_cell(out, verdict->name, width);
		buf_add_text(out, "  ");
		terminal_add_cell(out, answer[verdict->shown][ui], 5);
		terminal_add_wrapped(out, verdict->words, width + 9, width + 9);
	}
	buf_add_format(out, "\n%s", in_all[ui]);
	terminal_add_wrapped(out, reply->verdicts.words, strlen(in_all[ui]), 2);
}

static void
print_text(const struct reply *reply)
{
	struct buf out = { 0 };

	add_head(reply, &out);
	add_trail(reply, &out);
	add_verdicts(reply, &out);
	terminal_print(&out);
}

int
why_answer(const struct edition *edition, void *context)
{
	const struct why_question *question = context;
	const struct project *project = edition->project;
	struct reply reply = { .edition = edition,
		.node = named_element_find(edition, question->id),
		.handbook = project_handbook(project, question->handbook) };
	int rc;

	if (reply.node == NULL || reply.handbook == NULL)
		return -1;
	why_attributes_follow(&reply.trail, edition, reply.node);
	rc = why_verdicts_judge(&reply.verdicts, edition, reply.node,
	    (size_t)(reply.handbook - project->handbooks));
	if (rc == 0)
		(question->json ? print_json : print_text)(&reply);
	why_attributes_clear(&reply.trail);
	why_verdicts_clear(&reply.verdicts);
	return rc;
}
