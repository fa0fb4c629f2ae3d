/* base/diag: what is reported, kept, packed and printed. */
#include "unit.h"

#include <stddef.h>

#include <jansson.h>

struct world {
	struct sources sources;
	struct diag diag;
};

static const char line_text[] = "<para audience=\"firre ñu\">x</para>\n";

/* Source 1 has the misspelt token at offset 16, source 2 is the axes file. */
static void
world_init(struct world *world)
{
	memset(world, 0, sizeof(*world));
	unit_source(&world->sources, "en/a.xml", line_text);
	unit_source(&world->sources, "axes.xml", "<axes>\n  <axis/>\n</axes>");
	world->diag.sources = &world->sources;
}

static void
world_clear(struct world *world)
{
	diag_clear(&world->diag);
	sources_clear(&world->sources);
}

static void
report_token(struct world *world)
{
	diag_report_related(&world->diag, DIAG_TOKEN_UNKNOWN,
	    (struct place){ 1, 16, 5 }, (struct place){ 2, 9, 0 }, "firre",
	    "role", "fire", NULL);
}

static void
every_row_of_the_catalogue_is_whole(void)
{
	for (int i = 0; i < DIAG_COUNT; i++) {
		const struct diag_row *row = &diag_rows[i];

		CHECK(strlen(row->code) == 5 && row->code[0] == 'V' &&
			strspn(row->code + 1, "0123456789") == 4,
		    "code %s", row->code);
		for (int j = 0; j < i; j++)
			CHECK(strcmp(diag_rows[j].code, row->code) != 0,
			    "%s is there twice", row->code);
		CHECK(row->status == 1 || row->status == 2 ||
			row->status == 3 || row->status == 4 ||
			row->status == 70,
		    "%s: status %d", row->code, row->status);
		for (int lang = 0; lang < DIAG_LANGUAGES; lang++) {
			CHECK(row->text[lang][0] != '\0', "%s: text",
			    row->code);
			CHECK(row->explain[lang][0] != '\0', "%s: explanation",
			    row->code);
		}
		CHECK((row->help[DIAG_EN][0] == '\0') ==
			(row->help[DIAG_ES][0] == '\0'),
		    "%s: help in one language only", row->code);
		for (char n = '0'; n < '4'; n++) {
			char mark[] = { '{', n, '}', '\0' };

			CHECK(!strstr(row->text[DIAG_EN], mark) ==
				!strstr(row->text[DIAG_ES], mark),
			    "%s: %s in one language only", row->code, mark);
		}
		CHECK(diag_find(row->code) == (enum diag_code)i, "find %s",
		    row->code);
	}
}

static void
find_takes_any_case(void)
{
	CHECK(diag_find("v0201") == DIAG_TOKEN_UNKNOWN, "lower case");
	CHECK(diag_find("V0201") == DIAG_TOKEN_UNKNOWN, "upper case");
	CHECK(diag_find("V0000") == DIAG_COUNT, "no such code");
	CHECK(diag_find("V020") == DIAG_COUNT, "a part of one");
	CHECK(diag_find("") == DIAG_COUNT, "nothing");
}

static void
report_fills_a_record(void)
{
	struct world world;
	const struct diag_record *record;

	world_init(&world);
	report_token(&world);
	assert_int_equal(world.diag.count, 1);
	record = &world.diag.records[0];
	CHECK_TEXT(record->path, "en/a.xml", "path");
	CHECK(record->line == 1 && record->column == 17 &&
		record->column_utf16 == 17 && record->offset == 16 &&
		record->len == 5,
	    "%u:%u", record->line, record->column);
	CHECK_TEXT(record->source_line, "<para audience=\"firre ñu\">x</para>",
	    "line");
	CHECK_TEXT(record->text, "axes.xml has no role \"firre\"", "text");
	CHECK_TEXT(record->help, "did you mean fire?", "help");
	CHECK_TEXT(record->related_path, "axes.xml", "related");
	CHECK(record->related_line == 2 && record->related_column == 3,
	    "related %u:%u", record->related_line, record->related_column);
	CHECK(record->severity == DIAG_ERROR, "severity");
	world_clear(&world);
}

