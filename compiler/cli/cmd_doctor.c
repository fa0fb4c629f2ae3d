/* vade doctor: what this installation can do, and what is missing. */
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/embed.h"
#include "cli/command.h"
#include "load/xml.h"
#include "publish/validity.h"

static bool
has_embedded(void)
{
	static const char *const names[] = { "docbook.rng", "manual.rng",
		"html.xsl", "vade.css", "select.lua", "prelude.lua" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
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
	struct validity validity;
	bool has;

	validity_open(&validity);
	has = validity.path != NULL;
	validity_close(&validity);
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

int
cmd_doctor(struct invocation *invocation, struct diag *diag)
{
	enum diag_language ui = invocation->ui;
	int rc = 0;

	for (size_t i = 0; i < sizeof(checks) / sizeof(*checks); i++) {
		bool fine = checks[i].check();

		printf("%s  %s\n",
		    fine                   ? "ok"
			: checks[i].needed ? "!!"
					   : "--",
		    checks[i].what[ui]);
		if (!fine)
			printf("    %s\n", checks[i].cure[ui]);
		if (!fine && checks[i].needed)
			rc = diag_report_path(diag, DIAG_SYSTEM, NULL,
			    checks[i].what[ui], checks[i].cure[ui], NULL);
	}
	return rc;
}
