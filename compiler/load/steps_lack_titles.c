#include "steps_lack_titles.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/map.h"
#include "base/text.h"

/* The next node of a task that is in no other task inside it. */
static xmlNode *
walk_task(const xmlNode *node, const xmlNode *task)
{
	return node_walk(node, task, node == task || !node_is(node, "task"));
}

static void
add_tokens(struct map *roles, const char *tokens)
{
	char *token;

	while (tokens != NULL && (token = text_take_token(&tokens)) != NULL) {
		map_put_text(roles, token, NULL);
		free(token);
	}
}

/* Do two roles or more act, by whatever token? One that acts with the lead
 * and has no step reads every step as a line. */
static bool
has_several_roles(const xmlNode *task)
{
	struct map roles = { 0 };
	bool several;

	add_tokens(&roles, node_vade_attribute(task, "lead"));
	add_tokens(&roles, node_vade_attribute(task, "with"));
	for (const xmlNode *node = task; node != NULL;
	     node = walk_task(node, task))
		if (node_is(node, "step"))
			add_tokens(&roles, node_vade_attribute(node, "actor"));
	several = roles.count > 1;
	map_clear(&roles);
	return several;
}

static bool
has_words(const xmlNode *title)
{
	char *words = title != NULL ? node_text_dup(title) : mem_dup("");
	bool any = words[0] != '\0';

	free(words);
	return any;
}

static int
check_task(const struct book *book, const xmlNode *task, struct diag *diag)
{
	const char *id = node_id(task);
	int rc = 0;

	if (!has_several_roles(task))
		return 0;
	for (const xmlNode *node = task; node != NULL;
	     node = walk_task(node, task))
		if (node_is(node, "step") && !has_words(node_title(node)))
			rc = diag_report(diag, DIAG_STEP_TITLE,
			    source_tag_place(diag->sources,
				book_place(book, node)),
			    id != NULL ? id : "task", NULL);
	return rc;
}

int
untitled_steps_check(const struct book *book, struct diag *diag)
{
	xmlNode *root = xmlDocGetRootElement(book->doc);
	int rc = 0;

	for (xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true))
		if (node_is(node, "task"))
			rc |= check_task(book, node, diag);
	return rc;
}
