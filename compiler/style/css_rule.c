#include "css_rule.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/text.h"
#include "style/css_value.h"
#include "model/protect.h"

enum {
	NESTS = 1,
	PAINTED = 2,
	MOST_COMPOUNDS = 4,
	MOST_TOKENS = 64, /* of a value */
	SCREENS = 1 << CSS_LIGHT | 1 << CSS_DARK,
	EVERYWHERE = SCREENS | 1 << CSS_PRINT,
};

static const struct {
	const char *name;
	unsigned flags;
} classes[] = {
#define LOOK_CLASS(name, flags) { name, flags },
#include "css_allowed.def"
#undef LOOK_CLASS
};

enum { CLASSES = COUNT(classes) };

static const char *const types[] = {
#define LOOK_TYPE(name) name,
#include "css_allowed.def"
#undef LOOK_TYPE
};

/* A rule under way. */
struct select_rule {
	struct buf selectors; /* as they go out: "a > b, c" */
	char **keys;          /* each of them */
	size_t key_count;
	size_t key_capacity;
	bool nests;
	bool painted;
	bool is_own;
	struct map own; /* its own classes */
	/* --- of its block --- */
	struct buf pages;
	struct buf book;
	struct css_colour words;
	struct css_colour ground;
	struct place places[2]; /* of words and ground; file 0 = not set */
	bool has_picture;
};

struct reading {
	struct css_reader reader;
	struct css_sheet *sheet;
	const struct map *own;
	struct css_paints paints;
	unsigned schemes; /* that what is read now is for */
	const char *media;
	uint32_t file;
	struct diag *diag;
	int rc;
};

static const struct css_token *
now(struct reading *reading)
{
	return &reading->reader.token;
}

static void
next(struct reading *reading)
{
	css_next(&reading->reader);
}

static void
skip_blank(struct reading *reading)
{
	while (now(reading)->kind == CSS_BLANK)
		next(reading);
}

static struct place
place_here(struct reading *reading)
{
	return (struct place){ reading->file, (uint32_t)now(reading)->offset,
		(uint32_t)now(reading)->size };
}

static bool
refuse(struct reading *reading, enum diag_code code, struct place place,
    const char *what, const char *value)
{
	reading->rc =
	    diag_report(reading->diag, code, place, what, value, NULL);
	return false;
}

/* What the text says from a place to the token now, for a message. */
static char *
words_since(struct reading *reading, size_t offset)
{
	size_t end = now(reading)->offset;
	struct buf words = { 0 };

	for (size_t i = offset; i < end && words.size < 60; i++) {
		char one[2] = { reading->reader.text[i], '\0' };

		buf_add_folded(&words, one);
	}
	while (words.size > 0 && words.data[words.size - 1] == ' ')
		words.data[--words.size] = '\0';
	return buf_take(&words);
}

/* --- selectors --- */

static size_t
find_class(const char *name)
{
	for (size_t i = 0; i < CLASSES; i++)
		if (strcmp(classes[i].name, name) == 0)
			return i;
	return CLASSES;
}

static bool
refuse_class(struct reading *reading, struct place place, const char *name)
{
	const char *names[CLASSES];
	const char *near;
	owned char *what;

	for (size_t i = 0; i < CLASSES; i++)
		names[i] = classes[i].name;
	near = text_nearest(name, names, CLASSES);
	what = near != NULL ? mem_format(".%s (.%s?)", name, near)
			    : mem_format(".%s", name);
	refuse(reading, DIAG_CSS_SELECTOR, place, what, NULL);
	return false;
}

/* A class after its dot: of ours, of an author's role, or of their own. */
static bool
take_class(struct reading *reading, struct select_rule *rule)
{
	const char *name = buf_text(&now(reading)->text);
	struct place place = place_here(reading);
	size_t found;

	if (now(reading)->kind != CSS_IDENT)
		return refuse(reading, DIAG_CSS_SELECTOR, place, ".", NULL);
	found = find_class(name);
	if (found < CLASSES) {
		rule->nests |= (classes[found].flags & NESTS) != 0;
		rule->painted |= (classes[found].flags & PAINTED) != 0;
	} else if (map_get_text(reading->own, name) != NULL) {
		rule->is_own = true;
		map_put_text(&rule->own, name, NULL);
	} else if (strncmp(name, "r-", 2) != 0) {
		return refuse_class(reading, place, name);
	} else {
		rule->nests = true;
	}
	buf_add_format(&rule->selectors, ".%s", name);
	next(reading);
	return true;
}

