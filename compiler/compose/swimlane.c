/*
 * Draws the swimlane of a procedure (DESIGN section 6): a lane per actor, a box
 * per step, an arrow per hand-off, decisions with their branches.
 * Invariant: a lane, box or arrow comes from a step that the view shows; the
 * steps themselves say all that the drawing says.
 */
#include "compose.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/text.h"
#include "compose/svg.h"
#include "project/participation.h"
#include "select/step_labels.h"

/* Sizes in the units of the drawing. */
enum {
	LANE_WIDTH = 164,
	BOX_MARGIN = 12,  /* from the edge of a lane to a box */
	BOX_PADDING = 10, /* from the frame to the words */
	BOX_MIN = 58,     /* room for a chip above a hand-off */
	BRANCH_INDENT = 24,
	ROW_GAP = 28,
	CHIP_WIDTH = 44,
	CHIP_HEIGHT = 22,
	RAIL_GAP = 5,
	RAILS = 4, /* side by side between two lanes */
};

enum box_kind { BOX_STEP, BOX_DECISION, BOX_BRANCH };

struct box {
	const xmlNode *step; /* the copy */
	enum box_kind kind;
	size_t lane;
	const char *actors;    /* tokens, lent by the source */
	const char *receivers; /* tokens or NULL */
	const char *standins;  /* the same; not of what is but a line here */
	struct svg_text text;
	int y;
	int height;
};

struct lane {
	char *token; /* without '=' */
	struct svg_text text;
};

/* A procedure on its way to a drawing. */
struct swimlane {
	const struct view *view;
	const struct axis *role;
	struct svg drawing;
	struct lane *lanes;
	size_t lane_count;
	size_t lane_capacity;
	struct box *boxes; /* from top to bottom */
	size_t box_count;
	size_t box_capacity;
	size_t rails; /* jumps drawn so far */
	bool has_decision;
};

/* --- what there is to draw --- */

static size_t
find_lane(struct swimlane *swimlane, const char *token)
{
	token += token[0] == '=';
	for (size_t i = 0; i < swimlane->lane_count; i++)
		if (strcmp(swimlane->lanes[i].token, token) == 0)
			return i;
	*list_add(swimlane->lanes, swimlane->lane_count,
	    swimlane->lane_capacity) = (struct lane){ .token = mem_dup(token) };
	return swimlane->lane_count - 1;
}

/* The first of the tokens is where the box stands; all have a lane. */
static size_t
find_lanes(struct swimlane *swimlane, const char *tokens)
{
	size_t first = SIZE_MAX;

	token_each(token, tokens) {
		size_t lane = find_lane(swimlane, token);

		first = first == SIZE_MAX ? lane : first;
	}
	return first == SIZE_MAX ? 0 : first;
}

/* Thick is what the reader does, broken what others do. */
static enum svg_stroke
stroke_of(const struct box *box)
{
	const char *mode = node_vade_attribute(box->step, "mode");

	if (mode == NULL)
		return SVG_THIN;
	return strcmp(mode, "mine") == 0 ? SVG_THICK
	    : strcmp(mode, "brief") == 0 ? SVG_DASHED
					 : SVG_THIN;
}

static void
add_box(struct swimlane *swimlane, const xmlNode *step, enum box_kind kind)
{
	const xmlNode *source = view_source(step);
	struct box box = { .step = step,
		.kind = kind,
		.actors = participation_actors(source),
		.receivers = node_vade_attribute(source, "to") };

	if (stroke_of(&box) != SVG_DASHED)
		box.standins = participation_standins(source);
	box.lane = find_lanes(swimlane, box.actors);
	*list_add(swimlane->boxes, swimlane->box_count,
	    swimlane->box_capacity) = box;
	swimlane->has_decision |= kind == BOX_DECISION;
}

/* A step, then what is inside it, in the order of reading. Depth is bounded
 * by the depth of the sources. */
static void
add_steps(struct swimlane *swimlane, const xmlNode *parent)
{
	bool branches = node_is_decision(parent);

	node_each_element(step, parent) {
		const xmlNode *list;

		if (!node_is(step, "step") || view_source(step) == NULL)
			continue;
		list = node_child(step, "stepalternatives");
		add_box(swimlane, step,
		    branches                     ? BOX_BRANCH
			: node_is_decision(list) ? BOX_DECISION
						 : BOX_STEP);
		if (list != NULL)
			add_steps(swimlane, list);
		list = node_child(step, "substeps");
		if (list != NULL)
			add_steps(swimlane, list);
	}
}

/* --- places --- */

