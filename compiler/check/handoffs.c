/*
 * Hand-offs: whoever acts was handed the work, whoever receives does
 * something with it, and between agencies it is written how (DESIGN section
 * 6).
 * Invariant: time is linear in the steps of a procedure, whatever its
 * decisions; what cannot be decided in a few passes is not reported.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/bits.h"
#include "base/buf.h"
#include "base/text.h"
#include "check/check.h"
#include "check/step_flow.h"
#include "model/axis_tokens_format.h"
#include "project/participation.h"
#include "select/step_labels.h"

/* Loops of a procedure settle in a pass or two; a text made to take more is
 * not worth more. */
enum { PASSES = 12, GATES = 16 };

/* The fields of a hand-off block (DESIGN section 4). */
static const char *const fields[] = { "trigger", "info", "channel", "time",
	"accept", "return" };
enum { FIELDS = COUNT(fields), ALL_FIELDS = 63 };

/* One procedure. Sets of leaves stand one after the other, words for each
 * step. */
struct work {
	struct checks *checks;
	struct step_flow flow;
	size_t words;
	uint64_t *actors;
	uint64_t *doers; /* actors, and who stands in for them */
	uint64_t *receivers;
	uint64_t *pending; /* received on every way here, and not acted since */
	uint64_t *able;    /* of the step before: who may act next */
	uint64_t *later;   /* who acts in a step that can come after */
	bool *entry;       /* can be the first step */
	bool *present;     /* shown wherever the gate's steps are */
	bool *handed;      /* per edge: all is well in one of the views */
	uint32_t *gates;   /* per step: a reach as wide, but for roles */
};

static uint64_t *
set_of(const struct work *work, uint64_t *sets, size_t step)
{
	return sets + step * work->words;
}

/* --- the actor changes without a hand-off --- */

/* Does the first reach show a step wherever the second does, by the axes
 * other than role and class? */
static bool
is_wider(const struct work *work, uint32_t reach, uint32_t other)
{
	const struct reaches *reaches = work->checks->edition->reaches;
	const uint32_t *a = reach_sets(reaches, reach);
	const uint32_t *b = reach_sets(reaches, other);

	for (size_t i = 0; i < reaches->axes->count; i++) {
		if ((int)i == reaches->axes->role ||
		    (int)i == reaches->axes->clearance || a[i] == b[i])
			continue;
		if (!bits_inside(reach_leaves(reaches, i, b[i]),
			reach_leaves(reaches, i, a[i]),
			reaches->axes->axes[i].words))
			return false;
	}
	return true;
}

/* Whoever may act after a step, word by word: its actors, whom it hands to,
 * and whom something was handed before. A step that may be missing hands
 * nothing over. */
static uint64_t
able_after(const struct work *work, size_t step, size_t word)
{
	size_t at = step * work->words + word;

	if (!work->present[step])
		return work->able[at];
	return work->actors[at] | work->receivers[at] | work->pending[at];
}

static uint64_t
pending_after(const struct work *work, size_t step, size_t word)
{
	size_t at = step * work->words + word;

	if (!work->present[step])
		return work->pending[at];
	return (work->pending[at] & ~work->actors[at]) | work->receivers[at];
}

/* Narrows what is known before each step to what every way gives. */
static bool
narrow(struct work *work)
{
	bool changed = false;

	for (size_t i = 0; i < work->flow.edge_count; i++) {
		const struct step_flow_edge *edge = &work->flow.edges[i];

		for (size_t w = 0; w < work->words; w++) {
			size_t at = edge->to * work->words + w;
			uint64_t able = work->able[at];
			uint64_t pending = work->pending[at];

			work->able[at] &= able_after(work, edge->from, w);
			work->pending[at] &= pending_after(work, edge->from, w);
			changed |= able != work->able[at] ||
			    pending != work->pending[at];
		}
	}
	return changed;
}

static void
settle(struct work *work)
{
	size_t words = work->words;

	memset(work->able, 0xff, work->flow.count * words * sizeof(uint64_t));
	memset(work->pending, 0xff,
	    work->flow.count * words * sizeof(uint64_t));
	for (size_t i = 0; i < work->flow.count; i++)
		if (work->entry[i])
			memset(set_of(work, work->pending, i), 0,
			    words * sizeof(uint64_t));
	for (int pass = 0; pass < PASSES && narrow(work); pass++)
		continue;
}

