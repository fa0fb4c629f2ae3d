/*
 * The properties that an organisation's CSS may set, and their values within
 * limits. Used by css_rule.
 * Invariant: a value that comes out was understood part by part; none of them
 * makes words smaller, moves them, lays anything over them or takes them away.
 */
#ifndef VADE_STYLE_CSS_VALUE_H
#define VADE_STYLE_CSS_VALUE_H

#include "style/css_colour.h"

/* What is found out about a declaration. */
struct css_value {
	const struct css_token
	    *tokens; /* of the value, without blanks around */
	size_t count;
	size_t at;
	bool nests;     /* of the selector: no room at the sides */
	bool is_own;    /* of the selector: of the organisation's own boxes */
	struct buf out; /* the value, written anew */
	/* --- found --- */
	bool has_words;
	bool has_ground;
	bool has_picture;
	struct css_colour colour; /* of words or ground */
	struct place place;       /* of the declaration, for messages */
	int rc; /* -1: a picture was refused, and that is reported */
};

struct css_property {
	const char *name;
	const char *written; /* as what it goes out; NULL = by its name */
	bool (*read)(struct css_value *value);
	bool is_colour; /* left out where readers bring their own colours */
};

/* The row of a property; NULL if it may not be set. */
const struct css_property *css_property_find(const char *name);
/* The name nearest to it; NULL if none is near. */
const char *css_property_nearest(const char *name);

#endif
