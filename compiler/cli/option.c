#include "option.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/text.h"
#include "base/words.h"
#include "query/answer.h"

/* --- what arguments are allowed, and what the rarer ones do --- */

static bool
is_something(struct invocation *invocation, const char *argument)
{
	(void)invocation;
	return argument[0] != '\0';
}

static bool
is_list(struct invocation *invocation, const char *argument)
{
	(void)invocation;
	return argument[strspn(argument, ", ")] != '\0';
}

static bool
is_address(struct invocation *invocation, const char *argument)
{
	(void)invocation;
	return project_is_address(argument);
}

static bool
is_bulletin(struct invocation *invocation, const char *argument)
{
	(void)invocation;
	return strcmp(argument, "bulletin") == 0;
}

static bool
is_table(struct invocation *invocation, const char *argument)
{
	(void)invocation;
	return answer_has_form("matrix", argument);
}

static bool
is_select(struct invocation *invocation, const char *argument)
{
	(void)invocation;
	return strcmp(argument, "select") == 0;
}

static bool
is_no_error(struct invocation *invocation, const char *argument)
{
	enum diag_code code = diag_find(argument);

	(void)invocation;
	return code != DIAG_COUNT && diag_rows[code].severity != DIAG_ERROR;
}

/* Draft and release are no two things at once. */
static bool
take_mode(struct invocation *invocation, enum build_mode mode,
    enum build_mode other)
{
	if (invocation->request.mode == other)
		return false;
	invocation->request.mode = mode;
	return true;
}

static bool
take_draft(struct invocation *invocation, const char *argument)
{
	(void)argument;
	return take_mode(invocation, MODE_DRAFT, MODE_RELEASE);
}

static bool
take_release(struct invocation *invocation, const char *argument)
{
	(void)argument;
	return take_mode(invocation, MODE_RELEASE, MODE_DRAFT);
}

static bool
take_jobs(struct invocation *invocation, const char *argument)
{
	char *end;
	long jobs = strtol(argument, &end, 10);

	invocation->request.jobs = (size_t)jobs;
	return *end == '\0' && jobs >= 1 && jobs <= 256;
}

static bool
take_format(struct invocation *invocation, const char *argument)
{
	static const char *const names[] = {
		[DIAG_HUMAN] = "human",
		[DIAG_SHORT] = "short",
		[DIAG_JSON] = "json",
		[DIAG_SARIF] = "sarif",
	};

	for (int i = DIAG_HUMAN; i <= DIAG_SARIF; i++) {
		if (strcmp(argument, names[i]) != 0)
			continue;
		invocation->format = (enum diag_format)i;
		return true;
	}
	return false;
}

static bool
take_ui(struct invocation *invocation, const char *argument)
{
	invocation->ui = strcmp(argument, "es") == 0 ? DIAG_ES : DIAG_EN;
	return strcmp(argument, "en") == 0 || strcmp(argument, "es") == 0;
}

static bool
take_colour(struct invocation *invocation, const char *argument)
{
	if (strcmp(argument, "auto") == 0)
		return true;
	invocation->colour = strcmp(argument, "always") == 0;
	return invocation->colour || strcmp(argument, "never") == 0;
}

static bool
take_limit(struct invocation *invocation, const char *argument)
{
	return limits_read(&invocation->request.limits, argument);
}

static bool
take_deny(struct invocation *invocation, const char *argument)
{
	if (strcmp(argument, "warnings") == 0)
		invocation->deny_warnings = true;
	else
		names_add(&invocation->denied, argument);
	return strcmp(argument, "warnings") == 0 ||
	    diag_find(argument) != DIAG_COUNT;
}

static bool
take_xml(struct invocation *invocation, const char *argument)
{
	(void)argument;
	invocation->form = "xml";
	return true;
}

/* --- the table --- */

/* What an option does with its field of the invocation. */
enum option_kind { OPTION_FLAG, OPTION_TEXT, OPTION_NAMES, OPTION_CALL };

static const struct option_row {
	const char *name;     /* "handbook" */
	char letter;          /* 'o', 0 = none */
	const char *argument; /* "ID", NULL = none */
	unsigned commands;    /* bits of those that have it */
	enum option_kind kind;
	size_t field;
	/* False: the argument is not allowed. NULL: any is. */
	bool (*check)(struct invocation *invocation, const char *argument);
	const char *help[DIAG_LANGUAGES];
} options[] = {
#define ALL (~0u)
#define OF(command) (1u << COMMAND_##command)
#define OPTION(name, letter, argument, commands, kind, field, check, english,  \
    spanish)                                                                   \
	{ name, letter, argument, commands, OPTION_##kind,                     \
		offsetof(struct invocation, field), check,                     \
		{ english, spanish } },
#include "cli/option.def"
#undef OPTION
#undef OF
#undef ALL
};