static void
report_speaks_spanish(void)
{
	struct world world;

	world_init(&world);
	world.diag.language = DIAG_ES;
	report_token(&world);
	CHECK_TEXT(world.diag.records[0].text,
	    "«firre» no figura entre los valores de role en axes.xml", "text");
	CHECK_TEXT(world.diag.records[0].help, "¿quería decir fire?", "help");
	world_clear(&world);
}

static void
help_without_its_argument_is_left_out(void)
{
	struct world world;

	world_init(&world);
	diag_report(&world.diag, DIAG_TOKEN_UNKNOWN, (struct place){ 1, 0, 0 },
	    "x", "role", NULL);
	CHECK_TEXT(world.diag.records[0].help, NULL, "help");
	CHECK_TEXT(world.diag.records[0].related_path, NULL, "related");
	world_clear(&world);
}

static void
reports_always_fail(void)
{
	struct world world;
	struct place place = { 1, 0, 0 };

	world_init(&world);
	CHECK(diag_report(&world.diag, DIAG_AXIS_UNCLAIMED, place, "os",
		  NULL) == -1,
	    "report");
	CHECK(diag_report_related(&world.diag, DIAG_AXIS_UNCLAIMED, place,
		  place, "os", NULL) == -1,
	    "related, a duplicate");
	CHECK(diag_report_path(&world.diag, DIAG_FILE_MISSING, "b.xml", "b.xml",
		  NULL) == -1,
	    "path");
	world.diag.allowed[DIAG_AXIS_UNCLAIMED] = true;
	CHECK(diag_report(&world.diag, DIAG_AXIS_UNCLAIMED, place, "arch",
		  NULL) == -1,
	    "allowed");
	world_clear(&world);
}

