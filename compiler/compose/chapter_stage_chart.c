#include "chapter_stage_chart.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/map.h"
#include "base/text.h"
#include "compose/svg.h"
#include "model/axis_tokens.h"

/* Sizes in the units of the drawing. */
enum {
	COLUMN_WIDTH = 210,
	COLUMN_GAP = 50, /* where arrows turn */
	BOX_PADDING = 10,
	ROW_GAP = 14,
	RAIL_GAP = 6,
	RAILS = 6,
};

struct box {
	const xmlNode *task; /* the copy */
	size_t stage;
	struct svg_text text;
	int y;
	int height;
};

/* A chapter, or a part, on its way to a drawing. */
struct chain {
	const struct view *view;
	const struct axis *stages;
	struct svg drawing;
	struct map ids;    /* of tasks, to boxes */
	struct box *boxes; /* in the order of the chapter */
	size_t count;
	size_t capacity;
	size_t rails;
};

const struct axis *
chapter_stage_chart_stages(const struct view *view)
{
	int axis = axes_find(&view->edition->project->axes, "stage");

	return axis == AXIS_NONE ? NULL
				 : &view->edition->project->axes.axes[axis];
}

/* --- what there is to draw --- */

int
chapter_stage_chart_stage(const struct axis *stages, const xmlNode *source)
{
	for (; source != NULL && source->type == XML_ELEMENT_NODE;
	     source = source->parent) {
		token_each(token, axis_tokens_of(stages, source))
			return axis_find_value(stages, token, strlen(token));
	}
	return AXIS_NONE;
}

static void
add_task(struct chain *chain, const xmlNode *task)
{
	int stage = chapter_stage_chart_stage(chain->stages, view_source(task));
	struct box box = { .task = task, .stage = (size_t)stage };
	const xmlNode *title = node_title(task);

	if (stage == AXIS_NONE || node_id(task) == NULL || title == NULL)
		return;
	map_put_text(&chain->ids, node_id(task), NULL)->value =
	    (uint32_t)chain->count;
	owned char *words = node_text_dup(title);
	owned char *text = mem_format("%s %s", node_id(task), words);

	svg_wrap(&box.text, text, COLUMN_WIDTH - 2 * BOX_PADDING);
	*list_add(chain->boxes, chain->count, chain->capacity) = box;
}

static bool
has_stages(const struct chain *chain)
{
	for (size_t i = 1; i < chain->count; i++)
		if (chain->boxes[i].stage != chain->boxes[0].stage)
			return true;
	return false;
}

/* --- places --- */

static int
column_left(size_t stage)
{
	return (int)stage * (COLUMN_WIDTH + COLUMN_GAP);
}

/* Returns the height of the whole. */
static int
place_boxes(struct chain *chain, int top)
{
	owned int *ends = mem_array(chain->stages->value_count, sizeof(*ends));
	int height = top;

	for (size_t i = 0; i < chain->count; i++) {
		struct box *box = &chain->boxes[i];
		int *end = &ends[box->stage];

		box->height = (int)box->text.count * SVG_LINE + BOX_PADDING;
		box->y = *end == 0 ? top : *end + ROW_GAP;
		*end = box->y + box->height;
		height = *end > height ? *end : height;
	}
	return height + ROW_GAP;
}

/* --- drawing --- */

/* The heads of all columns, one of them empty or not, in words too. */
static void
say_heads(const struct chain *chain)
{
	scoped(buf_clear) struct buf words = { 0 };

	for (size_t i = 0; i < chain->stages->value_count; i++) {
		const struct axis_value *stage = &chain->stages->values[i];

		buf_add_format(&words, "%s%s", i > 0 ? " \342\206\222 " : "",
		    lang_text_get(&stage->label, chain->view->lang, stage->id));
	}
	view_set(chain->drawing.svg->parent, "columns", buf_text(&words));
}

