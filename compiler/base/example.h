/*
 * The example of a message: what brings it about, and what is right. Used by
 * `vade explain`; tests/examples.py builds both and wants the message of the
 * one and not of the other.
 * Invariant: examples exist only in base/examples, a file per code, whose form
 * tests/examples/README.md describes.
 */
#ifndef VADE_BASE_EXAMPLE_H
#define VADE_BASE_EXAMPLE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/diag.h"

/* A line of an example's file that begins a part, and the lines below it. */
struct example_part {
	char kind[8];   /* "wrong", "right", "run" … */
	char place[64]; /* the file, "en", "es", "$" for a command; or "" */
	const char *lines;
	const char *end; /* after the last line */
};

/* The example of a code, where example_next begins; NULL if it has none. */
const char *example_find(enum diag_code code);
/* Steps over the part at *at; false if there is no more. */
bool example_next(const char **at, struct example_part *part);
/* Adds the lines of a part without their tab, each after indent. */
void example_add(struct buf *buf, const struct example_part *part,
    const char *indent);

#endif
