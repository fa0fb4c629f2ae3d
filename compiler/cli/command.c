#include "command.h"

#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/list.h"

#ifndef VADE_VERSION
#define VADE_VERSION "0.1"
#endif

static const struct command {
	const char *name;
	const char *operands; /* "[FILE]" */
	const char *summary[DIAG_LANGUAGES];
	const char *example;
	int (*run)(struct invocation *invocation, struct diag *diag);
} commands[COMMANDS] = {
#define COMMAND(id, name, operands, english, spanish, example, run)            \
	{ name, operands, { english, spanish }, example, run },
#include "cli/command.def"
#undef COMMAND
};

/* COMMANDS if there is none of the name. */
static enum command_id
find_command(const char *name)
{
	enum command_id id = 0;

	while (id < COMMANDS && strcmp(commands[id].name, name) != 0)
		id++;
	return id;
}

/* --- help --- */

static void
print_usage(FILE *out, enum diag_language ui)
{
	const char *command = words_say(ui, WORDS_COMMAND);

	fprintf(out, "%s\n\n%s: vade %s [...]\n\n%s:\n",
	    words_say(ui, WORDS_WHAT_VADE_IS), words_say(ui, WORDS_USAGE),
	    command, words_say(ui, WORDS_COMMANDS));
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(out, "  %-9s %s\n", commands[i].name,
		    commands[i].summary[ui]);
	fprintf(out, "\n%s: %s\n", words_say(ui, WORDS_EXAMPLE),
	    commands[0].example);
	fprintf(out, "vade %s --help\n", command);
}

/* What may follow --to. */
static void
print_formats(enum diag_language ui)
{
	printf("\n%s:\n", words_say(ui, WORDS_FORMATS));
	for (size_t i = 0; i < FORMAT_COUNT; i++)
		printf("  %-9s %s%s\n", formats[i].name, formats[i].summary[ui],
		    formats[i].is_default ? words_say(ui, WORDS_IS_DEFAULT)
					  : "");
}

static void
print_help(enum command_id id, enum diag_language ui)
{
	const struct command *command = &commands[id];
	const char *options = words_say(ui, WORDS_OPTIONS);

	printf("%s: vade %s [%s] %s\n\n%s.\n\n%s: %s\n\n%s:\n",
	    words_say(ui, WORDS_USAGE), command->name, options,
	    command->operands, command->summary[ui],
	    words_say(ui, WORDS_EXAMPLE), command->example, options);
	option_print(stdout, id, ui);
	if (id == COMMAND_BUILD)
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
	const char *names[COMMANDS];

	for (size_t i = 0; i < COMMANDS; i++)
		names[i] = commands[i].name;
	return option_report_unknown(diag, WORDS_UNKNOWN_COMMAND,
	    WORDS_NEAREST_COMMAND, name, names, COMMANDS);
}

static int
run_command(enum command_id id, struct invocation *invocation,
    struct diag *diag)
{
	if (invocation->help) {
		print_help(id, invocation->ui);
		return 0;
	}
	if (invocation->directory != NULL && chdir(invocation->directory) != 0)
		return diag_report_path(diag, DIAG_PROJECT_MISSING, NULL,
		    invocation->directory, NULL);
	return commands[id].run(invocation, diag);
}

/* Finds the command, parses its options, runs it. */
static int
dispatch(struct invocation *invocation, int count, char **words,
    struct diag *diag)
{
	enum command_id command;
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
		return words_report_usage(diag, NULL, WORDS_NO_COMMAND);
	}
	command = find_command(words[0]);
	if (command == COMMANDS)
		return report_command(words[0], diag);
	if (option_parse(invocation, command, count - 1, words + 1, diag) != 0)
		return -1;
	apply_codes(invocation, diag);
	return run_command(command, invocation, diag);
}

/* How much was found, where a person reads it. */
static void
print_totals(const struct diag *diag)
{
	if (diag->count > 1)
		fprintf(stderr, words_say(diag->language, WORDS_TOTALS),
		    diag_count(diag, DIAG_ERROR),
		    diag_count(diag, DIAG_WARNING));
}

int
command_take_source(struct invocation *invocation, struct diag *diag)
{
	if (invocation->operand_count > 1)
		return words_report_usage(diag,
		    words_say(diag->language, WORDS_ONE_SOURCE),
		    WORDS_NAME_TOO_MANY, invocation->operands[1]);
	invocation->request.source =
	    invocation->operand_count == 1 ? invocation->operands[0] : ".";
	return 0;
}

int
command_main(int count, char **words)
{
	struct invocation invocation = { .ui = early_language(count, words),
		.colour = isatty(STDERR_FILENO) && !getenv("NO_COLOR") };
	scoped(diag_clear) struct diag diag = { .language = invocation.ui };
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
	free(invocation.operands);
	free(invocation.request.wanted.handbooks.names);
	free(invocation.request.wanted.shelves.names);
	free(invocation.request.wanted.roles.names);
	free(invocation.request.wanted.languages.names);
	free(invocation.request.wanted.formats.names);
	free(invocation.agencies.names);
	free(invocation.kinds.names);
	free(invocation.denied.names);
	free(invocation.allowed.names);
	return status;
}