/* Arguments are what hostile sources make them. */
static void
arguments_are_made_harmless(void)
{
	static const struct {
		const char *argument;
		const char *text;
	} rows[] = {
		{ "b.xml", "b.xml does not exist" },
		{ "", " does not exist" },
		{ "ñu 🚒", "ñu 🚒 does not exist" },
		{ "{1}{0}%s%n", "{1}{0}%s%n does not exist" },
		{ "a\033[31mb", "a?[31mb does not exist" },
		{ "a\nb\tc\rd\x7f", "a?b?c?d? does not exist" },
		{ "a\xc2\x9b"
		  "31m",
		    "a?31m does not exist" },
		{ "a\xe2\x80\xae"
		  "b",
		    "a?b does not exist" },
		{ "a\xff\xc3", "a?? does not exist" },
		{ "\xed\xa0\x80", "??? does not exist" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct diag diag = { 0 };

		diag_report_path(&diag, DIAG_FILE_MISSING, rows[i].argument,
		    rows[i].argument, NULL);
		CHECK_TEXT(diag.records[0].text, rows[i].text, "row %zu", i);
		CHECK(strncmp(diag.records[0].path, rows[i].text,
			  strlen(diag.records[0].path)) == 0,
		    "row %zu: path %s", i, diag.records[0].path);
		diag_clear(&diag);
	}
}

static void
the_same_is_reported_once(void)
{
	struct world world;
	struct diag *diag = &world.diag;

	world_init(&world);
	report_token(&world);
	report_token(&world);
	CHECK(diag->count == 1, "the same: %zu", diag->count);
	diag_report(diag, DIAG_TOKEN_UNKNOWN, (struct place){ 1, 17, 5 },
	    "firre", "role", "fire", NULL);
	CHECK(diag->count == 2, "another place: %zu", diag->count);
	diag_report(diag, DIAG_TOKEN_UNKNOWN, (struct place){ 1, 16, 5 },
	    "firre", "level", NULL);
	CHECK(diag->count == 3, "another text: %zu", diag->count);
	diag_report(diag, DIAG_TOKEN_UNKNOWN, (struct place){ 2, 16, 5 },
	    "firre", "role", NULL);
	CHECK(diag->count == 4, "another file: %zu", diag->count);
	diag_report_path(diag, DIAG_FILE_MISSING, "a", "a", NULL);
	diag_report_path(diag, DIAG_FILE_MISSING, "a", "a", NULL);
	diag_report_path(diag, DIAG_FILE_MISSING, "b", "a", NULL);
	diag_report_path(diag, DIAG_FILE_MISSING, NULL, "a", NULL);
	CHECK(diag->count == 7, "paths: %zu", diag->count);
	world_clear(&world);
	CHECK(diag->count == 0 && diag->records == NULL, "cleared");
}

static void
status_is_the_worst_error(void)
{
	static const struct {
		enum diag_code codes[4];
		size_t count;
		bool deny_warnings;
		bool deny_code;
		bool allow_code;
		int status;
		size_t records;
	} rows[] = {
		{ { 0 }, 0, false, false, false, 0, 0 },
		{ { DIAG_AXIS_UNCLAIMED }, 1, false, false, false, 0, 1 },
		{ { DIAG_AXIS_UNCLAIMED }, 1, true, false, false, 1, 1 },
		{ { DIAG_AXIS_UNCLAIMED }, 1, false, true, false, 1, 1 },
		{ { DIAG_AXIS_UNCLAIMED }, 1, false, false, true, 0, 0 },
		{ { DIAG_AXIS_UNCLAIMED }, 1, true, true, true, 0, 0 },
		{ { DIAG_FILE_MISSING }, 1, false, false, false, 1, 1 },
		/* an error cannot be allowed */
		{ { DIAG_FILE_MISSING }, 1, false, false, true, 1, 1 },
		{ { DIAG_FILE_MISSING, DIAG_USAGE }, 2, false, false, false, 2,
		    2 },
		{ { DIAG_USAGE, DIAG_FILE_UNREADABLE }, 2, false, false, false,
		    3, 2 },
		{ { DIAG_FILE_UNREADABLE, DIAG_FILE_OUTSIDE }, 2, false, false,
		    false, 4, 2 },
		{ { DIAG_FILE_OUTSIDE, DIAG_BUG, DIAG_USAGE }, 3, false, false,
		    false, 70, 3 },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct diag diag = { .deny_warnings = rows[i].deny_warnings };

		for (size_t j = 0; j < rows[i].count; j++) {
			diag.denied[rows[i].codes[j]] = rows[i].deny_code;
			diag.allowed[rows[i].codes[j]] = rows[i].allow_code;
			diag_report_path(&diag, rows[i].codes[j], "p", "a", "b",
			    NULL);
		}
		CHECK(diag_status(&diag) == rows[i].status,
		    "row %zu: status %d, not %d", i, diag_status(&diag),
		    rows[i].status);
		CHECK(diag.count == rows[i].records, "row %zu: %zu records", i,
		    diag.count);
		diag_clear(&diag);
	}
}

static void
count_is_by_severity(void)
{
	struct diag diag = { 0 };

	diag_report_path(&diag, DIAG_AXIS_UNCLAIMED, "p", "os", NULL);
	diag_report_path(&diag, DIAG_AXIS_UNCLAIMED, "p", "arch", NULL);
	diag_report_path(&diag, DIAG_FILE_MISSING, "p", "a", NULL);
	CHECK(diag_count(&diag, DIAG_WARNING) == 2, "warnings");
	CHECK(diag_count(&diag, DIAG_ERROR) == 1, "errors");
	CHECK(diag_count(&diag, DIAG_NOTE) == 0, "notes");
	diag_clear(&diag);
}

/* --- packing --- */

/* One record with everything, one with nothing but its text. */
static void
fill_two(struct world *world)
{
	world_init(world);
	report_token(world);
	diag_report_path(&world->diag, DIAG_AXIS_UNCLAIMED, NULL, "ñ", NULL);
	world->diag.records[1].severity = DIAG_NOTE;
}

static void
check_same_record(const struct diag_record *a, const struct diag_record *b)
{
	CHECK(a->code == b->code && a->severity == b->severity &&
		a->line == b->line && a->column == b->column &&
		a->column_utf16 == b->column_utf16 && a->offset == b->offset &&
		a->len == b->len && a->related_line == b->related_line &&
		a->related_column == b->related_column,
	    "numbers of %s", a->text);
	CHECK_TEXT(a->path, b->path, "path");
	CHECK_TEXT(a->source_line, b->source_line, "line");
	CHECK_TEXT(a->text, b->text, "text");
	CHECK_TEXT(a->help, b->help, "help");
	CHECK_TEXT(a->related_path, b->related_path, "related");
}

static void
pack_and_unpack_give_the_same(void)
{
	struct world world;
	struct buf bytes = { 0 };
	struct diag back = { 0 };

	fill_two(&world);
	diag_pack(&world.diag, &bytes);
	CHECK(diag_unpack(&back, bytes.data, bytes.size) == 0, "unpack");
	assert_int_equal(back.count, 2);
	check_same_record(&back.records[0], &world.diag.records[0]);
	check_same_record(&back.records[1], &world.diag.records[1]);
	CHECK(diag_unpack(&back, bytes.data, bytes.size) == 0 &&
		back.count == 2,
	    "the same again adds nothing: %zu", back.count);
	CHECK(diag_unpack(&back, "", 0) == 0, "nothing is nothing");
	buf_clear(&bytes);
	diag_clear(&back);
	world_clear(&world);
}

static void
truncated_bytes_are_refused(void)
{
	struct world world;
	struct buf bytes = { 0 };
	size_t first;

	fill_two(&world);
	world.diag.count = 1;
	diag_pack(&world.diag, &bytes);
	first = bytes.size;
	buf_clear(&bytes);
	world.diag.count = 2;
	diag_pack(&world.diag, &bytes);
	for (size_t size = 1; size < bytes.size; size++) {
		/* Exactly as many bytes as there are, for the sanitizer. */
		char *cut = mem_dup_len(bytes.data, size);
		struct diag back = { 0 };
		int rc = diag_unpack(&back, cut, size);

		CHECK(rc == (size == first ? 0 : -1), "%zu of %zu bytes: %d",
		    size, bytes.size, rc);
		diag_clear(&back);
		free(cut);
	}
	buf_clear(&bytes);
	world_clear(&world);
}

static void
forged_bytes_are_refused(void)
{
	/* A code, the record, then the sizes of its path, line and text. */
	enum {
		SEVERITY = 4 + offsetof(struct diag_record, severity),
		PATH = 4 + sizeof(struct diag_record),
		TEXT = PATH + 8
	};
	static const struct {
		size_t at; /* where four bytes are forged */
		uint32_t value;
		int rc;
	} rows[] = {
		{ 0, DIAG_COUNT - 1, 0 }, { 0, DIAG_COUNT, -1 },
		{ 0, 0xffffffff, -1 }, { SEVERITY, DIAG_ERROR, 0 },
		{ SEVERITY, DIAG_ERROR + 1, -1 },
		{ PATH, 0xffffffff, -1 }, /* longer than what is left */
		{ PATH, 1000, -1 }, { TEXT, 0, -1 }, /* none */
	};
	struct diag diag = { 0 };
	struct buf bytes = { 0 };

	diag_report_path(&diag, DIAG_BUG, NULL, "a", "b", NULL);
	diag_pack(&diag, &bytes);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct diag back = { 0 };
		char *copy = mem_dup_len(bytes.data, bytes.size);

		for (size_t j = 0; j < 4; j++)
			copy[rows[i].at + j] = (char)(rows[i].value >> (8 * j));
		CHECK(diag_unpack(&back, copy, bytes.size) == rows[i].rc,
		    "row %zu", i);
		diag_clear(&back);
		free(copy);
	}
	buf_clear(&bytes);
	diag_clear(&diag);
}