static int
lane_middle(size_t lane)
{
	return (int)lane * LANE_WIDTH + LANE_WIDTH / 2;
}

static int
box_left(const struct box *box)
{
	return (int)box->lane * LANE_WIDTH + BOX_MARGIN +
	    (box->kind == BOX_BRANCH ? BRANCH_INDENT : 0);
}

static int
box_width(const struct box *box)
{
	return LANE_WIDTH - 2 * BOX_MARGIN -
	    (box->kind == BOX_BRANCH ? BRANCH_INDENT : 0);
}

static int
box_right(const struct box *box)
{
	return box_left(box) + box_width(box);
}

static int
box_bottom(const struct box *box)
{
	return box->y + box->height;
}

/* "4 Tell the coordinator"; of a branch also where it leads. */
static void
wrap_box(const struct swimlane *swimlane, struct box *box)
{
	const xmlNode *title = node_title(box->step);
	owned char *words = title != NULL ? node_text_dup(title) : mem_dup("");
	const char *go = node_vade_attribute(box->step, "go-text");
	char *text = mem_format("%s %s",
	    step_labels_get(swimlane->view->book, view_source(box->step)),
	    words);
	int tips = box->kind == BOX_DECISION ? 8 : 0;

	svg_wrap(&box->text, text, box_width(box) - 2 * BOX_PADDING - 2 * tips);
	free(text);
	if (box->kind != BOX_BRANCH || go == NULL)
		return;
	text = mem_format("→ %s", go);
	svg_wrap(&box->text, text, box_width(box) - 2 * BOX_PADDING);
	free(text);
}

/* Returns the height of the whole. */
static int
place_boxes(struct swimlane *swimlane, int top)
{
	int y = top + ROW_GAP;

	for (size_t i = 0; i < swimlane->box_count; i++) {
		struct box *box = &swimlane->boxes[i];
		int needed;

		wrap_box(swimlane, box);
		needed = (int)box->text.count * SVG_LINE + BOX_PADDING;
		if (box->kind != BOX_BRANCH && needed < BOX_MIN)
			needed = BOX_MIN;
		box->height = needed;
		box->y = y;
		y += needed +
		    (i + 1 < swimlane->box_count &&
				swimlane->boxes[i + 1].kind == BOX_BRANCH
			    ? ROW_GAP / 2
			    : ROW_GAP);
	}
	return y;
}

/* --- lanes --- */

/* Returns the height of the heads. */
static int
wrap_heads(struct swimlane *swimlane)
{
	size_t most = 1;

	for (size_t i = 0; i < swimlane->lane_count; i++) {
		struct lane *lane = &swimlane->lanes[i];

		svg_wrap(&lane->text,
		    axis_label(swimlane->role, lane->token,
			swimlane->view->lang),
		    LANE_WIDTH - 2 * BOX_MARGIN);
		most = lane->text.count > most ? lane->text.count : most;
	}
	return (int)most * SVG_LINE + BOX_PADDING;
}

static void
draw_lanes(const struct swimlane *swimlane, int head, int height)
{
	int width = (int)swimlane->lane_count * LANE_WIDTH;
	const int rule[] = { 0, head, width, head };

	for (size_t i = 0; i < swimlane->lane_count; i++) {
		int x = (int)i * LANE_WIDTH;

		if (i % 2 == 0)
			svg_ground(&swimlane->drawing, x, 0, LANE_WIDTH,
			    height);
		svg_write(&swimlane->drawing, lane_middle(i), BOX_PADDING / 2,
		    &swimlane->lanes[i].text, true, true);
	}
	svg_line(&swimlane->drawing, rule, 2, SVG_THIN);
}

/* --- boxes --- */

static bool
names_lane(const struct swimlane *swimlane, const char *tokens, size_t lane)
{
	token_each(token, tokens)
		if (find_lane((struct swimlane *)(uintptr_t)swimlane, token) ==
		    lane)
			return true;
	return false;
}

/* Where the line to a chip begins: at the box, or at the chip before it. */
static int
chip_line_start(const struct swimlane *swimlane, const struct box *box,
    size_t lane)
{
	bool right = lane > box->lane;

	for (size_t at = right ? lane - 1 : lane + 1; at != box->lane;
	     at = right ? at - 1 : at + 1)
		if (names_lane(swimlane, box->actors, at))
			return lane_middle(at) +
			    (right ? CHIP_WIDTH / 2 : -CHIP_WIDTH / 2);
	return right ? box_right(box) : box_left(box);
}

/* In the lane of everybody else who acts in the step, or stands in. */
static void
draw_chips(struct swimlane *swimlane, const struct box *box, const char *tokens,
    enum svg_stroke stroke)
{
	scoped(svg_text_clear) struct svg_text label = { 0 };