static bool
is_handed_on(const struct work *work, const struct step_flow_edge *edge)
{
	for (size_t w = 0; w < work->words; w++)
		if (able_after(work, edge->from, w) &
		    work->actors[edge->to * work->words + w])
			return true;
	return false;
}

/* The step that should hand over: not one of a class above that of the step
 * after it, which its actor may be unable to read. */
static size_t
find_before(const struct work *work, const struct step_flow_edge *edge)
{
	const struct reaches *reaches = work->checks->edition->reaches;
	int rank = reach_rank(reaches, work->gates[edge->to]);
	size_t before = edge->from;

	while (before > 0 && reach_rank(reaches, work->gates[before]) > rank)
		before--;
	return before;
}

static void
report_change(struct work *work, const struct step_flow_edge *edge)
{
	struct checks *checks = work->checks;
	const xmlNode *before = work->flow.steps[find_before(work, edge)];
	const xmlNode *step = work->flow.steps[edge->to];

	if (accept_covers(checks, step, DIAG_ACTOR_CHANGES))
		return;
	diag_report_related(checks->edition->diag, DIAG_ACTOR_CHANGES,
	    checks_place(checks, step, "v:actor", NULL),
	    checks_place(checks, before, NULL, NULL),
	    participation_actors(step), participation_actors(before),
	    step_labels_get(checks->book, before), NULL);
}

/* Looks at the steps of one gate as those see them who read all classes, or
 * nothing above the gate's. */
static void
check_view(struct work *work, uint32_t gate, bool all_classes)
{
	const struct reaches *reaches = work->checks->edition->reaches;

	for (size_t i = 0; i < work->flow.count; i++)
		work->present[i] = is_wider(work, work->gates[i], gate) &&
		    (all_classes ||
			reach_rank(reaches, work->gates[i]) <=
			    reach_rank(reaches, gate));
	settle(work);
	for (size_t i = 0; i < work->flow.edge_count; i++)
		if (work->gates[work->flow.edges[i].to] == gate &&
		    is_handed_on(work, &work->flow.edges[i]))
			work->handed[i] = true;
}

/* What a step of a higher class hands over reaches those who may read it; and
 * whoever may not goes on from the step before it. */
static void
check_gate(struct work *work, uint32_t gate)
{
	check_view(work, gate, true);
	check_view(work, gate, false);
	for (size_t i = 0; i < work->flow.edge_count; i++) {
		const struct step_flow_edge *edge = &work->flow.edges[i];

		if (work->gates[edge->to] == gate && !work->handed[i] &&
		    !bits_empty(set_of(work, work->actors, edge->to),
			work->words))
			report_change(work, edge);
	}
}

/* Steps that the same handbooks of a role show have one gate: the first reach
 * that is as wide. */
static size_t
find_gates(struct work *work, uint32_t gates[GATES])
{
	const struct book *book = work->checks->book;
	const struct reaches *reaches = work->checks->edition->reaches;
	size_t count = 0;

	for (size_t i = 0; i < work->flow.count; i++) {
		uint32_t reach = book_element(book, work->flow.steps[i])->reach;
		size_t g = 0;

		while (g < count &&
		    !(is_wider(work, gates[g], reach) &&
			is_wider(work, reach, gates[g]) &&
			reach_rank(reaches, gates[g]) ==
			    reach_rank(reaches, reach)))
			g++;
		if (g == count && count < GATES)
			gates[count++] = reach;
		work->gates[i] = g < count ? gates[g] : gates[0];
	}
	return count;
}

static void
check_changes(struct work *work)
{
	uint32_t gates[GATES];
	size_t count = find_gates(work, gates);

	for (size_t g = 0; g < count; g++)
		check_gate(work, gates[g]);
}

/* --- hand-off blocks --- */

/* The fields of a block that say something, a bit each. */
static unsigned
fields_of(const xmlNode *block)
{
	unsigned found = 0;

	node_each_element(entry, block) {
		const char *field = node_vade_attribute(entry, "field");
		const xmlNode *item = node_child(entry, "listitem");

		if (field == NULL || item == NULL)
			continue;
		owned char *text = node_text_dup(item);

		for (int i = 0; i < FIELDS; i++)
			if (!text_is_blank(text) &&
			    strcmp(field, fields[i]) == 0)
				found |= 1u << i;
	}
	return found;
}

