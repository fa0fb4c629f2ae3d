#include "answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/text.h"
#include "compose/xml_write.h"
#include "query/terminal_text.h"

static const struct layout {
	const char *answer;
	const char *form;
	const char *text;
} layouts[] = {
#define LAYOUT(answer, form, text) { answer, form, text },
#include "layouts.def"
#undef LAYOUT
};

static const struct word {
	const char *key;
	const char *texts[DIAG_LANGUAGES];
} words[] = {
#define WORD(key, english, spanish) { key, { english, spanish } },
#include "words.def"
#undef WORD
};

/* Writes one layout. */
struct writer {
	struct buf *out;
	json_t *answer; /* the whole */
	void (*add_value)(struct writer *writer, const char *text);
	enum diag_language ui;
	bool wraps;         /* the line, from a place on */
	size_t wrap_from;   /* offset in out */
	size_t wrap_indent; /* cells */
};

/* Where names are looked up. */
struct scope {
	json_t *value;
	const char *key; /* of it in what it is a member of, or NULL */
};

/* A tag, parted; sizes are bytes. */
struct tag {
	char kind; /* one of "#?!>/", 0 = a value or word */
	char name[48];
	char word[24];     /* behind %, else "" */
	char fallback[8];  /* behind | */
	char width[24];    /* behind : */
	char separator[8]; /* behind a blank */
};

/* --- values --- */

json_t *
answer_text(const char *text)
{
	json_t *string = json_string(text);
	struct buf mended = { 0 };

	if (string != NULL)
		return string;
	for (size_t left = strlen(text), len; left > 0; left -= len) {
		uint32_t c;

		len = text_decode(text, left, &c);
		if (c == 0xfffd)
			buf_add_text(&mended, "\xef\xbf\xbd");
		else
			buf_add(&mended, text, len);
		text += len;
	}
	return answer_text_take(buf_take(&mended));
}

json_t *
answer_text_take(char *text)
{
	json_t *string = answer_text(text);

	free(text);
	return string;
}

static json_t *
find(const struct writer *writer, const struct scope *scope, const char *name)
{
	json_t *value = *name == '^' ? writer->answer : scope->value;

	name += *name == '^';
	if (*name == '\0')
		return NULL;
	if (strcmp(name, ".") == 0)
		return value;
	while (*name != '\0') {
		size_t len = strcspn(name, "/#");
		owned char *part = mem_dup_len(name, len);

		value = json_object_get(value, part);
		name += len + (name[len] == '/');
		if (*name == '#')
			break;
	}
	return value;
}

static size_t
count_of(const json_t *value)
{
	return json_is_array(value) ? json_array_size(value)
				    : json_object_size(value);
}

static bool
is_any(const json_t *value)
{
	if (json_is_string(value))
		return *json_string_value(value) != '\0';
	return json_is_true(value) || json_integer_value(value) != 0 ||
	    count_of(value) > 0;
}

/* The caller frees. */
static char *
value_format(const struct writer *writer, const struct scope *scope,
    const char *name)
{
	const json_t *value = find(writer, scope, name);

	if (strcmp(name, "@") == 0)
		return mem_dup(scope->key);
	if (strchr(name, '#') != NULL)
		return mem_format("%zu", count_of(value));
	if (json_is_integer(value))
		return mem_format("%lld", (long long)json_integer_value(value));
	if (json_is_boolean(value))
		return mem_dup(json_is_true(value) ? "true" : "false");
	return mem_dup(json_is_string(value) ? json_string_value(value) : "");
}

/* --- forms --- */

static void
add_plain(struct writer *writer, const char *text)
{
	buf_add_text(writer->out, text);
}

/* What is wrapped is made fit for a terminal when its line ends. */
static void
add_terminal(struct writer *writer, const char *text)
{
	if (writer->wraps)
		buf_add_text(writer->out, text);
	else
		terminal_add_cell(writer->out, text, terminal_width(text));
}

/* RFC 4180: quotes are doubled. */
static void
add_csv(struct writer *writer, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '"')
			buf_add_char(writer->out, '"');
		buf_add_char(writer->out, *text);
	}
}

static void
add_html(struct writer *writer, const char *text)
{
	xml_write_add_text(writer->out, text, true);
}

