#include "refs.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/bits.h"
#include "query/id_references.h"
#include "query/terminal.h"
#include "check/named_element.h"
#include "project/participation.h"
#include "select/step_labels.h"

/* All that is answered. */
struct reply {
	const struct edition *edition;
	struct id_references citations;
};

/* What a citation is listed under: its procedure, else the element with an
 * id around it; NULL if there is none. */
static const xmlNode *
holder_of(const struct id_reference *citation)
{
	const xmlNode *task = participation_task(citation->node);

	return task != NULL ? task : named_element_named(citation->node);
}

static const char *
step_label(const struct reply *reply, const xmlNode *step)
{
	return step_labels_get(named_element_book(reply->edition), step);
}

static struct place
place_of(const struct reply *reply, const struct id_reference *citation)
{
	return named_element_place(reply->edition, citation->node,
	    citation->name, citation->token);
}

/* The handbooks that are built with any of the citations. The caller frees. */
static uint64_t *
all_handbooks(const struct reply *reply, size_t *count)
{
	size_t handbooks = reply->edition->project->handbook_count;
	size_t words = bits_words(handbooks);
	uint64_t *bits = mem_array(words, sizeof(*bits));

	for (size_t i = 0; i < reply->citations.count; i++)
		for (size_t w = 0; w < words; w++)
			bits[w] |= reply->citations.citations[i].handbooks[w];
	*count = 0;
	for (size_t h = 0; h < handbooks; h++)
		*count += bits_get(bits, h);
	return bits;
}

/* --- what is cited --- */

static const char *const kind_names[] = { "id", "parameter", "role" };
static const char *const kind_words[][DIAG_LANGUAGES] = {
	{ "", "" }, /* of an id, what it is the id of */
	{ "parameter", "parámetro" },
	{ "role", "rol" },
};
enum { KINDS = COUNT(kind_names) };

static const char *
role_word(const struct axis *role, const char *name, enum diag_language ui)
{
	static const char *const group[DIAG_LANGUAGES] = { "group of roles",
		"grupo de roles" };
	static const char *const party[DIAG_LANGUAGES] = { "party",
		"parte externa" };

	if (axis_find_group(role, name, strlen(name)) != NULL)
		return group[ui];
	if (axis_find_party(role, name, strlen(name)) != NULL)
		return party[ui];
	return kind_words[2][ui];
}

static void
add_head(const struct reply *reply, int kind, struct buf *out)
{
	const struct edition *edition = reply->edition;
	enum diag_language ui = edition->diag->language;
	const char *name = reply->citations.cited;
	const xmlNode *node = book_find_id(named_element_book(edition), name);
	char *what = kind == 0 ? named_element_kind_format(edition, node)
			       : mem_dup(kind_words[kind][ui]);
	char *title =
	    kind == 0 ? named_element_title_format(node) : mem_dup("");
	char *line;

	if (kind == 2) {
		free(what);
		free(title);
		what = mem_dup(role_word(
		    axes_role(&reply->edition->project->axes), name, ui));
		title = mem_dup(
		    axis_label(axes_role(&reply->edition->project->axes), name,
			named_element_language(edition)));
	}
	line =
	    mem_format("%s, %s%s%s", name, what, title[0] ? ": " : "", title);
	terminal_add_wrapped(out, line, 0, 2);
	free(line);
	free(what);
	free(title);
	if (kind == 0) {
		line = named_element_place_format(edition,
		    named_element_place(edition, node, NULL, NULL));
		buf_add_format(out, "%s\n", line);
		free(line);
	}
}

/* --- the values of a parameter --- */

/* One that an agency gives what was asked about. */
struct value {
	const struct agency *agency;
	const struct agency_parameter *parameter;
};

/* The next value, of the agency whose edition is asked about or of those that
 * vade.xml lists; *at goes up from 0. False at the end. */
static bool
next_value(const struct reply *reply, size_t *at, struct value *value)
{
	const struct project *project = reply->edition->project;
	bool one = project->agency != NULL;
	size_t count = one ? 1 : project->agency_count;

	while (*at < count) {
		value->agency =
		    one ? project->agency : project->agencies[*at].values;
		value->parameter =
		    agency_parameter(value->agency, reply->citations.cited);
		(*at)++;
		if (value->parameter != NULL)
			return true;
	}
	return false;
}

static bool
is_parameter(const struct reply *reply)
{
	return (reply->citations.kinds & 1U << 1) != 0;
}

