#include "painted_over_words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/map.h"
#include "base/text.h"
#include "outline.h"
#include "model/book.h"

enum {
	DEEPEST = 100, /* of elements that use each other */
	MOST_DRAWN = 100000,
	MOST_STEPS = 1000000000, /* lines looked at: some seconds */
	ACROSS = 5,              /* samples along a line of words */
	DOWN = 2, /* and across it: a line through words hides none */
	SAMPLES = ACROSS * DOWN,
};

/* What is left of what shines through less than this is not seen. */
static const double UNSEEN = 0.1;

/* Something drawn: words by their samples, a shape by its outline. */
struct drawn {
	const xmlNode *node;
	struct outline outline;
	double low_x, low_y, high_x, high_y; /* around a shape and its line */
	double fill;                         /* how opaque, from 0 to 1 */
	double line;
	double half_line; /* half of how wide */
	bool even_odd;
	bool is_words;
};

struct canvas {
	const xmlNode *root;
	struct map ids; /* to elements, lent */
	struct drawn *drawn;
	size_t count;
	size_t capacity;
	size_t steps;
	bool is_full; /* too much is drawn to judge it */
};

/* Where and how an element is drawn; by whom it is used. */
struct state {
	struct matrix matrix;
	double opacity;
	const xmlNode *user;
	int depth;
};

/* The value that an element has or inherits, also through what uses it; the
 * caller frees it. */
static xmlChar *
inherited(const xmlNode *node, const xmlNode *user, const char *name)
{
	xmlChar *value = NULL;

	for (; value == NULL && node != NULL && node->type == XML_ELEMENT_NODE;
	     node = node->parent)
		value = xmlGetNoNsProp(node, BAD_CAST name);
	return value != NULL || user == NULL ? value
					     : inherited(user, NULL, name);
}

static double
inherited_number(const xmlNode *node, const xmlNode *user, const char *name,
    double other)
{
	return outline_number_take(inherited(node, user, name), other);
}

/* How opaque is what is painted so? A gradient and a colour of any name are. */
static double
opacity_of(const xmlNode *node, const struct state *state, const char *paint,
    const char *other)
{
	char *name = mem_format("%s-opacity", paint);
	xmlChar *value = inherited(node, state->user, paint);
	const char *colour = value == NULL ? other : (const char *)value;
	double opacity =
	    state->opacity * inherited_number(node, state->user, name, 1);

	if (strcmp(colour, "none") == 0 || strcmp(colour, "transparent") == 0)
		opacity = 0;
	else if (strncmp(colour, "rgba", 4) == 0 ||
	    strncmp(colour, "hsla", 4) == 0)
		opacity *= strrchr(colour, ',') == NULL
		    ? 1
		    : strtod(strrchr(colour, ',') + 1, NULL);
	xmlFree(value);
	free(name);
	return opacity;
}

static struct drawn *
add_drawn(struct canvas *canvas, const xmlNode *node)
{
	struct drawn *drawn =
	    list_add(canvas->drawn, canvas->count, canvas->capacity);

	*drawn = (struct drawn){ .node = node };
	canvas->is_full |= canvas->count >= MOST_DRAWN;
	return drawn;
}

/* --- shapes --- */

static void
set_box(struct drawn *drawn)
{
	drawn->low_x = drawn->low_y = INFINITY;
	drawn->high_x = drawn->high_y = -INFINITY;
	for (size_t i = 0; i < drawn->outline.count; i++) {
		struct point at = drawn->outline.points[i];

		drawn->low_x = fmin(drawn->low_x, at.x - drawn->half_line);
		drawn->low_y = fmin(drawn->low_y, at.y - drawn->half_line);
		drawn->high_x = fmax(drawn->high_x, at.x + drawn->half_line);
		drawn->high_y = fmax(drawn->high_y, at.y + drawn->half_line);
	}
}

static void
add_shape(struct canvas *canvas, const xmlNode *node, const struct state *state)
{
	struct matrix m = state->matrix;
	double scale = sqrt(fabs(m.a * m.d - m.b * m.c));
	struct drawn shape = { .node = node,
		.fill = opacity_of(node, state, "fill", "black"),
		.line = opacity_of(node, state, "stroke", "none") };
	xmlChar *rule;

	if (shape.fill <= 0 && shape.line <= 0)
		return;
	outline_add(&shape.outline, node, m);
	if (shape.outline.count == 0)
		return;
	rule = inherited(node, state->user, "fill-rule");
	shape.even_odd =
	    rule != NULL && strcmp((const char *)rule, "evenodd") == 0;
	xmlFree(rule);
	if (shape.line > 0)
		shape.half_line = scale / 2 *
		    inherited_number(node, state->user, "stroke-width", 1);
	set_box(&shape);
	*add_drawn(canvas, node) = shape;
}

