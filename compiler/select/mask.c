#include "mask.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "base/embed.h"
#include "script/select_rule.h"

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

/* The distinct values of the handbooks on one axis. */
struct readers {
	size_t axis;
	const uint64_t **values;
	uint64_t **handbooks; /* per value: the handbooks that have it */
	size_t count;
	uint64_t *others; /* handbooks that give no values: all pass */
};

static void
collect_readers(struct readers *readers, const struct selection *selection,
    size_t axis)
{
	const struct project *project = selection->project;
	size_t size = project->axes.axes[axis].words * sizeof(uint64_t);
	size_t words = selection->masks->words;
	scoped(map_clear) struct map distinct = { 0 };

	readers->axis = axis;
	readers->values =
	    mem_array(project->handbook_count, sizeof(*readers->values));
	readers->handbooks =
	    mem_array(project->handbook_count, sizeof(*readers->handbooks));
	readers->others = mem_array(words, sizeof(uint64_t));
	for (size_t h = 0; h < project->handbook_count; h++) {
		const uint64_t *values = project->handbooks[h].values[axis];
		const struct map_entry *entry;
		bool is_new;
		size_t at;

		if (values == NULL) {
			bits_set(readers->others, h);
			continue;
		}
		entry = map_put(&distinct, values, size, &is_new);
		at = (size_t)(entry - distinct.entries);
		if (is_new) {
			readers->values[at] = values;
			readers->handbooks[at] =
			    mem_array(words, sizeof(uint64_t));
		}
		bits_set(readers->handbooks[at], h);
	}
	readers->count = distinct.count;
}

static void
clear_readers(struct readers *readers)
{
	for (size_t i = 0; i < readers->count; i++)
		free(readers->handbooks[i]);
	free(readers->handbooks);
	free(readers->values);
	free(readers->others);
}

/* The handbooks that a set of the axis is for, by the rule. */
static int
ask_set(struct selection *selection, struct select_rule *rule,
    const struct readers *readers, uint32_t set, uint64_t *allowed)
{
	struct masks *masks = selection->masks;
	owned uint64_t *chosen =
	    mem_array(bits_words(readers->count) + 1, sizeof(*chosen));
	int rc = select_rule_ask_axis(rule,
	    &selection->reaches->axes->axes[readers->axis],
	    reach_leaves(selection->reaches, readers->axis, set),
	    readers->values, readers->count, chosen, selection->diag);

	masks->questions++;
	memcpy(allowed, readers->others, masks->words * sizeof(*allowed));
	for (size_t i = 0; rc == 0 && i < readers->count; i++)
		for (size_t w = 0; bits_get(chosen, i) && w < masks->words; w++)
			allowed[w] |= readers->handbooks[i][w];
	return rc;
}

static int
judge_axis(struct selection *selection, struct select_rule *rule,
    const struct readers *readers)
{
	struct masks *masks = selection->masks;
	size_t sets = selection->reaches->sets[readers->axis].count;
	owned uint64_t *allowed =
	    mem_array(sets * masks->words, sizeof(*allowed));
	owned bool *asked = mem_array(sets, sizeof(*asked));
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < masks->reach_count; i++) {
		uint32_t reach =
		    selection
			->order[selection->reverse ? masks->reach_count - 1 - i
						   : i];
		uint32_t set =
		    reach_sets(selection->reaches, reach)[readers->axis];
		uint64_t *bits = masks->bits + reach * masks->words;

		/* What no handbook may read is not shown to Lua. */
		if (bits_empty(bits, masks->words))
			continue;
		if (!asked[set])
			rc = ask_set(selection, rule, readers, set,
			    allowed + set * masks->words);
		asked[set] = true;
		for (size_t w = 0; w < masks->words; w++)
			bits[w] &= allowed[set * masks->words + w];
	}
	return rc;
}

static int
judge_axes(struct selection *selection, struct select_rule *rule)
{
	const struct axes *axes = selection->reaches->axes;
	int rc = 0;

	for (size_t axis = 0; rc == 0 && axis < axes->count; axis++) {
		struct readers readers = { 0 };

		if ((int)axis == axes->clearance)
			continue;
		collect_readers(&readers, selection, axis);
		if (readers.count > 0)
			rc = judge_axis(selection, rule, &readers);
		clear_readers(&readers);
	}
	return rc;
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
judge_handbook(struct selection *selection, struct select_rule *rule,
    struct select_rule_set *unit, struct select_rule_set *reader,
    size_t handbook)
{
	const struct axes *axes = selection->reaches->axes;
	struct masks *masks = selection->masks;
	const struct handbook *h = &selection->project->handbooks[handbook];

	for (size_t a = 0; a < axes->count; a++) {
		bool clearance = (int)a == axes->clearance;

		reader[a] = (struct select_rule_set){ &axes->axes[a],
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
			unit[a] = (struct select_rule_set){ &axes->axes[a],
				(int)a == axes->clearance
				    ? NULL
				    : reach_leaves(selection->reaches, a,
					  sets[a]),
				reach_rank(selection->reaches, reach) };
		masks->questions++;
		answer = select_rule_ask(rule, unit, reader, axes->count, h->id,
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
	owned struct select_rule_set *unit = mem_array(axes + 1, sizeof(*unit));
	owned struct select_rule_set *reader =
	    mem_array(axes + 1, sizeof(*reader));
	int rc = 0;

	for (size_t h = 0; rc == 0 && h < selection->project->handbook_count;
	     h++) {
		struct select_rule rule;

		rc = select_rule_open(&rule, chunk->name, chunk->text,
		    chunk->size, chunk->place, selection->diag);
		if (rc != 0)
			break;
		rc = judge_handbook(selection, &rule, unit, reader, h);
		select_rule_close(&rule);
	}
	return rc;
}

static int
apply_chunk(struct selection *selection, const struct chunk *chunk)
{
	struct select_rule rule;
	int rc;

	if (select_rule_open(&rule, chunk->name, chunk->text, chunk->size,
		chunk->place, selection->diag) != 0)
		return -1;
	rc = rule.per_axis ? judge_axes(selection, &rule)
			   : judge_whole(selection, chunk);
	select_rule_close(&rule);
	return rc;
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
