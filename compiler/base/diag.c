#include "diag.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <xxhash.h>

#include "base/byte_order.h"
#include "base/list.h"
#include "alloc.h"
#include "text.h"

const struct diag_row diag_rows[DIAG_COUNT] = {
#define ERROR DIAG_ERROR
#define WARNING DIAG_WARNING
#define NOTE DIAG_NOTE
#define DIAG(name, code, severity, status, en, es, help_en, help_es,           \
    explain_en, explain_es)                                                    \
	[DIAG_##name] = { code, severity, status, { en, es },                  \
		{ help_en, help_es }, { explain_en, explain_es } },
#include "diag.def"
#undef DIAG
#undef ERROR
#undef WARNING
#undef NOTE
};

enum {
	MOST = 1000,            /* records */
	MOST_OF_A_KIND = 20,    /* of one code in one file */
	LONGEST_ARGUMENT = 400, /* bytes */
	AROUND = 60,            /* bytes of a line shown on each side */
};

/* Where in a record its own texts are. */
static const size_t texts[] = { offsetof(struct diag_record, path),
	offsetof(struct diag_record, source_line),
	offsetof(struct diag_record, text), offsetof(struct diag_record, help),
	offsetof(struct diag_record, related_path) };

static char **
text_at(const struct diag_record *record, size_t i)
{
	return (char **)((uintptr_t)record + texts[i]);
}

static void
clear_record(struct diag_record *record)
{
	for (size_t i = 0; i < COUNT(texts); i++)
		free(*text_at(record, i));
}

void
diag_clear(struct diag *diag)
{
	for (size_t i = 0; i < diag->count; i++)
		clear_record(&diag->records[i]);
	free(diag->records);
	diag->records = NULL;
	diag->count = 0;
	diag->capacity = 0;
	map_clear(&diag->seen);
	map_clear(&diag->kinds);
}

void
diag_drop(struct diag *diag, size_t index)
{
	clear_record(&diag->records[index]);
	diag->count--;
	memmove(&diag->records[index], &diag->records[index + 1],
	    (diag->count - index) * sizeof(*diag->records));
}

/* Adds text from outside: what could write over a terminal, or is not UTF-8
 * and would make a record unfit for JSON, becomes '?'; the rest of what is too
 * long becomes "…". */
static void
add_clean(struct buf *text, const char *bytes)
{
	size_t size = strlen(bytes);
	size_t i = 0;

	while (i < size && i < LONGEST_ARGUMENT) {
		uint32_t c;
		size_t len = text_decode(bytes + i, size - i, &c);
		bool broken = len == 1 && (bytes[i] & 0x80) != 0;

		if (broken || text_is_control(c))
			buf_add_char(text, '?');
		else
			buf_add(text, bytes + i, len);
		i += len;
	}
	if (i < size)
		buf_add_text(text, "…");
}

static char *
clean_dup(const char *bytes)
{
	struct buf text = { 0 };

	if (bytes == NULL)
		return NULL;
	add_clean(&text, bytes);
	return buf_take(&text);
}

char *
diag_fill(const char *format, const char *const arguments[DIAG_ARGUMENTS])
{
	struct buf text = { 0 };

	for (const char *p = format; *p != '\0'; p++) {
		const char *argument;

		if (p[0] != '{' || p[1] < '0' || p[1] >= '0' + DIAG_ARGUMENTS ||
		    p[2] != '}') {
			buf_add_char(&text, *p);
			continue;
		}
		argument = arguments[p[1] - '0'];
		p += 2;
		if (argument != NULL)
			add_clean(&text, argument);
	}
	return buf_take(&text);
}

/* A help text that needs an argument which is missing is not given. */
static bool
is_fillable(const char *format, const char *const *arguments)
{
	for (const char *p = format; *p != '\0'; p++)
		if (p[0] == '{' && p[1] >= '0' && p[1] < '0' + DIAG_ARGUMENTS &&
		    p[2] == '}' && arguments[p[1] - '0'] == NULL)
			return false;
	return true;
}

