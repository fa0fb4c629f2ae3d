/* vade doctor: what this installation can do, and what is missing. */
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/buf.h"
#include "base/embed.h"
#include "cli/command.h"
#include "query/answer.h"
#include "format/pdf.h"
#include "publish/pdf_renderer.h"
#include "publish/valid_books_cache.h"

static bool
has_embedded(void)
{
	static const char *const names[] = { "docbook.rng", "manual.rng",
		"html.xsl", "vade.css", "select.lua", "prelude.lua" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (embedded_find(names[i]) == NULL)
			return false;
	return true;
}

/* The kernel call that keeps reads inside the project. */
static bool
has_openat2(void)
{
	struct open_how how = { .flags = O_PATH | O_CLOEXEC,
		.resolve = RESOLVE_BENEATH };
	int fd = (int)syscall(SYS_openat2, AT_FDCWD, ".", &how, sizeof(how));

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool
has_cache(void)
{
	struct valid_cache validity;
	bool has;

	valid_cache_open(&validity);
	has = validity.path != NULL;
	valid_cache_close(&validity);
	return has;
}

static const struct {
	bool (*check)(void);
	bool needed;
	enum words what;
	enum words cure;
} checks[] = {
	{ has_embedded, true, WORDS_EMBEDDED, WORDS_EMBEDDED_CURE },
	{ has_openat2, true, WORDS_OPENAT2, WORDS_OPENAT2_CURE },
	{ has_cache, false, WORDS_CACHE, WORDS_CACHE_CURE },
};

/* What is said: as lines, or as the objects of an array. */
struct telling {
	enum diag_language ui;
	json_t *array; /* NULL = lines */
};

/* STATE is "ok", "missing", what can be done without, or "failed"; a cure or
 * detail may be NULL. */
static void
tell(const struct telling *telling, const char *state, const char *what,
    const char *detail)
{
	static const char *const marks[][2] = { { "ok", "ok" },
		{ "missing", "--" }, { "failed", "!!" } };

	if (telling->array != NULL) {
		json_array_append_new(telling->array,
		    json_pack("{s:s, s:s, s:s?}", "state", state, "what", what,
			"detail", detail));
		return;
	}
	for (size_t i = 0; i < COUNT(marks); i++)
		if (strcmp(marks[i][0], state) == 0)
			printf("%s  %s\n", marks[i][1], what);
	if (detail != NULL)
		printf("    %s\n", detail);
}

/* --- the PDF engine --- */

/* The answer of pdf_try, in two lines. */
static void
tell_engine(const struct telling *telling, const struct typst_engine *engine,
    char *about)
{
	char *rest = about;
	const char *version = strsep(&rest, "\t");
	const char *node = rest == NULL ? "?" : strsep(&rest, "\t");
	scoped(buf_clear) struct buf detail = { 0 };

	buf_add_format(&detail,
	    "typst-ts-node-compiler %s, node %s: %s\n    %s: ", version, node,
	    engine->folder, words_say(telling->ui, WORDS_ENGINE_FONTS));
	while (rest != NULL)
		buf_add_format(&detail, "%s, ", strsep(&rest, "\t"));
	buf_add_text(&detail,
	    "Libertinus Serif, DejaVu Sans Mono, New Computer Modern");
	tell(telling, "ok", words_say(telling->ui, WORDS_ENGINE_WORKS),
	    buf_text(&detail));
}

/* Lays out a page, so that what is said is known. */
static int
try_engine(const struct telling *telling, const struct typst_engine *engine,
    struct diag *diag)
{
	struct renderers renderers = { 0 };
	scoped(buf_clear) struct buf about = { 0 };
	int rc = renderers_open(&renderers, engine, 1, diag);

	if (rc == 0)
		rc = renderers_ready(&renderers, 0, diag);
	if (rc == 0)
		rc = pdf_try(renderers_get(&renderers, 0), &about, diag);
	if (rc == 0)
		tell_engine(telling, engine, about.data);
	else
		tell(telling, "failed",
		    words_say(telling->ui, WORDS_ENGINE_BROKEN), NULL);
	renderers_close(&renderers);
	return rc;
}

static void
tell_missing(const struct telling *telling, const struct typst_engine *engine)
{
	owned char *what = words_format(telling->ui, WORDS_ENGINE_MISSING,
	    engine->folder != NULL ? "node" : "typst");

	tell(telling, "missing", what,
	    words_say(telling->ui, WORDS_ENGINE_CURE));
}

static int
check_engine(const struct telling *telling, struct diag *diag)
{
	struct typst_engine engine;
	int rc = 0;

	typst_engine_find(&engine);
	if (typst_engine_is_whole(&engine))
		rc = try_engine(telling, &engine, diag);
	else if (engine.unwanted)
		tell(telling, "missing",
		    words_say(telling->ui, WORDS_ENGINE_UNWANTED), NULL);
	else
		tell_missing(telling, &engine);
	typst_engine_clear(&engine);
	return rc;
}

static int
check_program(const struct telling *telling, struct diag *diag)
{
	int rc = 0;

	for (size_t i = 0; i < COUNT(checks); i++) {
		const char *what = words_say(telling->ui, checks[i].what);
		const char *cure = words_say(telling->ui, checks[i].cure);
		bool fine = checks[i].check();

		tell(telling,
		    fine                   ? "ok"
			: checks[i].needed ? "failed"
					   : "missing",
		    what, fine ? NULL : cure);
		if (!fine && checks[i].needed)
			rc = diag_report_path(diag, DIAG_SYSTEM, NULL, what,
			    cure, NULL);
	}
	return rc;
}

int
cmd_doctor(struct invocation *invocation, struct diag *diag)
{
	struct telling telling = { invocation->ui,
		invocation->json ? json_array() : NULL };
	int rc = check_program(&telling, diag);

	fflush(stdout);
	if (check_engine(&telling, diag) != 0)
		rc = -1;
	if (invocation->json)
		answer_print_json_take(telling.array);
	return rc;
}
