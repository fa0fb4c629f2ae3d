#include "text_wrap.h"

#include <string.h>

#include "base/text.h"

void
text_wrap_clear(struct text_wrap *layout)
{
	buf_clear(&layout->out);
	buf_clear(&layout->words);
	buf_clear(&layout->prefix);
	buf_clear(&layout->marker);
}

size_t
text_wrap_push(struct text_wrap *layout, const char *first, const char *rest)
{
	size_t level = layout->prefix.size;

	if (first != NULL) {
		/* A marker that waits still comes first: "- [ ] ". */
		if (layout->marker.size == 0)
			buf_add(&layout->marker, buf_text(&layout->prefix),
			    level);
		buf_add_text(&layout->marker, first);
	} else if (layout->marker.size != 0) {
		buf_add_text(&layout->marker, rest);
	}
	buf_add_text(&layout->prefix, rest);
	layout->begun = false;
	return level;
}

void
text_wrap_pop(struct text_wrap *layout, size_t level)
{
	/* An item of nothing still shows its marker. */
	if (layout->marker.size != 0)
		text_wrap_line(layout, "");
	layout->prefix.size = level;
	if (layout->gap_level > level)
		layout->gap_level = level;
	if (layout->prefix.data != NULL)
		layout->prefix.data[level] = '\0';
	layout->begun = true;
}

void
text_wrap_gap(struct text_wrap *layout)
{
	if (!layout->gap || layout->gap_level > layout->prefix.size)
		layout->gap_level = layout->prefix.size;
	layout->gap |= layout->begun;
}

static void
trim(struct buf *out)
{
	while (out->size > 0 && out->data[out->size - 1] == ' ')
		out->data[--out->size] = '\0';
}

void
text_wrap_line(struct text_wrap *layout, const char *text)
{
	struct buf *out = &layout->out;

	if (layout->gap && out->size > 0) {
		buf_add(out, buf_text(&layout->prefix), layout->gap_level);
		trim(out);
		buf_add_char(out, '\n');
	}
	layout->gap = false;
	if (layout->marker.size != 0) {
		buf_add(out, layout->marker.data, layout->marker.size);
		buf_clear(&layout->marker);
	} else {
		buf_add(out, buf_text(&layout->prefix), layout->prefix.size);
	}
	buf_add_text(out, text);
	trim(out);
	buf_add_char(out, '\n');
	layout->begun = true;
}

size_t
text_wrap_room(const struct text_wrap *layout)
{
	size_t used =
	    text_width(buf_text(&layout->prefix), layout->prefix.size);

	/* However deep a text lies, some of it goes on a line. */
	size_t least = layout->width < 16 ? layout->width : 16;

	return layout->width > used + least ? layout->width - used : least;
}

static void
flush(struct text_wrap *layout, struct buf *line)
{
	text_wrap_line(layout, buf_text(line));
	buf_clear(line);
}

void
text_wrap_wrap(struct text_wrap *layout, const char *text, size_t hang)
{
	size_t room = text_wrap_room(layout);
	struct buf line = { 0 };
	size_t used = 0;
	bool empty = true; /* no word on this line yet */

	while (*text != '\0') {
		size_t len = strcspn(text, " \t\r\n");
		size_t cells = text_width(text, len);

		if (len > 0 && !empty && used + 1 + cells > room) {
			flush(layout, &line);
			for (used = 0; used < hang; used++)
				buf_add_char(&line, ' ');
			empty = true;
		}
		if (len > 0) {
			if (!empty)
				buf_add_char(&line, ' ');
			buf_add(&line, text, len);
			used += cells + !empty;
			empty = false;
		}
		text += len;
		if (*text == '\n') {
			flush(layout, &line);
			used = 0;
			empty = true;
		}
		text += *text != '\0';
	}
	if (!empty)
		flush(layout, &line);
	buf_clear(&line);
}

void
text_wrap_flush(struct text_wrap *layout, size_t hang)
{
	if (layout->words.size > 0)
		text_wrap_wrap(layout, layout->words.data, hang);
	buf_clear(&layout->words);
}

void
text_wrap_rule(struct text_wrap *layout, char c)
{
	size_t room = text_wrap_room(layout);
	struct buf line = { 0 };

	for (size_t i = 0; i < room; i++)
		buf_add_char(&line, c);
	flush(layout, &line);
}