/* The part of a line around the mark, so that it fits a screen. */
static void
take_line(struct diag_record *record, const char *line, size_t size, size_t at)
{
	size_t from = at > AROUND ? at - AROUND : 0;
	size_t to = at + AROUND < size ? at + AROUND : size;

	while (from > 0 && (line[from] & 0xc0) == 0x80)
		from--;
	while (to < size && (line[to] & 0xc0) == 0x80)
		to++;
	record->source_line = mem_dup_len(line + from, to - from);
	record->before = (uint32_t)(at - from);
	record->cut = (from > 0 ? DIAG_CUT_BEFORE : 0) |
	    (to < size ? DIAG_CUT_BEHIND : 0);
}

/* A file of a mounted folder is "DIR//PATH" (base/root_file.h); people read DIR/PATH. */
static char *
path_dup(const char *path)
{
	char *shown = clean_dup(path);
	char *mount = strstr(shown, "//");

	if (mount != NULL)
		memmove(mount, mount + 1, strlen(mount));
	return shown;
}

static void
locate(struct diag_record *record, const struct sources *sources,
    struct place place)
{
	const struct source *source =
	    sources ? sources_get(sources, place.file) : NULL;
	struct position at;
	size_t in_line;
	size_t line_size;

	if (source == NULL)
		return;
	at = source_position(source, place.offset);
	line_size = source_line_size(source, at.line_start);
	in_line = place.offset - at.line_start;
	record->path = path_dup(source->path);
	record->line = at.line;
	record->column = at.column;
	record->column_utf16 = at.column_utf16;
	record->offset = place.offset;
	record->len = place.len;
	take_line(record, source->bytes + at.line_start, line_size,
	    in_line < line_size ? in_line : line_size);
}

/* Was the same text reported at the same place before? */
static bool
is_known(struct diag *diag, enum diag_code code, const char *path,
    uint32_t offset, const char *text)
{
	scoped(buf_clear) struct buf bytes = { 0 };
	XXH128_canonical_t digest;
	bool is_new;

	buf_add_u32(&bytes, code);
	buf_add_u32(&bytes, offset);
	buf_add(&bytes, path ? path : "", path ? strlen(path) + 1 : 1);
	buf_add_text(&bytes, text);
	XXH128_canonicalFromHash(&digest, XXH3_128bits(bytes.data, bytes.size));
	map_put(&diag->seen, digest.digest, sizeof(digest.digest), &is_new);
	return !is_new;
}

/* How many there are of a code in a file. Lent until the next finding. */
static uint32_t *
count_of_kind(struct diag *diag, enum diag_code code, const char *path)
{
	scoped(buf_clear) struct buf key = { 0 };
	struct map_entry *entry;

	buf_add_u32(&key, code);
	buf_add_text(&key, path ? path : "");
	entry = map_put(&diag->kinds, key.data, key.size, NULL);
	return &entry->value;
}

/* Is there a record for one more? It is counted either way. */
static bool
has_room(struct diag *diag, enum diag_code code, const char *path,
    uint32_t offset, const char *text)
{
	return !is_known(diag, code, path, offset, text) &&
	    ++*count_of_kind(diag, code, path) <= MOST_OF_A_KIND;
}

static void
add_record(struct diag *diag, const struct diag_record *record)
{
	*list_add(diag->records, diag->count, diag->capacity) = *record;
}

static char *
fill_text(const struct diag *diag, enum diag_code code,
    const char *const *arguments)
{
	return diag_fill(diag_rows[code].text[diag->language], arguments);
}

static void
fill_record(const struct diag *diag, struct diag_record *record,
    const char *const *arguments)
{
	const struct diag_row *row = &diag_rows[record->code];
	const char *help = row->help[diag->language];

	record->severity = diag->denied[record->code] ||
		(diag->deny_warnings && row->severity == DIAG_WARNING)
	    ? DIAG_ERROR
	    : row->severity;
	if (help[0] != '\0' && is_fillable(help, arguments))
		record->help = diag_fill(help, arguments);
}

static void
locate_related(const struct diag *diag, struct diag_record *record,
    struct place related)
{
	struct diag_record second = { 0 };

	if (related.file == 0 || diag->sources == NULL)
		return;
	locate(&second, diag->sources, related);
	record->related_path = second.path;
	record->related_line = second.line;
	record->related_column = second.column;
	free(second.source_line);
}

