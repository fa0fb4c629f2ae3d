#include "steps.h"

#include <string.h>

#include "base/alloc.h"

static const xmlNode *
next_step(const xmlNode *at, const xmlNode *task)
{
	do
		at = node_walk(at, task, true);
	while (at != NULL && !node_is(at, "step"));
	return at;
}

static size_t
count_steps(const xmlNode *task)
{
	size_t count = 0;

	for (const xmlNode *step = task;
	     (step = next_step(step, task)) != NULL;)
		count++;
	return count;
}

static bool
has_same_id(const xmlNode *step, const xmlNode *there)
{
	const char *a = node_id(step);
	const char *b = node_id(there);

	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* The first step that the other language has not: it goes along both, and a
 * step that is not the one it meets there is missing if no step there has its
 * id. There is one: this task has more. *beside is what it stands beside there.
 */
static const xmlNode *
find_missing(const xmlNode *task, const xmlNode *counterpart,
    const struct book *other, const xmlNode **beside)
{
	const xmlNode *step = next_step(task, task);
	const xmlNode *there = next_step(counterpart, counterpart);

	*beside = there != NULL ? there : counterpart;
	while (there != NULL) {
		const xmlNode *next = next_step(step, task);

		if (!has_same_id(step, there) &&
		    (node_id(step) == NULL ||
			book_find_id(other, node_id(step)) == NULL))
			return step;
		if (next == NULL)
			return step;
		step = next;
		*beside = there;
		there = next_step(there, counterpart);
	}
	return step;
}

static int
report(const struct book *here, const struct book *there, const xmlNode *task,
    const xmlNode *counterpart, const size_t counts[2], struct diag *diag)
{
	const xmlNode *beside;
	const xmlNode *step = find_missing(task, counterpart, there, &beside);
	const xmlNode *title = node_title(step);
	owned char *name = title ? node_text_dup(title) : node_text_dup(step);
	owned char *first = mem_format("%zu", counts[0]);
	owned char *second = mem_format("%zu", counts[1]);

	diag_report_related(diag, DIAG_PARITY_STEPS,
	    source_tag_place(diag->sources, book_place(here, step)),
	    source_tag_place(diag->sources, book_place(there, beside)),
	    node_id(task), first, here->lang, second, there->lang, name, NULL);
	return -1;
}

int
steps_check(const struct book *first, const struct book *other,
    struct map *uneven, struct diag *diag)
{
	int rc = 0;

	node_each(task, book_root(first)) {
		const char *id = node_is(task, "task") ? node_id(task) : NULL;
		const xmlNode *there = id ? book_find_id(other, id) : NULL;
		size_t counts[2];

		if (there == NULL)
			continue;
		counts[0] = count_steps(task);
		counts[1] = count_steps(there);
		if (counts[0] == counts[1])
			continue;
		map_put_text(uneven, id, NULL);
		rc = counts[0] > counts[1]
		    ? report(first, other, task, there, counts, diag)
		    : report(other, first, there, task,
			  (size_t[]){ counts[1], counts[0] }, diag);
	}
	return rc;
}

bool
steps_are_uneven(const xmlNode *node, const struct map *uneven)
{
	for (node = node->parent;
	     node != NULL && node->type == XML_ELEMENT_NODE;
	     node = node->parent)
		if (node_is(node, "task") && node_id(node) != NULL)
			return map_get_text(uneven, node_id(node)) != NULL;
	return false;
}
