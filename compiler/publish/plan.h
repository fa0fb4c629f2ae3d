/*
 * What a build makes and what it keeps: which handbooks in which languages
 * are asked for, which of the old output stay. Used by the front.
 * Invariant: what stays of a handbook of the old output was built for the same
 * readers and in the same mode as this build says.
 */
#ifndef VADE_PUBLISH_PLAN_H
#define VADE_PUBLISH_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "model/format.h"
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
	struct names formats; /* as typed: "html,text" */
	uint32_t format_set;  /* of them; 0 = not said */
	const char *only;     /* the id of the page that a bulletin is about */
};

/* What becomes of a handbook in a language: sets of formats. What is in
 * neither is not asked for, and not in the old output. */
struct fate {
	uint32_t build; /* asked for, or the old one is for other readers */
	uint32_t keep;  /* not asked for: the old one stays */
};

enum { PLAN_CODE = 10 }; /* letters of an edition's short code */

/* What is known of a handbook in a language once it is made or kept. In memory
 * that the workers share: each writes its own, the shelf's job reads. */
struct made {
	size_t sizes[FORMAT_COUNT]; /* bytes of all files of the format */
	char codes[FORMAT_COUNT][PLAN_CODE + 1];
	uint32_t lost; /* formats that could not be made */
};

/* A handbook in a language, the index of a shelf, or that of all shelves. */
struct job {
	size_t handbook;
	size_t shelf;  /* shelf_count: of all */
	size_t tongue; /* see project_tongue */
	bool is_index;
};

struct plan {
	const struct project *project; /* lent, like all of these */
	const struct wanted *wanted;
	const struct output *output; /* to look at; NULL: nothing is written */
	enum build_mode mode;
	struct diag *diag;
	const bool *shows_only; /* per handbook; NULL: no bulletin is made */
	uint32_t impossible;    /* formats for which something is missing */
	uint32_t substitute;    /* made of a handbook that only has those */
	/* --- made by plan_make --- */
	struct fate *fates; /* per handbook and tongue */
	struct made *made;  /* parallel */
	bool *engine_lost;  /* of all workers: it need not be asked again */
	struct job *jobs;   /* handbooks, then shelves */
	size_t job_count;
	size_t shelf_jobs; /* index of the first of those */
	uint32_t missed;   /* the impossible ones that were asked for */
	uint32_t built;    /* the formats that any job builds */
	size_t job_capacity;
};

/* Names of the command line that the project does not have: V0402 and -1. Of
 * a plain file the language is known only when it was read. */
int plan_check_names(const struct plan *plan);
/* wanted->formats as a set; -1 with V0620 reported. */
int plan_read_formats(struct wanted *wanted, struct diag *diag);
int plan_check_languages(const struct plan *plan);
/* Are handbooks of a source tree made in this run, alone or side by side? */
bool plan_builds_tree(const struct plan *plan, size_t tree);

/* Decides fates and jobs. 0, or -1 with V0408 reported: there are none. */
int plan_make(struct plan *plan);
/* Of handbooks that show the same, to the same readers in the same formats,
 * only the first keeps its job: when nothing is written. */
void plan_drop_equal(struct plan *plan, const struct masks *masks);
struct fate plan_fate(const struct plan *plan, size_t handbook, size_t tongue);
/* The formats that the new output has of a handbook in a language. */
uint32_t plan_formats(const struct plan *plan, size_t handbook, size_t tongue);
/* Was anything made that a job was for? */
bool plan_has_made(const struct plan *plan);
struct made *plan_made(const struct plan *plan, size_t handbook, size_t tongue);
/* Does anything of the shelf reach the new output? */
bool plan_has_shelf(const struct plan *plan, size_t shelf);
/* The path of a shelf in the output; of all (shelf_count) "" or the agency's
 * folder. The caller frees. */
char *plan_shelf_path(const struct plan *plan, size_t shelf);
/* The path of a handbook's format in the output; the caller frees. */
char *plan_path(const struct plan *plan, size_t handbook, size_t tongue,
    enum format format);
/* A JSON object of what the manifest says of a shelf besides its files; the
 * caller frees. */
char *plan_describe_shelf(const struct plan *plan, const struct shelf *shelf);

#endif