/* Where a finding is, and what it says beside its row. */
struct about {
	struct place place;
	struct place related;
	const char *path; /* NULL: the place's */
	const char *cure; /* NULL: the row's */
};

static int
report(struct diag *diag, enum diag_code code, const struct about *about,
    va_list args)
{
	struct place place = about->place;
	const char *path = about->path;
	const struct diag_row *row = &diag_rows[code];
	const char *arguments[DIAG_ARGUMENTS] = { NULL };
	struct diag_record record = { .code = code };
	const struct source *source =
	    diag->sources ? sources_get(diag->sources, place.file) : NULL;

	if (row->severity != DIAG_ERROR && diag->allowed[code])
		return -1;
	/* Beyond this only what makes things worse: the line of each finding
	 * is counted from the start of the file. */
	if (diag->count >= MOST && row->status <= diag_status(diag))
		return -1;
	for (int i = 0; i < DIAG_ARGUMENTS; i++) {
		arguments[i] = va_arg(args, const char *);
		if (arguments[i] == NULL)
			break;
	}
	record.text = fill_text(diag, code, arguments);
	if (!has_room(diag, code, source ? source->path : path,
		source ? place.offset : 0, record.text)) {
		free(record.text);
		return -1;
	}
	fill_record(diag, &record, arguments);
	if (about->cure != NULL) {
		free(record.help);
		record.help = mem_dup(about->cure);
	}
	locate(&record, diag->sources, place);
	if (record.path == NULL)
		record.path = clean_dup(path);
	locate_related(diag, &record, about->related);
	add_record(diag, &record);
	return -1;
}

/* The path of a key of diag->kinds, its code in *code; NULL for no path. */
static const char *
read_kind(const struct map_entry *entry, enum diag_code *code)
{
	const unsigned char *key = (const unsigned char *)entry->key;

	*code = (enum diag_code)(key[0] | (uint32_t)key[1] << 8);
	return entry->size > 4 ? entry->key + 4 : NULL;
}

void
diag_tell_rest(struct diag *diag)
{
	for (size_t i = 0; i < diag->kinds.count; i++) {
		const struct map_entry *entry = &diag->kinds.entries[i];
		enum diag_code code;
		const char *path = read_kind(entry, &code);

		if (entry->value <= MOST_OF_A_KIND)
			continue;
		owned char *rest =
		    mem_format("%u", entry->value - MOST_OF_A_KIND);

		diag_report_path(diag, DIAG_MORE, path, rest,
		    diag_rows[code].code, NULL);
	}
}

int
diag_report(struct diag *diag, enum diag_code code, struct place place, ...)
{
	va_list args;

	va_start(args, place);
	report(diag, code, &(struct about){ .place = place }, args);
	va_end(args);
	return -1;
}

int
diag_report_related(struct diag *diag, enum diag_code code, struct place place,
    struct place related, ...)
{
	va_list args;

	va_start(args, related);
	report(diag, code,
	    &(struct about){ .place = place, .related = related }, args);
	va_end(args);
	return -1;
}

int
diag_report_path(struct diag *diag, enum diag_code code, const char *path, ...)
{
	va_list args;

	va_start(args, path);
	report(diag, code, &(struct about){ .path = path }, args);
	va_end(args);
	return -1;
}

int
diag_report_cure(struct diag *diag, enum diag_code code, struct place place,
    struct place related, const char *cure, ...)
{
	va_list args;

	va_start(args, cure);
	report(diag, code,
	    &(struct about){ .place = place, .related = related, .cure = cure },
	    args);
	va_end(args);
	return -1;
}

int
diag_status(const struct diag *diag)
{
	int worst = 0;

	/* The numbers of DESIGN section 7 are in order of weight. */
	for (size_t i = 0; i < diag->count; i++) {
		int status = diag_rows[diag->records[i].code].status;

		if (diag->records[i].severity == DIAG_ERROR && status > worst)
			worst = status;
	}
	return worst;
}

size_t
diag_count(const struct diag *diag, enum diag_severity severity)
{
	size_t count = 0;

	for (size_t i = 0; i < diag->count; i++)
		count += diag->records[i].severity == severity;
	return count;
}

enum diag_code
diag_find(const char *code)
{
	for (int i = 0; i < DIAG_COUNT; i++)
		if (strcasecmp(diag_rows[i].code, code) == 0)
			return (enum diag_code)i;
	return DIAG_COUNT;
}

