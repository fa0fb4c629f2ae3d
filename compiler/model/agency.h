/*
 * An agency: how one organisation adopts a project (DESIGN section 6). Its
 * names, contacts and values, as agency.xml says; read by load, and then part
 * of the project it changes: project->agency, NULL in the base edition.
 * Invariant: it narrows and adds. Every text is there in each language of the
 * project (or once for all), and every set is inside what the project has.
 */
#ifndef VADE_MODEL_AGENCY_H
#define VADE_MODEL_AGENCY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/source.h"
#include "model/axes.h"
#include "model/lang_text.h"

/* Whom to call. Shown to handbooks of the class and above. */
struct agency_phone {
	struct lang_text label; /* of the desk that answers */
	char *number;           /* as dialled, "+34 900 000 000" */
	char *source;           /* who says so */
	char *date;             /* when it was checked, ISO 8601 */
	int rank;               /* on the clearance axis */
	struct place place;
};

/* The value of a v:param. */
struct agency_parameter {
	char *name;
	struct lang_text value;
	char *source;
	char *date;
	struct place place;
};

struct agency {
	char *id; /* a file name: the folder in the output */
	struct lang_text name;
	char *logo; /* an image, as the project's file root takes it, or NULL */
	struct place logo_place;
	struct agency_phone *phones;
	size_t phone_count;
	size_t phone_capacity;
	struct agency_parameter *parameters;
	size_t parameter_count;
	size_t parameter_capacity;
	bool has_look; /* project->look is its own */
	char *local;   /* path of local.xml, or NULL */
	struct place local_place;
	int adopted_axis;    /* AXIS_NONE: all is adopted */
	uint64_t *adopted;   /* leaves of that axis, closed */
	size_t base_filters; /* select filters that are the project's own */
	struct place place;
};

void agency_free(struct agency *agency);
/* The value that the agency gives a parameter, NULL if none. Lent. */
const struct agency_parameter *
agency_parameter(const struct agency *agency, const char *name);

/*
 * Adds to a set of values of an axis all that they require, whatever is
 * required in turn, and the values that every other one requires (the core,
 * which is never left out).
 */
void agency_close_adoption(const struct axis *axis, uint64_t *adopted);

#endif
