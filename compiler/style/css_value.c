#include "css_value.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <nettle/base64.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/text.h"
#include "compose/xml_write.h"
#include "picture/picture.h"

/* Limits in CSS pixels. */
enum {
	MOST_BORDER = 12,
	MOST_RADIUS = 32,
	MOST_ROOM = 64,       /* above and below */
	MOST_SIDE = 13,       /* left and right, so that words have a line */
	MOST_PICTURE = 65536, /* bytes */
};

static const struct css_token *
look(struct css_value *value)
{
	while (value->at < value->count &&
	    value->tokens[value->at].kind == CSS_BLANK)
		value->at++;
	return value->at < value->count ? &value->tokens[value->at] : NULL;
}

static void
part(struct css_value *value)
{
	if (value->out.size > 0)
		buf_add_char(&value->out, ' ');
}

/* --- colours --- */

static bool
read_colour(struct css_value *value)
{
	return look(value) != NULL &&
	    css_colour_read(value->tokens, value->count, &value->at,
		&value->colour);
}

static bool
read_words(struct css_value *value)
{
	if (!read_colour(value) || value->colour.kind != CSS_OPAQUE)
		return false;
	value->has_words = true;
	css_colour_write(&value->colour, &value->out);
	return true;
}

static bool
read_ground(struct css_value *value)
{
	if (!read_colour(value) || value->colour.kind == CSS_CURRENT)
		return false;
	value->has_ground = true;
	css_colour_write(&value->colour, &value->out);
	return true;
}

static bool
read_border_colour(struct css_value *value)
{
	struct css_colour kept = value->colour;
	size_t at = value->at;

	if (!read_colour(value) || value->colour.kind == CSS_CLEAR) {
		value->at = at;
		value->colour = kept;
		return false;
	}
	part(value);
	css_colour_write(&value->colour, &value->out);
	return true;
}

/* Up to four of something. */
static bool
read_four(struct css_value *value, bool (*read)(struct css_value *value))
{
	size_t count = 0;

	while (count < 4 && look(value) != NULL) {
		if (!read(value))
			return false;
		count++;
	}
	return count > 0;
}

static bool
read_border_colours(struct css_value *value)
{
	return read_four(value, read_border_colour);
}

/* --- lengths --- */

/* The largest that a unit can come to, in pixels; 0 = another unit. A heading
 * makes em twice as large as rem is. */
static double
size_of_unit(const char *unit)
{
	static const struct {
		const char *name;
		double size;
	} units[] = { { "px", 1 }, { "rem", 17 }, { "em", 34 },
		{ "pt", 4.0 / 3 }, { "mm", 96 / 25.4 } };

	for (size_t i = 0; i < COUNT(units); i++)
		if (strcasecmp(units[i].name, unit) == 0)
			return units[i].size;
	return 0;
}

static bool
read_length(struct css_value *value, double least, double most)
{
	const struct css_token *token = look(value);
	const char *unit = token ? buf_text(&token->text) : "";
	double size;

	if (token == NULL ||
	    (token->kind != CSS_DIMENSION &&
		(token->kind != CSS_NUMBER || token->number != 0)))
		return false;
	size = token->kind == CSS_NUMBER ? 1 : size_of_unit(unit);
	if (size == 0 || token->number < 0 || token->number * size < least ||
	    token->number * size > most)
		return false;
	value->at++;
	part(value);
	buf_add_format(&value->out, "%.4g%s", token->number,
	    token->kind == CSS_NUMBER ? "" : unit);
	return true;
}

static bool
read_radius(struct css_value *value)
{
	return read_length(value, 0, MOST_RADIUS);
}

static bool
read_radii(struct css_value *value)
{
	return read_four(value, read_radius);
}

static bool
read_room(struct css_value *value)
{
	return read_length(value, 0, MOST_ROOM);
}

static bool
read_side(struct css_value *value)
{
	return read_length(value, 0, value->nests ? 0 : MOST_SIDE);
}

/* Above and below, then left and right: "1px", "1px 2px", "1px 2px 3px". */
static bool
read_rooms(struct css_value *value)
{
	size_t count = 0;

	for (; count < 4 && look(value) != NULL; count++)
		if (!(count % 2 == 0 ? read_room : read_side)(value))
			return false;
	if (count != 1)
		return count > 1;
	/* One for all four sides. */
	value->at = 0;
	buf_clear(&value->out);
	return read_side(value);
}