static void
pack_text(struct buf *bytes, const char *text)
{
	buf_add_u32(bytes, text ? (uint32_t)strlen(text) + 1 : 0);
	if (text != NULL)
		buf_add_text(bytes, text);
}

/* How many there were beyond those with a record: a record of no text. */
static void
pack_rest(const struct diag *diag, struct buf *bytes)
{
	for (size_t i = 0; i < diag->kinds.count; i++) {
		const struct map_entry *entry = &diag->kinds.entries[i];
		enum diag_code code;
		const char *path = read_kind(entry, &code);

		if (entry->value <= MOST_OF_A_KIND)
			continue;
		buf_add_u32(bytes, DIAG_MORE);
		buf_add_u32(bytes, code);
		buf_add_u32(bytes, entry->value);
		pack_text(bytes, path);
	}
}

void
diag_pack(const struct diag *diag, struct buf *bytes)
{
	/* It is read by this very program: a record goes as it is. */
	for (size_t i = 0; i < diag->count; i++) {
		const struct diag_record *record = &diag->records[i];

		buf_add_u32(bytes, record->code);
		buf_add(bytes, record, sizeof(*record));
		for (size_t j = 0; j < COUNT(texts); j++)
			pack_text(bytes, *text_at(record, j));
	}
	pack_rest(diag, bytes);
}

struct cursor {
	const unsigned char *at;
	size_t left;
	bool broken;
};

/* The next bytes; zeroes, and the cursor is broken, where they are missing. */
static void
unpack_bytes(struct cursor *cursor, void *to, size_t size)
{
	memset(to, 0, size);
	cursor->broken |= cursor->left < size;
	if (cursor->broken)
		return;
	memcpy(to, cursor->at, size);
	cursor->at += size;
	cursor->left -= size;
}

static uint32_t
unpack_u32(struct cursor *cursor)
{
	unsigned char bytes[4];

	unpack_bytes(cursor, bytes, sizeof(bytes));
	return (uint32_t)bytes_little(bytes, sizeof(bytes));
}

static char *
unpack_text(struct cursor *cursor)
{
	uint32_t size = unpack_u32(cursor);
	char *text;

	cursor->broken |= size > 0 && cursor->left < size - 1;
	if (size == 0 || cursor->broken)
		return NULL;
	text = mem_alloc(size);
	unpack_bytes(cursor, text, size - 1);
	return text;
}

static void
unpack_record(struct cursor *cursor, struct diag_record *record)
{
	unpack_bytes(cursor, record, sizeof(*record));
	for (size_t i = 0; i < COUNT(texts); i++)
		*text_at(record, i) = unpack_text(cursor);
	cursor->broken |= record->severity > DIAG_ERROR ||
	    record->text == NULL ||
	    (record->source_line != NULL &&
		record->before > strlen(record->source_line));
}

/* Several processes may have found the same: not the sum, the most. */
static void
unpack_rest(struct diag *diag, struct cursor *cursor)
{
	uint32_t code = unpack_u32(cursor);
	uint32_t value = unpack_u32(cursor);
	owned char *path = unpack_text(cursor);
	uint32_t *count;

	cursor->broken |= code >= DIAG_COUNT;
	if (!cursor->broken) {
		count = count_of_kind(diag, (enum diag_code)code, path);
		*count = value > *count ? value : *count;
	}
}

int
diag_unpack(struct diag *diag, const char *bytes, size_t size)
{
	struct cursor cursor = { (const unsigned char *)bytes, size, false };

	while (cursor.left > 0) {
		struct diag_record record = { 0 };
		uint32_t code = unpack_u32(&cursor);

		if (code == DIAG_MORE) {
			unpack_rest(diag, &cursor);
			if (cursor.broken)
				return -1;
			continue;
		}
		unpack_record(&cursor, &record);
		if (cursor.broken || code >= DIAG_COUNT) {
			clear_record(&record);
			return -1;
		}
		record.code = (enum diag_code)code;
		if (has_room(diag, record.code, record.path, record.offset,
			record.text))
			add_record(diag, &record);
		else
			clear_record(&record);
	}
	return 0;
}
