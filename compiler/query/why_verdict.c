/*
 * Tells the second half of the answer to `vade roles why`: a verdict per axis
 * and filter, and one in all.
 * Invariant: no filter is asked about what is above the clearance of the
 * handbook.
 */
#include "why.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "model/axis_tokens_format.h"
#include "query/answer.h"
#include "query/named_element.h"
#include "query/terminal_text.h"
#include "query/visibility.h"
#include "script/select_rule.h"
#include "select/step_labels.h"

/* What is judged. */
struct court {
	const struct edition *edition;
	const struct book *book;
	const struct handbook *handbook;
	size_t handbook_index;
	json_t *axes; /* the verdicts, in their order */
	json_t *filters;
	json_t *all;      /* of both */
	json_t *refusals; /* those that say no */
	size_t width;     /* of the widest name */
};

static char *
words_format(const struct court *court, json_t *about, const char *word)
{
	return answer_words_format(about, word, court->edition->diag->language);
}

/* Takes what words are made of. */
static void
add_verdict(struct court *court, const char *kind, const char *name, bool shown,
    const char *word, json_t *about)
{
	json_t *verdict = json_pack("{s:o, s:b, s:o}", kind, answer_text(name),
	    "shown", (int)shown, ".name", answer_text(name));

	json_object_set_new(verdict, "words",
	    answer_text_take(words_format(court, about, word)));
	json_object_update_new(verdict, about);
	if (terminal_width(name) > court->width)
		court->width = terminal_width(name);
	json_array_append(
	    strcmp(kind, "axis") == 0 ? court->axes : court->filters, verdict);
	if (!shown)
		json_array_append(court->refusals, verdict);
	json_array_append_new(court->all, verdict);
}

/* --- axes --- */

static void
judge_class(struct court *court, const struct axis *axis, uint32_t reach)
{
	int rank = reach_rank(court->edition->reaches, reach);
	bool shown = rank <= court->handbook->clearance;

	add_verdict(court, "axis", axis->id, shown,
	    shown ? "class-within" : "class-above",
	    json_pack("{s:s, s:s}", ".unit", axis->values[rank].id, ".reader",
		axis->values[court->handbook->clearance].id));
}

static void
judge_leaves(struct court *court, size_t index, uint32_t reach)
{
	const struct reaches *reaches = court->edition->reaches;
	const struct axis *axis = &reaches->axes->axes[index];
	const uint64_t *unit =
	    reach_leaves(reaches, index, reach_sets(reaches, reach)[index]);
	const uint64_t *values = court->handbook->values[index];
	json_t *about = json_pack("{s:o, s:b}", ".unit",
	    answer_text_take(axis_tokens_format(axis, unit)), ".reaches", 1);
	const char *word;

	if (bits_empty(unit, axis->words)) {
		word = "leaves-none";
	} else if (axis_tokens_are_all(axis, unit)) {
		word = "leaves-all";
	} else if (values == NULL) {
		word = "leaves-unasked";
	} else {
		word = bits_meet(unit, values, axis->words) ? "leaves-common"
							    : "leaves-apart";
		json_object_set_new(about, ".reader",
		    answer_text_take(axis_tokens_format(axis, values)));
		json_object_set_new(about, ".common",
		    answer_text_take(
			axis_tokens_common_format(axis, unit, values)));
	}
	add_verdict(court, "axis", axis->id,
	    strcmp(word, "leaves-none") != 0 &&
		strcmp(word, "leaves-apart") != 0,
	    word, about);
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
	owned struct select_rule_set *unit =
	    mem_array(axes->count + 1, sizeof(*unit));
	owned struct select_rule_set *reader =
	    mem_array(axes->count + 1, sizeof(*reader));

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
	return select_rule_ask_reason(rule, unit, reader, axes->count,
	    court->handbook->id, reason, court->edition->diag);
}

static void
add_answer(struct court *court, const char *name, const xmlNode *node,
    bool is_ancestor, bool shown, const char *reason)
{
	const xmlNode *named = is_ancestor ? named_element_named(node) : NULL;

	add_verdict(court, "filter", name, shown,
	    shown ? "says-yes" : "says-no",
	    json_pack("{s:s*, s:o*}", ".around", named ? node_id(named) : NULL,
		".reason", reason ? answer_text(reason) : NULL));
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
	     json_array_size(court->refusals) == 0 && i < project->filter_count;
	     i++)
		if (ask_filter(court, &project->filters[i], judged,
			judged != node) < 0)
			return -1;
	return 0;
}

/* --- in all --- */

/* Why projection leaves out what selection keeps: a word, and the label of the
 * step that says so. */
static const char *
projection_word(const struct court *court, const struct visibility *sight,
    const xmlNode *node, const char **label)
{
	const xmlNode *step = named_element_step(node);

	if (node_is(node, "remark"))
		return "absent-draft";
	for (; step != NULL; step = named_element_step(step->parent)) {
		enum participation share =
		    participation_of_step(&sight->view, step);

		*label = step_labels_get(court->book, step);
		if (share == PARTICIPATION_LINE && step != node)
			return "absent-line";
		if (share == PARTICIPATION_NONE)
			return "absent-none";
	}
	return "absent-hollow";
}

static const char *
approval_word(enum shown_how how, const xmlNode *node)
{
	switch (how) {
	case SHOWN_OWN:
		return "shown-own";
	case SHOWN_STANDIN:
		return "shown-standin";
	case SHOWN_RECEIVED:
		return "shown-received";
	case SHOWN_FULL:
		return "shown-full";
	default:
		return node_is(node, "task") ? "shown-brief-task"
		    : node_is(node, "step")  ? "shown-brief"
					     : "shown-kept";
	}
}

/* The verdict in all agrees with the masks and the projection. */
static void
judge_in_all(struct court *court, const xmlNode *node, json_t *answer)
{
	struct visibility sight;
	enum shown_how how;
	const char *label = "";
	const char *word;

	visibility_open(&sight, court->edition, court->book,
	    court->handbook_index);
	how = visibility_of(&sight, node);
	if (how != SHOWN_ABSENT)
		word = approval_word(how, node);
	else if (json_array_size(court->refusals) > 0)
		word = "refused";
	else
		word = projection_word(court, &sight, node, &label);
	json_object_update_new(answer,
	    json_pack("{s:b, s:s, s:s}", "shown", how != SHOWN_ABSENT, "how",
		visibility_name(how), ".step", label));
	json_object_set_new(answer, "words",
	    answer_text_take(words_format(court, answer, word)));
	visibility_close(&sight);
}

int
why_verdicts_add(json_t *answer, const struct edition *edition,
    const xmlNode *node, size_t handbook)
{
	struct court court = { edition, edition_book(edition),
		&edition->project->handbooks[handbook], handbook, json_array(),
		json_array(), json_array(), json_array(), 0 };

	json_object_update_new(answer,
	    json_pack("{s:o, s:o, s:o, s:o}", "axes", court.axes, "filters",
		court.filters, ".verdicts", court.all, ".refusals",
		court.refusals));
	judge_axes(&court, book_element(court.book, node)->reach);
	if (judge_filters(&court, node) != 0)
		return -1;
	json_object_set_new(answer, ".width", json_integer((int)court.width));
	judge_in_all(&court, node, answer);
	return 0;
}