static json_t *
describe_values(const struct reply *reply)
{
	const char *lang = named_element_language(reply->edition);
	json_t *list = json_array();
	struct value value;
	size_t at = 0;

	while (is_parameter(reply) && next_value(reply, &at, &value))
		json_array_append_new(list,
		    json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "agency",
			value.agency->id, "name",
			lang_text_get(&value.agency->name, lang, ""), "value",
			lang_text_get(&value.parameter->value, lang, ""),
			"source", value.parameter->source, "date",
			value.parameter->date, "place",
			named_element_place_json(reply->edition,
			    value.parameter->place)));
	return list;
}

static void
add_value(const struct reply *reply, const struct value *value, struct buf *out)
{
	const char *lang = named_element_language(reply->edition);
	char *place =
	    named_element_place_format(reply->edition, value->parameter->place);
	char *line = mem_format("%s: %s (%s, %s) %s", value->agency->id,
	    lang_text_get(&value->parameter->value, lang, ""),
	    value->parameter->source, value->parameter->date, place);

	buf_add_text(out, "  ");
	terminal_add_wrapped(out, line, 2, 4);
	free(line);
	free(place);
}

static void
add_values(const struct reply *reply, struct buf *out)
{
	static const char *const head[DIAG_LANGUAGES] = {
		"\nValues that agencies give it; else the text's own:\n",
		"\nValores que le dan los organismos; si no, el del texto:\n",
	};
	static const char *const none[DIAG_LANGUAGES] = {
		"\nNo agency gives it a value: the text's own.\n",
		"\nNingún organismo le da valor: el del texto.\n",
	};
	enum diag_language ui = reply->edition->diag->language;
	struct value value;
	size_t at = 0;

	if (!is_parameter(reply))
		return;
	if (!next_value(reply, &at, &value)) {
		buf_add_text(out, none[ui]);
		return;
	}
	buf_add_text(out, head[ui]);
	do
		add_value(reply, &value, out);
	while (next_value(reply, &at, &value));
}

/* --- JSON --- */

static json_t *
list_handbooks(const struct reply *reply, const uint64_t *bits)
{
	const struct project *project = reply->edition->project;
	json_t *list = json_array();

	for (size_t i = 0; i < project->handbook_count; i++)
		if (bits_get(bits, i))
			json_array_append_new(list,
			    json_string(project->handbooks[i].id));
	return list;
}

static json_t *
describe_citation(const struct reply *reply,
    const struct id_reference *citation)
{
	const xmlNode *task = participation_task(citation->node);
	const xmlNode *step = named_element_step(citation->node);
	const xmlNode *named = named_element_named(citation->node);

	return json_pack("{s:s?, s:s?, s:s?, s:s?, s:s, s:s, s:s, s:o, s:o}",
	    "procedure", task ? node_id(task) : NULL, "step",
	    step ? node_id(step) : NULL, "label",
	    step ? step_label(reply, step) : NULL, "in",
	    named ? node_id(named) : NULL, "element",
	    (const char *)citation->node->name, "attribute", citation->name,
	    "token", citation->token, "place",
	    named_element_place_json(reply->edition, place_of(reply, citation)),
	    "handbooks", list_handbooks(reply, citation->handbooks));
}

static void
print_json(const struct reply *reply)
{
	json_t *kinds = json_array();
	json_t *list = json_array();
	size_t count;
	uint64_t *bits = all_handbooks(reply, &count);

	for (int i = 0; i < KINDS; i++)
		if (reply->citations.kinds & (1U << i))
			json_array_append_new(kinds,
			    json_string(kind_names[i]));
	for (size_t i = 0; i < reply->citations.count; i++)
		json_array_append_new(list,
		    describe_citation(reply, &reply->citations.citations[i]));
	named_element_print_json(json_pack("{s:s, s:o, s:o, s:o, s:o}", "name",
	    reply->citations.cited, "kinds", kinds, "values",
	    describe_values(reply), "citations", list, "handbooks",
	    list_handbooks(reply, bits)));
	free(bits);
}

/* --- text --- */

/* The title of a block; of a row of a table, its first cell. The caller frees.
 */
static char *
block_title_format(const xmlNode *node)
{
	return node_is(node, "row") && node_first_element(node) != NULL
	    ? node_text_dup(node_first_element(node))
	    : named_element_title_format(node);
}

/* What the citation is in, below its holder; of the holder's own attributes,
 * what that is. The caller frees. */
static char *
block_format(const struct reply *reply, const struct id_reference *citation)
{
	const xmlNode *holder = holder_of(citation);

	for (const xmlNode *node = citation->node; node != holder;
	     node = node->parent) {
		char *title = block_title_format(node);

		if (title[0] != '\0')
			return title;
		free(title);
	}
	return named_element_kind_format(reply->edition, citation->node);
}