static bool
take_type(struct reading *reading, struct select_rule *rule)
{
	for (size_t i = 0; i < COUNT(types); i++)
		if (css_is(now(reading), CSS_IDENT, types[i])) {
			buf_add_text(&rule->selectors, types[i]);
			rule->nests = true;
			next(reading);
			return true;
		}
	return refuse(reading, DIAG_CSS_SELECTOR, place_here(reading),
	    now(reading)->kind == CSS_IDENT ? buf_text(&now(reading)->text)
					    : "*",
	    NULL);
}

/* Classes, after a type or without one. */
static bool
take_compound(struct reading *reading, struct select_rule *rule)
{
	bool has_type = now(reading)->kind == CSS_IDENT;

	if (has_type && !take_type(reading, rule))
		return false;
	if (!has_type && !css_is_delim(now(reading), '.'))
		goto other;
	while (css_is_delim(now(reading), '.')) {
		next(reading);
		if (!take_class(reading, rule))
			return false;
	}
	if (now(reading)->kind == CSS_BLANK ||
	    css_is_delim(now(reading), '{') ||
	    css_is_delim(now(reading), ',') || css_is_delim(now(reading), '>'))
		return true;
other:;
	/* A pseudo-class, an attribute, an id, "*" and all else. */
	char *what = mem_dup_len(reading->reader.text + now(reading)->offset,
	    now(reading)->size);

	if (now(reading)->kind == CSS_END)
		refuse(reading, DIAG_CSS_RULE, place_here(reading), "{", NULL);
	else
		refuse(reading, DIAG_CSS_SELECTOR, place_here(reading), what,
		    NULL);
	free(what);
	return false;
}

static void
keep_key(struct select_rule *rule, size_t start)
{
	*list_add(rule->keys, rule->key_count, rule->key_capacity) =
	    mem_dup(buf_text(&rule->selectors) + start);
}

/* One selector, up to "," or "{". What nests, or has colours, counts by its
 * last part alone. */
static bool
take_selector(struct reading *reading, struct select_rule *rule)
{
	size_t start = rule->selectors.size;
	bool nested = rule->nests;
	bool painted = rule->painted;

	for (size_t count = 0;; count++) {
		rule->nests = nested;
		rule->painted = painted;
		if (count == MOST_COMPOUNDS)
			return refuse(reading, DIAG_CSS_SELECTOR,
			    place_here(reading), "a b c d e", NULL);
		if (!take_compound(reading, rule))
			return false;
		skip_blank(reading);
		if (css_is_delim(now(reading), ',') ||
		    css_is_delim(now(reading), '{')) {
			keep_key(rule, start);
			return true;
		}
		if (css_is_delim(now(reading), '>')) {
			buf_add_text(&rule->selectors, " > ");
			next(reading);
			skip_blank(reading);
		} else {
			buf_add_char(&rule->selectors, ' ');
		}
	}
}

/* Own boxes and others in one list would have to obey both rules. */
static bool
take_selectors(struct reading *reading, struct select_rule *rule)
{
	struct place place = place_here(reading);
	size_t owns = 0;

	for (;;) {
		rule->is_own = false;
		if (!take_selector(reading, rule))
			return false;
		owns += rule->is_own;
		if (css_is_delim(now(reading), '{'))
			break;
		buf_add_text(&rule->selectors, ", ");
		next(reading);
		skip_blank(reading);
	}
	if (owns != 0 && owns != rule->key_count)
		return refuse(reading, DIAG_CSS_SELECTOR, place,
		    buf_text(&rule->selectors), NULL);
	return true;
}

/* --- declarations --- */

/* The tokens of a value, and how many end blanks leave. */
struct value_tokens {
	struct css_token items[MOST_TOKENS];
	size_t count;
};