/* --- words --- */

/* What a run of words takes of a line: half the size of the letters for each,
 * which is more than most have. */
static double
width_of(const char *words, double size)
{
	size_t count = 0;

	for (const char *at = words; *at != '\0'; at++)
		count += ((unsigned char)*at & 0xc0) != 0x80;
	return (double)count * size / 2;
}

static void
add_run(struct canvas *canvas, const xmlNode *node, const struct state *state,
    struct point *at)
{
	const xmlNode *element = node->parent;
	double size = inherited_number(element, state->user, "font-size", 16);
	double width = width_of((const char *)node->content, size);
	xmlChar *anchor = inherited(element, state->user, "text-anchor");
	double left = at->x;
	struct drawn *run;

	if (anchor != NULL && strcmp((const char *)anchor, "middle") == 0)
		left -= width / 2;
	if (anchor != NULL && strcmp((const char *)anchor, "end") == 0)
		left -= width;
	xmlFree(anchor);
	at->x += width;
	if (text_is_blank((const char *)node->content))
		return;
	run = add_drawn(canvas, element);
	run->is_words = true;
	for (int i = 0; i < SAMPLES; i++)
		*list_add(run->outline.points, run->outline.count,
		    run->outline.capacity) = matrix_apply(state->matrix,
		    left + width * (i % ACROSS + 0.5) / ACROSS,
		    at->y - size * (i < ACROSS ? 0.15 : 0.55));
	set_box(run);
}

/* A length of an attribute; of letters ("1.2em"), of their size. */
static double
length_of(const xmlNode *node, const char *name, double size, double other)
{
	xmlChar *value = xmlGetNoNsProp(node, BAD_CAST name);
	double length = value == NULL ? other : strtod((char *)value, NULL);

	if (value != NULL && strstr((char *)value, "em") != NULL)
		length *= size;
	xmlFree(value);
	return length;
}

static void
add_words(struct canvas *canvas, const xmlNode *element,
    const struct state *state, struct point *at)
{
	double size = inherited_number(element, state->user, "font-size", 16);

	at->x = length_of(element, "x", size, at->x) +
	    length_of(element, "dx", size, 0);
	at->y = length_of(element, "y", size, at->y) +
	    length_of(element, "dy", size, 0);
	for (const xmlNode *child = element->children; child != NULL;
	     child = child->next)
		if (child->type == XML_TEXT_NODE)
			add_run(canvas, child, state, at);
		else if (child->type == XML_ELEMENT_NODE)
			add_words(canvas, child, state, at);
}

/* --- in the order of painting --- */

static void
paint(struct canvas *canvas, const xmlNode *node, struct state state);

static void
paint_children(struct canvas *canvas, const xmlNode *node,
    const struct state *state)
{
	for (const xmlNode *child = node->children; child != NULL;
	     child = child->next)
		if (child->type == XML_ELEMENT_NODE)
			paint(canvas, child, *state);
}

static const xmlNode *
find_target(const struct canvas *canvas, const xmlNode *use)
{
	xmlChar *href = xmlGetProp(use, BAD_CAST "href");
	const struct map_entry *entry = href == NULL || href[0] != '#'
	    ? NULL
	    : map_get_text(&canvas->ids, (const char *)href + 1);

	xmlFree(href);
	return entry == NULL ? NULL : entry->item;
}

static bool
is_called(const xmlNode *node, const char *name)
{
	return strcmp((const char *)node->name, name) == 0;
}

/* A picture in the picture is as large as it says, by its viewBox. */
static void
enter_picture(struct state *state, const xmlNode *node)
{
	xmlChar *box = xmlGetNoNsProp(node, BAD_CAST "viewBox");
	const char *at = box == NULL ? "" : (const char *)box;
	double n[4];
	struct matrix in = { 1, 0, 0, 1, outline_number(node, "x", 0),
		outline_number(node, "y", 0) };

	if (outline_numbers(&at, n, 4) == 4 && n[2] > 0 && n[3] > 0) {
		in.a = outline_number(node, "width", n[2]) / n[2];
		in.d = outline_number(node, "height", n[3]) / n[3];
		in.e -= in.a * n[0];
		in.f -= in.d * n[1];
	}
	state->matrix = matrix_multiply(state->matrix, in);
	xmlFree(box);
}

static void
paint_used(struct canvas *canvas, const xmlNode *use, struct state state)
{
	const xmlNode *target = find_target(canvas, use);
	const struct matrix in = { 1, 0, 0, 1, outline_number(use, "x", 0),
		outline_number(use, "y", 0) };

	state.matrix = matrix_multiply(state.matrix, in);
	state.user = use;
	if (target != NULL && is_called(target, "symbol")) {
		enter_picture(&state, target);
		paint_children(canvas, target, &state);
	} else if (target != NULL) {
		paint(canvas, target, state);
	}
}

