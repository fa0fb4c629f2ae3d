/*
 * Readers that a procedure gained for nothing: whom v:with or audience names,
 * though no step has to do with them.
 * Invariant: only procedures above the lowest class are looked at; those of
 * the lowest anybody may read.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/bits.h"
#include "base/buf.h"
#include "base/text.h"
#include "check/check.h"
#include "model/axis_tokens.h"
#include "model/axis_tokens_format.h"
#include "project/participation.h"

enum { MOST_NAMED = 3 };

struct widening {
	struct checks *checks;
	const xmlNode *task;
	uint64_t *busy;  /* leaves of all who lead, act, receive or are told */
	uint64_t *token; /* leaves of the token that is looked at */
	uint64_t *rest;  /* leaves of all other readers of the task */
};

static void
add_named(const struct widening *widening, const xmlNode *node,
    const char *name)
{
	axis_tokens_add_list(widening->checks->role,
	    node_vade_attribute(node, name), widening->busy);
}

static void
collect_busy(const struct widening *widening)
{
	static const char *const of_step[] = { "standin", "to", "consult",
		"accountable" };
	const xmlNode *task = widening->task;

	add_named(widening, task, "lead");
	add_named(widening, task, "informed");
	node_each(node, task) {
		if (!node_is(node, "step"))
			continue;
		axis_tokens_add_list(widening->checks->role,
		    participation_actors(node), widening->busy);
		for (size_t i = 0; i < COUNT(of_step); i++)
			add_named(widening, node, of_step[i]);
	}
}

/* What the task itself says of its readers; NULL if nothing. */
static const char *
audience_of(const struct widening *widening)
{
	return axis_tokens_of(widening->checks->role, widening->task);
}

/* Adds the leaves of a list to rest, but for one of its tokens. */
static void
add_rest(const struct widening *widening, const char *tokens, const char *skip)
{
	const char *token;
	size_t len;

	while (
	    tokens != NULL && (token = text_next_token(&tokens, &len)) != NULL)
		if (token != skip)
			axis_tokens_add_leaves(widening->checks->role, token,
			    len, widening->rest);
}

/* Does the handbook show the task for the token alone? */
static bool
has_gained(const struct widening *widening, size_t handbook)
{
	const struct edition *edition = widening->checks->edition;
	const struct handbook *own = &edition->project->handbooks[handbook];
	const uint64_t *leaves = own->values[edition->project->axes.role];
	size_t words = widening->checks->role->words;

	return leaves != NULL &&
	    masks_show(edition->masks,
		book_element(widening->checks->book, widening->task)->reach,
		handbook) &&
	    bits_meet(leaves, widening->token, words) &&
	    !bits_meet(leaves, widening->rest, words);
}

/* "a, b, c, +2"; "-" for none. The caller frees. */
static char *
format_gained(const struct widening *widening)
{
	const struct project *project = widening->checks->edition->project;
	struct buf names = { 0 };
	size_t count = 0;

	for (size_t h = 0; h < project->handbook_count; h++)
		if (has_gained(widening, h) && count++ < MOST_NAMED)
			buf_add_format(&names, "%s%s", count > 1 ? ", " : "",
			    project->handbooks[h].id);
	if (count > MOST_NAMED)
		buf_add_format(&names, ", +%zu", count - MOST_NAMED);
	if (count == 0)
		buf_add_text(&names, "-");
	return buf_take(&names);
}

static void
check_token(struct widening *widening, const char *attribute, const char *token,
    size_t len)
{
	const struct axis *role = widening->checks->role;
	size_t size = role->words * sizeof(uint64_t);
	const char *id = node_id(widening->task);

	memset(widening->token, 0, size);
	if (!axis_tokens_add_leaves(role, token, len, widening->token) ||
	    bits_meet(widening->token, widening->busy, role->words) ||
	    accept_covers(widening->checks, widening->task, DIAG_READER_IDLE))
		return;
	memset(widening->rest, 0, size);
	add_rest(widening, audience_of(widening), token);
	if (audience_of(widening) == NULL) {
		add_rest(widening, node_vade_attribute(widening->task, "with"),
		    token);
		for (size_t i = 0; i < role->words; i++)
			widening->rest[i] |= widening->busy[i];
	}
	owned char *name = mem_dup_len(token, len);
	owned char *gained = format_gained(widening);

	diag_report(widening->checks->edition->diag, DIAG_READER_IDLE,
	    checks_place(widening->checks, widening->task, attribute, name),
	    name, attribute, id != NULL ? id : "task", gained, NULL);
}

static void
check_list(struct widening *widening, const char *attribute, const char *tokens)
{
	const char *token;
	size_t len;

	while (
	    tokens != NULL && (token = text_next_token(&tokens, &len)) != NULL)
		check_token(widening, attribute, token, len);
}

static void
check_task(struct checks *checks, const xmlNode *task)
{
	size_t words = checks->role->words;
	struct widening widening = { .checks = checks,
		.task = task,
		.busy = mem_array(words, sizeof(uint64_t)),
		.token = mem_array(words, sizeof(uint64_t)),
		.rest = mem_array(words, sizeof(uint64_t)) };

	collect_busy(&widening);
	check_list(&widening, "v:with", node_vade_attribute(task, "with"));
	check_list(&widening, checks->role->attribute, audience_of(&widening));
	free(widening.busy);
	free(widening.token);
	free(widening.rest);
}

void
uninvolved_readers_check(struct checks *checks)
{
	const struct reaches *reaches = checks->edition->reaches;

	if (checks->role == NULL)
		return;
	node_each(node, book_root(checks->book))
		if (node_is(node, "task") &&
		    reach_rank(reaches,
			book_element(checks->book, node)->reach) > 0)
			check_task(checks, node);
}
