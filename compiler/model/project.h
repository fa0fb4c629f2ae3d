/*
 * A project: its titles, edition, notice, axes, shelves and handbooks, as
 * vade.xml, axes.xml and handbooks.xml say. Read by load; never changed
 * afterwards.
 * Invariant: every handbook's clearance is at most its shelf's, and its
 * values are non-empty sets of declared leaves.
 */
#ifndef VADE_MODEL_PROJECT_H
#define VADE_MODEL_PROJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/root_file.h"
#include "base/source.h"
#include "model/agency.h"
#include "model/axes.h"
#include "model/lang_text.h"

enum projection { PROJECTION_BRIEF, PROJECTION_OWN, PROJECTION_FULL };

struct shelf {
	char *id;
	struct lang_text title;
	int clearance;    /* rank on the clearance axis; 0 without one */
	uint32_t formats; /* of its handbooks that name none; 0 = not said */
	struct place place;
};

struct handbook {
	char *id;
	struct lang_text title;
	size_t shelf;      /* index into project->shelves */
	int clearance;     /* rank */
	uint64_t **values; /* per axis: leaves, NULL = not given, all */
	/* What values[agency->adopted_axis] was before the agency's adoption
	 * narrowed it. */
	uint64_t *unadopted;
	int exact_role; /* the one role value it is for, AXIS_NONE */
	int head_role;  /* the same, or the value whose subtree it is */
	enum projection projection;
	uint32_t formats; /* a set (model/format.h); 0 = not said */
	struct place place;
};

struct notice {
	char *lang;
	char *title;
	char *line;
	char **paras;
	size_t para_count;
	size_t para_capacity;
};

struct source_tree {
	char *lang;
	char *href; /* relative to the root */
	struct place place;
};

struct filter_source {
	char *href;
	struct place place;
};

/* A transform filter: a file of the project, or one that ships. */
struct transform_source {
	char *name; /* path from the root, or "checklist.lua" */
	bool is_built_in;
	struct place place;
};

/* How an organisation makes the output look like its own. Paths from the
 * root, NULL = none. */
struct look {
	char *stylesheet; /* XSLT that imports vade:html.xsl */
	struct place stylesheet_place;
	char *css; /* comes after ours */
	struct place css_place;
};

/* The axes that a coverage rule may cross. */
enum { COVERAGE_AXES = 2 };

/* What the rule does not ask for, and why. */
struct coverage_except {
	uint64_t *values[COVERAGE_AXES]; /* leaves; NULL = all of the axis */
	char *reason;
	struct place place;
};

/* How many procedures there must be for each value of an axis, or pair of
 * values of two. Of roles the sectors count, by who leads. */
struct coverage {
	size_t least; /* 0 = the project has no rule */
	int axes[COVERAGE_AXES];
	size_t axis_count;
	struct coverage_except *excepts;
	size_t except_count;
	size_t except_capacity;
	struct place place; /* of the least number */
};

/* A folder with an agency.xml that the project lists. */
struct agency_source {
	char *href; /* of the folder, relative to the root */
	struct place place;
	/* Its id, name and parameters, for who asks about those of all; else
	 * NULL. */
	struct agency *values;
};

struct project {
	struct file_root root;
	bool is_lone; /* a DocBook file without settings: it is no edition */
	char *id;
	struct lang_text title;
	char *base_url; /* of the folder that holds the shelves, ends in "/";
			 * NULL = not said */
	char *version;  /* "" if the project says none */
	char *date;     /* in force, ISO 8601, "" = not said */
	char *review;
	struct place review_place;
	struct source_tree *trees;
	size_t tree_count;
	size_t tree_capacity;
	struct filter_source *filters;
	size_t filter_count;
	size_t filter_capacity;
	struct transform_source *transforms; /* in the order they run */
	size_t transform_count;
	size_t transform_capacity;
	struct coverage coverage;
	struct look look;
	struct notice *notices;
	size_t notice_count;
	size_t notice_capacity;
	struct agency_source *agencies;
	size_t agency_count;
	size_t agency_capacity;
	struct agency *agency; /* whose edition this is; NULL = the base */
	struct axes axes;
	struct shelf *shelves;
	size_t shelf_count;
	size_t shelf_capacity;
	struct handbook *handbooks;
	size_t handbook_count;
	size_t handbook_capacity;
};

void project_clear(struct project *project);
/* The notice for a language, else the first, else NULL. Lent. */
const struct notice *
project_notice(const struct project *project, const char *lang);
/* May it be a base URL: http or https, and printable ASCII? */
bool project_is_address(const char *text);
/* Takes one over, from vade.xml, an agency or the command line. */
void project_set_base_url(struct project *project, const char *url);
/* The handbook of an id, NULL if there is none. Lent. */
const struct handbook *
project_handbook(const struct project *project, const char *id);

/*
 * The languages a handbook may be made in: those of the source trees, then
 * every two of them side by side, in both orders.
 */
struct tongue {
	size_t tree;   /* index into project->trees */
	size_t beside; /* the second side, SIZE_MAX = alone */
};

size_t project_tongue_count(const struct project *project);
struct tongue project_tongue(const struct project *project, size_t index);
/* "en", or "en+es": the name of its folder. The caller frees. */
char *project_tongue_name(const struct project *project, size_t index);

#endif
