#include "source.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "base/list.h"
#include "alloc.h"
#include "text.h"

void
sources_clear(struct sources *sources)
{
	for (size_t i = 0; i < sources->count; i++) {
		free(sources->files[i]->path);
		free(sources->files[i]->bytes);
		free(sources->files[i]->stretches);
		free(sources->files[i]);
	}
	free(sources->files);
	memset(sources, 0, sizeof(*sources));
}

/* Steps over bytes: a character begins with what is no byte of its middle, and
 * one of four bytes is two UTF-16 units. */
static void
step_over(struct position *position, const char *bytes, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		unsigned char byte = (unsigned char)bytes[i];

		if (byte == '\n') {
			position->line++;
			position->line_start = i + 1;
			position->column = position->column_utf16 = 1;
		} else {
			position->column += (byte & 0xc0) != 0x80;
			position->column_utf16 +=
			    ((byte & 0xc0) != 0x80) + (byte >= 0xf0);
		}
	}
}

/* Where a stretch begins, which all before it tell: each is stepped over once,
 * when somebody first asks for it or one behind it. */
static struct position
stretch_start(const struct source *source, size_t stretch)
{
	struct position at = { 1, 1, 1, 0 };
	size_t known = stretch;

	while (known > 0 && source->stretches[known - 1].line == 0)
		known--;
	if (known > 0)
		at = source->stretches[known - 1];
	for (; known < stretch; known++) {
		step_over(&at, source->bytes, known * SOURCE_STRETCH,
		    (known + 1) * SOURCE_STRETCH);
		source->stretches[known] = at;
	}
	return at;
}

uint32_t
sources_add_take(struct sources *sources, char *path, char *bytes, size_t size)
{
	struct source *source = mem_alloc(sizeof(*source));
	XXH128_canonical_t digest;

	source->path = path;
	source->bytes = bytes;
	source->size = size;
	XXH128_canonicalFromHash(&digest, XXH3_128bits(bytes, size));
	memcpy(source->digest, digest.digest, sizeof(source->digest));
	source->stretches =
	    mem_array(size / SOURCE_STRETCH + 1, sizeof(struct position));
	*list_add(sources->files, sources->count, sources->capacity) = source;
	return (uint32_t)sources->count;
}

const struct source *
sources_get(const struct sources *sources, uint32_t file)
{
	if (file == 0 || file > sources->count)
		return NULL;
	return sources->files[file - 1];
}

struct position
source_position(const struct source *source, size_t offset)
{
	struct position at;
	size_t stretch;

	if (offset > source->size)
		offset = source->size;
	stretch = offset / SOURCE_STRETCH;
	at = stretch_start(source, stretch);
	step_over(&at, source->bytes, stretch * SOURCE_STRETCH, offset);
	return at;
}

size_t
source_line_size(const struct source *source, size_t line_start)
{
	const char *line = source->bytes + line_start;
	size_t left = source->size - line_start;
	const char *end = memchr(line, '\n', left);
	size_t size = end != NULL ? (size_t)(end - line) : left;

	return size > 0 && line[size - 1] == '\r' ? size - 1 : size;
}

static bool
is_name_char(char c)
{
	return isalnum((unsigned char)c) || (c & 0x80) || c == ':' ||
	    c == '-' || c == '_' || c == '.';
}

struct place
source_tag_place(const struct sources *sources, struct place tag)
{
	const struct source *source = sources_get(sources, tag.file);

	if (source == NULL || tag.offset >= source->size ||
	    source->bytes[tag.offset] != '<')
		return tag;
	tag.len = 1;
	while (tag.offset + tag.len < source->size &&
	    is_name_char(source->bytes[tag.offset + tag.len]))
		tag.len++;
	return tag;
}

/* The first stretch of value that is the token between separators. */
static bool
find_token(const char *value, size_t size, const char *token, size_t *at)
{
	size_t len = strlen(token);

	for (size_t i = 0; i + len <= size; i++) {
		bool starts = i == 0 || text_is_separator(value[i - 1]);
		bool ends =
		    i + len == size || text_is_separator(value[i + len]);

		if (starts && ends && memcmp(value + i, token, len) == 0) {
			*at = i;
			return true;
		}
	}
	return false;
}

/* The attribute's value in the start tag at p: its bytes, without quotes. */
static const char *
find_value(const char *p, const char *end, const char *name, size_t *size)
{
	size_t name_len = strlen(name);

	while (p < end && *p != '>') {
		const char *start = p;
		const char *close;

		while (p < end && is_name_char(*p))
			p++;
		if (p == start) {
			p++;
			continue;
		}
		size_t len = (size_t)(p - start);
		while (p < end && isspace((unsigned char)*p))
			p++;
		if (p >= end || *p != '=')
			continue;
		p++;
		while (p < end && isspace((unsigned char)*p))
			p++;
		if (p >= end || (*p != '"' && *p != '\''))
			continue;
		close = memchr(p + 1, *p, (size_t)(end - p - 1));
		if (close == NULL)
			return NULL;
		if (len == name_len && memcmp(start, name, len) == 0) {
			*size = (size_t)(close - p - 1);
			return p + 1;
		}
		p = close + 1;
	}
	return NULL;
}

struct place
source_attribute_place(const struct sources *sources, struct place tag,
    const char *name, const char *token)
{
	const struct source *source = sources_get(sources, tag.file);
	const char *value;
	size_t size = 0;
	size_t at = 0;

	if (source == NULL || tag.offset >= source->size)
		return tag;
	value = find_value(source->bytes + tag.offset + 1,
	    source->bytes + source->size, name, &size);
	if (value == NULL)
		return source_tag_place(sources, tag);
	tag.offset = (uint32_t)(value - source->bytes);
	tag.len = (uint32_t)size;
	if (token != NULL && find_token(value, size, token, &at)) {
		tag.offset += (uint32_t)at;
		tag.len = (uint32_t)strlen(token);
	}
	return tag;
}

struct place
source_attribute_name_place(const struct sources *sources, struct place tag,
    const char *name)
{
	struct place place = source_attribute_place(sources, tag, name, NULL);
	const char *bytes = sources_get(sources, tag.file) != NULL
	    ? sources_get(sources, tag.file)->bytes
	    : "";
	size_t len = strlen(name);

	if (place.offset <= tag.offset + 1)
		return place;
	/* Back over the quote, the = and what space there is. */
	place.offset--;
	while (place.offset > tag.offset && !is_name_char(bytes[place.offset]))
		place.offset--;
	place.offset -= (uint32_t)(len - 1);
	place.len = (uint32_t)len;
	return place;
}

struct place
source_content_place(const struct sources *sources, struct place tag,
    const char *token)
{
	const struct source *source = sources_get(sources, tag.file);
	struct place place = source_tag_place(sources, tag);
	const char *words;
	size_t at;

	if (token == NULL || source == NULL || tag.offset >= source->size ||
	    source->bytes[tag.offset] != '<')
		return place;
	words = strchr(source->bytes + tag.offset, '>');
	if (words == NULL ||
	    !find_token(words + 1, strcspn(words + 1, "<"), token, &at))
		return place;
	place.offset = (uint32_t)(words + 1 - source->bytes + (ptrdiff_t)at);
	place.len = (uint32_t)strlen(token);
	return place;
}
