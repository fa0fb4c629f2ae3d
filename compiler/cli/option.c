#include "option.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/list.h"
#include "base/text.h"
#include "query/answer.h"

/* --- what options do --- */

static bool
take_output(struct invocation *invocation, const char *argument)
{
	invocation->request.output = argument;
	return argument[0] != '\0';
}

static bool
take_handbook(struct invocation *invocation, const char *argument)
{
	names_add(&invocation->request.wanted.handbooks, argument);
	invocation->handbook = argument;
	return true;
}

static bool
take_shelf(struct invocation *invocation, const char *argument)
{
	names_add(&invocation->request.wanted.shelves, argument);
	return true;
}

static bool
take_role(struct invocation *invocation, const char *argument)
{
	names_add(&invocation->request.wanted.roles, argument);
	return true;
}

static bool
take_agency(struct invocation *invocation, const char *argument)
{
	names_add(&invocation->agencies, argument);
	return argument[0] != '\0';
}

static bool
take_lang(struct invocation *invocation, const char *argument)
{
	names_add(&invocation->request.wanted.languages, argument);
	return true;
}

/* Which formats there are is asked when the command runs. */
static bool
take_to(struct invocation *invocation, const char *argument)
{
	names_add(&invocation->request.wanted.formats, argument);
	return argument[strspn(argument, ", ")] != '\0';
}

static bool
take_base_url(struct invocation *invocation, const char *argument)
{
	invocation->request.base_url = argument;
	return project_is_address(argument);
}

static bool
take_only(struct invocation *invocation, const char *argument)
{
	invocation->request.wanted.only = argument;
	return true;
}

/* What --only makes; there is one thing so far. */
static bool
take_as(struct invocation *invocation, const char *argument)
{
	(void)invocation;
	return strcmp(argument, "bulletin") == 0;
}

/* The format of a table. */
static bool
take_table(struct invocation *invocation, const char *argument)
{
	invocation->form = argument;
	return answer_has_form("matrix", argument);
}

static bool
take_draft(struct invocation *invocation, const char *argument)
{
	(void)argument;
	if (invocation->request.mode == MODE_RELEASE)
		return false;
	invocation->request.mode = MODE_DRAFT;
	return true;
}

