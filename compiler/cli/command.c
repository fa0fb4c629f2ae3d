#include "command.h"

#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/list.h"
#include "base/text.h"

#ifndef VADE_VERSION
#define VADE_VERSION "0.1"
#endif

const struct command commands[] = {
	{ "build", "[FILE]",
	    { "build and publish handbooks", "genera y publica los manuales" },
	    "vade build manual -o handbooks", options_build, cmd_build },
	{ "check", "[FILE]",
	    { "find what is wrong, for all handbooks, without building",
		"busca errores, para todos los manuales, sin generar" },
	    "vade check manual", options_check, cmd_check },
	{ "roles", "list|tree|matrix|coverage [FILE] | who|why ID [FILE]",
	    { "show the roles, the handbooks, and who reads what and why",
		"muestra los roles, los manuales y quién lee qué y por qué" },
	    "vade roles why POL-O-05.s1 --handbook police-officer manual",
	    options_roles, cmd_roles },
	{ "refs", "NAME [FILE]",
	    { "show who cites a reference, form, term, parameter or role",
		"muestra quién cita una referencia, formulario, término o "
		"rol" },
	    "vade refs L09 manual", options_edition, cmd_refs },
	{ "params", "[FILE]",
	    { "list the values that an agency may set, with their use",
		"enumera los valores que un organismo puede fijar y su uso" },
	    "vade params manual --agency manual/agencies/neighbourhood "
	    "--missing",
	    options_params, cmd_params },
	{ "audit", "DIR [FILE]",
	    { "prove that a built folder holds nothing its readers may not "
	      "read",
		"demuestra que una carpeta generada no contiene nada que sus "
		"lectores no puedan leer" },
	    "vade audit handbooks manual", options_edition, cmd_audit },
	{ "explain", "[CODE]",
	    { "explain a message, or list all",
		"explica un mensaje, o los "
		"enumera todos" },
	    "vade explain V0201", options_none, cmd_explain },
	{ "doctor", "",
	    { "tell what this installation can do and what is missing",
		"dice qué puede hacer esta instalación y qué le falta" },
	    "vade doctor", options_none, cmd_doctor },
	{ .name = NULL },
};

static const struct command *
find_command(const char *name)
{
	for (const struct command *row = commands; row->name != NULL; row++)
		if (strcmp(row->name, name) == 0)
			return row;
	return NULL;
}

/* --- help --- */

static const char *const usage_word[] = { "Usage", "Uso" };
static const char *const commands_word[] = { "Commands", "Órdenes" };
static const char *const options_word[] = { "Options", "Opciones" };
static const char *const formats_word[] = { "Formats", "Formatos" };
static const char *const default_words[] = { " (the default)",
	" (por defecto)" };
static const char *const example_word[] = { "Example", "Ejemplo" };
static const char *const what_vade_is[] = {
	"vade compiles one manual into the handbook that each role carries.",
	"vade compila un solo manual en el cuaderno que lleva cada rol.",
};

static void
print_usage(FILE *out, enum diag_language ui)
{
	fprintf(out, "%s\n\n%s: vade %s [...]\n\n%s:\n", what_vade_is[ui],
	    usage_word[ui], ui == DIAG_ES ? "ORDEN" : "COMMAND",
	    commands_word[ui]);
	for (const struct command *row = commands; row->name != NULL; row++)
		fprintf(out, "  %-9s %s\n", row->name, row->summary[ui]);
	fprintf(out, "\n%s: %s\n", example_word[ui], commands[0].example);
	fprintf(out, "vade %s --help\n", ui == DIAG_ES ? "ORDEN" : "COMMAND");
}

/* What may follow --to. */
static void
print_formats(enum diag_language ui)
{
	printf("\n%s:\n", formats_word[ui]);
	for (size_t i = 0; i < FORMAT_COUNT; i++)
		printf("  %-9s %s%s\n", formats[i].name, formats[i].summary[ui],
		    formats[i].is_default ? default_words[ui] : "");
}

static void
print_help(const struct command *command, enum diag_language ui)
{
	printf("%s: vade %s [%s] %s\n\n%s.\n\n%s: %s\n\n%s:\n", usage_word[ui],
	    command->name, options_word[ui], command->operands,
	    command->summary[ui], example_word[ui], command->example,
	    options_word[ui]);
	option_print(stdout, command->options, ui);
	option_print(stdout, options_common, ui);
	if (command->options == options_build)
		print_formats(ui);
}

/* --- running --- */

static enum diag_language
language_of_locale(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < COUNT(names); i++) {
		const char *value = getenv(names[i]);

		if (value != NULL && value[0] != '\0')
			return strncmp(value, "es", 2) == 0 ? DIAG_ES : DIAG_EN;
	}
	return DIAG_EN;
}

