/*
 * Reads vade.xml and the files it names into a struct project; or makes the
 * project of one plain DocBook file. Used by load.
 * Invariant: a project that was read without error satisfies model/project.h.
 */
#ifndef VADE_LOAD_PROJECT_READ_H
#define VADE_LOAD_PROJECT_READ_H

#include "load/config_xml.h"

/* Reads vade.xml at path. 0, or -1 with V01xx to V04xx reported. */
int project_read(struct project *project, struct xml_reader *reader,
    const char *path);
/* One shelf and one handbook, all of the file at path. */
void project_of_file(struct project *project, const char *path);

/* Parts of it, in files of their own; each adds to config->project. */
config_reader axes_read;              /* the root of axes.xml */
config_reader handbooks_read;         /* that of handbooks.xml */
config_reader filters_read_settings;  /* <filters>, of an agency too */
config_reader look_read_settings;     /* <look>, of an agency too */
config_reader coverage_read_settings; /* <coverage> */
/* A <handbook>, or a <post> of agency.xml; `into` is the index of its shelf, a
 * size_t. The handbook is the last of the project. */
config_reader handbook_read;
/* The shelf and handbook of a project that declares none. */
void
handbooks_default(struct project *project, const char *shelf, const char *id);

#endif