const xmlNode *
handoffs_block(const xmlNode *step, const xmlNode *after)
{
	const xmlNode *node = after;
	bool deeper = true;

	while ((node = node_walk(node, step, deeper)) != NULL) {
		if (node_has_role(node, "variablelist", "handoff"))
			return node;
		deeper = !node_is(node, "step");
	}
	return NULL;
}

/* A sector with roles below it; a flat list of roles has no agencies. */
static bool
is_agency(const struct axis *role, size_t sector)
{
	return role->values[sector].subtree_end > sector + 1;
}

/* The sectors of a set of roles; is one of them an agency? */
static bool
find_sectors(const struct axis *role, const uint64_t *leaves, uint64_t *sectors)
{
	bool any = false;

	for (size_t i = 0; i < role->value_count; i++) {
		size_t sector;

		if (!bits_get(leaves, i))
			continue;
		sector = (size_t)axis_sector(role, (int)i);
		bits_set(sectors, sector);
		any |= is_agency(role, sector);
	}
	return any;
}

static bool
names_party(const struct checks *checks, const char *tokens)
{
	token_each(token, tokens)
		if (axis_find_party(checks->role, token, strlen(token)) != NULL)
			return true;
	return false;
}

/* Does a step hand over to another agency? Every party is one. */
static bool
leaves_agency(const struct work *work, size_t step, const char *to)
{
	const struct axis *role = work->checks->role;
	owned uint64_t *from = mem_array(work->words, sizeof(*from));
	owned uint64_t *into = mem_array(work->words, sizeof(*into));
	bool agencies =
	    find_sectors(role, set_of(work, work->actors, step), from);

	agencies |=
	    find_sectors(role, set_of(work, work->receivers, step), into);
	return names_party(work->checks, to) ||
	    (agencies && !bits_inside(into, from, work->words));
}

static void
report_fields(struct checks *checks, const xmlNode *block, unsigned found)
{
	struct buf missing = { 0 };

	if (found == ALL_FIELDS ||
	    accept_covers(checks, block, DIAG_HANDOFF_FIELDS))
		return;
	for (int i = 0; i < FIELDS; i++)
		if (!(found >> i & 1))
			buf_add_listed(&missing, fields[i]);
	diag_report(checks->edition->diag, DIAG_HANDOFF_FIELDS,
	    checks_place(checks, block, NULL, NULL), buf_text(&missing), NULL);
	buf_clear(&missing);
}

static void
check_blocks(struct work *work, size_t index, const char *to)
{
	struct checks *checks = work->checks;
	const xmlNode *step = work->flow.steps[index];
	const xmlNode *block = handoffs_block(step, step);

	if (!leaves_agency(work, index, to))
		return;
	if (block == NULL && !accept_covers(checks, step, DIAG_HANDOFF_MISSING))
		diag_report(checks->edition->diag, DIAG_HANDOFF_MISSING,
		    checks_place(checks, step, "v:to", NULL),
		    participation_actors(step), to, NULL);
	for (; block != NULL; block = handoffs_block(step, block))
		report_fields(checks, block, fields_of(block));
}

/* --- receivers that never act --- */

/* Adds who acts in another procedure that a step sends to. */
static void
add_elsewhere(struct work *work, size_t index)
{
	static const char *const ways[] = { "go", "calls" };
	uint64_t *later = set_of(work, work->later, index);

	for (size_t i = 0; i < COUNT(ways); i++) {
		const xmlNode *task = step_flow_leaves_for(work->checks->book,
		    work->flow.steps[index], ways[i]);

		checks_add_roles(work->checks, task, "lead with", later);
	}
}

/* Who acts later, from the last step back. */
static void
find_later(struct work *work)
{
	bool changed = true;

	for (size_t i = 0; i < work->flow.count; i++)
		add_elsewhere(work, i);
	for (int pass = 0; pass < PASSES && changed; pass++) {
		changed = false;
		for (size_t i = work->flow.edge_count; i-- > 0;) {
			const struct step_flow_edge *edge =
			    &work->flow.edges[i];

			for (size_t w = 0; w < work->words; w++) {
				size_t to = edge->to * work->words + w;
				size_t from = edge->from * work->words + w;
				uint64_t old = work->later[from];

				work->later[from] |=
				    work->later[to] | work->doers[to];
				changed |= old != work->later[from];
			}
		}
	}
}