/* The language must be known before the first message about an option. */
static enum diag_language
early_language(int count, char **words)
{
	for (int i = 1; i < count; i++) {
		if (strcmp(words[i], "--ui-lang=es") == 0 ||
		    (strcmp(words[i], "--ui-lang") == 0 && i + 1 < count &&
			strcmp(words[i + 1], "es") == 0))
			return DIAG_ES;
		if (strcmp(words[i], "--ui-lang=en") == 0 ||
		    (strcmp(words[i], "--ui-lang") == 0 && i + 1 < count &&
			strcmp(words[i + 1], "en") == 0))
			return DIAG_EN;
	}
	return language_of_locale();
}

static void
apply_codes(const struct invocation *invocation, struct diag *diag)
{
	diag->deny_warnings = invocation->deny_warnings;
	for (size_t i = 0; i < invocation->denied.count; i++)
		diag->denied[diag_find(invocation->denied.names[i])] = true;
	for (size_t i = 0; i < invocation->allowed.count; i++)
		diag->allowed[diag_find(invocation->allowed.names[i])] = true;
}

static int
report_command(const char *name, struct diag *diag)
{
	static const char *const text[] = { "there is no command %s",
		"no existe la orden %s" };
	static const char *const did[] = { "did you mean %s?",
		"¿quería decir %s?" };
	const char *names[16];
	size_t count = 0;
	const char *nearest;
	char *what = mem_format(text[diag->language], name);
	char *help = NULL;

	for (const struct command *row = commands; row->name != NULL; row++)
		names[count++] = row->name;
	nearest = text_nearest(name, names, count);
	if (nearest != NULL)
		help = mem_format(did[diag->language], nearest);
	diag_report_path(diag, DIAG_USAGE, NULL, what,
	    help ? help : "vade --help", NULL);
	free(what);
	free(help);
	return -1;
}

static int
run_command(const struct command *command, struct invocation *invocation,
    struct diag *diag)
{
	if (invocation->help) {
		print_help(command, invocation->ui);
		return 0;
	}
	if (invocation->directory != NULL && chdir(invocation->directory) != 0)
		return diag_report_path(diag, DIAG_PROJECT_MISSING, NULL,
		    invocation->directory, NULL);
	return command->run(invocation, diag);
}

/* Finds the command, parses its options, runs it. */
static int
dispatch(struct invocation *invocation, int count, char **words,
    struct diag *diag)
{
	const struct command *command;
	int used = option_parse_leading(invocation, count - 1, words + 1, diag);

	if (used < 0)
		return -1;
	words += used + 1;
	count -= used + 1;
	if (count == 0 && (invocation->version || invocation->help)) {
		if (invocation->version)
			printf("vade %s\n", VADE_VERSION);
		else
			print_usage(stdout, invocation->ui);
		return 0;
	}
	if (count == 0) {
		print_usage(stderr, invocation->ui);
		return diag_report_path(diag, DIAG_USAGE, NULL,
		    invocation->ui == DIAG_ES ? "falta la orden"
					      : "no command was given",
		    NULL);
	}
	command = find_command(words[0]);
	if (command == NULL)
		return report_command(words[0], diag);
	if (option_parse(invocation, command->options, count - 1, words + 1,
		diag) != 0)
		return -1;
	apply_codes(invocation, diag);
	return run_command(command, invocation, diag);
}

/* How much was found, where a person reads it. */
static void
print_totals(const struct diag *diag)
{
	static const char *const format[] = {
		"errors: %zu, warnings: %zu\n",
		"errores: %zu, avisos: %zu\n",
	};

	if (diag->count > 1)
		fprintf(stderr, format[diag->language],
		    diag_count(diag, DIAG_ERROR),
		    diag_count(diag, DIAG_WARNING));
}

int
command_main(int count, char **words)
{
	struct invocation invocation = { .ui = early_language(count, words),
		.colour = isatty(STDERR_FILENO) && !getenv("NO_COLOR") };
	struct diag diag = { .language = invocation.ui };
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	int status;
	int rc;

	/* A file that may not grow is an error of write, with its path. */
	signal(SIGXFSZ, SIG_IGN);
	invocation.request.limits = limits_usual;
	invocation.request.jobs = processors > 0 ? (size_t)processors : 1;
	rc = dispatch(&invocation, count, words, &diag);
	if (!invocation.quiet || diag_status(&diag) != 0 ||
	    invocation.format == DIAG_SARIF)
		diag_print(&diag, stderr, invocation.format, invocation.colour);
	if (invocation.format == DIAG_HUMAN && !invocation.quiet)
		print_totals(&diag);
	status = diag_status(&diag);
	if (fflush(stdout) != 0)
		status = status > 3 ? status : 3;
	if (rc > 0)
		status = 128 + rc;
	else if (rc < 0 && status == 0)
		status = 70;
	diag_clear(&diag);
	free(invocation.operands);
	free(invocation.request.wanted.handbooks.names);
	free(invocation.request.wanted.shelves.names);
	free(invocation.request.wanted.roles.names);
	free(invocation.request.wanted.languages.names);
	free(invocation.request.wanted.formats.names);
	free(invocation.agencies.names);
	free(invocation.denied.names);
	free(invocation.allowed.names);
	return status;
}