/* --- printing --- */

static char *
print(struct diag *diag, enum diag_format format, bool colour)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	diag_print(diag, out, format, colour);
	fclose(out);
	return text;
}

static void
human_shows_line_and_caret(void)
{
	struct world world;
	char *text;

	world_init(&world);
	report_token(&world);
	text = print(&world.diag, DIAG_HUMAN, false);
	CHECK_TEXT(text,
	    "en/a.xml:1:17: error: axes.xml has no role \"firre\" [V0201]\n"
	    "    1 | <para audience=\"firre ñu\">x</para>\n"
	    "      |                 ^~~~~\n"
	    "      = see also: axes.xml:2:3\n"
	    "      = help: did you mean fire?\n",
	    "human");
	free(text);
	world_clear(&world);
}

static void
human_speaks_spanish(void)
{
	struct world world;
	char *text;

	world_init(&world);
	world.diag.language = DIAG_ES;
	report_token(&world);
	diag_report_path(&world.diag, DIAG_AXIS_UNCLAIMED, "b", "os", NULL);
	text = print(&world.diag, DIAG_HUMAN, false);
	CHECK(strstr(text, "      = véase también: axes.xml:2:3\n") != NULL &&
		strstr(text, "      = remedio: ¿quería decir fire?\n") !=
		    NULL &&
		strstr(text, "b: aviso: ") != NULL,
	    "%s", text);
	free(text);
	world_clear(&world);
}

