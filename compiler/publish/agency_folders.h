/*
 * Several editions in one output folder: the base edition's shelves, and a
 * folder per agency with its own shelves beside them. Used by the front.
 * Invariant: a build makes one edition and leaves the others as they are; in
 * one edition nothing of another is kept or shown.
 */
#ifndef VADE_PUBLISH_AGENCY_FOLDERS_H
#define VADE_PUBLISH_AGENCY_FOLDERS_H

#include "model/project.h"
#include "publish/output.h"

/* The file that marks the folder of an agency's edition. */
#define EDITIONS_MARK "agency.json"

/* What stands before the path of everything that this build makes: "", or
 * "AGENCY/". The caller frees. */
char *agency_folders_prefix_dup(const struct project *project);
/*
 * The names in the old output that belong to other editions than this build's:
 * of an agency's build all but its own folder, of the base's the agencies'
 * folders. Ended by NULL; the caller frees with file_list_clear. NULL if there
 * is no old output.
 */
char **agency_folders_others(const struct output *output,
    const struct project *project);
/* What the mark says, for the agency's edition only. The caller frees. */
char *agency_folders_mark(const struct agency *agency);

#endif