	svg_wrap(&label,
	    step_labels_get(swimlane->view->book, view_source(box->step)),
	    CHIP_WIDTH);
	token_each(token, tokens) {
		size_t lane = find_lane(swimlane, token);
		int y = box->y + 4;
		bool right = lane > box->lane;
		int edge = lane_middle(lane) +
		    (right ? -CHIP_WIDTH / 2 : CHIP_WIDTH / 2);
		int link[] = { 0, y + CHIP_HEIGHT / 2, edge,
			y + CHIP_HEIGHT / 2 };

		if (lane == box->lane)
			continue;
		link[0] = chip_line_start(swimlane, box, lane);
		svg_line(&swimlane->drawing, link, 2, stroke);
		svg_rect(&swimlane->drawing, lane_middle(lane) - CHIP_WIDTH / 2,
		    y, CHIP_WIDTH, CHIP_HEIGHT, CHIP_HEIGHT / 2, stroke);
		svg_write(&swimlane->drawing, lane_middle(lane), y + 2, &label,
		    true, true);
	}
}

static void
draw_box(struct swimlane *swimlane, const struct box *box)
{
	const struct svg *drawing = &swimlane->drawing;
	int left = box_left(box);
	int width = box_width(box);
	int inset = (box->height - (int)box->text.count * SVG_LINE) / 2;

	if (box->kind == BOX_DECISION)
		svg_hexagon(drawing, left, box->y, width, box->height,
		    stroke_of(box));
	else
		svg_rect(drawing, left, box->y, width, box->height,
		    box->kind == BOX_BRANCH ? 12 : 3,
		    node_vade_attribute(box->step, "default") != NULL
			? SVG_THICK
			: stroke_of(box));
	svg_write(drawing, left + width / 2, box->y + inset, &box->text, true,
	    false);
	if (box->kind == BOX_BRANCH)
		return;
	draw_chips(swimlane, box, box->actors, stroke_of(box));
	draw_chips(swimlane, box, box->standins, SVG_DASHED);
}

/* --- arrows --- */

/* To the box below: straight down, or down, across and down. */
static void
draw_flow(const struct swimlane *swimlane, const struct box *from,
    const struct box *to)
{
	int a = lane_middle(from->lane);
	int b = lane_middle(to->lane);
	int turn = (box_bottom(from) + to->y) / 2;
	const int bent[] = { a, box_bottom(from), a, turn, b, turn, b, to->y };
	const int straight[] = { a, box_bottom(from), b, to->y };
	bool handed = names_lane(swimlane, from->receivers, to->lane);

	svg_arrow(&swimlane->drawing, a == b ? straight : bent, a == b ? 2 : 4,
	    handed ? SVG_THICK : SVG_THIN);
}

/* To every receiver that does not act next: across, to a mark in its lane. */
static void
draw_handoffs(struct swimlane *swimlane, const struct box *box,
    const struct box *next)
{
	token_each(token, box->receivers) {
		size_t lane = find_lane(swimlane, token);
		bool right = lane > box->lane;
		int y = box_bottom(box) - 12;
		int end = lane_middle(lane);
		const int across[] = { right ? box_right(box) : box_left(box),
			y, end + (right ? -7 : 7), y };

		if (lane == box->lane ||
		    (next != NULL && next->lane == lane &&
			next->kind != BOX_BRANCH))
			continue;
		svg_arrow(&swimlane->drawing, across, 2, SVG_THICK);
		svg_circle(&swimlane->drawing, end, y, 7, false);
		svg_circle(&swimlane->drawing, end, y, 3, true);
	}
}

/* For what is not just below: by the right of both boxes. */
static void
draw_jump(struct swimlane *swimlane, const struct box *from,
    const struct box *to)
{
	const struct box *outer = from->lane > to->lane ? from : to;
	int rail = box_right(outer) +
	    RAIL_GAP * (1 + (int)(swimlane->rails++ % RAILS));
	int out = from->y + from->height / 2;
	int in = to->y + BOX_MIN / 2 + 5;
	const int points[] = { box_right(from), out, rail, out, rail, in,
		box_right(to), in };

	svg_arrow(&swimlane->drawing, points, 4, SVG_THIN);
}

/* The next box that is no branch, NULL at the end. */
static const struct box *
next_step(const struct swimlane *swimlane, size_t from)
{
	for (size_t i = from + 1; i < swimlane->box_count; i++)
		if (swimlane->boxes[i].kind != BOX_BRANCH)
			return &swimlane->boxes[i];
	return NULL;
}

