#include "sight.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "inspect/subject.h"
#include "project/copy.h"

static size_t
number_of(const struct sight *sight, const xmlNode *node)
{
	return (size_t)(book_element(sight->view.book, node) -
	    sight->view.book->elements);
}

static void
mark_copies(struct sight *sight, const xmlNode *root)
{
	for (const xmlNode *node = root; node != NULL;
	     node = node_walk(node, root, true))
		if (node->type == XML_ELEMENT_NODE && view_source(node) != NULL)
			bits_set(sight->present,
			    number_of(sight, view_source(node)));
}

struct view
sight_view(const struct edition *edition, const struct book *book,
    size_t handbook)
{
	return (struct view){ .project = edition->project,
		.handbook = &edition->project->handbooks[handbook],
		.handbook_index = handbook,
		.book = book,
		.reaches = edition->reaches,
		.masks = edition->masks,
		.diag = edition->diag,
		.lang = book->lang };
}

void
sight_open(struct sight *sight, const struct edition *edition,
    const struct book *book, size_t handbook)
{
	struct view *view = &sight->view;

	*view = sight_view(edition, book, handbook);
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
sight_close(struct sight *sight)
{
	view_clear(&sight->view);
	free(sight->present);
}

bool
sight_shows(const struct sight *sight, const xmlNode *node)
{
	return bits_get(sight->present, number_of(sight, node));
}

static enum sight_how
how_of_step(const struct sight *sight, const xmlNode *step)
{
	switch (share_of_step(&sight->view, step)) {
	case SHARE_MINE:
		return SIGHT_OWN;
	case SHARE_RECEIVED:
		return SIGHT_RECEIVED;
	case SHARE_LINE:
	case SHARE_NONE:
		return SIGHT_BRIEF;
	default:
		return SIGHT_FULL;
	}
}

/* Steps of others that are cut make a procedure brief, unless it has one of
 * the handbook's own. */
static enum sight_how
how_of_task(const struct sight *sight, const xmlNode *task)
{
	enum sight_how strongest = SIGHT_FULL;
	bool is_brief = false;

	for (const xmlNode *node = task; node != NULL;
	     node = node_walk(node, task, true)) {
		enum sight_how how;

		if (!node_is(node, "step") || !view_shows(&sight->view, node))
			continue;
		how = how_of_step(sight, node);
		is_brief |= how == SIGHT_BRIEF;
		if (how > strongest)
			strongest = how;
	}
	return strongest == SIGHT_FULL && is_brief ? SIGHT_BRIEF : strongest;
}

enum sight_how
sight_of(const struct sight *sight, const xmlNode *node)
{
	const xmlNode *step;

	if (!sight_shows(sight, node))
		return SIGHT_ABSENT;
	if (node_is(node, "task"))
		return how_of_task(sight, node);
	step = subject_step(node);
	return step == NULL ? SIGHT_FULL : how_of_step(sight, step);
}

const char *
sight_name(enum sight_how how)
{
	static const char *const names[SIGHT_COUNT] = {
		[SIGHT_ABSENT] = "absent",
		[SIGHT_BRIEF] = "brief",
		[SIGHT_FULL] = "full",
		[SIGHT_RECEIVED] = "received",
		[SIGHT_OWN] = "own",
	};

	return names[how];
}

const char *
sight_word(enum sight_how how, enum diag_language ui)
{
	static const char *const words[SIGHT_COUNT][DIAG_LANGUAGES] = {
		[SIGHT_ABSENT] = { "absent", "ausente" },
		[SIGHT_BRIEF] = { "brief", "abreviado" },
		[SIGHT_FULL] = { "in full", "íntegro" },
		[SIGHT_RECEIVED] = { "received", "recibido" },
		[SIGHT_OWN] = { "own", "propio" },
	};

	return words[how][ui];
}
