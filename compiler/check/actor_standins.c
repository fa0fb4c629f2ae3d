/*
 * Stand-ins (DECISIONS): whoever does a step when its actor cannot be reached
 * takes part in the procedure already, does not act in the step, and has a
 * handbook that shows it.
 * Invariant: a stand-in adds no reader; whether it may read the step is asked
 * of it as of any actor (procedure_readers.c).
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "base/text.h"
#include "check/check.h"
#include "model/axis_tokens_format.h"
#include "project/participation.h"
#include "select/step_labels.h"

/* A step that names stand-ins. */
struct post {
	struct checks *checks;
	const xmlNode *step;
	uint64_t *taking_part; /* lead and with */
	uint64_t *acting;
};

static const char *
task_name(const xmlNode *step)
{
	const xmlNode *task = participation_task(step);

	return task != NULL && node_id(task) != NULL ? node_id(task) : "task";
}

static void
report(const struct post *post, enum diag_code code, const char *name)
{
	diag_report(post->checks->edition->diag, code,
	    checks_place(post->checks, post->step, "v:standin", name), name,
	    task_name(post->step),
	    step_labels_get(post->checks->book, post->step), NULL);
}

/* Is one of the roles allowed to read the step? If none is, that is told. */
static bool
may_read(const struct post *post, const uint64_t *leaves)
{
	const struct axis *role = post->checks->role;

	for (size_t i = 0; i < role->value_count; i++)
		if (bits_get(leaves, i) &&
		    checks_can_read(post->checks, i, post->step))
			return true;
	return false;
}

/* Does a handbook of the roles, or one of several, show the step? Nobody's
 * has what no handbook of this edition shows. */
static bool
has_handbook(const struct post *post, const uint64_t *leaves)
{
	const struct edition *edition = post->checks->edition;
	const struct project *project = edition->project;
	uint32_t reach = book_element(post->checks->book, post->step)->reach;
	bool anybody = false;

	for (size_t h = 0; h < project->handbook_count; h++) {
		const uint64_t *own =
		    project->handbooks[h].values[project->axes.role];

		if (!masks_show(edition->masks, reach, h))
			continue;
		anybody = true;
		if (own != NULL &&
		    bits_meet(own, leaves, post->checks->role->words))
			return true;
	}
	return !anybody;
}

static void
check_token(const struct post *post, const char *name)
{
	size_t words = post->checks->role->words;
	owned uint64_t *leaves = mem_array(words, sizeof(*leaves));

	axis_tokens_add_list(post->checks->role, name, leaves);
	if (!bits_inside(leaves, post->taking_part, words))
		report(post, DIAG_STANDIN_OUTSIDE, name);
	else if (bits_meet(leaves, post->acting, words))
		report(post, DIAG_STANDIN_ACTS, name);
	else if (!has_handbook(post, leaves) && may_read(post, leaves))
		report(post, DIAG_STANDIN_NO_HANDBOOK, name);
}

static void
check_tokens(const struct post *post, const char *tokens)
{
	token_each(name, tokens)
		check_token(post, name);
}

static void
check_step(struct checks *checks, const xmlNode *step, const char *tokens)
{
	const struct axis *role = checks->role;
	const xmlNode *task = participation_task(step);
	struct post post = { .checks = checks,
		.step = step,
		.taking_part = mem_array(role->words, sizeof(uint64_t)),
		.acting = mem_array(role->words, sizeof(uint64_t)) };

	checks_add_roles(checks, task, "lead with", post.taking_part);
	if (task != NULL)
		axis_tokens_add_list(role, participation_actors(step),
		    post.acting);
	if (bits_empty(post.acting, role->words))
		report(&post, DIAG_STANDIN_FOR_NOBODY, tokens);
	else
		check_tokens(&post, tokens);
	free(post.taking_part);
	free(post.acting);
}

void
standins_check(struct checks *checks)
{
	if (checks->role == NULL)
		return;
	node_each(node, book_root(checks->book)) {
		const char *tokens = node_is(node, "step")
		    ? node_vade_attribute(node, "standin")
		    : NULL;

		if (tokens != NULL)
			check_step(checks, node, tokens);
	}
}