static const struct box *
find_target(const struct swimlane *swimlane, size_t from)
{
	const char *go =
	    node_vade_attribute(view_source(swimlane->boxes[from].step), "go");

	if (go == NULL || strcmp(go, "next") == 0)
		return next_step(swimlane, from);
	for (size_t i = 0; i < swimlane->box_count; i++) {
		const char *id = node_id(swimlane->boxes[i].step);

		if (id != NULL && strcmp(id, go) == 0)
			return &swimlane->boxes[i];
	}
	return NULL;
}

/* From a decision to a branch: along the left of both. */
static void
draw_branch(const struct swimlane *swimlane, const struct box *decision,
    const struct box *branch)
{
	int x = box_left(decision) + SVG_TIP;
	int y = branch->y + branch->height / 2;
	const int points[] = { x, box_bottom(decision), x, y, box_left(branch),
		y };

	svg_arrow(&swimlane->drawing, points, 3, SVG_THIN);
}

static void
draw_arrows(struct swimlane *swimlane)
{
	const struct box *decision = NULL;

	for (size_t i = 0; i < swimlane->box_count; i++) {
		const struct box *box = &swimlane->boxes[i];
		const struct box *below =
		    i + 1 < swimlane->box_count ? box + 1 : NULL;
		const struct box *target =
		    box->kind == BOX_BRANCH ? find_target(swimlane, i) : below;

		if (box->kind == BOX_DECISION)
			decision = box;
		if (box->kind == BOX_BRANCH && decision != NULL)
			draw_branch(swimlane, decision, box);
		draw_handoffs(swimlane, box, below);
		if (target == NULL || target->kind == BOX_BRANCH)
			continue;
		if (target == below)
			draw_flow(swimlane, box, target);
		else
			draw_jump(swimlane, box, target);
	}
}

/* --- all --- */

/* Between two boxes nothing but arrows is in the way. */
static void
tell_cuts(const struct swimlane *swimlane, int head)
{
	const struct box *boxes = swimlane->boxes;
	size_t count = swimlane->box_count - 1;
	owned int *rows = mem_array(count, sizeof(*rows));

	for (size_t i = 0; i < count; i++)
		rows[i] = (box_bottom(&boxes[i]) + boxes[i + 1].y) / 2;
	svg_cuts(&swimlane->drawing, head, LANE_WIDTH, rows, count);
}

static void
draw_procedure(struct swimlane *swimlane, xmlNode *task)
{
	int head;
	int height;

	swimlane->drawing = svg_begin(swimlane->view, task, "lane");
	/* Receivers and stand-ins have lanes too; the actors come first. */
	for (size_t i = 0; i < swimlane->box_count; i++) {
		find_lanes(swimlane, swimlane->boxes[i].receivers);
		find_lanes(swimlane, swimlane->boxes[i].standins);
	}
	head = wrap_heads(swimlane);
	height = place_boxes(swimlane, head);
	draw_lanes(swimlane, head, height);
	for (size_t i = 0; i < swimlane->box_count; i++)
		draw_box(swimlane, &swimlane->boxes[i]);
	draw_arrows(swimlane);
	tell_cuts(swimlane, head);
	svg_end(&swimlane->drawing,
	    (int)swimlane->lane_count * LANE_WIDTH + 2 * RAIL_GAP, height);
}

static void
draw_task(const struct view *view, xmlNode *task)
{
	const xmlNode *procedure = node_child(task, "procedure");
	struct swimlane swimlane = { .view = view,
		.role = &view->edition->project->axes
			     .axes[view->edition->project->axes.role] };

	if (procedure == NULL ||
	    node_vade_attribute(view_source(task), "lead") == NULL)
		return;
	add_steps(&swimlane, procedure);
	if (swimlane.box_count > 1 &&
	    (swimlane.lane_count > 1 || swimlane.has_decision))
		draw_procedure(&swimlane, task);
	for (size_t i = 0; i < swimlane.lane_count; i++) {
		free(swimlane.lanes[i].token);
		svg_text_clear(&swimlane.lanes[i].text);
	}
	for (size_t i = 0; i < swimlane.box_count; i++)
		svg_text_clear(&swimlane.boxes[i].text);
	free(swimlane.lanes);
	free(swimlane.boxes);
}

void
swimlane_draw(struct view *view)
{
	xmlNode *next;

	if (view->edition->project->axes.role == AXIS_NONE)
		return;
	for (xmlNode *node = view->root; node != NULL; node = next) {
		next = node_walk(node, view->root, true);
		if (node_is(node, "task") && view_source(node) != NULL)
			draw_task(view, node);
	}
}