/* The first row of a command that has the name, or the letter. */
static const struct option_row *
find_option(unsigned command, const char *name, size_t len, char letter)
{
	for (size_t i = 0; i < COUNT(options); i++) {
		const struct option_row *row = &options[i];

		if ((row->commands & command) != 0 &&
		    (name == NULL ? row->letter == letter
				  : strlen(row->name) == len &&
				memcmp(row->name, name, len) == 0))
			return row;
	}
	return NULL;
}

/* --- parsing --- */

int
option_report_unknown(struct diag *diag, enum words unknown,
    enum words did_you_mean, const char *word, const char *const *names,
    size_t count)
{
	owned char *bare = mem_dup(word + strspn(word, "-"));
	const char *nearest;
	owned char *help = NULL;

	bare[strcspn(bare, "=")] = '\0';
	nearest = text_nearest(bare, names, count);
	if (nearest != NULL)
		help = words_format(diag->language, did_you_mean, nearest);
	words_report_usage(diag, help ? help : "vade --help", unknown, word);
	return -1;
}

static int
report_unknown(struct diag *diag, unsigned command, const char *word)
{
	const char *names[COUNT(options)];
	size_t count = 0;

	for (size_t i = 0; i < COUNT(options); i++)
		if ((options[i].commands & command) != 0)
			names[count++] = options[i].name;
	return option_report_unknown(diag, WORDS_UNKNOWN_OPTION,
	    WORDS_NEAREST_OPTION, word, names, count);
}

/* False: the argument is not allowed. */
static bool
take(struct invocation *invocation, const struct option_row *row,
    const char *argument)
{
	void *field = (char *)invocation + row->field;

	if (row->kind == OPTION_FLAG)
		*(bool *)field = true;
	else if (row->kind == OPTION_TEXT)
		*(const char **)field = argument;
	else if (row->kind == OPTION_NAMES)
		names_add(field, argument);
	return row->check == NULL || row->check(invocation, argument);
}

static int
apply(struct invocation *invocation, const struct option_row *row,
    const char *argument, struct diag *diag)
{
	const char *help = row->help[diag->language];

	if (row->argument != NULL && argument == NULL)
		return words_report_usage(diag, help, WORDS_NEEDS_ARGUMENT,
		    row->name, row->argument);
	if ((row->argument != NULL || argument == NULL) &&
	    take(invocation, row, argument))
		return 0;
	return words_report_usage(diag, help,
	    argument == NULL ? WORDS_CONTRADICTS : WORDS_CANNOT_BE, row->name,
	    argument);
}

/* One option, at words[*at]; moves *at over an argument in the next word. */
static int
parse_option(struct invocation *invocation, unsigned command, int count,
    char **words, int *at, struct diag *diag)
{
	const char *word = words[*at];
	const char *argument = NULL;
	const struct option_row *row;
	size_t len;

	if (word[1] == '-') {
		len = strcspn(word + 2, "=");
		row = find_option(command, word + 2, len, '\0');
		if (word[2 + len] == '=')
			argument = word + 3 + len;
	} else {
		row = find_option(command, NULL, 0, word[1]);
		if (word[2] != '\0')
			argument = word + 2;
	}
	if (row == NULL)
		return report_unknown(diag, command, word);
	if (row->argument != NULL && argument == NULL && *at + 1 < count)
		argument = words[++*at];
	return apply(invocation, row, argument, diag);
}

int
option_parse_leading(struct invocation *invocation, int count, char **words,
    struct diag *diag)
{
	int at = 0;

	while (at < count && words[at][0] == '-' && words[at][1] != '\0') {
		if (parse_option(invocation, (1u << COMMANDS), count, words,
			&at, diag) != 0)
			return -1;
		at++;
	}
	return at;
}

int
option_parse(struct invocation *invocation, enum command_id command, int count,
    char **words, struct diag *diag)
{
	bool ended = false;

	for (int i = 0; i < count; i++) {
		const char *word = words[i];

		if (!ended && strcmp(word, "--") == 0) {
			ended = true;
		} else if (!ended && word[0] == '-' && word[1] != '\0') {
			if (parse_option(invocation, 1u << command, count,
				words, &i, diag) != 0)
				return -1;
		} else {
			*list_add(invocation->operands,
			    invocation->operand_count,
			    invocation->operand_capacity) = word;
		}
	}
	return 0;
}

void
option_print(FILE *out, enum command_id command, enum diag_language language)
{
	for (size_t i = 0; i < COUNT(options); i++) {
		const struct option_row *row = &options[i];

		if ((row->commands & 1u << command) == 0)
			continue;
		owned char *left = mem_format("%c%c%s --%s%s%s",
		    row->letter ? '-' : ' ', row->letter ? row->letter : ' ',
		    row->letter ? "," : " ", row->name,
		    row->argument ? " " : "",
		    row->argument ? row->argument : "");

		fprintf(out, "  %-26s %s\n", left, row->help[language]);
	}
}
