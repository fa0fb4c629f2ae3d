#include "base/example.h"

#include <string.h>

#include "base/embed.h"

const char *
example_find(enum diag_code code)
{
	for (size_t i = 0; i < example_count; i++)
		if (strcmp(example_files[i].name, diag_rows[code].code) == 0)
			return example_files[i].bytes;
	return NULL;
}

static const char *
line_after(const char *line)
{
	const char *end = strchr(line, '\n');

	return end == NULL ? line + strlen(line) : end + 1;
}

/* A word of a line as a C string, cut to what there is room for; returns what
 * comes after it. */
static const char *
copy_word(char *word, size_t room, const char *line)
{
	size_t len = strcspn(line, " \n");
	size_t kept = len < room ? len : room - 1;

	memcpy(word, line, kept);
	word[kept] = '\0';
	return line + len + strspn(line + len, " ");
}

bool
example_next(const char **at, struct example_part *part)
{
	const char *place;

	if (**at == '\0')
		return false;
	place = copy_word(part->kind, sizeof(part->kind), *at);
	copy_word(part->place, sizeof(part->place), place);
	part->lines = part->end = line_after(*at);
	while (*part->end == '\t')
		part->end = line_after(part->end);
	*at = part->end;
	return true;
}

void
example_add(struct buf *buf, const struct example_part *part,
    const char *indent)
{
	for (const char *line = part->lines; line < part->end;) {
		const char *next = line_after(line);

		buf_add_text(buf, indent);
		buf_add(buf, line + 1, (size_t)(next - line) - 1);
		line = next;
	}
}
