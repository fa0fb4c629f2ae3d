#include "parameters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "compose/xml_write.h"
#include "query/terminal.h"
#include "check/named_element.h"
#include "project/participation.h"

struct param {
	const char *name;     /* lent */
	uint64_t *handbooks;  /* that show it anywhere */
	struct map users;     /* ids of procedures and sections, in order */
	const xmlNode **uses; /* per source tree: the first */
};

struct params {
	const struct edition *edition;
	struct map names;
	struct param *params; /* parallel to names */
	size_t capacity;
};

/* --- gathering --- */

static struct param *
find_param(struct params *params, const char *name)
{
	const struct edition *edition = params->edition;
	bool is_new = false;
	size_t count = params->names.count;
	struct map_entry *entry = map_put_text(&params->names, name, &is_new);
	struct param *param;

	if (!is_new)
		return &params->params[entry->value];
	entry->value = (uint32_t)count;
	params->params = mem_grow(params->params, count, &params->capacity,
	    sizeof(*params->params));
	param = &params->params[count];
	*param = (struct param){
		.handbooks =
		    mem_array(edition->masks->words, sizeof(*param->handbooks)),
		.uses = mem_array(edition->project->tree_count,
		    sizeof(*param->uses)),
	};
	return param;
}

static void
add_use(struct params *params, size_t tree, const xmlNode *node,
    const char *name)
{
	const struct edition *edition = params->edition;
	const struct masks *masks = edition->masks;
	uint32_t reach = book_element(&edition->books[tree], node)->reach;
	struct param *param = find_param(params, name);
	const xmlNode *user = participation_task(node);

	if (param->uses[tree] == NULL)
		param->uses[tree] = node;
	for (size_t w = 0; w < masks->words; w++)
		param->handbooks[w] |= masks->bits[reach * masks->words + w];
	if (user == NULL)
		user = named_element_named(node);
	if (user != NULL && node_id(user) != NULL)
		map_put_text(&param->users, node_id(user), NULL);
}

static void
gather(struct params *params, const struct edition *edition)
{
	params->edition = edition;
	for (size_t i = 0; i < edition->project->tree_count; i++) {
		const xmlNode *root =
		    xmlDocGetRootElement(edition->books[i].doc);

		for (const xmlNode *node = root; node != NULL;
		     node = node_walk(node, root, true)) {
			const char *name = node_is(node, "phrase")
			    ? node_vade_attribute(node, "param")
			    : NULL;

			if (name != NULL)
				add_use(params, i, node, name);
		}
	}
	for (size_t i = 0; i < params->names.count; i++)
		params->params[i].name = params->names.entries[i].key;
}

static void
clear(struct params *params)
{
	for (size_t i = 0; i < params->names.count; i++) {
		free(params->params[i].handbooks);
		free(params->params[i].uses);
		map_clear(&params->params[i].users);
	}
	free(params->params);
	map_clear(&params->names);
}

/* --- one parameter --- */

static size_t
count_handbooks(const struct params *params, const struct param *param)
{
	size_t count = 0;

	for (size_t h = 0; h < params->edition->project->handbook_count; h++)
		count += bits_get(param->handbooks, h);
	return count;
}

/* The value of the agency whose edition it is; NULL without one. */
static const struct agency_parameter *
value_of(const struct params *params, const struct param *param)
{
	const struct agency *agency = params->edition->project->agency;

	return agency ? agency_parameter(agency, param->name) : NULL;
}

/* Does the edition show it? In the base all counts. */
static bool
is_shown(const struct params *params, const struct param *param)
{
	return params->edition->project->agency == NULL ||
	    !bits_empty(param->handbooks, params->edition->masks->words);
}

static bool
is_asked_for(const struct params *params, const struct param *param,
    const struct parameters_question *question)
{
	return is_shown(params, param) &&
	    !(question->missing && value_of(params, param) != NULL);
}

/* The manual's own text in a language. The caller frees. */
static char *
default_format(const struct param *param, size_t tree)
{
	return param->uses[tree] ? node_text_dup(param->uses[tree])
				 : mem_dup("");
}

static char *
users_format(const struct param *param)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < param->users.count; i++)
		buf_add_format(&text, "%s%s", i > 0 ? ", " : "",
		    param->users.entries[i].key);
	return buf_take(&text);
}

/* --- as text --- */

static void
add_line(struct buf *out, const char *word, const char *text)
{
	char *line = mem_format("%s: %s", word, text);

	buf_add_text(out, "  ");
	terminal_add_wrapped(out, line, 2, 4);
	free(line);
}

static void
add_value(const struct params *params, const struct param *param,
    struct buf *out)
{
	static const char *const none[] = { "no value of the agency",
		"sin valor del organismo" };
	const struct agency_parameter *value = value_of(params, param);
	char *line;

	if (params->edition->project->agency == NULL)
		return;
	if (value == NULL) {
		buf_add_format(out, "  %s\n",
		    none[params->edition->diag->language]);
		return;
	}
	line = mem_format("%s (%s, %s)",
	    lang_text_get(&value->value,
		named_element_language(params->edition), ""),
	    value->source, value->date);
	add_line(out, params->edition->project->agency->id, line);
	free(line);
}

