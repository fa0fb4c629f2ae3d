/* The forms in which diagnostics are shown: human, short, JSON, SARIF. */
#include "diag.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "text.h"
#include "words.h"

static int
compare_numbers(uint32_t a, uint32_t b)
{
	return (a > b) - (a < b);
}

static int
compare_records(const void *left, const void *right)
{
	const struct diag_record *a = left;
	const struct diag_record *b = right;
	int order = strcmp(a->path ? a->path : "", b->path ? b->path : "");

	if (order == 0)
		order = (a->code == DIAG_MORE) - (b->code == DIAG_MORE);
	if (order == 0)
		order = compare_numbers(a->line, b->line);
	if (order == 0)
		order = compare_numbers(a->column, b->column);
	if (order == 0)
		order =
		    strcmp(diag_rows[a->code].code, diag_rows[b->code].code);
	return order != 0 ? order : strcmp(a->text, b->text);
}

/* Cells before byte `to` of a line; a tab counts as one, it is shown so. */
static size_t
count_cells(const char *line, size_t size, size_t to)
{
	return text_width(line, to < size ? to : size);
}

/* A line as it stands, but for bytes that could write over a terminal: the
 * caret below must fall under what is shown. */
static void
print_clean(FILE *out, const char *line, size_t size)
{
	for (size_t i = 0; i < size;) {
		uint32_t c;
		size_t len = text_decode(line + i, size - i, &c);

		if (len == 1 && (line[i] & 0x80) != 0)
			fputc('?', out);
		else if (text_is_control(c))
			fputc(' ', out);
		else
			fwrite(line + i, 1, len, out);
		i += len;
	}
}

static void
print_source_line(FILE *out, const struct diag_record *record)
{
	const char *line = record->source_line;
	size_t size = strlen(line);
	size_t at = record->before;
	bool cut_before = (record->cut & DIAG_CUT_BEFORE) != 0;
	size_t marks;

	fprintf(out, "%5u | %s", record->line, cut_before ? "…" : "");
	print_clean(out, line, size);
	fprintf(out, "%s\n      | %*s",
	    record->cut & DIAG_CUT_BEHIND ? "…" : "",
	    (int)(count_cells(line, size, at) + cut_before), "");
	marks = count_cells(line + at, size - at, record->len);
	fputc('^', out);
	for (size_t i = 1; i < marks; i++)
		fputc('~', out);
	fputc('\n', out);
}

static void
print_human(FILE *out, const struct diag_record *record,
    enum diag_language language, bool colour)
{
	static const char *const paint[] = { "\033[36m", "\033[33m",
		"\033[31m" };
	const char *start = colour ? paint[record->severity] : "";
	const char *bold = colour ? "\033[1m" : "";
	const char *end = colour ? "\033[0m" : "";

	if (record->path != NULL)
		fprintf(out, "%s:", record->path);
	if (record->line != 0)
		fprintf(out, "%u:%u:", record->line, record->column);
	fprintf(out, "%s%s%s:%s %s%s%s [%s]\n",
	    record->path ? " " : "vade: ", start,
	    words_say(language, WORDS_NOTE + record->severity), end, bold,
	    record->text, end, diag_rows[record->code].code);
	if (record->source_line != NULL)
		print_source_line(out, record);
	if (record->related_path != NULL)
		fprintf(out, "      = %s: %s:%u:%u\n",
		    words_say(language, WORDS_SEE_ALSO), record->related_path,
		    record->related_line, record->related_column);
	if (record->help != NULL)
		fprintf(out, "      = %s: %s\n",
		    words_say(language, WORDS_HELP), record->help);
}

static void
print_short(FILE *out, const struct diag_record *record,
    enum diag_language language)
{
	if (record->path != NULL)
		fprintf(out, "%s:", record->path);
	if (record->line != 0)
		fprintf(out, "%u:%u:", record->line, record->column);
	fprintf(out, "%s%s: %s [%s]\n", record->path ? " " : "vade: ",
	    words_say(language, WORDS_NOTE + record->severity), record->text,
	    diag_rows[record->code].code);
}

static json_t *
text_or_null(const char *text)
{
	return text == NULL ? json_null() : json_string(text);
}

static void
dump_line(FILE *out, json_t *object)
{
	owned char *text = json_dumps(object, JSON_COMPACT);

	fprintf(out, "%s\n", text ? text : "{}");
	json_decref(object);
}

static void
print_json(FILE *out, const struct diag_record *record)
{
	json_t *related = record->related_path == NULL
	    ? json_null()
	    : json_pack("{s:s, s:i, s:i}", "path", record->related_path, "line",
		  (int)record->related_line, "column",
		  (int)record->related_column);

	dump_line(out,
	    json_pack("{s:s, s:s, s:s, s:o, s:i, s:i, s:i, s:i, s:i, s:o, "
		      "s:o, s:i}",
		"code", diag_rows[record->code].code, "severity",
		words_say(DIAG_EN, WORDS_NOTE + record->severity), "text",
		record->text, "path", text_or_null(record->path), "line",
		(int)record->line, "column", (int)record->column,
		"column_utf16", (int)record->column_utf16, "offset",
		(int)record->offset, "length", (int)record->len, "help",
		text_or_null(record->help), "related", related, "status",
		diag_rows[record->code].status));
}

static json_t *
sarif_result(const struct diag_record *record)
{
	json_t *result = json_pack("{s:s, s:s, s:{s:s}}", "ruleId",
	    diag_rows[record->code].code, "level",
	    words_say(DIAG_EN, WORDS_NOTE + record->severity), "message",
	    "text", record->text);

	if (record->path == NULL)
		return result;
	json_object_set_new(result, "locations",
	    json_pack("[{s:{s:{s:s}, s:{s:i, s:i}}}]", "physicalLocation",
		"artifactLocation", "uri", record->path, "region", "startLine",
		record->line ? (int)record->line : 1, "startColumn",
		record->column_utf16 ? (int)record->column_utf16 : 1));
	return result;
}

static void
print_sarif(FILE *out, const struct diag *diag)
{
	json_t *results = json_array();

	for (size_t i = 0; i < diag->count; i++)
		json_array_append_new(results, sarif_result(&diag->records[i]));
	dump_line(out,
	    json_pack("{s:s, s:s, s:[{s:{s:{s:s}}, s:o}]}", "$schema",
		"https://json.schemastore.org/sarif-2.1.0.json", "version",
		"2.1.0", "runs", "tool", "driver", "name", "vade", "results",
		results));
}

void
diag_print(struct diag *diag, FILE *out, enum diag_format format, bool colour)
{
	diag_tell_rest(diag);
	if (diag->count > 1)
		qsort(diag->records, diag->count, sizeof(*diag->records),
		    compare_records);
	if (format == DIAG_SARIF) {
		print_sarif(out, diag);
		return;
	}
	for (size_t i = 0; i < diag->count; i++) {
		const struct diag_record *record = &diag->records[i];

		if (format == DIAG_JSON)
			print_json(out, record);
		else if (format == DIAG_SHORT)
			print_short(out, record, diag->language);
		else
			print_human(out, record, diag->language, colour);
	}
}