static void
draw_heads(const struct chain *chain, int height)
{
	for (size_t i = 0; i < chain->stages->value_count; i++) {
		const struct axis_value *stage = &chain->stages->values[i];
		scoped(svg_text_clear) struct svg_text text = { 0 };

		svg_ground(&chain->drawing, column_left(i), 0, COLUMN_WIDTH,
		    height);
		svg_wrap(&text,
		    lang_text_get(&stage->label, chain->view->lang, stage->id),
		    COLUMN_WIDTH - 2 * BOX_PADDING);
		svg_write(&chain->drawing, column_left(i) + COLUMN_WIDTH / 2,
		    BOX_PADDING / 2, &text, true, true);
	}
}

static void
draw_box(const struct chain *chain, const struct box *box)
{
	svg_rect(&chain->drawing, column_left(box->stage) + 4, box->y,
	    COLUMN_WIDTH - 8, box->height, 3, SVG_THIN);
	svg_write(&chain->drawing, column_left(box->stage) + BOX_PADDING,
	    box->y + BOX_PADDING / 2, &box->text, false, false);
}

/* From the earlier procedure to the one that follows from it. */
static void
draw_arrow(struct chain *chain, const struct box *from, const struct box *to)
{
	int rail = column_left(to->stage) - COLUMN_GAP / 2 -
	    RAIL_GAP * (int)(chain->rails++ % RAILS) / 2;
	int out = from->y + from->height / 2;
	int in = to->y + to->height / 2;
	int start = column_left(from->stage) + COLUMN_WIDTH - 4;
	const int points[] = { start, out, rail, out, rail, in,
		column_left(to->stage) + 4, in };

	/* An arrow back, or within a stage, would run over boxes. */
	if (from->stage < to->stage)
		svg_arrow(&chain->drawing, points, 4, SVG_THIN);
}

static void
draw_arrows(struct chain *chain)
{
	for (size_t i = 0; i < chain->count; i++) {
		const struct box *box = &chain->boxes[i];

		token_each(token,
		    node_vade_attribute(view_source(box->task), "follows")) {
			const struct map_entry *entry =
			    map_get_text(&chain->ids, token);

			if (entry != NULL)
				draw_arrow(chain, &chain->boxes[entry->value],
				    box);
		}
	}
}

static void
draw_chapter(struct chain *chain, xmlNode *chapter)
{
	int height = place_boxes(chain, SVG_LINE + 2 * BOX_PADDING);

	chain->drawing = svg_begin(chain->view, chapter, "chain");
	draw_heads(chain, height);
	say_heads(chain);
	for (size_t i = 0; i < chain->count; i++)
		draw_box(chain, &chain->boxes[i]);
	draw_arrows(chain);
	svg_end(&chain->drawing,
	    column_left(chain->stages->value_count) - COLUMN_GAP, height);
}

/* Was a drawing made of the tasks below this chapter or part? */
static bool
draw_tasks_of(const struct view *view, const struct axis *stages, xmlNode *top)
{
	struct chain chain = { .view = view, .stages = stages };
	bool drawn;

	for (xmlNode *node = node_walk(top, top, true); node != NULL;
	     node = node_walk(node, top, !node_is(node, "task")))
		if (node_is(node, "task") && view_source(node) != NULL)
			add_task(&chain, node);
	drawn = has_stages(&chain);
	if (drawn)
		draw_chapter(&chain, top);
	for (size_t i = 0; i < chain.count; i++)
		svg_text_clear(&chain.boxes[i].text);
	free(chain.boxes);
	map_clear(&chain.ids);
	return drawn;
}

/* Every chapter of a part; if each is of one stage, the part as a whole. */
static void
draw_part(const struct view *view, const struct axis *stages, xmlNode *part)
{
	bool drawn = false;

	node_each_element(node, part)
		if (node_is(node, "chapter"))
			drawn |= draw_tasks_of(view, stages, node);
	if (!drawn)
		draw_tasks_of(view, stages, part);
}

void
chapter_stage_chart_draw(struct view *view)
{
	const struct axis *stages = chapter_stage_chart_stages(view);

	if (stages == NULL || view->root == NULL)
		return;
	node_each_element(node, view->root)
		if (node_is(node, "part"))
			draw_part(view, stages, node);
		else if (node_is(node, "chapter"))
			draw_tasks_of(view, stages, node);
}