/* What stands right behind a quote is the value of an attribute. */
static void
add_xml(struct writer *writer, const char *text)
{
	const struct buf *out = writer->out;

	xml_write_add_text(writer->out, text,
	    out->size > 0 && out->data[out->size - 1] == '"');
}

static const struct {
	const char *form;
	void (*add_value)(struct writer *writer, const char *text);
} forms[] = {
	{ "text", add_terminal },
	{ "csv", add_csv },
	{ "html", add_html },
	{ "xml", add_xml },
};

/* --- tags --- */

/* Copies what stands behind a sign into a field. */
static void
read_field(const char **at, char sign, char *field, size_t size)
{
	size_t len;

	if (**at != sign)
		return;
	++*at;
	len = strcspn(*at, sign == ' ' ? "}" : "%|: }");
	snprintf(field, size, "%.*s", (int)len, *at);
	*at += len;
}

static struct tag
read_tag(const char **at)
{
	struct tag tag = { 0 };
	size_t len;

	++*at;
	if (strchr("#?!>/", **at) != NULL)
		tag.kind = *(*at)++;
	len = strcspn(*at, "%|: }");
	snprintf(tag.name, sizeof(tag.name), "%.*s", (int)len, *at);
	*at += len;
	read_field(at, '%', tag.word, sizeof(tag.word));
	read_field(at, '|', tag.fallback, sizeof(tag.fallback));
	read_field(at, ':', tag.width, sizeof(tag.width));
	read_field(at, ' ', tag.separator, sizeof(tag.separator));
	*at += **at == '}';
	return tag;
}

static bool
is_tag(const char *at)
{
	return at[0] == '{' && at[1] != ' ';
}

/* Steps behind the {/} that ends what stands here. */
static const char *
skip(const char *at)
{
	for (int depth = 1; *at != '\0' && depth > 0;) {
		if (!is_tag(at)) {
			at++;
			continue;
		}
		switch (read_tag(&at).kind) {
		case '/':
			depth--;
			break;
		case '#':
		case '?':
		case '!':
			depth++;
		}
	}
	return at;
}

static const char *
find_word(const char *key, enum diag_language ui)
{
	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(words[i].key, key) == 0)
			return words[i].texts[ui];
	return key;
}

/* --- writing --- */

static const char *
expand(struct writer *writer, const struct scope *scope, const char *at);

static void
end_line(struct writer *writer)
{
	struct buf *out = writer->out;

	if (!writer->wraps) {
		terminal_end_line(out);
		return;
	}
	owned char *rest = mem_dup(buf_text(out) + writer->wrap_from);

	out->size = writer->wrap_from;
	buf_add_text(out, "");
	terminal_add_wrapped(out, rest, terminal_line_width(out),
	    writer->wrap_indent);
	writer->wraps = false;
}

static void
begin_wrap(struct writer *writer, const char *indent)
{
	writer->wraps = true;
	writer->wrap_from = writer->out->size;
	writer->wrap_indent = *indent != '\0'
	    ? strtoul(indent, NULL, 10)
	    : terminal_line_width(writer->out);
}

/* The word that a tag names, a template. */
static const char *
word_of(const struct writer *writer, const struct scope *scope,
    const struct tag *tag)
{
	owned char *value = value_format(writer, scope, tag->name);
	owned char *key = tag->name[0] != '\0'
	    ? mem_format("%s-%s", tag->word, value)
	    : mem_dup(tag->word);

	return find_word(key, writer->ui);
}

/* Fills a text up to the cells that a tag wants, or cuts it. */
static void
add_in_cells(const struct writer *writer, const struct scope *scope,
    const char *width, const char *text)
{
	bool is_named = *width == '=';
	bool is_left = *width == '-';
	size_t own = terminal_width(text);
	owned char *named =
	    is_named ? value_format(writer, scope, width + 1) : NULL;
	char *end;
	size_t cells = strtoul(is_named ? named : width + is_left, &end, 10);

	if (is_left && cells > own)
		buf_add_format(writer->out, "%*s", (int)(cells - own), "");
	if ((is_left || *end == '+') && own > cells)
		cells = own;
	terminal_add_cell(writer->out, text, is_left ? own : cells);
}

