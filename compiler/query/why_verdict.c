#include "why_verdict.h"

#include <stdlib.h>
#include <string.h>

#include "base/bits.h"
#include "base/list.h"
#include "check/named_element.h"
#include "model/axis_tokens_format.h"
#include "script/select_rule.h"
#include "select/step_labels.h"

/* What is judged. */
struct court {
	struct why_verdicts *verdicts;
	const struct edition *edition;
	const struct book *book;
	const struct handbook *handbook;
	size_t handbook_index;
	enum diag_language ui;
};

static void
add_verdict(struct court *court, const char *name, bool is_filter, bool shown,
    char *words)
{
	struct why_verdicts *all = court->verdicts;

	*list_add(all->verdicts, all->count, all->capacity) =
	    (struct why_verdict){ name, is_filter, shown, words };
	all->selected &= shown;
}

/* --- axes --- */

static void
judge_class(struct court *court, const struct axis *axis, uint32_t reach)
{
	static const char *const words[2][DIAG_LANGUAGES] = {
		{ "class %s is above %s", "la clase %s supera %s" },
		{ "class %s is not above %s", "la clase %s no supera %s" },
	};
	int rank = reach_rank(court->edition->reaches, reach);
	bool shown = rank <= court->handbook->clearance;

	add_verdict(court, axis->id, false, shown,
	    mem_format(words[shown][court->ui], axis->values[rank].id,
		axis->values[court->handbook->clearance].id));
}

static char *
missing_format(const struct court *court, const struct axis *axis,
    const uint64_t *unit, const uint64_t *values)
{
	static const char *const apart[DIAG_LANGUAGES] = {
		"%s and %s have no value in common",
		"%s y %s no tienen ningún valor en común",
	};
	char *left = axis_tokens_format(axis, unit);
	char *right = axis_tokens_format(axis, values);
	char *words = mem_format(apart[court->ui], left, right);

	free(left);
	free(right);
	return words;
}

static char *
common_format(const struct court *court, const struct axis *axis,
    const uint64_t *unit, const uint64_t *values)
{
	static const char *const both[DIAG_LANGUAGES] = {
		"in common: %s",
		"en común: %s",
	};
	char *common = axis_tokens_common_format(axis, unit, values);
	char *words = mem_format(both[court->ui], common);

	free(common);
	return words;
}

static void
judge_leaves(struct court *court, size_t index, uint32_t reach)
{
	static const char *const nobody[DIAG_LANGUAGES] = {
		"no value is left, so it reaches nobody",
		"no queda ningún valor, así que no llega a nadie",
	};
	static const char *const unlimited[DIAG_LANGUAGES] = {
		"no attribute limits it",
		"ningún atributo lo limita",
	};
	static const char *const unasked[DIAG_LANGUAGES] = {
		"the handbook does not select by it",
		"el manual no selecciona por él",
	};
	const struct reaches *reaches = court->edition->reaches;
	const struct axis *axis = &reaches->axes->axes[index];
	const uint64_t *unit =
	    reach_leaves(reaches, index, reach_sets(reaches, reach)[index]);
	const uint64_t *values = court->handbook->values[index];
	bool shown = true;
	char *words;

	if (bits_empty(unit, axis->words)) {
		shown = false;
		words = mem_dup(nobody[court->ui]);
	} else if (axis_tokens_are_all(axis, unit)) {
		words = mem_dup(unlimited[court->ui]);
	} else if (values == NULL) {
		words = mem_dup(unasked[court->ui]);
	} else if (bits_meet(unit, values, axis->words)) {
		words = common_format(court, axis, unit, values);
	} else {
		shown = false;
		words = missing_format(court, axis, unit, values);
	}
	add_verdict(court, axis->id, false, shown, words);
}

static void
judge_axes(struct court *court, uint32_t reach)
{
	const struct axes *axes = court->edition->reaches->axes;

	for (size_t i = 0; i < axes->count; i++)
		if ((int)i == axes->clearance)
			judge_class(court, &axes->axes[i], reach);
		else
			judge_leaves(court, i, reach);
}

/* --- filters --- */

static const uint64_t *
values_or_all(const struct court *court, size_t axis)
{
	const uint64_t *values = court->handbook->values[axis];

	return values != NULL ? values
			      : reach_leaves(court->edition->reaches, axis, 0);
}

/* Asks a filter that judges axis by axis. 1, 0, or -1 reported. */
static int
ask_axes(struct court *court, struct select_rule *rule, uint32_t reach)
{
	const struct reaches *reaches = court->edition->reaches;
	const struct axes *axes = reaches->axes;

	for (size_t i = 0; i < axes->count; i++) {
		const uint64_t *values = court->handbook->values[i];
		uint64_t chosen = 0;

		if ((int)i == axes->clearance || values == NULL)
			continue;
		if (select_rule_ask_axis(rule, &axes->axes[i],
			reach_leaves(reaches, i, reach_sets(reaches, reach)[i]),
			&values, 1, &chosen, court->edition->diag) != 0)
			return -1;
		if (chosen == 0)
			return 0;
	}
	return 1;
}

