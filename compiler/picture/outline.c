#include "outline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/text.h"

enum { CURVE_PARTS = 8, CIRCLE_PARTS = 24, NUMBERS = 7 };

/* --- matrices --- */

struct matrix
matrix_multiply(struct matrix l, struct matrix r)
{
	return (struct matrix){ l.a * r.a + l.c * r.b, l.b * r.a + l.d * r.b,
		l.a * r.c + l.c * r.d, l.b * r.c + l.d * r.d,
		l.a * r.e + l.c * r.f + l.e, l.b * r.e + l.d * r.f + l.f };
}

struct point
matrix_apply(struct matrix m, double x, double y)
{
	return (struct point){ .x = m.a * x + m.c * y + m.e,
		.y = m.b * x + m.d * y + m.f };
}

size_t
outline_numbers(const char **at, double *numbers, size_t most)
{
	size_t count = 0;

	while (count < most) {
		char *end;

		*at += strspn(*at, " \t\r\n,");
		numbers[count] = strtod(*at, &end);
		if (end == *at)
			break;
		*at = end;
		count++;
	}
	return count;
}

static struct matrix
turn(double degrees)
{
	double angle = degrees * M_PI / 180;

	return (struct matrix){ cos(angle), sin(angle), -sin(angle), cos(angle),
		0, 0 };
}

static struct matrix
shift(double x, double y)
{
	return (struct matrix){ 1, 0, 0, 1, x, y };
}

static struct matrix
one_transform(const char *name, const double *n, size_t count)
{
	if (strncmp(name, "matrix", 6) == 0 && count == 6)
		return (struct matrix){ n[0], n[1], n[2], n[3], n[4], n[5] };
	if (strncmp(name, "translate", 9) == 0 && count > 0)
		return shift(n[0], count > 1 ? n[1] : 0);
	if (strncmp(name, "scale", 5) == 0 && count > 0)
		return (
		    struct matrix){ n[0], 0, 0, n[count > 1 ? 1 : 0], 0, 0 };
	if (strncmp(name, "rotate", 6) == 0 && count == 3)
		return matrix_multiply(
		    matrix_multiply(shift(n[1], n[2]), turn(n[0])),
		    shift(-n[1], -n[2]));
	if (strncmp(name, "rotate", 6) == 0 && count > 0)
		return turn(n[0]);
	if (strncmp(name, "skewX", 5) == 0 && count > 0)
		return (struct matrix){ 1, 0, tan(n[0] * M_PI / 180), 1, 0, 0 };
	if (strncmp(name, "skewY", 5) == 0 && count > 0)
		return (struct matrix){ 1, tan(n[0] * M_PI / 180), 0, 1, 0, 0 };
	return shift(0, 0);
}

struct matrix
matrix_read(const char *transform)
{
	struct matrix all = shift(0, 0);
	const char *at = transform;

	while (at != NULL && *at != '\0') {
		double n[NUMBERS];
		const char *name = at + strspn(at, " \t\r\n,");
		size_t count;

		at = strchr(name, '(');
		if (at == NULL)
			break;
		at++;
		count = outline_numbers(&at, n, NUMBERS);
		all = matrix_multiply(all, one_transform(name, n, count));
		at = strchr(at, ')');
		at = at == NULL ? NULL : at + 1;
	}
	return all;
}

/* --- points --- */

static void
add(struct outline *outline, struct matrix matrix, double x, double y,
    bool begins)
{
	struct point point = matrix_apply(matrix, x, y);

	point.begins = begins || outline->count == 0;
	*list_add(outline->points, outline->count, outline->capacity) = point;
}

double
outline_number_take(xmlChar *value, double other)
{
	char *end;
	double number = value == NULL ? other : strtod((char *)value, &end);

	if (value != NULL && *end == '%')
		number /= 100;
	xmlFree(value);
	return number;
}

double
outline_number(const xmlNode *node, const char *name, double other)
{
	return outline_number_take(xmlGetNoNsProp(node, BAD_CAST name), other);
}

static void
add_rect(struct outline *outline, const xmlNode *node, struct matrix matrix)
{
	double x = outline_number(node, "x", 0);
	double y = outline_number(node, "y", 0);
	double width = outline_number(node, "width", 0);
	double height = outline_number(node, "height", 0);
	xmlChar *whole = xmlGetNoNsProp(node, BAD_CAST "width");
	xmlChar *high = xmlGetNoNsProp(node, BAD_CAST "height");

	/* Parts of the picture, whose size nobody knows here: all of it. */
	if (whole != NULL && strchr((char *)whole, '%') != NULL)
		x = -1e6, width = 2e6;
	if (high != NULL && strchr((char *)high, '%') != NULL)
		y = -1e6, height = 2e6;
	xmlFree(whole);
	xmlFree(high);
	add(outline, matrix, x, y, true);
	add(outline, matrix, x + width, y, false);
	add(outline, matrix, x + width, y + height, false);
	add(outline, matrix, x, y + height, false);
	add(outline, matrix, x, y, false);
}