/* "step 4", "Legal grounds"; and how, if it is no plain link. */
static char *
where_format(const struct reply *reply, const struct id_reference *citation)
{
	static const char *const step_word[DIAG_LANGUAGES] = { "step %s",
		"paso %s" };
	const xmlNode *step = named_element_step(citation->node);
	bool plain = strncmp(citation->name, "linkend", 7) == 0 ||
	    strcmp(citation->name, "v:param") == 0;
	bool same = strcmp(citation->token, reply->citations.cited) == 0;
	char *where = step != NULL
	    ? mem_format(step_word[reply->edition->diag->language],
		  step_label(reply, step))
	    : block_format(reply, citation);
	char *text = plain ? mem_dup(where)
			   : mem_format("%s, %s%s%s", where, citation->name,
				 same ? "" : " ", same ? "" : citation->token);

	free(where);
	return text;
}

static void
add_holder(const xmlNode *holder, struct buf *out)
{
	char *title = holder ? named_element_title_format(holder) : mem_dup("");
	char *line = mem_format("%s%s%s", holder ? node_id(holder) : "-",
	    title[0] != '\0' ? ": " : "", title);

	buf_add_char(out, '\n');
	terminal_add_wrapped(out, line, 0, 2);
	free(line);
	free(title);
}

enum { WHERE_CELLS = 32 };

static void
add_citation(const struct reply *reply, const struct id_reference *citation,
    struct buf *out)
{
	char *where = where_format(reply, citation);
	char *place = named_element_place_format(reply->edition,
	    place_of(reply, citation));

	buf_add_text(out, "  ");
	terminal_add_cell(out, where, WHERE_CELLS);
	buf_add_format(out, "  %3zu  ", citation->handbook_count);
	terminal_add_wrapped(out, place, WHERE_CELLS + 9, WHERE_CELLS + 9);
	free(place);
	free(where);
}

static size_t
count_procedures(const struct reply *reply)
{
	const xmlNode *last = NULL;
	size_t count = 0;

	for (size_t i = 0; i < reply->citations.count; i++) {
		const xmlNode *task =
		    participation_task(reply->citations.citations[i].node);

		count += task != NULL && task != last;
		if (task != NULL)
			last = task;
	}
	return count;
}

static void
add_total(const struct reply *reply, struct buf *out)
{
	static const char *const none[DIAG_LANGUAGES] = {
		"\nNobody cites it.\n", "\nNadie lo cita.\n"
	};
	static const char *const total[DIAG_LANGUAGES] = {
		"\nCitations: %zu. Procedures that cite: %zu. The numbers are "
		"the handbooks that\nshow each citation; %zu of %zu show one "
		"of them:\n",
		"\nCitas: %zu. Procedimientos que citan: %zu. Los números son "
		"los manuales que\nmuestran cada cita; %zu de %zu muestran "
		"alguna:\n",
	};
	const struct project *project = reply->edition->project;
	enum diag_language ui = reply->edition->diag->language;
	struct buf names = { 0 };
	size_t count;
	uint64_t *bits = all_handbooks(reply, &count);

	for (size_t i = 0; i < project->handbook_count; i++)
		if (bits_get(bits, i))
			buf_add_format(&names, "%s ", project->handbooks[i].id);
	free(bits);
	if (reply->citations.count == 0) {
		buf_add_text(out, none[ui]);
	} else {
		buf_add_format(out, total[ui], reply->citations.count,
		    count_procedures(reply), count, project->handbook_count);
		buf_add_text(out, "  ");
		terminal_add_wrapped(out, buf_text(&names), 2, 2);
	}
	buf_clear(&names);
}

static void
print_text(const struct reply *reply)
{
	const struct id_references *citations = &reply->citations;
	const xmlNode *last = NULL;
	struct buf out = { 0 };

	for (int i = 0; i < KINDS; i++)
		if (citations->kinds & (1U << i))
			add_head(reply, i, &out);
	add_values(reply, &out);
	for (size_t i = 0; i < citations->count; i++) {
		const struct id_reference *citation = &citations->citations[i];

		if (i == 0 || holder_of(citation) != last)
			add_holder(holder_of(citation), &out);
		last = holder_of(citation);
		add_citation(reply, citation, &out);
	}
	add_total(reply, &out);
	terminal_print(&out);
}

int
refs_answer(const struct edition *edition, void *context)
{
	const struct refs_question *question = context;
	struct reply reply = { .edition = edition };

	id_references_find(&reply.citations, edition, question->name);
	if (reply.citations.kinds == 0)
		return diag_report_path(edition->diag, DIAG_CITED_UNKNOWN, NULL,
		    question->name,
		    id_references_nearest(edition, question->name), NULL);
	(question->json ? print_json : print_text)(&reply);
	id_references_clear(&reply.citations);
	return 0;
}