/* Asks any other filter. 1, 0, or -1 reported. */
static int
ask_whole(struct court *court, struct select_rule *rule, uint32_t reach,
    char **reason)
{
	const struct reaches *reaches = court->edition->reaches;
	const struct axes *axes = reaches->axes;
	struct select_rule_set *unit =
	    mem_array(axes->count + 1, sizeof(*unit));
	struct select_rule_set *reader =
	    mem_array(axes->count + 1, sizeof(*reader));
	int answer;

	for (size_t i = 0; i < axes->count; i++) {
		bool clearance = (int)i == axes->clearance;

		unit[i] = (struct select_rule_set){ &axes->axes[i],
			clearance ? NULL
				  : reach_leaves(reaches, i,
					reach_sets(reaches, reach)[i]),
			reach_rank(reaches, reach) };
		reader[i] = (struct select_rule_set){ &axes->axes[i],
			clearance ? NULL : values_or_all(court, i),
			court->handbook->clearance };
	}
	answer = select_rule_ask_reason(rule, unit, reader, axes->count,
	    court->handbook->id, reason, court->edition->diag);
	free(unit);
	free(reader);
	return answer;
}

static void
add_answer(struct court *court, const char *name, const xmlNode *node,
    bool is_ancestor, bool shown, const char *reason)
{
	static const char *const says[2][DIAG_LANGUAGES] = {
		{ "says no", "dice que no" },
		{ "says yes: it is for this handbook",
		    "dice que sí: es para este manual" },
	};
	static const char *const around[DIAG_LANGUAGES] = { " to %s around it",
		" a %s, que lo contiene" };
	const xmlNode *named = named_element_named(node);
	char *whose = is_ancestor && named != NULL
	    ? mem_format(around[court->ui], node_id(named))
	    : mem_dup("");

	add_verdict(court, name, true, shown,
	    mem_format("%s%s%s%s", says[shown][court->ui], whose,
		reason ? ": " : "", reason ? reason : ""));
	free(whose);
}

static const struct source *
text_of(const struct court *court, const struct filter_source *filter)
{
	const struct sources *sources = court->edition->sources;

	for (size_t i = 0; i < sources->count; i++)
		if (strcmp(sources->files[i]->path, filter->href) == 0)
			return sources->files[i];
	return NULL;
}

/* What one filter says of a node. 1, 0, or -1 reported. */
static int
ask_filter(struct court *court, const struct filter_source *filter,
    const xmlNode *node, bool is_ancestor)
{
	const struct source *source = text_of(court, filter);
	uint32_t reach = book_element(court->book, node)->reach;
	struct diag *diag = court->edition->diag;
	char *reason = NULL;
	struct select_rule rule;
	int answer;

	if (source == NULL ||
	    select_rule_open(&rule, source->path, source->bytes, source->size,
		filter->place, diag) != 0)
		return -1;
	answer = rule.per_axis ? ask_axes(court, &rule, reach)
			       : ask_whole(court, &rule, reach, &reason);
	select_rule_close(&rule);
	if (answer >= 0)
		add_answer(court, filter->href, node, is_ancestor, answer == 1,
		    reason);
	free(reason);
	return answer;
}

/* The outermost element around the node, or itself, that is not selected. */
static const xmlNode *
first_absent(const struct court *court, const xmlNode *node)
{
	const xmlNode *absent = NULL;

	for (; node != NULL && node->type == XML_ELEMENT_NODE;
	     node = node->parent)
		if (!masks_show(court->edition->masks,
			book_element(court->book, node)->reach,
			court->handbook_index))
			absent = node;
	return absent;
}

/* Filters are asked as selection asks them: while nobody said no. */
static int
judge_filters(struct court *court, const xmlNode *node)
{
	const struct project *project = court->edition->project;
	const xmlNode *absent = first_absent(court, node);
	const xmlNode *judged = absent != NULL ? absent : node;

	for (size_t i = 0;
	     court->verdicts->selected && i < project->filter_count; i++)
		if (ask_filter(court, &project->filters[i], judged,
			judged != node) < 0)
			return -1;
	return 0;
}

/* --- in all --- */