static void
tokens_clear(struct value_tokens *tokens)
{
	for (size_t i = 0; i < tokens->count; i++)
		buf_clear(&tokens->items[i].text);
	tokens->count = 0;
}

static bool
ends_value(const struct css_token *token)
{
	return token->kind == CSS_END || css_is_delim(token, ';') ||
	    css_is_delim(token, '{') || css_is_delim(token, '}');
}

static bool
take_tokens(struct reading *reading, struct value_tokens *tokens)
{
	while (!ends_value(now(reading))) {
		struct css_token *token = &reading->reader.token;

		if (token->kind == CSS_BAD)
			return refuse(reading, DIAG_CSS_RULE,
			    place_here(reading), "\\", NULL);
		if (css_is_delim(token, '!'))
			return refuse(reading, DIAG_CSS_RULE,
			    place_here(reading), "!important", NULL);
		if (tokens->count == MOST_TOKENS)
			return refuse(reading, DIAG_CSS_RULE,
			    place_here(reading), "…", NULL);
		/* Its text is the list's from now on. */
		tokens->items[tokens->count++] = *token;
		token->text = (struct buf){ 0 };
		next(reading);
	}
	while (tokens->count > 0 &&
	    tokens->items[tokens->count - 1].kind == CSS_BLANK)
		buf_clear(&tokens->items[--tokens->count].text);
	return true;
}

/* An address that is not in the sheet itself, whatever the property. */
static bool
leads_outside(const struct value_tokens *tokens)
{
	static const char *const functions[] = { "image", "image-set", "src",
		"-webkit-image-set", "cross-fade", "element", "paint" };

	for (size_t i = 0; i < tokens->count; i++) {
		const struct css_token *token = &tokens->items[i];
		const char *text = buf_text(&token->text);

		if (token->kind == CSS_URL &&
		    strncasecmp(text, "data:", 5) != 0)
			return true;
		if (css_is(token, CSS_FUNCTION, "url") &&
		    (i + 1 == tokens->count ||
			strncasecmp(buf_text(&tokens->items[i + 1].text),
			    "data:", 5) != 0))
			return true;
		for (size_t f = 0; f < COUNT(functions); f++)
			if (css_is(token, CSS_FUNCTION, functions[f]))
				return true;
	}
	return false;
}

static bool
refuse_property(struct reading *reading, struct place place, const char *name)
{
	const char *near = css_property_nearest(name);
	owned char *what =
	    near ? mem_format("%s (%s?)", name, near) : mem_dup(name);

	refuse(reading, DIAG_CSS_PROPERTY, place, what, NULL);
	return false;
}

static void
keep_value(struct reading *reading, struct select_rule *rule,
    const struct css_property *property, const struct css_value *value)
{
	const char *name =
	    property->written != NULL ? property->written : property->name;

	buf_add_format(&rule->pages, " %s: %s;", name, buf_text(&value->out));
	if (!property->is_colour)
		buf_add_format(&rule->book, " %s: %s;", name,
		    buf_text(&value->out));
	if (value->has_words) {
		rule->words = value->colour;
		rule->places[0] = value->place;
	}
	if (value->has_ground) {
		rule->ground = value->colour;
		rule->places[1] = value->place;
	}
	rule->has_picture |= value->has_picture;
	(void)reading;
}

/* A name, ":" and a value; the token now is the name. */
static bool
take_value(struct reading *reading, struct select_rule *rule,
    struct value_tokens *tokens, const char *name, struct place place)
{
	const struct css_property *property = css_property_find(name);
	struct css_value value = { .nests = rule->nests,
		.is_own = rule->is_own,
		.place = place };
	bool holds;

	if (!take_tokens(reading, tokens))
		return false;
	if (leads_outside(tokens))
		return refuse(reading, DIAG_LOOK_CSS, place, NULL, NULL);
	if (property == NULL)
		return refuse_property(reading, place, name);
	value.tokens = tokens->items;
	value.count = tokens->count;
	holds = property->read(&value) && value.at == value.count &&
	    !((value.has_words || value.has_ground) && rule->painted);
	if (holds) {
		keep_value(reading, rule, property, &value);
	} else {
		size_t start =
		    tokens->count > 0 ? tokens->items[0].offset : place.offset;
		owned char *words = words_since(reading, start);

		place.offset = (uint32_t)start;
		place.len = 0;
		refuse(reading, DIAG_CSS_VALUE, place, name, words);
	}
	buf_clear(&value.out);
	return holds;
}

