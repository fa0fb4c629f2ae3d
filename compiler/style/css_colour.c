#include "css_colour.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/embed.h"
#include "base/list.h"

/* WCAG 2.2, 1.4.3. */
static const double least_contrast = 4.5;

static const struct {
	const char *name;
	unsigned char rgb[3];
} names[] = {
	{ "aqua", { 0, 255, 255 } },
	{ "black", { 0, 0, 0 } },
	{ "blue", { 0, 0, 255 } },
	{ "fuchsia", { 255, 0, 255 } },
	{ "gray", { 128, 128, 128 } },
	{ "green", { 0, 128, 0 } },
	{ "lime", { 0, 255, 0 } },
	{ "maroon", { 128, 0, 0 } },
	{ "navy", { 0, 0, 128 } },
	{ "olive", { 128, 128, 0 } },
	{ "purple", { 128, 0, 128 } },
	{ "red", { 255, 0, 0 } },
	{ "silver", { 192, 192, 192 } },
	{ "teal", { 0, 128, 128 } },
	{ "white", { 255, 255, 255 } },
	{ "yellow", { 255, 255, 0 } },
};

static bool
read_hex(const char *digits, struct css_colour *colour)
{
	size_t len = strlen(digits);

	if (strspn(digits, "0123456789abcdefABCDEF") != len ||
	    (len != 3 && len != 6))
		return false;
	for (size_t i = 0; i < 3; i++) {
		char two[3] = { digits[i * len / 3],
			digits[i * len / 3 + (len == 6)], '\0' };

		colour->rgb[i] = (unsigned char)strtoul(two, NULL, 16);
	}
	colour->kind = CSS_OPAQUE;
	return true;
}

static bool
read_name(const char *name, struct css_colour *colour)
{
	if (strcasecmp(name, "transparent") == 0) {
		colour->kind = CSS_CLEAR;
		return true;
	}
	if (strcasecmp(name, "currentcolor") == 0) {
		colour->kind = CSS_CURRENT;
		return true;
	}
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcasecmp(names[i].name, name) == 0) {
			colour->kind = CSS_OPAQUE;
			memcpy(colour->rgb, names[i].rgb, 3);
			return true;
		}
	return false;
}

/* rgb(1, 2, 3) or rgb(1 2 3), past the name. */
static bool
read_rgb(const struct css_token *tokens, size_t count, size_t *at,
    struct css_colour *colour)
{
	size_t found = 0;

	colour->kind = CSS_OPAQUE;
	for (; *at < count; (*at)++) {
		const struct css_token *token = &tokens[*at];

		if (css_is_delim(token, ')')) {
			(*at)++;
			return found == 3;
		}
		if (token->kind == CSS_NUMBER && found < 3 &&
		    token->number >= 0 && token->number <= 255 &&
		    token->number == floor(token->number))
			colour->rgb[found++] = (unsigned char)token->number;
		else if (token->kind != CSS_BLANK && !css_is_delim(token, ','))
			return false;
	}
	return false;
}

bool
css_colour_read(const struct css_token *tokens, size_t count, size_t *at,
    struct css_colour *colour)
{
	const struct css_token *first = &tokens[*at];

	if (*at >= count)
		return false;
	(*at)++;
	if (first->kind == CSS_HASH)
		return read_hex(buf_text(&first->text), colour);
	if (first->kind == CSS_IDENT)
		return read_name(buf_text(&first->text), colour);
	return css_is(first, CSS_FUNCTION, "rgb") &&
	    read_rgb(tokens, count, at, colour);
}

void
css_colour_write(const struct css_colour *colour, struct buf *out)
{
	if (colour->kind == CSS_OPAQUE)
		buf_add_format(out, "#%02x%02x%02x", colour->rgb[0],
		    colour->rgb[1], colour->rgb[2]);
	else
		buf_add_text(out,
		    colour->kind == CSS_CLEAR ? "transparent" : "currentcolor");
}

/* --- contrast --- */

/* WCAG 2.2, "relative luminance". */
static double
luminance(const unsigned char rgb[3])
{
	static const double weights[3] = { 0.2126, 0.7152, 0.0722 };
	double sum = 0;

	for (size_t i = 0; i < 3; i++) {
		double part = rgb[i] / 255.0;

		sum += weights[i] *
		    (part <= 0.03928 ? part / 12.92
				     : pow((part + 0.055) / 1.055, 2.4));
	}
	return sum;
}

static double
contrast(const unsigned char a[3], const unsigned char b[3])
{
	double one = luminance(a);
	double other = luminance(b);

	return one > other ? (one + 0.05) / (other + 0.05)
			   : (other + 0.05) / (one + 0.05);
}

static int
judge(const struct css_colour *words, const struct css_colour *ground,
    const char *scheme, struct place place, struct place related,
    struct diag *diag)
{
	double ratio = contrast(words->rgb, ground->rgb);
	struct buf texts[2] = { 0 };

	if (words->kind != CSS_OPAQUE || ground->kind != CSS_OPAQUE ||
	    ratio >= least_contrast)
		return 0;
	css_colour_write(words, &texts[0]);
	css_colour_write(ground, &texts[1]);
	owned char *number = mem_format("%.1f", floor(ratio * 10) / 10);

	diag_report_related(diag, DIAG_CSS_CONTRAST, place, related,
	    buf_text(&texts[0]), buf_text(&texts[1]), number, scheme, NULL);
	buf_clear(&texts[0]);
	buf_clear(&texts[1]);
	return -1;
}