/* Of what selection keeps and projection does not. */
static char *
projection_format(const struct court *court, const struct shown *sight,
    const xmlNode *node)
{
	static const char *const left_out[DIAG_LANGUAGES] = {
		"not shown: step %s is others', and this handbook leaves it "
		"out",
		"no se muestra: el paso %s es de otros y este manual lo omite",
	};
	static const char *const line[DIAG_LANGUAGES] = {
		"not shown: step %s is others', and this handbook shows a line "
		"of it",
		"no se muestra: el paso %s es de otros y este manual lo deja "
		"en una línea",
	};
	static const char *const draft[DIAG_LANGUAGES] = {
		"not shown: remarks are shown in drafts only",
		"no se muestra: las observaciones solo están en los "
		"borradores",
	};
	static const char *const hollow[DIAG_LANGUAGES] = {
		"not shown: selected, but it, or what it stands in, is left "
		"empty",
		"no se muestra: está seleccionado, pero eso o lo que lo "
		"contiene queda vacío",
	};
	const xmlNode *step = named_element_step(node);

	if (node_is(node, "remark"))
		return mem_dup(draft[court->ui]);
	for (; step != NULL; step = named_element_step(step->parent)) {
		enum participation share =
		    participation_of_step(&sight->view, step);

		if (share == PARTICIPATION_LINE && step != node)
			return mem_format(line[court->ui],
			    step_labels_get(court->book, step));
		if (share == PARTICIPATION_NONE)
			return mem_format(left_out[court->ui],
			    step_labels_get(court->book, step));
	}
	return mem_dup(hollow[court->ui]);
}

static char *
refusal_format(const struct court *court)
{
	static const char *const no[DIAG_LANGUAGES] = { "not shown: ",
		"no se muestra: " };
	static const char *const axis[DIAG_LANGUAGES] = { "axis %s: %s",
		"eje %s: %s" };
	static const char *const filter[DIAG_LANGUAGES] = { "filter %s %s",
		"el filtro %s %s" };
	const struct axes *axes = court->edition->reaches->axes;
	struct buf text = { 0 };
	bool first = true;

	buf_add_text(&text, no[court->ui]);
	for (size_t i = 0; i < court->verdicts->count; i++) {
		const struct why_verdict *verdict =
		    &court->verdicts->verdicts[i];

		if (verdict->shown)
			continue;
		if (!first)
			buf_add_text(&text, "; ");
		first = false;
		if (verdict->is_filter)
			buf_add_format(&text, filter[court->ui], verdict->name,
			    verdict->words);
		else if ((int)i == axes->clearance)
			buf_add_text(&text, verdict->words);
		else
			buf_add_format(&text, axis[court->ui], verdict->name,
			    verdict->words);
	}
	return buf_take(&text);
}

static char *
approval_format(const struct court *court, const xmlNode *node)
{
	static const char *const words[SHOWN_COUNT][DIAG_LANGUAGES] = {
		[SHOWN_BRIEF] = { "shown in brief: others act, so it is one "
				  "line",
		    "se muestra abreviado: actúan otros y queda en una línea" },
		[SHOWN_FULL] = { "shown in full", "se muestra íntegro" },
		[SHOWN_RECEIVED] = { "shown in full: it is handed to a role of "
				     "the handbook",
		    "se muestra íntegro: se deriva a un rol del manual" },
		[SHOWN_OWN] = { "shown in full: a role of the handbook acts",
		    "se muestra íntegro: actúa un rol del manual" },
	};
	static const char *const kept[DIAG_LANGUAGES] = {
		"shown: it is kept of a step that others do",
		"se muestra: se conserva de un paso que es de otros",
	};
	static const char *const some[DIAG_LANGUAGES] = {
		"shown in brief: no step is its own, and others' are lines",
		"se muestra abreviado: ningún paso es propio y los de otros "
		"quedan en una línea",
	};

	if (court->verdicts->how == SHOWN_BRIEF && node_is(node, "task"))
		return mem_dup(some[court->ui]);
	if (court->verdicts->how == SHOWN_BRIEF && !node_is(node, "step"))
		return mem_dup(kept[court->ui]);
	return mem_dup(words[court->verdicts->how][court->ui]);
}

static void
judge_in_all(struct court *court, const xmlNode *node)
{
	struct why_verdicts *verdicts = court->verdicts;
	struct shown sight;

	shown_open(&sight, court->edition, court->book, court->handbook_index);
	verdicts->how = shown_of(&sight, node);
	if (verdicts->how != SHOWN_ABSENT)
		verdicts->words = approval_format(court, node);
	else if (!verdicts->selected)
		verdicts->words = refusal_format(court);
	else
		verdicts->words = projection_format(court, &sight, node);
	shown_close(&sight);
}

int
why_verdicts_judge(struct why_verdicts *verdicts, const struct edition *edition,
    const xmlNode *node, size_t handbook)
{
	struct court court = { verdicts, edition, named_element_book(edition),
		&edition->project->handbooks[handbook], handbook,
		edition->diag->language };

	memset(verdicts, 0, sizeof(*verdicts));
	verdicts->selected = true;
	judge_axes(&court, book_element(court.book, node)->reach);
	if (judge_filters(&court, node) != 0)
		return -1;
	judge_in_all(&court, node);
	return 0;
}

void
why_verdicts_clear(struct why_verdicts *verdicts)
{
	for (size_t i = 0; i < verdicts->count; i++)
		free(verdicts->verdicts[i].words);
	free(verdicts->verdicts);
	free(verdicts->words);
	memset(verdicts, 0, sizeof(*verdicts));
}