static void
take_declaration(struct reading *reading, struct select_rule *rule)
{
	scoped(tokens_clear) struct value_tokens tokens = { .count = 0 };
	struct place place = place_here(reading);
	owned char *name = mem_dup(buf_text(&now(reading)->text));
	bool is_name = now(reading)->kind == CSS_IDENT;

	next(reading);
	skip_blank(reading);
	if (!is_name || !css_is_delim(now(reading), ':')) {
		owned char *what = words_since(reading, place.offset);

		refuse(reading, DIAG_CSS_RULE, place, what, NULL);
	} else {
		next(reading);
		skip_blank(reading);
		take_value(reading, rule, &tokens, name, place);
	}
	/* On to the next one, whatever it was. */
	while (!ends_value(now(reading)))
		next(reading);
	if (css_is_delim(now(reading), '{'))
		refuse(reading, DIAG_CSS_RULE, place_here(reading), "{", NULL);
}

/* Past a block that was not read, from its "{" on. */
static void
skip_block(struct reading *reading)
{
	size_t depth = 0;

	while (now(reading)->kind != CSS_END) {
		if (css_is_delim(now(reading), '{'))
			depth++;
		if (css_is_delim(now(reading), '}') && --depth == 0)
			break;
		if (depth == 0 && css_is_delim(now(reading), ';'))
			break;
		next(reading);
	}
	next(reading);
}

static void
take_block(struct reading *reading, struct select_rule *rule)
{
	next(reading);
	for (;;) {
		skip_blank(reading);
		if (now(reading)->kind == CSS_END) {
			refuse(reading, DIAG_CSS_RULE, place_here(reading),
			    "}?", NULL);
			return;
		}
		if (css_is_delim(now(reading), '}'))
			break;
		if (css_is_delim(now(reading), '{')) {
			skip_block(reading);
			continue;
		}
		if (css_is_delim(now(reading), ';'))
			next(reading);
		else
			take_declaration(reading, rule);
	}
	next(reading);
}

/* --- rules --- */

/* What a rule sets is judged with all that it may meet. A box of one's own
 * that sets both colours is judged by itself, and holds nothing else. */
static void
judge_rule(struct reading *reading, struct select_rule *rule)
{
	bool is_pair = rule->is_own && rule->places[0].file != 0 &&
	    rule->places[1].file != 0 && rule->ground.kind == CSS_OPAQUE;

	if (is_pair)
		reading->rc |= css_pair_check(&rule->words, &rule->ground,
		    rule->places[0], reading->diag);
	if (is_pair || rule->has_picture)
		for (size_t i = 0; i < rule->own.count; i++)
			map_put_text(&reading->sheet->painted,
			    rule->own.entries[i].key, NULL);
	for (size_t i = 0; !is_pair && i < rule->key_count; i++) {
		if (rule->places[0].file != 0)
			css_paints_set(&reading->paints, rule->keys[i], false,
			    reading->schemes, &rule->words, rule->places[0]);
		if (rule->places[1].file != 0)
			css_paints_set(&reading->paints, rule->keys[i], true,
			    reading->schemes, &rule->ground, rule->places[1]);
	}
}

static void
write_rule(const struct reading *reading, const struct select_rule *rule,
    struct buf *out, const struct buf *block)
{
	if (block->size == 0)
		return;
	if (reading->media != NULL)
		buf_add_format(out, "@media %s { ", reading->media);
	buf_add_format(out, "%s {%s }%s\n", buf_text(&rule->selectors),
	    buf_text(block), reading->media != NULL ? " }" : "");
}

static void
take_rule(struct reading *reading)
{
	struct select_rule rule = { 0 };

	if (take_selectors(reading, &rule)) {
		take_block(reading, &rule);
		judge_rule(reading, &rule);
		write_rule(reading, &rule, &reading->sheet->pages, &rule.pages);
		write_rule(reading, &rule, &reading->sheet->book, &rule.book);
	} else {
		skip_block(reading);
	}
	for (size_t i = 0; i < rule.key_count; i++)
		free(rule.keys[i]);
	free(rule.keys);
	map_clear(&rule.own);
	buf_clear(&rule.selectors);
	buf_clear(&rule.pages);
	buf_clear(&rule.book);
}

