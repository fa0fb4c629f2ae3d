/*
 * Whoever acts or receives in a procedure that says when it is used is told so
 * (DECISIONS): else its first page shows the procedure without a word of when.
 * Invariant: a procedure that says it to nobody is not looked at.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "base/buf.h"
#include "check/check.h"
#include "model/axis_tokens_format.h"
#include "project/participation.h"

/* Those who act, stand in or receive; false if the procedure says to nobody
 * when it is used. */
static bool
collect(const struct checks *checks, const xmlNode *task, uint64_t *busy)
{
	bool says = false;

	node_each(node, task) {
		says |= node_has_role(node, "formalpara", "use-when");
		if (!node_is(node, "step"))
			continue;
		axis_tokens_add_list(checks->role, participation_actors(node),
		    busy);
		axis_tokens_add_list(checks->role, participation_standins(node),
		    busy);
		axis_tokens_add_list(checks->role,
		    node_vade_attribute(node, "to"), busy);
	}
	return says;
}

static bool
is_told(const struct checks *checks, const xmlNode *task, size_t value)
{
	node_each(node, task)
		if (node_has_role(node, "formalpara", "use-when") &&
		    checks_can_read(checks, value, node))
			return true;
	return false;
}

static void
check_task(struct checks *checks, const xmlNode *task)
{
	owned uint64_t *busy = mem_array(checks->role->words, sizeof(*busy));
	scoped(buf_clear) struct buf names = { 0 };

	if (collect(checks, task, busy))
		for (size_t i = 0; i < checks->role->value_count; i++)
			if (bits_get(busy, i) &&
			    checks_can_read(checks, i, task) &&
			    !is_told(checks, task, i))
				buf_add_listed(&names,
				    checks->role->values[i].id);
	if (names.size > 0 && !accept_covers(checks, task, DIAG_USE_UNTOLD))
		diag_report(checks->edition->diag, DIAG_USE_UNTOLD,
		    checks_place(checks, task, NULL, NULL), buf_text(&names),
		    node_id(task) != NULL ? node_id(task) : "task", NULL);
}

void
use_when_check(struct checks *checks)
{
	if (checks->role == NULL)
		return;
	node_each(node, book_root(checks->book))
		if (node_is(node, "task"))
			check_task(checks, node);
}
