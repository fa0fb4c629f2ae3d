/*
 * Colours of CSS and whether words in one can be read on another. Used by
 * css_value to read them and by css_rule to judge what an organisation sets.
 * Invariant: a pair of colours that may meet is judged, in each scheme; what
 * may meet is all words with all grounds, for no cascade is computed.
 */
#ifndef VADE_STYLE_CSS_COLOUR_H
#define VADE_STYLE_CSS_COLOUR_H

#include "base/diag.h"
#include "style/css_token.h"

enum css_scheme { CSS_LIGHT, CSS_DARK, CSS_PRINT, CSS_SCHEMES };

struct css_colour {
	enum {
		CSS_OPAQUE,
		CSS_CLEAR,   /* transparent */
		CSS_CURRENT, /* currentcolor */
	} kind;
	unsigned char rgb[3];
};

/*
 * Reads the colour that begins at tokens[*at], and steps over it. Opaque ones:
 * #rgb, #rrggbb, rgb(0 to 255) and sixteen names; false for all others.
 */
bool css_colour_read(const struct css_token *tokens, size_t count, size_t *at,
    struct css_colour *colour);
/* As #rrggbb, or by its name. */
void css_colour_write(const struct css_colour *colour, struct buf *out);

/* What a selector sets, by scheme; of words or of the ground below them. */
struct css_paint {
	char *selector;
	bool is_ground;
	struct css_colour colours[CSS_SCHEMES];
	struct place places[CSS_SCHEMES]; /* file 0 = not set */
};

struct css_paints {
	struct css_paint *items;
	size_t count;
	size_t capacity;
};

/* A later one of the same selector takes the place of an earlier one, in the
 * schemes of the bits. */
void
css_paints_set(struct css_paints *paints, const char *selector, bool is_ground,
    unsigned schemes, const struct css_colour *colour, struct place place);
void css_paints_clear(struct css_paints *paints);
/* Judges all pairs, also with the colours of our own CSS. 0, or -1 with V0633
 * reported. */
int css_paints_check(const struct css_paints *paints, struct diag *diag);
/* Judges two opaque colours that meet nothing else. */
int css_pair_check(const struct css_colour *words,
    const struct css_colour *ground, struct place place, struct diag *diag);

#endif
