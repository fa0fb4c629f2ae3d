#include "markup.h"

#include <stdlib.h>
#include <string.h>

#include "base/list.h"

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Every byte of a letter beyond ASCII counts as one of a name. */
static bool
is_name_byte(char c)
{
	return (c & 0x80) != 0 || (c != '\0' && strchr("-._:", c) != NULL) ||
	    (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

struct stretch
markup_name(const struct source *source, size_t at)
{
	struct stretch name = { at, 0 };

	while (at + name.len < source->size &&
	    is_name_byte(source->bytes[at + name.len]))
		name.len++;
	return name;
}

bool
markup_is_same(const struct source *source, struct stretch a, struct stretch b)
{
	return a.len == b.len &&
	    memcmp(source->bytes + a.start, source->bytes + b.start, a.len) ==
	    0;
}

static size_t
skip_space(const struct source *source, size_t at)
{
	while (at < source->size && is_space(source->bytes[at]))
		at++;
	return at;
}

/* Behind the quote that closes the one at `at`; the end if none does. */
static size_t
skip_quoted(const struct source *source, size_t at)
{
	const char *end = memchr(source->bytes + at + 1, source->bytes[at],
	    source->size - at - 1);

	return end != NULL ? (size_t)(end - source->bytes) + 1 : source->size;
}

bool
markup_next_attribute(const struct source *source, size_t *at,
    struct stretch *name)
{
	*at = skip_space(source, *at);
	*name = markup_name(source, *at);
	*at = skip_space(source, *at + name->len);
	if (name->len == 0 || *at >= source->size || source->bytes[*at] != '=')
		return false;
	*at = skip_space(source, *at + 1);
	if (*at >= source->size ||
	    (source->bytes[*at] != '"' && source->bytes[*at] != '\''))
		return false;
	*at = skip_quoted(source, *at);
	return true;
}

/* --- the walk --- */

const struct section *
markup_section(const struct source *source, size_t at)
{
	static const struct section sections[] = {
		{ "<!--", "-->" },
		{ "<![CDATA[", "]]>" },
		{ "<?", "?>" },
	};

	for (size_t i = 0; i < COUNT(sections); i++)
		if (strncmp(source->bytes + at, sections[i].start,
			strlen(sections[i].start)) == 0)
			return &sections[i];
	return NULL;
}

/* A DOCTYPE ends at the '>' behind its brackets. */
static size_t
skip_doctype(const struct source *source, size_t at)
{
	size_t depth = 0;

	for (; at < source->size; at++) {
		char c = source->bytes[at];

		if (c == '"' || c == '\'')
			at = skip_quoted(source, at) - 1;
		else if (c == '[')
			depth++;
		else if (c == ']' && depth > 0)
			depth--;
		else if (c == '>' && depth == 0)
			return at + 1;
	}
	return at;
}

size_t
markup_skip_section(const struct source *source, size_t at)
{
	const struct section *section = markup_section(source, at);
	const char *end;

	if (section == NULL)
		return source->bytes[at + 1] == '!' ? skip_doctype(source, at)
						    : at;
	end = strstr(source->bytes + at + strlen(section->start), section->end);
	return end != NULL
	    ? (size_t)(end - source->bytes) + strlen(section->end)
	    : source->size;
}

size_t
markup_skip_tag(const struct source *source, size_t at)
{
	while (at < source->size && source->bytes[at] != '<') {
		char c = source->bytes[at];

		if (c == '>')
			return at + 1;
		at = c == '"' || c == '\'' ? skip_quoted(source, at) : at + 1;
	}
	return at;
}

/* How far a tag that is first on its line is indented; -1 if it is not. */
static int
indent_of(const struct source *source, size_t tag)
{
	size_t start = tag;

	while (start > 0 &&
	    (source->bytes[start - 1] == ' ' ||
		source->bytes[start - 1] == '\t'))
		start--;
	return start == 0 || source->bytes[start - 1] == '\n'
	    ? (int)(tag - start)
	    : -1;
}

/*
 * Takes the innermost open tag off, if it has the name. Where an end tag is
 * indented as a tag further out of the same name is, that one was meant, and
 * the innermost is the one that nobody closed.
 */
static void
close_tag(struct markup *markup, struct stretch name, size_t tag)
{
	const struct source *source = markup->source;
	struct open_tag *inner;
	int indent = indent_of(source, tag);

	if (markup->count == 0)
		return;
	inner = &markup->open[markup->count - 1];
	if (!markup_is_same(source, inner->name, name))
		return;
	markup->count--;
	if (indent < 0 || inner->indent <= indent)
		return;
	for (size_t i = markup->count; i-- > 0;) {
		struct open_tag *outer = &markup->open[i];

		if (outer->indent != indent ||
		    !markup_is_same(source, outer->name, name))
			continue;
		/* The first: the others may follow from it. */
		if (outer->suspect.len == 0) {
			outer->suspect = inner->name;
			outer->suspect_end = tag;
		}
		return;
	}
}

static void
count_tag(struct markup *markup, struct stretch name, size_t tag, size_t behind)
{
	const char *bytes = markup->source->bytes;

	if (bytes[tag + 1] == '/')
		close_tag(markup, name, tag);
	else if (bytes[behind - 2] != '/')
		*list_add(markup->open, markup->count, markup->capacity) =
		    (struct open_tag){ .name = name,
			    .indent = indent_of(markup->source, tag) };
}

/* One step of the walk from the '<' at `at`. Returns what is behind it. */
static size_t
read_construct(struct markup *markup, size_t at, size_t to)
{
	const struct source *source = markup->source;
	bool is_end = source->bytes[at + 1] == '/';
	struct stretch name = markup_name(source, at + 1 + is_end);
	size_t behind = markup_skip_section(source, at);

	markup->last = at;
	if (behind == at && name.len > 0) {
		behind = markup_skip_tag(source, name.start + name.len);
		if (behind <= to && source->bytes[behind - 1] == '>')
			count_tag(markup, name, at, behind);
	}
	markup->is_inside = behind > to;
	return behind > at ? behind : at + 1;
}

void
markup_read(struct markup *markup, const struct source *source, size_t to)
{
	size_t at = 0;

	*markup = (struct markup){ .source = source };
	while (at < to) {
		const char *next = memchr(source->bytes + at, '<', to - at);

		if (next == NULL)
			return;
		at = read_construct(markup, (size_t)(next - source->bytes), to);
	}
}

void
markup_clear(struct markup *markup)
{
	free(markup->open);
	*markup = (struct markup){ 0 };
}