static void
human_without_a_place_names_the_program(void)
{
	struct diag diag = { 0 };
	char *text;

	diag_report_path(&diag, DIAG_NOTHING_TO_BUILD, NULL, NULL);
	text = print(&diag, DIAG_HUMAN, false);
	CHECK(strncmp(text, "vade: error: nothing matches ", 29) == 0, "%s",
	    text);
	free(text);
	diag_clear(&diag);
}

static void
colour_is_only_where_it_was_asked_for(void)
{
	struct diag diag = { 0 };
	char *plain;
	char *painted;

	diag_report_path(&diag, DIAG_FILE_MISSING, "b.xml", "b.xml", NULL);
	plain = print(&diag, DIAG_HUMAN, false);
	painted = print(&diag, DIAG_HUMAN, true);
	CHECK(strchr(plain, '\033') == NULL, "plain");
	CHECK(strncmp(painted, "b.xml: \033[31merror:\033[0m ", 22) == 0,
	    "painted: %s", painted);
	free(plain);
	free(painted);
	diag_clear(&diag);
}

/* The caret stands under the mark, whatever stands before it. */
static void
caret_stands_under_the_mark(void)
{
	static const struct {
		const char *line;
		const char *mark;
		const char *shown;
		const char *caret;
	} rows[] = {
		{ "<a b='x'/>", "x", "<a b='x'/>", "      ^" },
		{ "\t<a b='x'/>", "x", " <a b='x'/>", "       ^" },
		{ "<ñ b='xy'/>", "xy", "<ñ b='xy'/>", "      ^~" },
		{ "<a b='n\xcc\x83 x'/>", "x", "<a b='n\xcc\x83 x'/>",
		    "        ^" },
		{ "<a b='中 x'/>", "x", "<a b='中 x'/>", "         ^" },
		{ "<a b='中中'/>", "中中", "<a b='中中'/>", "      ^~~~" },
		{ "a\033[2Jx", "x", "a [2Jx", "     ^" },
		{ "a\xc2\x9b"
		  "2Jx",
		    "x", "a 2Jx", "    ^" },
		{ "a\xe2\x80\xaex", "x", "a x", "  ^" },
		{ "a\xff\xfex", "x", "a??x", "   ^" },
		{ "abc\r", "c", "abc", "  ^" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sources sources = { 0 };
		struct diag diag = { .sources = &sources };
		uint32_t file = unit_source(&sources, "a", rows[i].line);
		const char *mark = strstr(rows[i].line, rows[i].mark);
		char *want = mem_format("\n    1 | %s\n      | %s\n",
		    rows[i].shown, rows[i].caret);
		char *text;

		diag_report(&diag, DIAG_ID_DUPLICATE,
		    (struct place){ file, (uint32_t)(mark - rows[i].line),
			(uint32_t)strlen(rows[i].mark) },
		    "x", NULL);
		text = print(&diag, DIAG_HUMAN, false);
		CHECK(strstr(text, want) != NULL, "row %zu:\n%s\nnot%s", i,
		    text, want);
		free(text);
		free(want);
		diag_clear(&diag);
		sources_clear(&sources);
	}
}

static void
long_lines_are_cut_around_the_mark(void)
{
	struct sources sources = { 0 };
	struct diag diag = { .sources = &sources };
	struct buf line = { 0 };
	char *text;
	char *shown;
	char *caret;

	for (int i = 0; i < 500; i++)
		buf_add_text(&line, "ñ");
	buf_add_text(&line, "X");
	for (int i = 0; i < 500; i++)
		buf_add_text(&line, "ñ");
	diag_report(&diag, DIAG_ID_DUPLICATE,
	    (struct place){ unit_source(&sources, "a", buf_text(&line)), 1000,
		1 },
	    "x", NULL);
	text = print(&diag, DIAG_HUMAN, false);
	shown = strstr(text, "    1 | …");
	assert_non_null(shown);
	CHECK(strcspn(shown, "\n") < 200, "%s", text);
	caret = strchr(shown, '\n') + 1;
	/* 30 two-byte characters before it, after the sign of the cut. */
	CHECK(strncmp(caret, "      | ", 8) == 0 &&
		strspn(caret + 8, " ") == 31 && caret[8 + 31] == '^',
	    "%s", text);
	CHECK(strstr(shown, "…\n") != NULL, "cut on the right: %s", text);
	free(text);
	buf_clear(&line);
	diag_clear(&diag);
	sources_clear(&sources);
}

/* 25 at 25 places: 20 have a record, the rest a count, in another process
 * too, where the same from two workers is no more than once. */
static void
many_of_a_kind_are_counted(void)
{
	struct sources sources = { 0 };
	struct diag diag = { .sources = &sources };
	struct diag back = { 0 };
	struct buf bytes = { 0 };
	uint32_t file = unit_source(&sources, "a.xml",
	    "a line that is long enough for twenty-five places");

	for (uint32_t i = 0; i < 25; i++)
		for (int twice = 0; twice < 2; twice++)
			diag_report(&diag, DIAG_ID_DUPLICATE,
			    (struct place){ file, i, 1 }, "x", NULL);
	diag_report(&diag, DIAG_ID_RESERVED, (struct place){ file, 3, 1 }, "x",
	    NULL);
	CHECK(diag.count == 21, "%zu records", diag.count);
	diag_pack(&diag, &bytes);
	for (int worker = 0; worker < 2; worker++)
		CHECK(diag_unpack(&back, bytes.data, bytes.size) == 0, "read");
	CHECK(back.count == 21, "%zu records came", back.count);
	diag_tell_rest(&back);
	assert_int_equal(back.count, 22);
	CHECK(back.records[21].code == DIAG_MORE, "%s", back.records[21].text);
	CHECK_TEXT(back.records[21].text,
	    "5 more of V0114 in this file are not shown", "text");
	CHECK_TEXT(back.records[21].path, "a.xml", "path");
	buf_clear(&bytes);
	diag_clear(&diag);
	diag_clear(&back);
	sources_clear(&sources);
}

static void
short_is_one_line_each_in_order(void)
{
	struct world world;
	char *text;

	world_init(&world);
	diag_report_path(&world.diag, DIAG_FILE_MISSING, "z.xml", "z.xml",
	    NULL);
	diag_report(&world.diag, DIAG_ID_DUPLICATE, (struct place){ 2, 9, 0 },
	    "b", NULL);
	report_token(&world);
	diag_report(&world.diag, DIAG_ID_DUPLICATE, (struct place){ 2, 9, 0 },
	    "a", NULL);
	diag_report(&world.diag, DIAG_ID_DUPLICATE, (struct place){ 2, 12, 0 },
	    "0", NULL);
	diag_report(&world.diag, DIAG_ID_DUPLICATE, (struct place){ 2, 0, 0 },
	    "c", NULL);
	diag_report_path(&world.diag, DIAG_NOTHING_TO_BUILD, NULL, NULL);
	text = print(&world.diag, DIAG_SHORT, false);
	CHECK_TEXT(text,
	    "vade: error: nothing matches --handbook, --shelf, --role and "
	    "--lang [V0408]\n"
	    "axes.xml:1:1: error: xml:id c is used twice [V0114]\n"
	    "axes.xml:2:3: error: xml:id a is used twice [V0114]\n"
	    "axes.xml:2:3: error: xml:id b is used twice [V0114]\n"
	    "axes.xml:2:6: error: xml:id 0 is used twice [V0114]\n"
	    "en/a.xml:1:17: error: axes.xml has no role \"firre\" [V0201]\n"
	    "z.xml: error: z.xml does not exist [V0101]\n",
	    "short");
	free(text);
	world_clear(&world);
}

static void
json_is_one_object_a_line(void)
{
	struct world world;
	json_t *object;
	char *text;

	world_init(&world);
	report_token(&world);
	text = print(&world.diag, DIAG_JSON, false);
	CHECK(strchr(text, '\n') == text + strlen(text) - 1, "one line");
	object = json_loads(text, 0, NULL);
	assert_non_null(object);
#define TEXT(key) json_string_value(json_object_get(object, key))
#define NUMBER(key) json_integer_value(json_object_get(object, key))
	CHECK_TEXT(TEXT("code"), "V0201", "code");
	CHECK_TEXT(TEXT("severity"), "error", "severity");
	CHECK_TEXT(TEXT("path"), "en/a.xml", "path");
	CHECK_TEXT(TEXT("help"), "did you mean fire?", "help");
	CHECK(NUMBER("line") == 1 && NUMBER("column") == 17 &&
		NUMBER("offset") == 16 && NUMBER("length") == 5 &&
		NUMBER("status") == 1,
	    "numbers: %s", text);
	CHECK_TEXT(json_string_value(json_object_get(
		       json_object_get(object, "related"), "path")),
	    "axes.xml", "related");
	json_decref(object);
	free(text);
	world_clear(&world);
}

static void
json_survives_any_bytes(void)
{
	struct diag diag = { 0 };
	json_t *object;
	char *text;

	diag_report_path(&diag, DIAG_FILE_MISSING, "a\xff\"\n", "\xff\\\"",
	    NULL);
	text = print(&diag, DIAG_JSON, false);
	object = json_loads(text, 0, NULL);
	assert_non_null(object);
	CHECK_TEXT(TEXT("code"), "V0101", "code");
	CHECK_TEXT(TEXT("path"), "a?\"?", "path");
	CHECK_TEXT(TEXT("text"), "?\\\" does not exist", "text");
	CHECK(json_is_null(json_object_get(object, "help")) == 0, "help");
	CHECK(json_is_null(json_object_get(object, "related")), "related");
	json_decref(object);
	free(text);
	diag_clear(&diag);
}

static void
sarif_is_one_document(void)
{
	struct world world;
	json_t *object;
	const json_t *results;
	const json_t *region;
	char *text;

	world_init(&world);
	report_token(&world);
	diag_report_path(&world.diag, DIAG_NOTHING_TO_BUILD, NULL, NULL);
	diag_report_path(&world.diag, DIAG_AXIS_UNCLAIMED, "\xff", "os", NULL);
	text = print(&world.diag, DIAG_SARIF, false);
	object = json_loads(text, 0, NULL);
	assert_non_null(object);
	CHECK_TEXT(TEXT("version"), "2.1.0", "version");
	results = json_object_get(
	    json_array_get(json_object_get(object, "runs"), 0), "results");
	assert_int_equal(json_array_size(results), 3);
	CHECK(json_object_get(json_array_get(results, 0), "locations") == NULL,
	    "no place, no location");
	CHECK_TEXT(json_string_value(
		       json_object_get(json_array_get(results, 1), "level")),
	    "warning", "level");
	region = json_object_get(
	    json_object_get(
		json_array_get(
		    json_object_get(json_array_get(results, 2), "locations"),
		    0),
		"physicalLocation"),
	    "region");
	CHECK(json_integer_value(json_object_get(region, "startColumn")) == 17,
	    "column: %s", text);
	json_decref(object);
	free(text);
	world_clear(&world);
}

static void
sarif_of_nothing_has_no_results(void)
{
	struct diag diag = { 0 };
	char *text = print(&diag, DIAG_SARIF, false);

	CHECK(strstr(text, "\"results\":[]") != NULL, "%s", text);
	free(text);
	text = print(&diag, DIAG_JSON, false);
	CHECK_TEXT(text, "", "json of nothing");
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(every_row_of_the_catalogue_is_whole),
		UNIT(find_takes_any_case),
		UNIT(report_fills_a_record),
		UNIT(report_speaks_spanish),
		UNIT(help_without_its_argument_is_left_out),
		UNIT(reports_always_fail),
		UNIT(arguments_are_made_harmless),
		UNIT(the_same_is_reported_once),
		UNIT(status_is_the_worst_error),
		UNIT(count_is_by_severity),
		UNIT(pack_and_unpack_give_the_same),
		UNIT(truncated_bytes_are_refused),
		UNIT(forged_bytes_are_refused),
		UNIT(human_shows_line_and_caret),
		UNIT(human_speaks_spanish),
		UNIT(human_without_a_place_names_the_program),
		UNIT(colour_is_only_where_it_was_asked_for),
		UNIT(caret_stands_under_the_mark),
		UNIT(long_lines_are_cut_around_the_mark),
		UNIT(many_of_a_kind_are_counted),
		UNIT(short_is_one_line_each_in_order),
		UNIT(json_is_one_object_a_line),
		UNIT(json_survives_any_bytes),
		UNIT(sarif_is_one_document),
		UNIT(sarif_of_nothing_has_no_results),
	};

	return cmocka_run_group_tests_name("base/diag", tests, NULL, NULL);
}
