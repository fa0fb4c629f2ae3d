/*
 * Reads the agency.xml (urn:vademecum:agency:1) of the folder that is mounted
 * on the project's root, and narrows the project to it. Used by the front.
 * Invariant: after it every handbook of the base is for the readers it was
 * for, or fewer, and of the clearance it was of; a post reads nothing that one
 * of its roles does not.
 */
#ifndef VADE_LOAD_AGENCY_READ_H
#define VADE_LOAD_AGENCY_READ_H

#include "load/xml.h"
#include "model/project.h"

/*
 * Sets project->agency, adds its posts and filters, puts its names for values
 * of axes in the place of the project's, and intersects every handbook with
 * what it adopts. 0, or -1 with V01xx reported.
 */
int agency_read(struct project *project, struct xml_reader *reader);
/*
 * Reads id, name and parameters of every agency that the project lists, and
 * leaves the project as it is. 0, or -1 with V01xx reported.
 */
int agency_read_values(struct project *project, struct xml_reader *reader);

#endif