/* --- borders --- */

static bool
read_border_width(struct css_value *value)
{
	return read_length(value, 0.5, MOST_BORDER);
}

static bool
read_border_widths(struct css_value *value)
{
	return read_four(value, read_border_width);
}

/* A border shows what a box is, also where there are no colours: it may look
 * otherwise, but not go. */
static bool
read_border_style(struct css_value *value)
{
	static const char *const styles[] = { "solid", "dashed", "dotted",
		"double" };
	const struct css_token *token = look(value);

	for (size_t i = 0; i < COUNT(styles); i++)
		if (token != NULL && css_is(token, CSS_IDENT, styles[i])) {
			value->at++;
			part(value);
			buf_add_text(&value->out, styles[i]);
			return true;
		}
	return false;
}

static bool
read_border_styles(struct css_value *value)
{
	return read_four(value, read_border_style);
}

/* Width, style and colour in any order, each once; a style there must be. */
static bool
read_border(struct css_value *value)
{
	static bool (*const readers[])(
	    struct css_value *) = { read_border_style, read_border_width,
		read_border_colour };
	bool used[3] = { false };

	while (look(value) != NULL) {
		size_t i = 0;

		while (i < 3 && (used[i] || !readers[i](value)))
			i++;
		if (i == 3)
			return false;
		used[i] = true;
	}
	return used[0];
}

/* --- pictures --- */

static const char *
find_base64(const char *address)
{
	const char *comma;

	if (strncasecmp(address, "data:image/", 11) != 0)
		return NULL;
	comma = strchr(address, ',');
	return comma != NULL && comma - address > 7 &&
		strncasecmp(comma - 7, ";base64", 7) == 0
	    ? comma + 1
	    : NULL;
}

static bool
add_picture(struct css_value *value, const char *base64)
{
	size_t len = strlen(base64);
	size_t size = BASE64_DECODE_LENGTH(len);
	owned uint8_t *bytes = mem_alloc(size + 1);
	struct base64_decode_ctx context;
	scoped(picture_clear) struct picture picture = { 0 };
	bool is_whole;

	base64_decode_init(&context);
	is_whole = base64_decode_update(&context, &size, bytes, len, base64) &&
	    base64_decode_final(&context);
	bytes[is_whole ? size : 0] = 0;
	if (is_whole &&
	    picture_clean(&picture, (const char *)bytes, size) == 0) {
		struct asset asset = { .name = mem_dup(picture.suffix),
			.bytes = picture.bytes.data,
			.size = picture.bytes.size };

		buf_add_text(&value->out, "url(");
		xml_write_add_data(&value->out, &asset);
		buf_add_char(&value->out, ')');
		free(asset.name);
	} else {
		is_whole = false;
	}
	return is_whole;
}

/* Words over a picture cannot be judged: only in boxes of its own. */
static bool
read_picture(struct css_value *value)
{
	const struct css_token *token = look(value);
	const char *address = NULL;
	const char *base64;

	if (token == NULL || !value->is_own)
		return false;
	if (token->kind == CSS_URL) {
		address = buf_text(&token->text);
		value->at++;
	} else if (css_is(token, CSS_FUNCTION, "url")) {
		value->at++;
		token = look(value);
		if (token == NULL || token->kind != CSS_STRING)
			return false;
		address = buf_text(&token->text);
		value->at++;
		token = look(value);
		if (token == NULL || !css_is_delim(token, ')'))
			return false;
		value->at++;
	}
	base64 = address != NULL ? find_base64(address) : NULL;
	if (base64 == NULL || strlen(base64) > MOST_PICTURE)
		return false;
	value->has_picture = true;
	return add_picture(value, base64);
}

static bool
read_repeat(struct css_value *value)
{
	static const char *const words[] = { "no-repeat", "repeat", "repeat-x",
		"repeat-y" };
	const struct css_token *token = look(value);

	for (size_t i = 0; i < COUNT(words); i++)
		if (token != NULL && css_is(token, CSS_IDENT, words[i])) {
			value->at++;
			buf_add_text(&value->out, words[i]);
			return true;
		}
	return false;
}

/* --- fonts --- */

static const char *const generic_fonts[] = { "sans-serif", "serif", "monospace",
	"system-ui", "ui-sans-serif", "ui-serif", NULL };