static void
print_text(const struct params *params,
    const struct parameters_question *question)
{
	static const char *const used[] = { "used in", "se usa en" };
	static const char *const shown[] = { "; handbooks: %zu",
		"; cuadernos: %zu" };
	const struct edition *edition = params->edition;
	enum diag_language ui = edition->diag->language;
	struct buf out = { 0 };

	for (size_t i = 0; i < params->names.count; i++) {
		const struct param *param = &params->params[i];
		char *users;
		char *count;
		char *line;

		if (!is_asked_for(params, param, question))
			continue;
		buf_add_format(&out, "%s\n", param->name);
		for (size_t t = 0; t < edition->project->tree_count; t++) {
			char *text = default_format(param, t);

			add_line(&out, edition->project->trees[t].lang, text);
			free(text);
		}
		add_value(params, param, &out);
		users = users_format(param);
		count = mem_format(shown[ui], count_handbooks(params, param));
		line = mem_format("%s%s", users, count);
		add_line(&out, used[ui], line);
		free(users);
		free(count);
		free(line);
	}
	terminal_print(&out);
}

/* --- as JSON --- */

static json_t *
describe_defaults(const struct params *params, const struct param *param)
{
	json_t *texts = json_object();

	for (size_t t = 0; t < params->edition->project->tree_count; t++) {
		char *text = default_format(param, t);

		json_object_set_new(texts,
		    params->edition->project->trees[t].lang, json_string(text));
		free(text);
	}
	return texts;
}

static json_t *
describe_value(const struct agency_parameter *value)
{
	json_t *texts = json_object();

	if (value == NULL) {
		json_decref(texts);
		return json_null();
	}
	for (size_t i = 0; i < value->value.count; i++)
		json_object_set_new(texts, value->value.texts[i].lang,
		    json_string(value->value.texts[i].text));
	return json_pack("{s:o, s:s, s:s}", "text", texts, "source",
	    value->source, "date", value->date);
}

static void
print_json(const struct params *params,
    const struct parameters_question *question)
{
	const struct agency *agency = params->edition->project->agency;
	json_t *list = json_array();

	for (size_t i = 0; i < params->names.count; i++) {
		const struct param *param = &params->params[i];
		json_t *users = json_array();

		if (!is_asked_for(params, param, question)) {
			json_decref(users);
			continue;
		}
		for (size_t u = 0; u < param->users.count; u++)
			json_array_append_new(users,
			    json_string(param->users.entries[u].key));
		json_array_append_new(list,
		    json_pack("{s:s, s:o, s:o, s:o, s:i}", "name", param->name,
			"default", describe_defaults(params, param), "value",
			describe_value(value_of(params, param)), "used_in",
			users, "handbooks",
			(int)count_handbooks(params, param)));
	}
	named_element_print_json(json_pack("{s:s?, s:o}", "agency",
	    agency ? agency->id : NULL, "parameters", list));
}

/* --- as elements of agency.xml --- */

static void
add_element(const struct params *params, const struct param *param,
    struct buf *out)
{
	const struct project *project = params->edition->project;
	char *users = users_format(param);

	buf_add_format(out, "  <!-- %s -->\n  <parameter", users);
	xml_write_add_attribute(out, "name", param->name);
	buf_add_text(out, " source=\"\" date=\"\">\n");
	for (size_t t = 0; t < project->tree_count; t++) {
		char *text = default_format(param, t);

		buf_add_text(out, "    <value");
		xml_write_add_attribute(out, "xml:lang",
		    project->trees[t].lang);
		buf_add_text(out, ">");
		xml_write_add_text(out, text, false);
		buf_add_text(out, "</value>\n");
		free(text);
	}
	buf_add_text(out, "  </parameter>\n");
	free(users);
}

static void
print_xml(const struct params *params,
    const struct parameters_question *question)
{
	struct buf out = { 0 };

	for (size_t i = 0; i < params->names.count; i++)
		if (is_asked_for(params, &params->params[i], question))
			add_element(params, &params->params[i], &out);
	fwrite(buf_text(&out), 1, out.size, stdout);
	buf_clear(&out);
}

int
parameters_answer(const struct edition *edition, void *context)
{
	const struct parameters_question *question = context;
	struct params params = { 0 };

	gather(&params, edition);
	if (question->json)
		print_json(&params, question);
	else if (question->xml)
		print_xml(&params, question);
	else
		print_text(&params, question);
	clear(&params);
	return 0;
}

void
parameters_report(const struct edition *edition)
{
	const struct agency *agency = edition->project->agency;
	struct params params = { 0 };
	size_t missing = 0;
	size_t shown = 0;
	char *how_many;
	char *of;

	if (agency == NULL)
		return;
	gather(&params, edition);
	for (size_t i = 0; i < params.names.count; i++) {
		if (!is_shown(&params, &params.params[i]))
			continue;
		shown++;
		missing += value_of(&params, &params.params[i]) == NULL;
	}
	how_many = mem_format("%zu", missing);
	of = mem_format("%zu", shown);
	if (missing > 0)
		diag_report(edition->diag, DIAG_PARAMETER_DEFAULT,
		    agency->place, how_many, of, agency->id, NULL);
	free(how_many);
	free(of);
	clear(&params);
}