/* What may stand between @media and its block. Print takes the colours of
 * paper, so what is for the dark is for screens. */
static const struct {
	const char *query;
	const char *written;
	unsigned schemes;
} medias[] = {
	{ "(prefers-color-scheme:dark)",
	    "screen and (prefers-color-scheme: dark)", 1 << CSS_DARK },
	{ "(prefers-color-scheme:light)",
	    "screen and (prefers-color-scheme: light)", 1 << CSS_LIGHT },
	{ "print", "print", 1 << CSS_PRINT },
	{ "screen", "screen", SCREENS },
};

/* Sets the medium of the rules that follow; the token now is "{" then. */
static bool
take_query(struct reading *reading)
{
	scoped(buf_clear) struct buf query = { 0 };
	size_t found = 0;

	next(reading);
	while (!ends_value(now(reading))) {
		if (now(reading)->kind != CSS_BLANK)
			buf_add(&query,
			    reading->reader.text + now(reading)->offset,
			    now(reading)->size);
		next(reading);
	}
	while (found < COUNT(medias) &&
	    strcasecmp(medias[found].query, buf_text(&query)) != 0)
		found++;
	if (found == COUNT(medias) || !css_is_delim(now(reading), '{'))
		return false;
	reading->schemes = medias[found].schemes;
	reading->media = medias[found].written;
	return true;
}

static void
take_at_rule(struct reading *reading)
{
	struct place place = place_here(reading);
	owned char *name = mem_format("@%s", buf_text(&now(reading)->text));

	if (css_is(now(reading), CSS_AT, "import")) {
		refuse(reading, DIAG_LOOK_CSS, place, NULL, NULL);
		skip_block(reading);
	} else if (!css_is(now(reading), CSS_AT, "media") ||
	    reading->media != NULL || !take_query(reading)) {
		refuse(reading, DIAG_CSS_RULE, place, name, NULL);
		skip_block(reading);
	} else {
		next(reading);
	}
}

static void
take_rules(struct reading *reading)
{
	next(reading);
	for (;;) {
		skip_blank(reading);
		if (now(reading)->kind == CSS_END)
			break;
		if (now(reading)->kind == CSS_AT) {
			take_at_rule(reading);
		} else if (reading->media != NULL &&
		    css_is_delim(now(reading), '}')) {
			reading->media = NULL;
			reading->schemes = EVERYWHERE;
			next(reading);
		} else {
			take_rule(reading);
		}
	}
	if (reading->media != NULL)
		refuse(reading, DIAG_CSS_RULE, place_here(reading), "}?", NULL);
}

int
css_read(struct css_sheet *sheet, uint32_t file, const struct map *own,
    struct diag *diag)
{
	const struct source *source = sources_get(diag->sources, file);
	struct reading reading = { .reader = { .text = source->bytes,
				       .size = source->size },
		.sheet = sheet,
		.own = own,
		.schemes = EVERYWHERE,
		.file = file,
		.diag = diag };

	take_rules(&reading);
	if (css_paints_check(&reading.paints, diag) != 0)
		reading.rc = -1;
	css_paints_clear(&reading.paints);
	css_reader_clear(&reading.reader);
	return reading.rc;
}

void
css_sheet_clear(struct css_sheet *sheet)
{
	buf_clear(&sheet->pages);
	buf_clear(&sheet->book);
	map_clear(&sheet->painted);
}

void
css_add_classes(struct map *found, const char *text, size_t size)
{
	scoped(css_reader_clear) struct css_reader reader = { .text = text,
		.size = size };

	do {
		css_next(&reader);
		if (!css_is_delim(&reader.token, '.'))
			continue;
		css_next(&reader);
		if (reader.token.kind == CSS_IDENT)
			map_put_text(found, buf_text(&reader.token.text), NULL);
	} while (reader.token.kind != CSS_END);
}
