#include "mask.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "base/embed.h"
#include "script/rule.h"

/* A selection under way. */
struct selection {
	struct masks *masks;
	const struct reaches *reaches;
	const struct project *project;
	struct diag *diag;
	uint32_t *order; /* reach numbers in canonical order */
	bool reverse;
};

/* A filter's text. */
struct chunk {
	const char *name;
	const char *text;
	size_t size;
	struct place place;
};

void
masks_clear(struct masks *masks)
{
	free(masks->bits);
	memset(masks, 0, sizeof(*masks));
}

static void
forbid(struct masks *masks, uint32_t reach, size_t handbook)
{
	masks->bits[reach * masks->words + handbook / 64] &=
	    ~(UINT64_C(1) << (handbook % 64));
}

/* Clearance, before any Lua; and an empty set reaches nobody, whatever a
 * handbook's values are. */
static void
start_bits(struct selection *selection)
{
	struct masks *masks = selection->masks;
	const struct reaches *reaches = selection->reaches;
	const struct axes *axes = reaches->axes;
	const struct project *project = selection->project;

	for (uint32_t reach = 0; reach < masks->reach_count; reach++) {
		const uint32_t *sets = reach_sets(reaches, reach);
		bool nobody = false;

		for (size_t i = 0; i < axes->count; i++)
			nobody |= (int)i != axes->clearance &&
			    bits_empty(reach_leaves(reaches, i, sets[i]),
				axes->axes[i].words);
		for (size_t h = 0; !nobody && h < project->handbook_count; h++)
			if (reach_rank(reaches, reach) <=
			    project->handbooks[h].clearance)
				bits_set(masks->bits + reach * masks->words, h);
	}
}

/* --- rules that judge axis by axis --- */

/* The answers of one axis for one value set: by set number; -1 = not asked. */
struct answers {
	struct rule rule;
	bool is_open;
	signed char *by_set;
};

static int
ask_set(struct selection *selection, struct answers *answers,
    const struct chunk *chunk, size_t axis, uint32_t set,
    const uint64_t *values)
{
	struct rule_set unit = { &selection->reaches->axes->axes[axis],
		reach_leaves(selection->reaches, axis, set), 0 };
	struct rule_set reader = { unit.axis, values, 0 };

	if (answers->by_set[set] >= 0)
		return answers->by_set[set];
	if (!answers->is_open &&
	    rule_open(&answers->rule, chunk->name, chunk->text, chunk->size,
		chunk->place, selection->diag) != 0)
		return -1;
	answers->is_open = true;
	selection->masks->questions++;
	answers->by_set[set] = (signed char)rule_ask_axis(&answers->rule, &unit,
	    &reader, selection->diag);
	return answers->by_set[set];
}

static bool
has_same_values(const struct handbook *a, const struct handbook *b, size_t axis,
    size_t words)
{
	return b->values[axis] != NULL &&
	    memcmp(a->values[axis], b->values[axis],
		words * sizeof(uint64_t)) == 0;
}

/* Judges one axis for all handbooks that have the values of `first`. */
static int
judge_values(struct selection *selection, const struct chunk *chunk,
    size_t axis, size_t first)
{
	const struct project *project = selection->project;
	const struct handbook *handbook = &project->handbooks[first];
	struct masks *masks = selection->masks;
	size_t words = project->axes.axes[axis].words;
	struct answers answers = { 0 };
	uint64_t *same = mem_array(masks->words, sizeof(*same));
	int rc = 0;

	answers.by_set = mem_array(selection->reaches->sets[axis].count, 1);
	memset(answers.by_set, -1, selection->reaches->sets[axis].count);
	for (size_t h = first; h < project->handbook_count; h++)
		if (has_same_values(handbook, &project->handbooks[h], axis,
			words))
			bits_set(same, h);
	for (size_t i = 0; rc == 0 && i < masks->reach_count; i++) {
		uint32_t reach =
		    selection
			->order[selection->reverse ? masks->reach_count - 1 - i
						   : i];
		uint64_t *bits = masks->bits + reach * masks->words;
		int answer;

		if (!bits_meet(bits, same, masks->words))
			continue;
		answer = ask_set(selection, &answers, chunk, axis,
		    reach_sets(selection->reaches, reach)[axis],
		    handbook->values[axis]);
		if (answer < 0)
			rc = -1;
		for (size_t w = 0; answer == 0 && w < masks->words; w++)
			bits[w] &= ~same[w];
	}
	if (answers.is_open)
		rule_close(&answers.rule);
	free(answers.by_set);
	free(same);
	return rc;
}

/* Is there an earlier handbook of the same values on this axis? */
static bool
is_repeated(const struct project *project, size_t axis, size_t handbook)
{
	for (size_t h = 0; h < handbook; h++)
		if (project->handbooks[h].values[axis] != NULL &&
		    has_same_values(&project->handbooks[h],
			&project->handbooks[handbook], axis,
			project->axes.axes[axis].words))
			return true;
	return false;
}

static int
judge_axes(struct selection *selection, const struct chunk *chunk)
{
	const struct project *project = selection->project;

	for (size_t axis = 0; axis < project->axes.count; axis++) {
		if ((int)axis == project->axes.clearance)
			continue;
		for (size_t i = 0; i < project->handbook_count; i++) {
			size_t h = selection->reverse
			    ? project->handbook_count - 1 - i
			    : i;

			if (project->handbooks[h].values[axis] == NULL ||
			    is_repeated(project, axis, h))
				continue;
			if (judge_values(selection, chunk, axis, h) != 0)
				return -1;
		}
	}
	return 0;
}

/* --- rules that judge all axes at once --- */

