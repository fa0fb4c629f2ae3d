#include "terminal_text.h"

#include <string.h>

#include "base/text.h"

static void
add_char(struct buf *out, const char *bytes, size_t len, uint32_t c)
{
	if (text_is_control(c))
		buf_add_char(out, '?');
	else
		buf_add(out, bytes, len);
}

size_t
terminal_width(const char *text)
{
	return text_width(text, strlen(text));
}

size_t
terminal_line_width(const struct buf *out)
{
	size_t from = out->size;

	while (from > 0 && out->data[from - 1] != '\n')
		from--;
	return text_width(buf_text(out) + from, out->size - from);
}

void
terminal_add_cell(struct buf *out, const char *text, size_t cells)
{
	size_t size = strlen(text);
	bool cut = text_width(text, size) > cells;
	size_t room = cut ? cells - 1 : cells;
	size_t used = 0;

	for (size_t i = 0; i < size;) {
		uint32_t c;
		size_t len = text_decode(text + i, size - i, &c);

		if (used + (size_t)text_cells(c) > room)
			break;
		add_char(out, text + i, len, c);
		used += (size_t)text_cells(c);
		i += len;
	}
	if (cut) {
		buf_add_text(out, "…");
		used++;
	}
	for (; used < cells; used++)
		buf_add_char(out, ' ');
}

static void
add_word(struct buf *out, const char *word, size_t size)
{
	for (size_t i = 0; i < size;) {
		uint32_t c;
		size_t len = text_decode(word + i, size - i, &c);

		add_char(out, word + i, len, c);
		i += len;
	}
}

void
terminal_add_wrapped(struct buf *out, const char *text, size_t used,
    size_t indent)
{
	bool first = true; /* on its line */

	for (const char *p = text; *p != '\0';) {
		size_t size = strcspn(p, " \t\r\n");
		size_t width = text_width(p, size);

		if (size == 0) {
			p++;
			continue;
		}
		if (!first && used + 1 + width > COLUMN_LINE) {
			buf_add_format(out, "\n%*s", (int)indent, "");
			used = indent;
			first = true;
		}
		if (!first)
			buf_add_char(out, ' ');
		used += width + !first;
		add_word(out, p, size);
		first = false;
		p += size;
	}
	buf_add_char(out, '\n');
}

void
terminal_end_line(struct buf *out)
{
	while (out->size > 0 && out->data[out->size - 1] == ' ')
		out->size--;
	buf_add_char(out, '\n');
}
