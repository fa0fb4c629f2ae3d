#include "diag.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

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

enum { ARGUMENTS = 4, MOST = 1000 };

static void
clear_record(struct diag_record *record)
{
	free(record->path);
	free(record->source_line);
	free(record->text);
	free(record->help);
	free(record->related_path);
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
 * and would make a record unfit for JSON, becomes '?'. */
static void
add_clean(struct buf *text, const char *bytes)
{
	size_t size = strlen(bytes);

	for (size_t i = 0; i < size;) {
		uint32_t c;
		size_t len = text_decode(bytes + i, size - i, &c);
		bool broken = len == 1 && (bytes[i] & 0x80) != 0;

		if (broken || text_is_control(c))
			buf_add_char(text, '?');
		else
			buf_add(text, bytes + i, len);
		i += len;
	}
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

/* Fills {n}. */
static char *
fill(const char *format, const char *const *arguments)
{
	struct buf text = { 0 };

	for (const char *p = format; *p != '\0'; p++) {
		const char *argument;

		if (p[0] != '{' || p[1] < '0' || p[1] >= '0' + ARGUMENTS ||
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
		if (p[0] == '{' && p[1] >= '0' && p[1] < '0' + ARGUMENTS &&
		    p[2] == '}' && arguments[p[1] - '0'] == NULL)
			return false;
	return true;
}

static void
locate(struct diag_record *record, const struct sources *sources,
    struct place place)
{
	const struct source *source =
	    sources ? sources_get(sources, place.file) : NULL;
	struct position at;

	if (source == NULL)
		return;
	at = source_position(source, place.offset);
	record->path = clean_dup(source->path);
	record->line = at.line;
	record->column = at.column;
	record->column_utf16 = at.column_utf16;
	record->offset = place.offset;
	record->len = place.len;
	record->source_line =
	    mem_dup_len(source->bytes + at.line_start, at.line_size);
}

static bool
is_same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool
is_known(const struct diag *diag, const struct diag_record *record)
{
	for (size_t i = 0; i < diag->count; i++) {
		const struct diag_record *other = &diag->records[i];

		if (other->code == record->code &&
		    other->offset == record->offset &&
		    is_same(other->path, record->path) &&
		    strcmp(other->text, record->text) == 0)
			return true;
	}
	return false;
}

static void
add_record(struct diag *diag, struct diag_record *record)
{
	if (is_known(diag, record)) {
		clear_record(record);
		return;
	}
	diag->records = mem_grow(diag->records, diag->count, &diag->capacity,
	    sizeof(*diag->records));
	diag->records[diag->count++] = *record;
}

static int
report(struct diag *diag, enum diag_code code, struct place place,
    struct place related, const char *path, va_list args)
{
	const struct diag_row *row = &diag_rows[code];
	const char *arguments[ARGUMENTS] = { NULL };
	struct diag_record record = { .code = code };
	const char *help = row->help[diag->language];

	if (row->severity != DIAG_ERROR && diag->allowed[code])
		return -1;
	/* Beyond this only what makes things worse: each finding is compared
	 * with all, and its line is counted from the start of the file. */
	if (diag->count >= MOST && row->status <= diag_status(diag))
		return -1;
	for (int i = 0; i < ARGUMENTS; i++) {
		arguments[i] = va_arg(args, const char *);
		if (arguments[i] == NULL)
			break;
	}
	record.severity = diag->denied[code] ||
		(diag->deny_warnings && row->severity == DIAG_WARNING)
	    ? DIAG_ERROR
	    : row->severity;
	record.text = fill(row->text[diag->language], arguments);
	if (help[0] != '\0' && is_fillable(help, arguments))
		record.help = fill(help, arguments);
	locate(&record, diag->sources, place);
	if (record.path == NULL)
		record.path = clean_dup(path);
	if (related.file != 0 && diag->sources != NULL) {
		struct diag_record second = { 0 };

		locate(&second, diag->sources, related);
		record.related_path = second.path;
		record.related_line = second.line;
		record.related_column = second.column;
		free(second.source_line);
	}
	add_record(diag, &record);
	return -1;
}

int
diag_report(struct diag *diag, enum diag_code code, struct place place, ...)
{
	va_list args;

	va_start(args, place);
	report(diag, code, place, (struct place){ 0 }, NULL, args);
	va_end(args);
	return -1;
}

int
diag_report_related(struct diag *diag, enum diag_code code, struct place place,
    struct place related, ...)
{
	va_list args;

	va_start(args, related);
	report(diag, code, place, related, NULL, args);
	va_end(args);
	return -1;
}

int
diag_report_path(struct diag *diag, enum diag_code code, const char *path, ...)
{
	va_list args;

	va_start(args, path);
	report(diag, code, (struct place){ 0 }, (struct place){ 0 }, path,
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

void
diag_pack(const struct diag *diag, struct buf *bytes)
{
	for (size_t i = 0; i < diag->count; i++) {
		const struct diag_record *record = &diag->records[i];
		const uint32_t numbers[] = { record->code, record->severity,
			record->line, record->column, record->column_utf16,
			record->offset, record->len, record->related_line,
			record->related_column };

		for (size_t j = 0; j < sizeof(numbers) / sizeof(*numbers); j++)
			buf_add_u32(bytes, numbers[j]);
		pack_text(bytes, record->path);
		pack_text(bytes, record->source_line);
		pack_text(bytes, record->text);
		pack_text(bytes, record->help);
		pack_text(bytes, record->related_path);
	}
}

struct cursor {
	const unsigned char *at;
	size_t left;
	bool broken;
};

static uint32_t
unpack_u32(struct cursor *cursor)
{
	uint32_t value = 0;

	if (cursor->left < 4) {
		cursor->broken = true;
		return 0;
	}
	for (int i = 0; i < 4; i++)
		value |= (uint32_t)cursor->at[i] << (8 * i);
	cursor->at += 4;
	cursor->left -= 4;
	return value;
}

static char *
unpack_text(struct cursor *cursor)
{
	uint32_t size = unpack_u32(cursor);
	char *text;

	if (size == 0)
		return NULL;
	size--;
	if (cursor->left < size) {
		cursor->broken = true;
		return NULL;
	}
	text = mem_dup_len((const char *)cursor->at, size);
	cursor->at += size;
	cursor->left -= size;
	return text;
}

int
diag_unpack(struct diag *diag, const char *bytes, size_t size)
{
	struct cursor cursor = { (const unsigned char *)bytes, size, false };

	while (cursor.left > 0 && !cursor.broken) {
		struct diag_record record = { 0 };
		uint32_t code = unpack_u32(&cursor);
		uint32_t severity = unpack_u32(&cursor);

		record.line = unpack_u32(&cursor);
		record.column = unpack_u32(&cursor);
		record.column_utf16 = unpack_u32(&cursor);
		record.offset = unpack_u32(&cursor);
		record.len = unpack_u32(&cursor);
		record.related_line = unpack_u32(&cursor);
		record.related_column = unpack_u32(&cursor);
		record.path = unpack_text(&cursor);
		record.source_line = unpack_text(&cursor);
		record.text = unpack_text(&cursor);
		record.help = unpack_text(&cursor);
		record.related_path = unpack_text(&cursor);
		if (cursor.broken || code >= DIAG_COUNT ||
		    severity > DIAG_ERROR || record.text == NULL) {
			clear_record(&record);
			return -1;
		}
		record.code = (enum diag_code)code;
		record.severity = (enum diag_severity)severity;
		add_record(diag, &record);
	}
	return 0;
}
