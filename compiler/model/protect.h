/*
 * What protects people, the table of protect.def. Used by filter/protected and
 * check/agency_keeps_warnings on DocBook elements, by style/protection_kept and
 * style/css_rule on the classes of pages.
 * Invariant: this is the only list of it.
 */
#ifndef VADE_MODEL_PROTECT_H
#define VADE_MODEL_PROTECT_H

#include <stddef.h>

#include "model/book.h"

struct protect_row {
	const char *element; /* of DocBook; "" = of the frame of a page */
	const char *role;    /* that the element must have; "" = any */
	const char *class_name;
};

/* The row of a DocBook element; NULL if it is not one that protects. */
const struct protect_row *protect_element(const xmlNode *node);
/* The row of a class, whose name is the first len bytes; NULL if none. */
const struct protect_row *protect_class(const char *name, size_t len);

#endif
