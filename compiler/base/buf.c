#include "buf.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "text.h"

void
buf_clear(struct buf *buf)
{
	free(buf->data);
	memset(buf, 0, sizeof(*buf));
}

char *
buf_reserve(struct buf *buf, size_t size)
{
	size_t wanted = buf->size + size + 1;
	size_t capacity = buf->capacity ? buf->capacity : 64;

	while (capacity < wanted)
		capacity *= 2;
	if (capacity != buf->capacity) {
		buf->data = mem_resize(buf->data, capacity);
		buf->capacity = capacity;
	}
	return buf->data + buf->size;
}

void
buf_add(struct buf *buf, const void *bytes, size_t size)
{
	char *end = buf_reserve(buf, size);

	if (size != 0)
		memcpy(end, bytes, size);
	buf->size += size;
	buf->data[buf->size] = '\0';
}

void
buf_add_text(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void
buf_add_char(struct buf *buf, char c)
{
	char *end = buf_reserve(buf, 1);

	end[0] = c;
	end[1] = '\0';
	buf->size++;
}

void
buf_add_listed(struct buf *buf, const char *word)
{
	if (buf->size > 0)
		buf_add_text(buf, ", ");
	buf_add_text(buf, word);
}

void
buf_add_utf8(struct buf *buf, uint32_t c)
{
	char bytes[4];

	buf_add(buf, bytes, text_encode(bytes, c));
}

/* Once more if the text is longer than the room. */
void
buf_add_format(struct buf *buf, const char *format, ...)
{
	int size = 128;
	int room;

	do {
		va_list args;

		room = size;
		va_start(args, format);
		size = vsnprintf(buf_reserve(buf, (size_t)room),
		    (size_t)room + 1, format, args);
		va_end(args);
	} while (size > room);
	if (size < 0) /* it has memory, so the text is longer than any */
		mem_give_up(SIZE_MAX);
	buf->size += (size_t)size;
}

void
buf_add_u32(struct buf *buf, uint32_t value)
{
	unsigned char bytes[4];

	for (int i = 0; i < 4; i++)
		bytes[i] = (unsigned char)(value >> (8 * i));
	buf_add(buf, bytes, sizeof(bytes));
}

char *
buf_take(struct buf *buf)
{
	char *data;

	buf_add(buf, "", 0);
	data = buf->data;
	memset(buf, 0, sizeof(*buf));
	return data;
}

const char *
buf_text(const struct buf *buf)
{
	return buf->data == NULL ? "" : buf->data;
}

void
buf_add_folded(struct buf *buf, const char *words)
{
	char *at = buf_reserve(buf, strlen(words));

	for (; *words != '\0'; words++) {
		bool blank = *words == ' ' || *words == '\n' ||
		    *words == '\t' || *words == '\r';

		if (!blank)
			*at++ = *words;
		else if (at > buf->data && at[-1] != ' ')
			*at++ = ' ';
	}
	*at = '\0';
	buf->size = (size_t)(at - buf->data);
}

void
buf_add_escaped(struct buf *buf, const char *text, const char *special,
    const char *const escapes[128])
{
	for (;;) {
		size_t len = strcspn(text, special);

		buf_add(buf, text, len);
		text += len;
		if (*text == '\0')
			return;
		buf_add_text(buf, escapes[(unsigned char)*text++]);
	}
}
