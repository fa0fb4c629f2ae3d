/* vade doctor: what this installation can do, and what is missing. */
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/list.h"
#include "base/buf.h"
#include "base/embed.h"
#include "cli/command.h"
#include "query/answer.h"
#include "format/pdf.h"
#include "load/xml.h"
#include "publish/renderer.h"
#include "publish/valid_cache.h"

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
	const char *what[DIAG_LANGUAGES];
	const char *cure[DIAG_LANGUAGES];
} checks[] = {
	{ has_embedded, true,
	    { "stylesheets, schemas and rules are part of the program",
		"hojas de estilo, esquemas y reglas están en el programa" },
	    { "build vade again: make clean all",
		"vuelva a compilar vade: make clean all" } },
	{ has_openat2, true,
	    { "reads are kept inside the project (openat2)",
		"las lecturas quedan dentro del proyecto (openat2)" },
	    { "Linux 5.6 or later is needed",
		"hace falta Linux 5.6 o posterior" } },
	{ has_cache, false,
	    { "validated books are remembered",
		"se recuerdan los libros ya validados" },
	    { "set HOME or XDG_CACHE_HOME; builds are slower without",
		"defina HOME o XDG_CACHE_HOME; sin ellos es más lento" } },
};

/* --- the PDF engine --- */

enum engine_text {
	ENGINE_WORKS,
	ENGINE_UNWANTED,
	ENGINE_MISSING,
	ENGINE_CURE,
	ENGINE_FONTS,
	ENGINE_BROKEN,
};

static const char *const engine_texts[][DIAG_LANGUAGES] = {
	[ENGINE_WORKS] = { "PDF and field cards: the engine works",
	    "PDF y fichas de campo: el motor funciona" },
	[ENGINE_UNWANTED] = { "PDF and field cards: not wanted (VADE_TYPST is "
			      "empty)",
	    "PDF y fichas de campo: no se quieren (VADE_TYPST está vacía)" },
	[ENGINE_MISSING] = { "PDF and field cards: missing:",
	    "PDF y fichas de campo: falta:" },
	[ENGINE_CURE] = { "all other formats are built; make deps-pdf installs "
			  "the engine (Debian, as root)",
	    "los demás formatos se generan; make deps-pdf instala el motor "
	    "(Debian, como root)" },
	[ENGINE_FONTS] = { "fonts", "fuentes" },
	[ENGINE_BROKEN] = { "PDF and field cards: the engine does not work",
	    "PDF y fichas de campo: el motor no funciona" },
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

/* The answer of pdf_try, in two lines. */
static void
tell_engine(const struct telling *telling, const struct typst_engine *engine,
    char *about)
{
	char *rest = about;
	const char *version = strsep(&rest, "\t");
	const char *node = rest == NULL ? "?" : strsep(&rest, "\t");
	struct buf detail = { 0 };

	buf_add_format(&detail,
	    "typst-ts-node-compiler %s, node %s: %s\n    %s: ", version, node,
	    engine->folder, engine_texts[ENGINE_FONTS][telling->ui]);
	while (rest != NULL)
		buf_add_format(&detail, "%s, ", strsep(&rest, "\t"));
	buf_add_text(&detail,
	    "Libertinus Serif, DejaVu Sans Mono, New Computer Modern");
	tell(telling, "ok", engine_texts[ENGINE_WORKS][telling->ui],
	    buf_text(&detail));
	buf_clear(&detail);
}

/* Lays out a page, so that what is said is known. */
static int
try_engine(const struct telling *telling, const struct typst_engine *engine,
    struct diag *diag)
{
	struct renderers renderers = { 0 };
	struct buf about = { 0 };
	int rc = renderers_open(&renderers, engine, 1, diag);

	if (rc == 0)
		rc = renderers_ready(&renderers, 0, diag);
	if (rc == 0)
		rc = pdf_try(renderers_get(&renderers, 0), &about, diag);
	if (rc == 0)
		tell_engine(telling, engine, about.data);
	else
		tell(telling, "failed",
		    engine_texts[ENGINE_BROKEN][telling->ui], NULL);
	buf_clear(&about);
	renderers_close(&renderers);
	return rc;
}

static void
tell_missing(const struct telling *telling, const struct typst_engine *engine)
{
	char *what =
	    mem_format("%s %s", engine_texts[ENGINE_MISSING][telling->ui],
		engine->folder != NULL ? "node" : "typst");

	tell(telling, "missing", what, engine_texts[ENGINE_CURE][telling->ui]);
	free(what);
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
		    engine_texts[ENGINE_UNWANTED][telling->ui], NULL);
	else
		tell_missing(telling, &engine);
	typst_engine_clear(&engine);
	return rc;
}

static int
check_program(const struct telling *telling, struct diag *diag)
{
	enum diag_language ui = telling->ui;
	int rc = 0;

	for (size_t i = 0; i < COUNT(checks); i++) {
		bool fine = checks[i].check();

		tell(telling,
		    fine                   ? "ok"
			: checks[i].needed ? "failed"
					   : "missing",
		    checks[i].what[ui], fine ? NULL : checks[i].cure[ui]);
		if (!fine && checks[i].needed)
			rc = diag_report_path(diag, DIAG_SYSTEM, NULL,
			    checks[i].what[ui], checks[i].cure[ui], NULL);
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