static void
paint(struct canvas *canvas, const xmlNode *node, struct state state)
{
	static const char *const stores[] = { "clipPath", "defs", "filter",
		"linearGradient", "marker", "mask", "pattern", "radialGradient",
		"symbol", NULL };
	xmlChar *moved = xmlGetNoNsProp(node, BAD_CAST "transform");
	struct point at = { 0 };

	if (moved != NULL)
		state.matrix = matrix_multiply(state.matrix,
		    matrix_read((const char *)moved));
	xmlFree(moved);
	state.opacity *= outline_number(node, "opacity", 1);
	canvas->is_full |= ++state.depth > DEEPEST;
	if (canvas->is_full || text_is_in(stores, (const char *)node->name))
		return;
	if (is_called(node, "text")) {
		add_words(canvas, node, &state, &at);
	} else if (is_called(node, "use")) {
		paint_used(canvas, node, state);
	} else if (is_called(node, "g") || is_called(node, "svg") ||
	    is_called(node, "switch")) {
		if (is_called(node, "svg") && node != canvas->root)
			enter_picture(&state, node);
		paint_children(canvas, node, &state);
	} else {
		add_shape(canvas, node, &state);
	}
}

/* --- what is over what --- */

/* How much of what is below a point shines through a shape. */
static double
shines_through(const struct drawn *shape, struct point at)
{
	double left = 1;

	if (at.x < shape->low_x || at.x > shape->high_x ||
	    at.y < shape->low_y || at.y > shape->high_y)
		return 1;
	if (shape->fill > 0 &&
	    outline_holds(&shape->outline, at, shape->even_odd))
		left *= 1 - fmin(shape->fill, 1);
	if (shape->line > 0 &&
	    outline_is_near(&shape->outline, at, shape->half_line))
		left *= 1 - fmin(shape->line, 1);
	return left;
}

static bool
are_apart(const struct drawn *a, const struct drawn *b)
{
	return a->high_x < b->low_x || a->low_x > b->high_x ||
	    a->high_y < b->low_y || a->low_y > b->high_y;
}

/* What is painted last over most of the words; NULL if most are seen. */
static const xmlNode *
find_over(struct canvas *canvas, size_t words)
{
	double left[SAMPLES];
	const xmlNode *over = NULL;
	int hidden = 0;

	for (int k = 0; k < SAMPLES; k++)
		left[k] = 1;
	for (size_t i = words + 1; i < canvas->count && !canvas->is_full; i++) {
		const struct drawn *shape = &canvas->drawn[i];

		if (shape->is_words || are_apart(shape, &canvas->drawn[words]))
			continue;
		canvas->steps += SAMPLES * shape->outline.count;
		canvas->is_full |= canvas->steps > MOST_STEPS;
		for (int k = 0; k < SAMPLES; k++) {
			double was = left[k];

			left[k] *= shines_through(shape,
			    canvas->drawn[words].outline.points[k]);
			if (was >= UNSEEN && left[k] < UNSEEN) {
				over = shape->node;
				hidden++;
			}
		}
	}
	return hidden > SAMPLES / 2 ? over : NULL;
}

/* Are there words? Without any nothing is to be judged. */
static bool
find_ids(struct canvas *canvas, const xmlNode *root)
{
	bool has_words = false;

	for (xmlNode *node = node_walk(root, root, true); node != NULL;
	     node = node_walk(node, root, true)) {
		xmlChar *id = node->type == XML_ELEMENT_NODE
		    ? xmlGetNoNsProp(node, BAD_CAST "id")
		    : NULL;

		if (id != NULL)
			map_put_text(&canvas->ids, (const char *)id, NULL)
			    ->item = node;
		xmlFree(id);
		has_words |=
		    node->type == XML_ELEMENT_NODE && is_called(node, "text");
	}
	return has_words;
}

bool
picture_find_cover(struct picture_cover *found, const xmlNode *root)
{
	struct canvas canvas = { .root = root };
	const struct state state = { .matrix = { 1, 0, 0, 1, 0, 0 },
		.opacity = 1 };

	memset(found, 0, sizeof(*found));
	if (find_ids(&canvas, root))
		paint(&canvas, root, state);
	for (size_t i = 0; found->words == NULL && i < canvas.count; i++) {
		if (!canvas.drawn[i].is_words)
			continue;
		found->over = canvas.is_full ? NULL : find_over(&canvas, i);
		if (found->over != NULL || canvas.is_full)
			found->words = canvas.drawn[i].node;
	}
	for (size_t i = 0; i < canvas.count; i++)
		outline_clear(&canvas.drawn[i].outline);
	free(canvas.drawn);
	map_clear(&canvas.ids);
	return found->words != NULL;
}