int
css_pair_check(const struct css_colour *words, const struct css_colour *ground,
    struct place place, struct diag *diag)
{
	return judge(words, ground, "light, dark", place, (struct place){ 0 },
	    diag);
}

/* --- our own colours --- */

static const char *const our_words[] = { "--text", "--soft", "--link",
	"--visited", "--danger", "--care", "--guard", NULL };
static const char *const our_grounds[] = { "--page", "--panel",
	"--danger-panel", "--care-panel", "--guard-panel", "--doubt", NULL };

/* Which of the names a custom property is; SIZE_MAX if none. */
static size_t
find_name(const char *const *wanted, const struct css_token *token)
{
	for (size_t i = 0; wanted[i] != NULL; i++)
		if (css_is(token, CSS_IDENT, wanted[i]))
			return i;
	return SIZE_MAX;
}

struct palette {
	/* Of our_words and our_grounds. */
	struct css_colour colours[2][CSS_SCHEMES][8];
	size_t counts[2];
};

/* The property --name: #colour of vade.css, in the scheme that its rule is
 * for. */
static void
read_property(struct palette *palette, struct css_reader *reader,
    enum css_scheme scheme)
{
	size_t word = find_name(our_words, &reader->token);
	size_t ground = find_name(our_grounds, &reader->token);
	bool is_ground = ground != SIZE_MAX;
	struct css_colour colour = { 0 };

	if (word == SIZE_MAX && ground == SIZE_MAX)
		return;
	do
		css_next(reader);
	while (reader->token.kind == CSS_BLANK ||
	    css_is_delim(&reader->token, ':'));
	if (reader->token.kind == CSS_HASH &&
	    read_hex(buf_text(&reader->token.text), &colour))
		palette->colours[is_ground][scheme][is_ground ? ground : word] =
		    colour;
}

static void
palette_read(struct palette *palette)
{
	const struct embedded *css = embedded_find("vade.css");
	scoped(css_reader_clear) struct css_reader reader = { 0 };
	enum css_scheme scheme = CSS_LIGHT;
	bool is_query = false;

	reader.text = css->bytes;
	reader.size = css->size;
	memset(palette, 0, sizeof(*palette));
	palette->counts[0] = COUNT(our_words) - 1;
	palette->counts[1] = COUNT(our_grounds) - 1;
	do {
		css_next(&reader);
		if (reader.token.kind == CSS_AT ||
		    css_is_delim(&reader.token, '{'))
			is_query = reader.token.kind == CSS_AT;
		/* What is said of the screen's scheme comes before print. */
		if (is_query && css_is(&reader.token, CSS_IDENT, "dark"))
			scheme = CSS_DARK;
		if (is_query && css_is(&reader.token, CSS_IDENT, "print"))
			scheme = CSS_PRINT;
		read_property(palette, &reader, scheme);
	} while (reader.token.kind != CSS_END);
}

/* --- what an organisation sets --- */

void
css_paints_set(struct css_paints *paints, const char *selector, bool is_ground,
    unsigned schemes, const struct css_colour *colour, struct place place)
{
	struct css_paint *paint = NULL;

	for (size_t i = 0; paint == NULL && i < paints->count; i++)
		if (paints->items[i].is_ground == is_ground &&
		    strcmp(paints->items[i].selector, selector) == 0)
			paint = &paints->items[i];
	if (paint == NULL) {
		paint =
		    list_add(paints->items, paints->count, paints->capacity);
		*paint = (struct css_paint){ .selector = mem_dup(selector),
			.is_ground = is_ground };
	}
	for (unsigned i = 0; i < CSS_SCHEMES; i++)
		if ((schemes & 1U << i) != 0) {
			paint->colours[i] = *colour;
			paint->places[i] = place;
		}
}

void
css_paints_clear(struct css_paints *paints)
{
	for (size_t i = 0; i < paints->count; i++)
		free(paints->items[i].selector);
	free(paints->items);
	memset(paints, 0, sizeof(*paints));
}

/* One colour of a paint with all that may be over or under it. */
static int
check_paint(const struct css_paints *paints, const struct css_paint *paint,
    const struct palette *palette, enum css_scheme scheme, struct diag *diag)
{
	static const char *const schemes[] = { "light", "dark", "print" };
	const struct css_colour *mine = &paint->colours[scheme];
	bool other = !paint->is_ground;
	struct place place = paint->places[scheme];
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < palette->counts[other]; i++) {
		const struct css_colour *ours =
		    &palette->colours[other][scheme][i];

		rc = judge(other ? mine : ours, other ? ours : mine,
		    schemes[scheme], place, (struct place){ 0 }, diag);
	}
	/* Pairs of its own are judged from the side of the words. */
	for (size_t i = 0; rc == 0 && other && i < paints->count; i++)
		if (paints->items[i].is_ground &&
		    paints->items[i].places[scheme].file != 0)
			rc = judge(mine, &paints->items[i].colours[scheme],
			    schemes[scheme], place,
			    paints->items[i].places[scheme], diag);
	return rc;
}

int
css_paints_check(const struct css_paints *paints, struct diag *diag)
{
	struct palette palette;
	int rc = 0;

	palette_read(&palette);
	for (size_t i = 0; i < paints->count; i++)
		for (unsigned s = 0; s < CSS_SCHEMES; s++)
			if (paints->items[i].places[s].file != 0)
				rc |= check_paint(paints, &paints->items[i],
				    &palette, (enum css_scheme)s, diag);
	return rc;
}