static void
add_ellipse(struct outline *outline, const xmlNode *node, struct matrix matrix)
{
	double r = outline_number(node, "r", 0);
	double rx = outline_number(node, "rx", r);
	double ry = outline_number(node, "ry", r);

	for (int i = 0; i <= CIRCLE_PARTS; i++) {
		double angle = 2 * M_PI * i / CIRCLE_PARTS;

		add(outline, matrix,
		    outline_number(node, "cx", 0) + rx * cos(angle),
		    outline_number(node, "cy", 0) + ry * sin(angle), i == 0);
	}
}

static void
add_line(struct outline *outline, const xmlNode *node, struct matrix matrix)
{
	add(outline, matrix, outline_number(node, "x1", 0),
	    outline_number(node, "y1", 0), true);
	add(outline, matrix, outline_number(node, "x2", 0),
	    outline_number(node, "y2", 0), false);
}

static void
add_polygon(struct outline *outline, const xmlNode *node, struct matrix matrix)
{
	xmlChar *points = xmlGetNoNsProp(node, BAD_CAST "points");
	const char *at = points == NULL ? "" : (const char *)points;
	double n[2];

	for (bool begins = true; outline_numbers(&at, n, 2) == 2;
	     begins = false)
		add(outline, matrix, n[0], n[1], begins);
	xmlFree(points);
}

/* --- paths --- */

struct pen {
	struct outline *outline;
	struct matrix matrix;
	double x, y;   /* where it is */
	double x0, y0; /* where its part began */
};

static void
draw_to(struct pen *pen, double x, double y)
{
	add(pen->outline, pen->matrix, x, y, false);
	pen->x = x;
	pen->y = y;
}

/* A curve with two handles; a handle stands for the one that S and T have from
 * the curve before. */
static void
draw_curve(struct pen *pen, const double *n)
{
	double x = pen->x;
	double y = pen->y;

	for (int i = 1; i <= CURVE_PARTS; i++) {
		double t = (double)i / CURVE_PARTS;
		double s = 1 - t;
		double k[] = { s * s * s, 3 * s * s * t, 3 * s * t * t,
			t * t * t };

		draw_to(pen, k[0] * x + k[1] * n[0] + k[2] * n[2] + k[3] * n[4],
		    k[0] * y + k[1] * n[1] + k[2] * n[3] + k[3] * n[5]);
	}
}

/* n: radii, turn, large, sweep, end (SVG 1.1, F.6.5). */
static void
draw_arc(struct pen *pen, const double *n)
{
	struct matrix back = turn(-n[2]);
	struct point half =
	    matrix_apply(back, (pen->x - n[5]) / 2, (pen->y - n[6]) / 2);
	double rx = fabs(n[0]);
	double ry = fabs(n[1]);
	double size = rx > 0 && ry > 0
	    ? half.x * half.x / (rx * rx) + half.y * half.y / (ry * ry)
	    : 0;
	double grown = size > 1 ? sqrt(size) : 1;
	double side = (n[3] != 0) == (n[4] != 0) ? -1 : 1;
	double k = size > 0 ? side * sqrt(fmax(0, 1 / fmin(size, 1) - 1)) : 0;
	double cx = k * rx * grown * half.y / (ry * grown);
	double cy = -k * ry * grown * half.x / (rx * grown);
	double from = atan2((half.y - cy) / ry, (half.x - cx) / rx);
	double to = atan2((-half.y - cy) / ry, (-half.x - cx) / rx);
	struct matrix there = matrix_multiply(
	    shift((pen->x + n[5]) / 2, (pen->y + n[6]) / 2), turn(n[2]));

	if (size > 0) {
		if (n[4] != 0 && to < from)
			to += 2 * M_PI;
		if (n[4] == 0 && to > from)
			to -= 2 * M_PI;
		for (int i = 1; i < CURVE_PARTS; i++) {
			double angle = from + (to - from) * i / CURVE_PARTS;
			struct point at =
			    matrix_apply(there, cx + rx * grown * cos(angle),
				cy + ry * grown * sin(angle));

			draw_to(pen, at.x, at.y);
		}
	}
	draw_to(pen, n[5], n[6]);
}

static const struct {
	char name;
	size_t numbers;
} commands[] = { { 'M', 2 }, { 'L', 2 }, { 'H', 1 }, { 'V', 1 }, { 'C', 6 },
	{ 'S', 4 }, { 'Q', 4 }, { 'T', 2 }, { 'A', 7 } };

static size_t
numbers_of(char name)
{
	for (size_t i = 0; i < COUNT(commands); i++)
		if (commands[i].name == name)
			return commands[i].numbers;
	return 0;
}

/* Of "rx ry turn large sweep x y" only the last two are a place. */
static void
make_absolute(const struct pen *pen, char name, double *n, size_t count)
{
	for (size_t i = name == 'A' ? 5 : 0; i < count; i++) {
		bool is_x = name == 'A' ? i == 5 : name != 'V' && i % 2 == 0;

		n[i] += is_x ? pen->x : pen->y;
	}
}