/* The leaves of a handbook that gives no values: all. */
static const uint64_t *
values_or_all(const struct selection *selection, size_t handbook, size_t axis)
{
	const uint64_t *values =
	    selection->project->handbooks[handbook].values[axis];

	return values != NULL ? values
			      : reach_leaves(selection->reaches, axis, 0);
}

static int
judge_handbook(struct selection *selection, struct rule *rule,
    struct rule_set *unit, struct rule_set *reader, size_t handbook)
{
	const struct axes *axes = selection->reaches->axes;
	struct masks *masks = selection->masks;
	const struct handbook *h = &selection->project->handbooks[handbook];

	for (size_t a = 0; a < axes->count; a++) {
		bool clearance = (int)a == axes->clearance;

		reader[a] = (struct rule_set){ &axes->axes[a],
			clearance ? NULL
				  : values_or_all(selection, handbook, a),
			h->clearance };
	}
	for (size_t i = 0; i < masks->reach_count; i++) {
		uint32_t reach =
		    selection
			->order[selection->reverse ? masks->reach_count - 1 - i
						   : i];
		const uint32_t *sets = reach_sets(selection->reaches, reach);
		int answer;

		if (!masks_show(masks, reach, handbook))
			continue;
		for (size_t a = 0; a < axes->count; a++)
			unit[a] = (struct rule_set){ &axes->axes[a],
				(int)a == axes->clearance
				    ? NULL
				    : reach_leaves(selection->reaches, a,
					  sets[a]),
				reach_rank(selection->reaches, reach) };
		masks->questions++;
		answer = rule_ask(rule, unit, reader, axes->count, h->id,
		    selection->diag);
		if (answer < 0)
			return -1;
		if (answer == 0)
			forbid(masks, reach, handbook);
	}
	return 0;
}

/* A fresh state per handbook: nothing survives from one to the next. */
static int
judge_whole(struct selection *selection, const struct chunk *chunk)
{
	size_t axes = selection->reaches->axes->count;
	struct rule_set *unit = mem_array(axes + 1, sizeof(*unit));
	struct rule_set *reader = mem_array(axes + 1, sizeof(*reader));
	int rc = 0;

	for (size_t h = 0; rc == 0 && h < selection->project->handbook_count;
	     h++) {
		struct rule rule;

		rc = rule_open(&rule, chunk->name, chunk->text, chunk->size,
		    chunk->place, selection->diag);
		if (rc != 0)
			break;
		rc = judge_handbook(selection, &rule, unit, reader, h);
		rule_close(&rule);
	}
	free(unit);
	free(reader);
	return rc;
}

static int
apply_chunk(struct selection *selection, const struct chunk *chunk)
{
	struct rule rule;
	bool per_axis;

	if (rule_open(&rule, chunk->name, chunk->text, chunk->size,
		chunk->place, selection->diag) != 0)
		return -1;
	per_axis = rule.per_axis;
	rule_close(&rule);
	return per_axis ? judge_axes(selection, chunk)
			: judge_whole(selection, chunk);
}

/* --- the canonical order --- */

static int
compare_reaches(const void *left, const void *right, void *context)
{
	const struct reaches *reaches = context;
	const uint32_t *a = reach_sets(reaches, *(const uint32_t *)left);
	const uint32_t *b = reach_sets(reaches, *(const uint32_t *)right);

	for (size_t i = 0; i < reaches->axes->count; i++) {
		int order;

		if ((int)i == reaches->axes->clearance)
			order = (a[i] > b[i]) - (a[i] < b[i]);
		else
			order = memcmp(reach_leaves(reaches, i, a[i]),
			    reach_leaves(reaches, i, b[i]),
			    reaches->axes->axes[i].words * sizeof(uint64_t));
		if (order != 0)
			return order;
	}
	return 0;
}

static int
apply_project_filters(struct selection *selection, struct xml_reader *reader)
{
	const struct project *project = selection->project;

	for (size_t i = 0; i < project->filter_count; i++) {
		const struct filter_source *filter = &project->filters[i];
		uint32_t file =
		    xml_read_source(reader, filter->href, filter->place);
		const struct source *source;
		struct chunk chunk;

		if (file == 0)
			return -1;
		source = sources_get(reader->sources, file);
		chunk = (struct chunk){ source->path, source->bytes,
			source->size, filter->place };
		if (apply_chunk(selection, &chunk) != 0)
			return -1;
	}
	return 0;
}

int
masks_compute(struct masks *masks, const struct reaches *reaches,
    const struct project *project, struct xml_reader *reader, bool reverse,
    struct diag *diag)
{
	const struct embedded *rule = embedded_find("select.lua");
	struct chunk chunk = { "select.lua", rule->bytes, rule->size, { 0 } };
	struct selection selection = { masks, reaches, project, diag, NULL,
		reverse };
	int rc;

	memset(masks, 0, sizeof(*masks));
	masks->reach_count = reaches->all.count;
	masks->words = bits_words(project->handbook_count);
	masks->bits =
	    mem_array(masks->reach_count * masks->words, sizeof(*masks->bits));
	selection.order =
	    mem_array(masks->reach_count, sizeof(*selection.order));
	for (uint32_t i = 0; i < masks->reach_count; i++)
		selection.order[i] = i;
	qsort_r(selection.order, masks->reach_count, sizeof(*selection.order),
	    compare_reaches, (void *)(uintptr_t)reaches);
	start_bits(&selection);
	rc = apply_chunk(&selection, &chunk);
	if (rc == 0)
		rc = apply_project_filters(&selection, reader);
	free(selection.order);
	return rc;
}
