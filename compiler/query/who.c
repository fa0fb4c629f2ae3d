#include "who.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "query/terminal.h"
#include "query/shown.h"
#include "check/named_element.h"

/* How every handbook shows the node. The caller frees. */
static enum shown_how *
look(const struct edition *edition, const xmlNode *node)
{
	size_t count = edition->project->handbook_count;
	enum shown_how *hows = mem_array(count, sizeof(*hows));

	for (size_t i = 0; i < count; i++) {
		struct shown sight;

		shown_open(&sight, edition, named_element_book(edition), i);
		hows[i] = shown_of(&sight, node);
		shown_close(&sight);
	}
	return hows;
}

static const char *
title_of(const struct edition *edition, const struct handbook *handbook)
{
	return lang_text_get(&handbook->title, named_element_language(edition),
	    handbook->id);
}

/* --- JSON --- */

static json_t *
describe_handbook(const struct edition *edition,
    const struct handbook *handbook, enum shown_how how)
{
	return json_pack("{s:s, s:s*, s:s, s:s}", "id", handbook->id, "class",
	    named_element_class(edition, handbook->clearance), "title",
	    title_of(edition, handbook), "how", shown_name(how));
}

static void
print_json(const struct edition *edition, const xmlNode *node,
    const enum shown_how *hows)
{
	const struct project *project = edition->project;
	uint32_t reach = book_element(named_element_book(edition), node)->reach;
	char *title = named_element_title_format(node);
	json_t *list = json_array();

	for (size_t i = 0; i < project->handbook_count; i++)
		if (hows[i] != SHOWN_ABSENT)
			json_array_append_new(list,
			    describe_handbook(edition, &project->handbooks[i],
				hows[i]));
	named_element_print_json(json_pack(
	    "{s:s, s:s, s:s, s:s*, s:o, s:i, s:o}", "id", node_id(node),
	    "element", (const char *)node->name, "title", title, "class",
	    named_element_class(edition, reach_rank(edition->reaches, reach)),
	    "place",
	    named_element_place_json(edition,
		named_element_place(edition, node, NULL, NULL)),
	    "handbooks_in_all", (int)project->handbook_count, "handbooks",
	    list));
	free(title);
}

/* --- text --- */

/* The widest id, so that columns stand. */
static size_t
id_width(const struct project *project)
{
	size_t width = 8;

	for (size_t i = 0; i < project->handbook_count; i++)
		if (strlen(project->handbooks[i].id) > width)
			width = strlen(project->handbooks[i].id);
	return width > 30 ? 30 : width;
}

static void
add_head(struct buf *out, const struct edition *edition, const xmlNode *node)
{
	uint32_t reach = book_element(named_element_book(edition), node)->reach;
	char *class = named_element_class_format(edition,
	    reach_rank(edition->reaches, reach));
	char *kind = named_element_kind_format(edition, node);
	char *title = named_element_title_format(node);
	char *place = named_element_place_format(edition,
	    named_element_place(edition, node, NULL, NULL));
	char *line = mem_format("%s, %s%s%s", node_id(node), kind,
	    title[0] != '\0' ? ": " : "", title);

	terminal_add_wrapped(out, line, 0, 2);
	buf_add_format(out, "%s%s\n\n", place, class);
	free(line);
	free(place);
	free(title);
	free(kind);
	free(class);
}

static void
add_row(struct buf *out, const struct edition *edition,
    const struct handbook *handbook, enum shown_how how, size_t width)
{
	const char *class = named_element_class(edition, handbook->clearance);

	terminal_add_cell(out, shown_word(how, edition->diag->language), 10);
	terminal_add_cell(out, handbook->id, width);
	buf_add_text(out, "  ");
	terminal_add_cell(out, class ? class : "-", 5);
	terminal_add_wrapped(out, title_of(edition, handbook), 17 + width,
	    17 + width);
}

static void
print_text(const struct edition *edition, const xmlNode *node,
    const enum shown_how *hows)
{
	static const char *const total[DIAG_LANGUAGES] = {
		"%sHandbooks that show it: %zu of %zu.\n",
		"%sManuales que lo muestran: %zu de %zu.\n",
	};
	const struct project *project = edition->project;
	size_t width = id_width(project);
	struct buf out = { 0 };
	size_t shown = 0;

	add_head(&out, edition, node);
	for (int how = SHOWN_OWN; how > SHOWN_ABSENT; how--)
		for (size_t i = 0; i < project->handbook_count; i++) {
			if (hows[i] != (enum shown_how)how)
				continue;
			add_row(&out, edition, &project->handbooks[i], hows[i],
			    width);
			shown++;
		}
	buf_add_format(&out, total[edition->diag->language],
	    shown > 0 ? "\n" : "", shown, project->handbook_count);
	terminal_print(&out);
}

int
who_answer(const struct edition *edition, void *context)
{
	const struct who_question *question = context;
	const xmlNode *node = named_element_find(edition, question->id);
	enum shown_how *hows;

	if (node == NULL)
		return -1;
	hows = look(edition, node);
	(question->json ? print_json : print_text)(edition, node, hows);
	free(hows);
	return 0;
}
