/*
 * Stages in their order: a procedure follows one of the stage before it
 * (plan, prog, oper; DESIGN section 4).
 * Invariant: the order is that of the values of the axis "stage".
 */

#include "base/alloc.h"
#include "base/bits.h"
#include "base/text.h"
#include "check/check.h"
#include "model/axis_tokens_format.h"

struct stages {
	struct checks *checks;
	size_t index; /* of the axis */
	const struct axis *axis;
};

/* The stages that a procedure is of. Lent. */
static const uint64_t *
stages_of(const struct stages *stages, const xmlNode *node)
{
	const struct reaches *reaches = stages->checks->edition->reaches;
	uint32_t reach = book_element(stages->checks->book, node)->reach;

	return reach_leaves(reaches, stages->index,
	    reach_sets(reaches, reach)[stages->index]);
}

/* A procedure that names no stage is of all: nothing can be said of it. */
static bool
has_stage(const struct stages *stages, const xmlNode *node)
{
	const uint64_t *leaves = stages_of(stages, node);

	return !axis_tokens_are_all(stages->axis, leaves) &&
	    !bits_empty(leaves, stages->axis->words);
}

/* Is one of the stages of `earlier` the one right before one of node's? */
static bool
is_right_before(const struct stages *stages, const xmlNode *earlier,
    const xmlNode *node)
{
	const uint64_t *before = stages_of(stages, earlier);
	const uint64_t *after = stages_of(stages, node);

	for (size_t i = 1; i < stages->axis->value_count; i++)
		if (bits_get(before, i - 1) && bits_get(after, i))
			return true;
	return false;
}

static size_t
first_stage(const struct stages *stages, const xmlNode *node)
{
	const uint64_t *leaves = stages_of(stages, node);
	size_t first = 0;

	while (!bits_get(leaves, first))
		first++;
	return first;
}

static void
report(struct stages *stages, const xmlNode *task, const char *token,
    const xmlNode *earlier)
{
	struct checks *checks = stages->checks;
	size_t stage = first_stage(stages, task);
	enum diag_code code = stage > 0 ? DIAG_STAGE_SKIPPED : DIAG_STAGE_FIRST;
	owned char *of_task =
	    axis_tokens_format(stages->axis, stages_of(stages, task));
	owned char *of_earlier =
	    axis_tokens_format(stages->axis, stages_of(stages, earlier));

	if (!accept_covers(checks, task, code))
		diag_report_related(checks->edition->diag, code,
		    checks_place(checks, task, "v:follows", token),
		    checks_place(checks, earlier, NULL, NULL), token,
		    of_earlier, of_task,
		    stage > 0 ? stages->axis->values[stage - 1].id : NULL,
		    NULL);
}

/* Of several that a procedure follows, one right before it is enough, if the
 * others are earlier still. */
static void
check_task(struct stages *stages, const xmlNode *task)
{
	const struct book *book = stages->checks->book;
	bool continues = false;

	for (int second = 0; second < 2; second++) {
		token_each(id, node_vade_attribute(task, "follows")) {
			const xmlNode *earlier = book_find_id(book, id);
			bool known =
			    earlier != NULL && has_stage(stages, earlier);
			bool before =
			    known && is_right_before(stages, earlier, task);

			continues |= before;
			if (second && known && !before &&
			    (!continues ||
				first_stage(stages, earlier) >=
				    first_stage(stages, task)))
				report(stages, task, id, earlier);
		}
	}
}

void
stage_order_check(struct checks *checks)
{
	const struct axes *axes = &checks->edition->project->axes;
	int index = axes_find(axes, "stage");
	struct stages stages = { .checks = checks };

	if (index == AXIS_NONE || axes->axes[index].kind != AXIS_SET)
		return;
	stages.index = (size_t)index;
	stages.axis = &axes->axes[index];
	node_each(node, book_root(checks->book))
		if (node_is(node, "task") && has_stage(&stages, node))
			check_task(&stages, node);
}
