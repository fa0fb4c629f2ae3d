/*
 * Finds the project that a command names, and reads it as the edition that is
 * asked for: the base, or that of an agency. Used by the front.
 * Invariant: what the user says on the command line wins over vade.xml.
 */
#ifndef VADE_LOAD_PROJECT_OPEN_H
#define VADE_LOAD_PROJECT_OPEN_H

#include <stdbool.h>

#include "load/xml.h"
#include "model/project.h"

/* What the command line says of the edition. */
struct project_choice {
	const char *agency; /* its folder, or a name of vade.xml's list; NULL:
			       * the base */
	bool agency_listed; /* it is a path of the project, as vade.xml says */
	const char *base_url; /* instead of the project's; NULL */
	bool asks_agencies;   /* values of all agencies are wanted */
};

/*
 * Splits what the user named (a folder with vade.xml, or a file) into a folder
 * and the file in it, which the caller frees. 0, or -1 with V0110 reported.
 */
int
project_find(const char *source, char **folder, char **file, struct diag *diag);
/*
 * If the file is part of a project above it, puts that project's folder and
 * vade.xml in their places: true, and *part is the file's path in it, the
 * caller's to free. Else false, *part is NULL.
 */
bool project_find_around(char **folder, char **file, char **part);
/*
 * Reads vade.xml with what it names, or makes the project of a DocBook file
 * alone. 0, or -1 with V01xx to V04xx reported.
 */
int project_load(const struct project_choice *choice, struct project *project,
    struct xml_reader *reader, const char *name);

#endif