static const char *const fonts[] = {
#define LOOK_FONT(name) name,
#include "css_allowed.def"
#undef LOOK_FONT
	NULL,
};

static const char *
find_font(const char *const *known, const char *name)
{
	for (; *known != NULL; known++)
		if (strcasecmp(*known, name) == 0)
			return *known;
	return NULL;
}

/* The words of a family's name, or its string, up to the comma. */
static void
read_family(struct css_value *value, struct buf *name)
{
	const struct css_token *token = look(value);

	if (token != NULL && token->kind == CSS_STRING) {
		buf_add_text(name, buf_text(&token->text));
		value->at++;
		return;
	}
	for (; token != NULL && token->kind == CSS_IDENT; token = look(value)) {
		if (name->size > 0)
			buf_add_char(name, ' ');
		buf_add_text(name, buf_text(&token->text));
		value->at++;
	}
}

/* A list of known families that ends in a generic one: so there are letters
 * for every word on every machine. */
static bool
read_fonts(struct css_value *value)
{
	for (;;) {
		scoped(buf_clear) struct buf name = { 0 };
		const struct css_token *token;
		const char *generic;
		const char *font;

		read_family(value, &name);
		generic = find_font(generic_fonts, buf_text(&name));
		font = find_font(fonts, buf_text(&name));
		token = look(value);
		if (generic != NULL)
			buf_add_text(&value->out, generic);
		else if (font != NULL)
			buf_add_format(&value->out, "\"%s\"", font);
		else
			return false;
		if (token == NULL)
			return generic != NULL;
		if (!css_is_delim(token, ','))
			return false;
		value->at++;
		buf_add_text(&value->out, ", ");
	}
}

/* A colour or a picture, and nothing else of what this could set. */
static bool
read_background(struct css_value *value)
{
	return read_ground(value);
}

/* --- the table --- */

static const struct css_property properties[] = {
	{ "background", "background-color", read_background, true },
	{ "background-color", NULL, read_ground, true },
	{ "background-image", NULL, read_picture, true },
	{ "background-repeat", NULL, read_repeat, true },
	{ "border", NULL, read_border, false },
	{ "border-bottom", NULL, read_border, false },
	{ "border-bottom-color", NULL, read_border_colours, true },
	{ "border-bottom-style", NULL, read_border_style, false },
	{ "border-bottom-width", NULL, read_border_width, false },
	{ "border-color", NULL, read_border_colours, true },
	{ "border-left", NULL, read_border, false },
	{ "border-left-color", NULL, read_border_colours, true },
	{ "border-left-style", NULL, read_border_style, false },
	{ "border-left-width", NULL, read_border_width, false },
	{ "border-radius", NULL, read_radii, false },
	{ "border-right", NULL, read_border, false },
	{ "border-right-color", NULL, read_border_colours, true },
	{ "border-right-style", NULL, read_border_style, false },
	{ "border-right-width", NULL, read_border_width, false },
	{ "border-style", NULL, read_border_styles, false },
	{ "border-top", NULL, read_border, false },
	{ "border-top-color", NULL, read_border_colours, true },
	{ "border-top-style", NULL, read_border_style, false },
	{ "border-top-width", NULL, read_border_width, false },
	{ "border-width", NULL, read_border_widths, false },
	{ "color", NULL, read_words, true },
	{ "font-family", NULL, read_fonts, false },
	{ "margin", NULL, read_rooms, false },
	{ "margin-bottom", NULL, read_room, false },
	{ "margin-left", NULL, read_side, false },
	{ "margin-right", NULL, read_side, false },
	{ "margin-top", NULL, read_room, false },
	{ "padding", NULL, read_rooms, false },
	{ "padding-bottom", NULL, read_room, false },
	{ "padding-left", NULL, read_side, false },
	{ "padding-right", NULL, read_side, false },
	{ "padding-top", NULL, read_room, false },
};

enum { PROPERTIES = COUNT(properties) };

const struct css_property *
css_property_find(const char *name)
{
	for (size_t i = 0; i < PROPERTIES; i++)
		if (strcasecmp(properties[i].name, name) == 0)
			return &properties[i];
	return NULL;
}

const char *
css_property_nearest(const char *name)
{
	const char *names[PROPERTIES];

	for (size_t i = 0; i < PROPERTIES; i++)
		names[i] = properties[i].name;
	return text_nearest(name, names, PROPERTIES);
}