static bool
take_release(struct invocation *invocation, const char *argument)
{
	(void)argument;
	if (invocation->request.mode == MODE_DRAFT)
		return false;
	invocation->request.mode = MODE_RELEASE;
	return true;
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
take_stop_after(struct invocation *invocation, const char *argument)
{
	invocation->request.stop_after_select = true;
	return strcmp(argument, "select") == 0;
}

static bool
take_directory(struct invocation *invocation, const char *argument)
{
	invocation->directory = argument;
	return true;
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
take_quiet(struct invocation *invocation, const char *argument)
{
	(void)argument;
	invocation->quiet = true;
	return true;
}

static bool
take_verbose(struct invocation *invocation, const char *argument)
{
	(void)argument;
	invocation->request.verbose = true;
	return true;
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
take_allow(struct invocation *invocation, const char *argument)
{
	enum diag_code code = diag_find(argument);

	names_add(&invocation->allowed, argument);
	return code != DIAG_COUNT && diag_rows[code].severity != DIAG_ERROR;
}

static bool
take_all_classes(struct invocation *invocation, const char *argument)
{
	(void)argument;
	invocation->request.all_classes = true;
	return true;
}

static bool
take_missing(struct invocation *invocation, const char *argument)
{
	(void)argument;
	invocation->missing = true;
	return true;
}

static bool
take_xml(struct invocation *invocation, const char *argument)
{
	(void)argument;
	invocation->form = "xml";
	return true;
}

static bool
take_json(struct invocation *invocation, const char *argument)
{
	(void)argument;
	invocation->json = true;
	return true;
}

static bool
take_help(struct invocation *invocation, const char *argument)
{
	(void)argument;
	invocation->help = true;
	return true;
}

static bool
take_version(struct invocation *invocation, const char *argument)
{
	(void)argument;
	invocation->version = true;
	return true;
}

/* --- the tables --- */

/* The same in every table that has it. */
#define AGENCY_ROW                                                             \
	{                                                                      \
		"agency", 0, "DIR",                                            \
		    { "the edition of the agency in this folder, or of all "   \
		      "that vade.xml lists; may be repeated",                  \
			    "la edición del organismo de esta carpeta, o de " \
			    "all, "                                            \
			    "todos los de vade.xml; se puede repetir" },       \
		    take_agency                                                \
	}

#define TO_ROW                                                                 \
	{                                                                      \
		"to", 0, "FORMAT",                                             \
		    { "only these formats, as in html,text; may be repeated",  \
			    "solo estos formatos, como html,text; se puede "   \
			    "repetir" },                                       \
		    take_to                                                    \
	}

#define JOBS_ROW                                                               \
	{                                                                      \
		"jobs", 'j', "N",                                              \
		    { "workers at once (default: the processors)",             \
			    "procesos a la vez (por defecto: los "             \
			    "procesadores)" },                                 \
		    take_jobs                                                  \
	}

/* Of a DocBook file without a project. */
#define ALL_CLASSES_ROW                                                         \
	{                                                                       \
		"all-classes", 0, NULL,                                         \
		    { "of a file without a project: show restricted parts "     \
		      "too",                                                    \
			    "de un fichero sin proyecto: muestra también las " \
			    "partes "                                           \
			    "restringidas" },                                   \
		    take_all_classes                                            \
	}

const struct option_row options_build[] = {
	{ "output", 'o', "DIR",
	    { "folder to publish to (default: out)",
		"carpeta donde publicar (por defecto: out)" },
	    take_output },
	{ "shelf", 0, "ID",
	    { "only this shelf; may be repeated",
		"solo este estante; se puede repetir" },
	    take_shelf },
	{ "handbook", 0, "ID",
	    { "only this handbook; may be repeated",
		"solo este manual; se puede repetir" },
	    take_handbook },
	{ "role", 0, "ROLE",
	    { "only the handbooks of this role; may be repeated",
		"solo los manuales de este rol; se puede repetir" },
	    take_role },
	{ "lang", 0, "LANG",
	    { "only this language; may be repeated",
		"solo este idioma; se puede repetir" },
	    take_lang },
	TO_ROW,
	AGENCY_ROW,
	{ "base-url", 0, "URL",
	    { "where the output folder will be published: for QR codes",
		"dónde se publicará la carpeta de salida: para códigos QR" },
	    take_base_url },
	{ "only", 0, "ID",
	    { "only this procedure or page, as a bulletin that replaces it",
		"solo este procedimiento o página, como boletín que lo "
		"sustituye" },
	    take_only },
	{ "as", 0, "FORM",
	    { "what --only makes: bulletin (the default)",
		"qué genera --only: bulletin (por defecto)" },
	    take_as },
	{ "draft", 0, NULL,
	    { "show remarks and defaults; DRAFT on every page",
		"muestra observaciones y valores por defecto; BORRADOR en "
		"cada página" },
	    take_draft },
	{ "release", 0, NULL,
	    { "refuse whatever is in doubt",
		"rechaza todo lo que ofrezca dudas" },
	    take_release },
	ALL_CLASSES_ROW,
	JOBS_ROW,
	{ "stop-after", 0, "STAGE",
	    { "stop after select and write nothing, to measure",
		"se detiene tras select sin escribir nada, para medir" },
	    take_stop_after },
	{ .name = NULL },
};

const struct option_row options_edition[] = { AGENCY_ROW, { .name = NULL } };

const struct option_row options_check[] = { TO_ROW, AGENCY_ROW, ALL_CLASSES_ROW,
	JOBS_ROW, { .name = NULL } };

const struct option_row options_roles[] = {
	AGENCY_ROW,
	{ "handbook", 0, "ID",
	    { "the handbook that why asks about",
		"el manual por el que pregunta why" },
	    take_handbook },
	{ "to", 0, "FORMAT",
	    { "matrix as text (the default), csv, html or json",
		"matrix en text (por defecto), csv, html o json" },
	    take_table },
	{ .name = NULL },
};

const struct option_row options_params[] = {
	AGENCY_ROW,
	{ "missing", 0, NULL,
	    { "only those that the agency gives no value",
		"solo aquellos a los que el organismo no da valor" },
	    take_missing },
	{ "xml", 0, NULL,
	    { "as elements to fill in, for agency.xml",
		"como elementos para completar en agency.xml" },
	    take_xml },
	{ .name = NULL },
};

const struct option_row options_none[] = { { .name = NULL } };

const struct option_row options_common[] = {
	{ "directory", 'C', "DIR",
	    { "work in this folder", "trabaja en esta carpeta" },
	    take_directory },
	{ "message-format", 0, "FORM",
	    { "messages as human, short, json or sarif",
		"mensajes en forma human, short, json o sarif" },
	    take_format },
	{ "json", 0, NULL, { "results as JSON", "resultados en JSON" },
	    take_json },
	{ "ui-lang", 0, "LANG",
	    { "messages in en or es (default: the locale's)",
		"mensajes en en o es (por defecto: los del sistema)" },
	    take_ui },
	{ "color", 0, "WHEN",
	    { "auto, always or never", "auto, always o never" }, take_colour },
	{ "deny", 0, "CODE",
	    { "treat a warning, or all `warnings`, as an error",
		"trata un aviso, o todos (`warnings`), como error" },
	    take_deny },
	{ "allow", 0, "CODE",
	    { "do not report a warning", "no muestra un aviso" }, take_allow },
	{ "limit", 0, "LIST",
	    { "limits of each process (s, MB, s): "
	      "cpu=120,memory=2048,idle=900",
		"límites de cada proceso (s, MB, s): "
		"cpu=120,memory=2048,idle=900" },
	    take_limit },
	{ "quiet", 'q', NULL,
	    { "say nothing but errors", "solo muestra errores" }, take_quiet },
	{ "verbose", 'v', NULL,
	    { "say what each stage did and how long it took",
		"dice qué hizo cada etapa y cuánto tardó" },
	    take_verbose },
	{ "help", 'h', NULL, { "show this help", "muestra esta ayuda" },
	    take_help },
	{ "version", 0, NULL, { "show the version", "muestra la versión" },
	    take_version },
	{ .name = NULL },
};

/* --- parsing --- */

static const struct option_row *
find_name(const struct option_row *rows, const char *name, size_t len)
{
	for (; rows->name != NULL; rows++)
		if (strlen(rows->name) == len &&
		    memcmp(rows->name, name, len) == 0)
			return rows;
	return NULL;
}

static const struct option_row *
find_letter(const struct option_row *rows, char letter)
{
	for (; rows->name != NULL; rows++)
		if (rows->letter == letter)
			return rows;
	return NULL;
}

static int
report(struct diag *diag, const char *what, const char *help)
{
	return diag_report_path(diag, DIAG_USAGE, NULL, what, help, NULL);
}

static int
report_unknown(struct diag *diag, const struct option_row *rows,
    const char *word)
{
	static const char *const text[] = { "there is no option %s",
		"no existe la opción %s" };
	static const char *const did[] = { "did you mean --%s?",
		"¿quería decir --%s?" };
	const char *names[64];
	size_t count = 0;
	char *bare = mem_dup(word + strspn(word, "-"));
	const char *nearest;
	char *what = mem_format(text[diag->language], word);
	char *help = NULL;

	bare[strcspn(bare, "=")] = '\0';
	for (; rows->name != NULL; rows++)
		names[count++] = rows->name;
	for (rows = options_common; rows->name != NULL; rows++)
		names[count++] = rows->name;
	nearest = text_nearest(bare, names, count);
	if (nearest != NULL)
		help = mem_format(did[diag->language], nearest);
	report(diag, what, help ? help : "vade --help");
	free(bare);
	free(what);
	free(help);
	return -1;
}

static int
apply(struct invocation *invocation, const struct option_row *row,
    const char *argument, struct diag *diag)
{
	static const char *const missing[] = { "--%s needs %s",
		"a --%s le falta %s" };
	static const char *const clash[] = {
		"--%s contradicts another option",
		"--%s contradice otra opción",
	};
	static const char *const wrong[] = { "--%s cannot be %s",
		"--%s no puede ser %s" };
	char *what;

	if (row->argument != NULL && argument == NULL)
		what = mem_format(missing[diag->language], row->name,
		    row->argument);
	else if (row->argument == NULL && argument != NULL)
		what = mem_format(wrong[diag->language], row->name, argument);
	else if (row->take(invocation, argument))
		return 0;
	else if (argument == NULL)
		what = mem_format(clash[diag->language], row->name);
	else
		what = mem_format(wrong[diag->language], row->name, argument);
	report(diag, what, row->help[diag->language]);
	free(what);
	return -1;
}

/* One option, at words[*at]; moves *at over an argument in the next word. */
static int
parse_option(struct invocation *invocation, const struct option_row *rows,
    int count, char **words, int *at, struct diag *diag)
{
	const char *word = words[*at];
	const char *argument = NULL;
	const struct option_row *row;
	size_t len;

	if (word[1] == '-') {
		len = strcspn(word + 2, "=");
		row = find_name(rows, word + 2, len);
		if (row == NULL)
			row = find_name(options_common, word + 2, len);
		if (word[2 + len] == '=')
			argument = word + 3 + len;
	} else {
		row = find_letter(rows, word[1]);
		if (row == NULL)
			row = find_letter(options_common, word[1]);
		if (word[2] != '\0')
			argument = word + 2;
	}
	if (row == NULL)
		return report_unknown(diag, rows, word);
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
		if (parse_option(invocation, options_none, count, words, &at,
			diag) != 0)
			return -1;
		at++;
	}
	return at;
}

int
option_parse(struct invocation *invocation, const struct option_row *rows,
    int count, char **words, struct diag *diag)
{
	bool ended = false;

	for (int i = 0; i < count; i++) {
		const char *word = words[i];

		if (!ended && strcmp(word, "--") == 0) {
			ended = true;
		} else if (!ended && word[0] == '-' && word[1] != '\0') {
			if (parse_option(invocation, rows, count, words, &i,
				diag) != 0)
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
option_print(FILE *out, const struct option_row *rows,
    enum diag_language language)
{
	for (; rows->name != NULL; rows++) {
		char *left = mem_format("%c%c%s --%s%s%s",
		    rows->letter ? '-' : ' ', rows->letter ? rows->letter : ' ',
		    rows->letter ? "," : " ", rows->name,
		    rows->argument ? " " : "",
		    rows->argument ? rows->argument : "");

		fprintf(out, "  %-26s %s\n", left, rows->help[language]);
		free(left);
	}
}
