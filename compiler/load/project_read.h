/*
 * Reads vade.xml and the files it names into a struct project; or makes the
 * project of one plain DocBook file. Used by load.
 * Invariant: a project that was read without error satisfies model/project.h.
 */
#ifndef VADE_LOAD_PROJECT_READ_H
#define VADE_LOAD_PROJECT_READ_H

#include "load/config_xml.h"
#include "load/xml.h"
#include "model/project.h"

/* Reads vade.xml at path. 0, or -1 with V01xx to V04xx reported. */
int project_read(struct project *project, struct xml_reader *reader,
    const char *path);
/* One shelf and one handbook, all of the file at path. */
void project_of_file(struct project *project, const char *path);

/* The parts, in files of their own. -1 with a report. */
int axes_read(struct axes *axes, struct xml_reader *reader, const char *path,
    struct place from);
int handbooks_read(struct project *project, struct xml_reader *reader,
    const char *path, struct place from);
/* A <handbook>, of handbooks.xml or (as <post>) of agency.xml, on a shelf; its
 * attributes are those of `allowed`. config->failed tells of a report. The
 * handbook is the last of the project. */
void handbook_read(struct config *config, struct project *project, size_t shelf,
    const xmlNode *node);
/* <filters> of vade.xml or agency.xml: added to those of the project. */
void filters_read_settings(struct config *config, struct project *project,
    const xmlNode *node);
/* <look>: replaces nothing; a second one is refused. */
void look_read_settings(struct config *config, struct project *project,
    const xmlNode *node);
/* <coverage> of vade.xml, once, after the axes. */
void coverage_read_settings(struct config *config, struct project *project,
    const xmlNode *node);
/* The rank that an attribute security="…" gives; the lowest without one. */
int clearance_read(struct config *config, const struct project *project,
    const xmlNode *node);
/* The one handbook of a project without handbooks.xml: of every axis all, but
 * of the lowest clearance, for nobody gave it a higher one. */
void
handbooks_default(struct project *project, const char *shelf, const char *id);

#endif