static void
write_value(struct writer *writer, const struct scope *scope,
    const struct tag *tag)
{
	struct buf text = { 0 };
	struct writer part = { &text, writer->answer, add_plain, writer->ui,
		false, 0, 0 };

	if (tag->word[0] != '\0' && tag->width[0] == '\0') {
		expand(writer, scope, word_of(writer, scope, tag));
		return;
	}
	if (tag->word[0] != '\0')
		expand(&part, scope, word_of(writer, scope, tag));
	else
		text = (struct buf){ .data = value_format(writer, scope,
					 tag->name) };
	if (buf_text(&text)[0] == '\0')
		buf_add_text(&text, tag->fallback);
	if (tag->width[0] == '\0')
		writer->add_value(writer, buf_text(&text));
	else
		add_in_cells(writer, scope, tag->width, buf_text(&text));
	buf_clear(&text);
}

static void
write_each(struct writer *writer, const struct tag *tag, json_t *list,
    const char *inside)
{
	struct scope scope;
	size_t i;

	if (json_is_object(list))
		json_object_foreach(list, scope.key, scope.value)
		    expand(writer, &scope, inside);
	scope.key = NULL;
	json_array_foreach(list, i, scope.value)
	{
		if (i > 0)
			buf_add_text(writer->out, tag->separator);
		expand(writer, &scope, inside);
	}
}

/* Writes what a tag says; returns what is behind it and what it holds. */
static const char *
write_tag(struct writer *writer, const struct scope *scope,
    const struct tag *tag, const char *at)
{
	json_t *value = find(writer, scope, tag->name);

	switch (tag->kind) {
	case '>':
		begin_wrap(writer, tag->name);
		return at;
	case '#':
		write_each(writer, tag, value, at);
		return skip(at);
	case '?':
	case '!':
		if (is_any(value) == (tag->kind == '?'))
			expand(writer, scope, at);
		return skip(at);
	default:
		write_value(writer, scope, tag);
		return at;
	}
}

/* Writes a template up to its end, or to the {/} that closes a part of it. */
static const char *
expand(struct writer *writer, const struct scope *scope, const char *at)
{
	while (*at != '\0')
		if (is_tag(at)) {
			struct tag tag = read_tag(&at);

			if (tag.kind == '/')
				return at;
			at = write_tag(writer, scope, &tag, at);
		} else if (*at++ == '\n') {
			end_line(writer);
		} else {
			buf_add_char(writer->out, at[-1]);
		}
	return at;
}

char *
answer_words_format(json_t *value, const char *key, enum diag_language ui)
{
	struct buf text = { 0 };
	struct writer writer = { &text, value, add_plain, ui, false, 0, 0 };

	expand(&writer, &(struct scope){ value, NULL }, find_word(key, ui));
	return buf_take(&text);
}

/* --- printing --- */

static const struct layout *
find_layout(const char *answer, const char *form)
{
	for (size_t i = 0; i < COUNT(layouts); i++)
		if (strcmp(layouts[i].answer, answer) == 0 &&
		    strcmp(layouts[i].form, form) == 0)
			return &layouts[i];
	return NULL;
}

bool
answer_has_form(const char *answer, const char *form)
{
	return strcmp(form, "json") == 0 || find_layout(answer, form) != NULL;
}

/* Takes out what is for layouts alone. */
static void
drop_hidden(json_t *tree)
{
	const char *key;
	json_t *value;
	void *next;
	size_t i;

	json_array_foreach(tree, i, value) drop_hidden(value);
	json_object_foreach_safe(tree, next, key, value) if (*key == '.')
	    json_object_del(tree, key);
	else drop_hidden(value);
}

void
answer_print_json_take(json_t *tree)
{
	owned char *text;

	drop_hidden(tree);
	text = json_dumps(tree, JSON_INDENT(1));
	puts(text);
	json_decref(tree);
}

void
answer_print_take(json_t *tree, const char *answer, const char *form,
    enum diag_language ui)
{
	const struct layout *layout =
	    find_layout(answer, form != NULL ? form : "text");
	struct buf out = { 0 };
	struct writer writer = { .out = &out, .answer = tree, .ui = ui };

	if (layout == NULL) {
		answer_print_json_take(tree);
		return;
	}
	for (size_t i = 0; i < COUNT(forms); i++)
		if (strcmp(forms[i].form, layout->form) == 0)
			writer.add_value = forms[i].add_value;
	expand(&writer, &(struct scope){ tree, NULL }, layout->text);
	fwrite(buf_text(&out), 1, out.size, stdout);
	buf_clear(&out);
	json_decref(tree);
}
