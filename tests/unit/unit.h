/*
 * What every unit test shares: rows that print themselves when they fail, and
 * folders of files that vanish afterwards. Included by tests/unit/ only.
 * Invariant: a test goes through all its rows before it fails, so that one
 * run shows every wrong row.
 */
#ifndef VADE_UNIT_H
#define VADE_UNIT_H

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "base/source.h"

#define COUNT(rows) (sizeof(rows) / sizeof(*(rows)))

static int unit_failures; /* of the test under way */

static inline bool __attribute__((format(printf, 3, 4)))
unit_check(bool holds, int line, const char *format, ...)
{
	char text[1024];
	va_list args;

	if (holds)
		return true;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	print_error("line %d: %s\n", line, text);
	unit_failures++;
	return false;
}

/* A row, or a fact, that must hold; else what is printed names it. */
#define CHECK(holds, ...) unit_check((holds), __LINE__, __VA_ARGS__)

/* Two texts, of which NULL may be one, are equal. */
#define CHECK_TEXT(got, want, ...)                                             \
	unit_check_text((got), (want), __LINE__, __VA_ARGS__)

static inline bool __attribute__((format(printf, 4, 5))) unit_check_text(
    const char *got, const char *want, int line, const char *format, ...)
{
	char row[512];
	va_list args;

	if (got == want ||
	    (got != NULL && want != NULL && strcmp(got, want) == 0))
		return true;
	va_start(args, format);
	vsnprintf(row, sizeof(row), format, args);
	va_end(args);
	return unit_check(false, line, "%s: \"%s\", not \"%s\"", row,
	    got ? got : "(null)", want ? want : "(null)");
}

struct unit_case {
	void (*run)(void);
};

static inline void
unit_run(void **state)
{
	const struct unit_case *unit = *state;

	unit_failures = 0;
	unit->run();
	if (unit_failures > 0)
		fail_msg("%d wrong", unit_failures);
}

#define UNIT(function)                                                         \
	{                                                                      \
#function, unit_run, NULL, NULL, &(struct unit_case)           \
		{                                                              \
			function                                               \
		}                                                              \
	}

/* --- folders --- */

/* A new folder under $TMPDIR; the caller gives it to unit_remove. */
static inline char *
unit_folder_new(void)
{
	const char *top = getenv("TMPDIR");
	char *path = mem_format("%s/vade-unit-XXXXXX", top ? top : "/tmp");

	assert_non_null(mkdtemp(path));
	return path;
}

static inline int
unit_remove_one(const char *path, const struct stat *status, int kind,
    struct FTW *walk)
{
	(void)status;
	(void)kind;
	(void)walk;
	return remove(path);
}

/* Removes the folder with all in it, and frees its name. */
static inline void
unit_remove(char *path)
{
	nftw(path, unit_remove_one, 8, FTW_DEPTH | FTW_PHYS);
	free(path);
}

static inline void
unit_write_bytes(const char *folder, const char *name, const void *bytes,
    size_t size)
{
	char *path = mem_format("%s/%s", folder, name);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
	free(path);
}

static inline void
unit_write(const char *folder, const char *name, const char *text)
{
	unit_write_bytes(folder, name, text, strlen(text));
}

static inline void
unit_mkdir(const char *folder, const char *name)
{
	char *path = mem_format("%s/%s", folder, name);

	assert_int_equal(mkdir(path, 0777), 0);
	free(path);
}

static inline void
unit_symlink(const char *target, const char *folder, const char *name)
{
	char *path = mem_format("%s/%s", folder, name);

	assert_int_equal(symlink(target, path), 0);
	free(path);
}

/* --- diagnostics --- */

/* The codes reported so far, in order: "V0201 V0203"; "" if none. Lent until
 * the next call. */
static inline const char *
unit_codes(const struct diag *diag)
{
	static char codes[256];
	size_t used = 0;

	codes[0] = '\0';
	for (size_t i = 0; i < diag->count && used + 8 < sizeof(codes); i++)
		used += (size_t)snprintf(codes + used, sizeof(codes) - used,
		    "%s%s", i > 0 ? " " : "",
		    diag_rows[diag->records[i].code].code);
	return codes;
}

/* Adds a source of this text; its number is what sources_add_take gives. */
static inline uint32_t
unit_source(struct sources *sources, const char *path, const char *text)
{
	return sources_add_take(sources, mem_dup(path), mem_dup(text),
	    strlen(text));
}

#endif
