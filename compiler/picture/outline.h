/*
 * The outline of a shape of an SVG, as lines between points.
 * Invariant: a curve or an arc becomes CURVE_PARTS lines or fewer; what cannot
 * be read ends the outline where it is.
 */
#ifndef VADE_PICTURE_OUTLINE_H
#define VADE_PICTURE_OUTLINE_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>

/* x' = a x + c y + e, y' = b x + d y + f */
struct matrix {
	double a, b, c, d, e, f;
};

struct point {
	double x;
	double y;
	bool begins; /* a part of the outline of its own */
};

struct outline {
	struct point *points;
	size_t count;
	size_t capacity;
};

struct matrix matrix_multiply(struct matrix left, struct matrix right);
/* What a transform attribute says; what cannot be read changes nothing. */
struct matrix matrix_read(const char *transform);
struct point matrix_apply(struct matrix matrix, double x, double y);

/* The numbers at a text, parted by blanks and commas: at most so many. Returns how
 * many there are; *at is behind them. */
size_t outline_numbers(const char **at, double *numbers, size_t most);
/* The number that a value says, which it frees ("50%" is 0.5), or another one if
 * it is NULL. */
double outline_number_take(xmlChar *value, double other);
/* The same of an attribute. */
double outline_number(const xmlNode *node, const char *name, double other);

/* Adds what a shape draws, seen through a matrix. Nothing for other elements. */
void outline_add(struct outline *outline, const xmlNode *shape,
    struct matrix matrix);
void outline_clear(struct outline *outline);

/* Is a point in it, by a rule? */
bool
outline_holds(const struct outline *outline, struct point at, bool even_odd);
/* Is a point no further from its line than that? */
bool outline_is_near(const struct outline *outline, struct point at,
    double distance);

#endif
