#include "visibility.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "query/named_element.h"
#include "project/project.h"

static size_t
number_of(const struct visibility *sight, const xmlNode *node)
{
	return (size_t)(book_element(sight->view.book, node) -
	    sight->view.book->elements);
}

static void
mark_copies(struct visibility *sight, const xmlNode *root)
{
	node_each(node, root)
		if (node->type == XML_ELEMENT_NODE && view_source(node) != NULL)
			bits_set(sight->present,
			    number_of(sight, view_source(node)));
}

void
visibility_open(struct visibility *sight, const struct edition *edition,
    const struct book *book, size_t handbook)
{
	struct view *view = &sight->view;

	*view = view_open(edition, book, handbook);
	sight->present =
	    mem_array(bits_words(book->element_count), sizeof(uint64_t));
	copy_selected(view);
	if (view->root != NULL)
		mark_copies(sight, view->root);
	xmlFreeDoc(view->doc);
	view->doc = NULL;
	view->root = NULL;
}

void
visibility_close(struct visibility *sight)
{
	view_clear(&sight->view);
	free(sight->present);
}

bool
visibility_shows(const struct visibility *sight, const xmlNode *node)
{
	return bits_get(sight->present, number_of(sight, node));
}

static enum shown_how
how_of_step(const struct visibility *sight, const xmlNode *step)
{
	switch (participation_of_step(&sight->view, step)) {
	case PARTICIPATION_MINE:
		return SHOWN_OWN;
	case PARTICIPATION_STANDIN:
		return SHOWN_STANDIN;
	case PARTICIPATION_RECEIVED:
		return SHOWN_RECEIVED;
	case PARTICIPATION_LINE:
	case PARTICIPATION_NONE:
		return SHOWN_BRIEF;
	default:
		return SHOWN_FULL;
	}
}

/* Steps of others that are cut make a procedure brief, unless it has one of
 * the handbook's own. */
static enum shown_how
how_of_task(const struct visibility *sight, const xmlNode *task)
{
	enum shown_how strongest = SHOWN_FULL;
	bool is_brief = false;

	node_each(node, task) {
		enum shown_how how;

		if (!node_is(node, "step") || !view_shows(&sight->view, node))
			continue;
		how = how_of_step(sight, node);
		is_brief |= how == SHOWN_BRIEF;
		if (how > strongest)
			strongest = how;
	}
	return strongest == SHOWN_FULL && is_brief ? SHOWN_BRIEF : strongest;
}

enum shown_how
visibility_of(const struct visibility *sight, const xmlNode *node)
{
	const xmlNode *step;

	if (!visibility_shows(sight, node))
		return SHOWN_ABSENT;
	if (node_is(node, "task"))
		return how_of_task(sight, node);
	step = named_element_step(node);
	return step == NULL ? SHOWN_FULL : how_of_step(sight, step);
}

const char *
visibility_name(enum shown_how how)
{
	static const char *const names[SHOWN_COUNT] = {
		[SHOWN_ABSENT] = "absent",
		[SHOWN_BRIEF] = "brief",
		[SHOWN_FULL] = "full",
		[SHOWN_RECEIVED] = "received",
		[SHOWN_STANDIN] = "standin",
		[SHOWN_OWN] = "own",
	};

	return names[how];
}
