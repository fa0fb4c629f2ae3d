#include "agreed_units.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/text.h"

enum { FIELDS = 7 };

/* --- where it is --- */

/* units.tsv beside the source; with the language in its name where another
 * language has the same folder. */
static char *
make_path(const struct project *project, size_t tree)
{
	owned char *folder = file_dirname_dup(project->trees[tree].href);
	bool is_shared = false;

	for (size_t i = 0; i < project->tree_count; i++) {
		owned char *other = file_dirname_dup(project->trees[i].href);

		is_shared |= i != tree && strcmp(folder, other) == 0;
	}
	return is_shared
	    ? mem_format("%sunits.%s.tsv", folder, project->trees[tree].lang)
	    : mem_format("%sunits.tsv", folder);
}

/* --- reading --- */

/* A number from 1 without anything else; 0 if it is none. */
static uint32_t
read_position(const char *text)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);

	return text[0] >= '1' && text[0] <= '9' && *end == '\0' &&
		value < UINT32_MAX
	    ? (uint32_t)value
	    : 0;
}

static bool
is_digest(const char *text)
{
	return strlen(text) == UNIT_DIGITS &&
	    strspn(text, "0123456789abcdef") == UNIT_DIGITS;
}

/* The fields of a line, which it parts in place. False: not so many. */
static bool
part(char *line, char *fields[FIELDS])
{
	for (size_t i = 0; i < FIELDS; i++) {
		char *tab = strchr(line, '\t');

		fields[i] = line;
		if (i == FIELDS - 1)
			return tab == NULL;
		if (tab == NULL)
			return false;
		*tab = '\0';
		line = tab + 1;
	}
	return false;
}

/* Reads one line. False: it says no agreement. */
static bool
read_row(struct agreed *row, char *line)
{
	char *fields[FIELDS];
	char *slash;

	if (!part(line, fields))
		return false;
	slash = strrchr(fields[0], '/');
	if (slash == NULL)
		return false;
	*slash = '\0';
	*row = (struct agreed){ fields[0], read_position(slash + 1), fields[1],
		fields[2], read_position(fields[3]), fields[4], fields[5],
		fields[6] };
	if (strcmp(fields[3], "-") == 0)
		return row->position > 0 && is_digest(row->digest) &&
		    row->lang[0] != '\0' && strcmp(fields[4], "-") == 0 &&
		    row->reason[0] != '\0';
	return row->position > 0 && row->counterpart > 0 &&
	    row->lang[0] != '\0' && is_digest(row->digest) &&
	    is_digest(row->counterpart_digest);
}

/* Reads all lines. The offset of the first that says no agreement, or -1. */
static long
read_rows(struct agreed_units *agreement)
{
	for (char *line = agreement->text; *line != '\0';) {
		char *end = line + strcspn(line, "\n");
		bool is_last = *end == '\0';
		struct agreed row;

		*end = '\0';
		if (line[0] != '#' && line[0] != '\0') {
			if (!read_row(&row, line))
				return line - agreement->text;
			*list_add(agreement->rows, agreement->count,
			    agreement->capacity) = row;
		}
		line = is_last ? end : end + 1;
	}
	return -1;
}

/* Only a file with a fault becomes a source, which messages show: what the
 * audit finds in a source that is of no book it takes for public. */
static int
report_row(struct xml_reader *reader, const char *path, long offset)
{
	uint32_t file = xml_read_source(reader, path, (struct place){ 0 });
	const struct source *source = sources_get(reader->sources, file);

	if (file == 0)
		return -1;
	return diag_report(reader->diag, DIAG_UNITS_FORM,
	    (struct place){ file, (uint32_t)offset,
		(uint32_t)strcspn(source->bytes + offset, "\n") },
	    NULL);
}

int
agreed_units_read(struct agreed_units *agreement, const struct project *project,
    size_t tree, struct xml_reader *reader)
{
	enum file_result result;
	size_t size = 0;
	size_t bad;
	long offset;

	*agreement = (struct agreed_units){ .path = make_path(project, tree) };
	result = file_read(reader->root, agreement->path,
	    reader->limits.file_size, &agreement->text, &size);
	if (result == FILE_MISSING)
		return 0;
	if (result != FILE_OK || strlen(agreement->text) < size ||
	    !text_is_utf8(agreement->text, size, &bad)) {
		xml_read_source(reader, agreement->path, (struct place){ 0 });
		return -1;
	}
	agreement->is_written = true;
	offset = read_rows(agreement);
	return offset < 0 ? 0 : report_row(reader, agreement->path, offset);
}

/* --- writing --- */

/* A tab or a line end in a reason would part it. */
static void
add_field(struct buf *buf, const char *text)
{
	for (; *text != '\0'; text++)
		buf_add_char(buf, (unsigned char)*text < ' ' ? ' ' : *text);
}

static void
add_row(struct buf *buf, const struct agreed *row)
{
	buf_add_format(buf, "%s/%u\t%s\t%s\t", row->scope, row->position,
	    row->digest, row->lang);
	if (row->counterpart > 0)
		buf_add_format(buf, "%u\t%s\t", row->counterpart,
		    row->counterpart_digest);
	else
		buf_add_text(buf, "-\t-\t");
	add_field(buf, row->reason);
	buf_add_char(buf, '\t');
	add_field(buf, row->words);
	buf_add_char(buf, '\n');
}

/* A new file beside the old one, then its name: whole or not at all. */
static int
replace(const struct file_root *root, const char *path, const struct buf *text)
{
	owned char *fresh = mem_format("%s.new", path);
	int fd = openat(root->fd, fresh,
	    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
	int rc = fd < 0 ? -1 : file_write_all(fd, text->data, text->size);
	int saved;

	if (fd >= 0 && rc == 0)
		rc = fsync(fd);
	saved = errno;
	if (fd >= 0 && close(fd) != 0 && rc == 0)
		rc = -1, saved = errno;
	if (rc == 0 && renameat(root->fd, fresh, root->fd, path) != 0)
		rc = -1, saved = errno;
	if (rc != 0 && fd >= 0)
		unlinkat(root->fd, fresh, 0);
	errno = saved;
	return rc;
}

int
agreed_units_write(const struct agreed_units *agreement,
    const struct file_root *root, const struct agreed *rows, size_t count,
    struct diag *diag)
{
	scoped(buf_clear) struct buf text = { 0 };
	int rc;

	buf_add_text(&text,
	    "# what was agreed between languages, by `vade i18n stamp`: unit, "
	    "its words, language, counterpart, its words, reason, text\n");
	for (size_t i = 0; i < count; i++)
		add_row(&text, &rows[i]);
	rc = replace(root, agreement->path, &text);
	if (rc != 0)
		diag_report_path(diag, DIAG_UNITS_WRITE, agreement->path,
		    agreement->path, strerror(errno), NULL);
	return rc;
}