static void
draw(struct pen *pen, char name, const double *n)
{
	if (name == 'M') {
		add(pen->outline, pen->matrix, n[0], n[1], true);
		pen->x = pen->x0 = n[0];
		pen->y = pen->y0 = n[1];
	} else if (name == 'L' || name == 'T') {
		draw_to(pen, n[0], n[1]);
	} else if (name == 'H') {
		draw_to(pen, n[0], pen->y);
	} else if (name == 'V') {
		draw_to(pen, pen->x, n[0]);
	} else if (name == 'C') {
		draw_curve(pen, n);
	} else if (name == 'S' || name == 'Q') {
		const double both[] = { n[0], n[1], n[0], n[1], n[2], n[3] };

		draw_curve(pen, both);
	} else {
		draw_arc(pen, n);
	}
}

/* A flag of an arc may touch what follows it: "a1 1 0 01.5.5". */
static size_t
read_arc(const char **at, double *n)
{
	size_t count = outline_numbers(at, n, 3);

	for (int flag = 0; count == 3 + (size_t)flag && flag < 2; flag++) {
		*at += strspn(*at, " \t\r\n,");
		if (**at != '0' && **at != '1')
			return count;
		n[count++] = *(*at)++ - '0';
	}
	return count < 5 ? count : count + outline_numbers(at, n + count, 2);
}

static void
add_path(struct outline *outline, const xmlNode *node, struct matrix matrix)
{
	xmlChar *path = xmlGetNoNsProp(node, BAD_CAST "d");
	const char *at = path == NULL ? "" : (const char *)path;
	struct pen pen = { .outline = outline, .matrix = matrix };
	char command = '\0';

	while (*(at += strspn(at, " \t\r\n,")) != '\0') {
		double n[NUMBERS];
		bool is_relative;
		char name;

		if (strchr("MmLlHhVvCcSsQqTtAaZz", *at) != NULL)
			command = *at++;
		is_relative = command >= 'a';
		name = (char)(is_relative ? command - 'a' + 'A' : command);
		if (name == 'Z') {
			draw_to(&pen, pen.x0, pen.y0);
			command = '\0';
			continue;
		}
		if (numbers_of(name) == 0 ||
		    (name == 'A' ? read_arc(&at, n)
				 : outline_numbers(&at, n, numbers_of(name))) !=
			numbers_of(name))
			break;
		if (is_relative)
			make_absolute(&pen, name, n, numbers_of(name));
		draw(&pen, name, n);
		if (name == 'M')
			command = is_relative ? 'l' : 'L';
	}
	xmlFree(path);
}

/* --- all --- */

static const struct {
	const char *name;
	void (*add)(struct outline *, const xmlNode *, struct matrix);
} shapes[] = { { "circle", add_ellipse }, { "ellipse", add_ellipse },
	{ "line", add_line }, { "path", add_path }, { "polygon", add_polygon },
	{ "polyline", add_polygon }, { "rect", add_rect } };

void
outline_add(struct outline *outline, const xmlNode *shape, struct matrix matrix)
{
	for (size_t i = 0; i < COUNT(shapes); i++)
		if (strcmp(shapes[i].name, (const char *)shape->name) == 0)
			shapes[i].add(outline, shape, matrix);
}

void
outline_clear(struct outline *outline)
{
	free(outline->points);
	memset(outline, 0, sizeof(*outline));
}

/* The line that ends at a point, or closes the part that begins there. */
static int
crossing(struct point from, struct point to, struct point at)
{
	double side = (to.x - from.x) * (at.y - from.y) -
	    (to.y - from.y) * (at.x - from.x);

	if (from.y <= at.y && to.y > at.y)
		return side > 0;
	if (from.y > at.y && to.y <= at.y)
		return side < 0 ? -1 : 0;
	return 0;
}

bool
outline_holds(const struct outline *outline, struct point at, bool even_odd)
{
	int turns = 0;
	int crossed = 0;
	size_t begin = 0;

	for (size_t i = 1; i <= outline->count; i++) {
		bool ends = i == outline->count || outline->points[i].begins;
		int one = crossing(outline->points[i - 1],
		    outline->points[ends ? begin : i], at);

		turns += one;
		crossed += one != 0;
		begin = ends ? i : begin;
	}
	return even_odd ? crossed % 2 != 0 : turns != 0;
}

bool
outline_is_near(const struct outline *outline, struct point at, double distance)
{
	for (size_t i = 1; i < outline->count; i++) {
		struct point a = outline->points[i - 1];
		struct point b = outline->points[i];
		double dx = b.x - a.x;
		double dy = b.y - a.y;
		double size = dx * dx + dy * dy;
		double t = size > 0
		    ? ((at.x - a.x) * dx + (at.y - a.y) * dy) / size
		    : 0;

		t = fmin(fmax(t, 0), 1);
		if (!b.begins &&
		    hypot(a.x + t * dx - at.x, a.y + t * dy - at.y) <= distance)
			return true;
	}
	return false;
}
