/*
 * What a build makes and what it keeps: which handbooks in which languages
 * are asked for, which of the old output stay. Used by the front.
 * Invariant: a handbook of the old output stays only if it was built for the
 * same readers and in the same mode as this build says.
 */
#ifndef VADE_PUBLISH_PLAN_H
#define VADE_PUBLISH_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "model/project.h"
#include "project/view.h"
#include "publish/output.h"

struct names {
	const char **names; /* lent */
	size_t count;
	size_t capacity;
};

void names_add(struct names *names, const char *name);

/* What the command line names; an empty list means all. */
struct wanted {
	struct names handbooks;
	struct names shelves;
	struct names roles;
	struct names languages;
};

/* What becomes of a handbook in a language. */
enum fate {
	FATE_NONE,  /* not asked for, and not in the old output */
	FATE_BUILD, /* asked for, or the old one is for other readers */
	FATE_KEEP,  /* not asked for: the old one stays */
};

/* A handbook in a language, or the index of a shelf. */
struct job {
	size_t handbook;
	size_t shelf;
	size_t tree; /* the language: index into project->trees */
	bool is_index;
};

struct plan {
	const struct project *project; /* lent, like all of these */
	const struct wanted *wanted;
	const struct output *output; /* to look at; NULL: nothing is written */
	enum build_mode mode;
	struct diag *diag;
	/* --- made by plan_make --- */
	enum fate *fates; /* per handbook and source tree */
	struct job *jobs;
	size_t job_count;
	size_t job_capacity;
};

/* Names of the command line that the project does not have: V0402 and -1. Of
 * a plain file the language is known only when it was read. */
int plan_check_names(const struct plan *plan);
int plan_check_languages(const struct plan *plan);

/* Decides fates and jobs. 0, or -1 with V0408 reported: there are none. */
int plan_make(struct plan *plan);
enum fate plan_fate(const struct plan *plan, size_t handbook, size_t tree);
/* The handbook's folder in the output; the caller frees. */
char *plan_folder(const struct plan *plan, size_t handbook, size_t tree);
/* A JSON object of what the manifest says of a shelf besides its files; the
 * caller frees. */
char *plan_describe_shelf(const struct plan *plan, const struct shelf *shelf);

#endif