/* A block that says how the receiver takes over and what comes back tells
 * what becomes of it outside this procedure. */
static bool
says_what_follows(const xmlNode *step)
{
	const unsigned both = 1u << 4 | 1u << 5; /* accept, return */

	for (const xmlNode *block = handoffs_block(step, step); block != NULL;
	     block = handoffs_block(step, block))
		if ((fields_of(block) & both) == both)
			return true;
	return false;
}

static void
check_receiver(struct work *work, size_t index, const char *name)
{
	struct checks *checks = work->checks;
	const xmlNode *step = work->flow.steps[index];
	owned uint64_t *leaves = mem_array(work->words, sizeof(*leaves));

	if (axis_tokens_add_leaves(checks->role, name, strlen(name), leaves) &&
	    !bits_meet(leaves, set_of(work, work->later, index), work->words) &&
	    !bits_meet(leaves, set_of(work, work->actors, index),
		work->words) &&
	    !accept_covers(checks, step, DIAG_RECEIVER_IDLE))
		diag_report(checks->edition->diag, DIAG_RECEIVER_IDLE,
		    checks_place(checks, step, "v:to", name), name, NULL);
}

static void
check_receivers(struct work *work, size_t index, const char *to)
{

	if (says_what_follows(work->flow.steps[index]))
		return;
	token_each(token, to)
		check_receiver(work, index, token);
}

/* --- a procedure --- */

static void
work_open(struct work *work, struct checks *checks, const xmlNode *task)
{
	size_t count;

	memset(work, 0, sizeof(*work));
	work->checks = checks;
	work->words = checks->role->words;
	step_flow_open(&work->flow, checks->book, task);
	count = work->flow.count;
	work->actors = mem_array(count * work->words + 1, sizeof(uint64_t));
	work->doers = mem_array(count * work->words + 1, sizeof(uint64_t));
	work->receivers = mem_array(count * work->words + 1, sizeof(uint64_t));
	work->pending = mem_array(count * work->words + 1, sizeof(uint64_t));
	work->able = mem_array(count * work->words + 1, sizeof(uint64_t));
	work->later = mem_array(count * work->words + 1, sizeof(uint64_t));
	work->entry = mem_array(count + 1, sizeof(bool));
	work->present = mem_array(count + 1, sizeof(bool));
	work->handed = mem_array(work->flow.edge_count + 1, sizeof(bool));
	work->gates = mem_array(count + 1, sizeof(uint32_t));
	for (size_t i = 0; i < count; i++) {
		const xmlNode *step = work->flow.steps[i];
		const xmlNode *before = step->prev;

		axis_tokens_add_list(checks->role, participation_actors(step),
		    set_of(work, work->actors, i));
		axis_tokens_add_list(checks->role, participation_actors(step),
		    set_of(work, work->doers, i));
		axis_tokens_add_list(checks->role, participation_standins(step),
		    set_of(work, work->doers, i));
		axis_tokens_add_list(checks->role,
		    node_vade_attribute(step, "to"),
		    set_of(work, work->receivers, i));
		while (before != NULL && !node_is(before, "step"))
			before = before->prev;
		work->entry[i] =
		    before == NULL && node_is(step->parent, "procedure");
	}
}

static void
work_close(struct work *work)
{
	step_flow_close(&work->flow);
	free(work->actors);
	free(work->doers);
	free(work->receivers);
	free(work->pending);
	free(work->able);
	free(work->later);
	free(work->entry);
	free(work->present);
	free(work->handed);
	free(work->gates);
}

static void
check_task(struct checks *checks, const xmlNode *task)
{
	struct work work;

	work_open(&work, checks, task);
	check_changes(&work);
	find_later(&work);
	for (size_t i = 0; i < work.flow.count; i++) {
		const char *to = node_vade_attribute(work.flow.steps[i], "to");

		if (to == NULL)
			continue;
		check_blocks(&work, i, to);
		check_receivers(&work, i, to);
	}
	work_close(&work);
}

void
handoffs_check(struct checks *checks)
{
	const xmlNode *root = xmlDocGetRootElement(checks->book->doc);

	for (const xmlNode *node = root; node != NULL && checks->role != NULL;
	     node = node_walk(node, root, true))
		if (node_is(node, "task"))
			check_task(checks, node);
}
