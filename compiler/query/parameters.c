/*
 * Answers `vade params`: the parameters of a manual, where each is used, and
 * the value of the agency whose edition it is.
 * Invariant: the books still have their own texts, so a value is told from the
 * agency's settings, never from what replaced a text.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "project/participation.h"
#include "query/answer.h"
#include "query/named_element.h"
#include "query/query.h"

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
		node_each(node, book_root(&edition->books[i])) {
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

/* The manual's own text in each language. */
static json_t *
describe_defaults(const struct params *params, const struct param *param)
{
	const struct project *project = params->edition->project;
	json_t *texts = json_object();

	for (size_t t = 0; t < project->tree_count; t++)
		json_object_set_new(texts, project->trees[t].lang,
		    answer_text_take(param->uses[t]
			    ? node_text_dup(param->uses[t])
			    : mem_dup("")));
	return texts;
}

static json_t *
describe_value(const struct params *params,
    const struct agency_parameter *value)
{
	json_t *texts;

	if (value == NULL)
		return json_null();
	texts = json_object();
	for (size_t i = 0; i < value->value.count; i++)
		json_object_set_new(texts, value->value.texts[i].lang,
		    json_string(value->value.texts[i].text));
	return json_pack("{s:o, s:s, s:s, s:s}", "text", texts, "source",
	    value->source, "date", value->date, ".text",
	    lang_text_get(&value->value, edition_language(params->edition),
		""));
}

static json_t *
describe(const struct params *params, const struct param *param)
{
	json_t *users = json_array();

	for (size_t i = 0; i < param->users.count; i++)
		json_array_append_new(users,
		    json_string(param->users.entries[i].key));
	return json_pack("{s:s, s:o, s:o, s:o, s:i}", "name", param->name,
	    "default", describe_defaults(params, param), "value",
	    describe_value(params, value_of(params, param)), "used_in", users,
	    "handbooks", (int)count_handbooks(params, param));
}

int
parameters_answer(const struct edition *edition, void *context)
{
	const struct question *question = context;
	const struct agency *agency = edition->project->agency;
	json_t *list = json_array();
	struct params params = { 0 };

	gather(&params, edition);
	for (size_t i = 0; i < params.names.count; i++) {
		const struct param *param = &params.params[i];

		if (is_shown(&params, param) &&
		    !(question->missing && value_of(&params, param) != NULL))
			json_array_append_new(list, describe(&params, param));
	}
	clear(&params);
	answer_print_take(json_pack("{s:s?, s:o}", "agency",
			      agency ? agency->id : NULL, "parameters", list),
	    "params", question->form, edition->diag->language);
	return 0;
}

void
parameters_report(const struct edition *edition)
{
	const struct agency *agency = edition->project->agency;
	struct params params = { 0 };
	size_t missing = 0;
	size_t shown = 0;

	if (agency == NULL)
		return;
	gather(&params, edition);
	for (size_t i = 0; i < params.names.count; i++) {
		if (!is_shown(&params, &params.params[i]))
			continue;
		shown++;
		missing += value_of(&params, &params.params[i]) == NULL;
	}
	owned char *how_many = mem_format("%zu", missing);
	owned char *of = mem_format("%zu", shown);

	if (missing > 0)
		diag_report(edition->diag, DIAG_PARAMETER_DEFAULT,
		    agency->place, how_many, of, agency->id, NULL);
	clear(&params);
}
