#include "project_open.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/root_file.h"
#include "base/text.h"
#include "load/agency_read.h"
#include "load/lone.h"
#include "load/project_read.h"

/* --- where it is --- */

/* Splits what the user named into the project's folder and the file in it. */
int
project_find(const char *source, char **folder, char **file, struct diag *diag)
{
	struct stat status;
	char *dir;

	if (stat(source, &status) != 0)
		return diag_report_path(diag, DIAG_PROJECT_MISSING, NULL,
		    source, NULL);
	if (S_ISDIR(status.st_mode)) {
		char *inside = mem_format("%s/vade.xml", source);
		bool there = access(inside, F_OK) == 0;

		free(inside);
		*folder = mem_dup(source);
		*file = mem_dup("vade.xml");
		return there ? 0
			     : diag_report_path(diag, DIAG_PROJECT_MISSING,
				   NULL, source, NULL);
	}
	dir = file_dirname_dup(source);
	*file = mem_dup(source + strlen(dir));
	*folder = mem_dup(dir[0] ? dir : ".");
	free(dir);
	return 0;
}

static bool
is_settings(const char *file)
{
	size_t len = strlen(file);

	return len >= 8 && strcmp(file + len - 8, "vade.xml") == 0;
}

bool
project_find_around(char **folder, char **file, char **part)
{
	char *around = NULL;

	*part = NULL;
	if (is_settings(*file) ||
	    !lone_find_project(*folder, *file, &around, part))
		return false;
	free(*folder);
	free(*file);
	*folder = around;
	*file = mem_dup("vade.xml");
	return true;
}

/* --- whose edition it is --- */

/* The last part of a path. */
static const char *
last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool
mount_agency(struct file_root *root, const char *folder, bool is_listed)
{
	char *path;
	bool found;

	if (file_root_mount(root, folder, is_listed) != 0)
		return false;
	path = mem_format("%sagency.xml", root->mount);
	found = file_look(root, path, SIZE_MAX) != FILE_MISSING;
	free(path);
	if (!found)
		file_root_unmount(root);
	return found;
}

/* The folder of vade.xml's list that goes by this name; NULL. Lent. */
static const char *
listed_agency(const struct project *project, const char *name)
{
	for (size_t i = 0; i < project->agency_count; i++)
		if (strcmp(last_part(project->agencies[i].href), name) == 0)
			return project->agencies[i].href;
	return NULL;
}

static int
report_agency(const struct project *project, const char *name,
    struct diag *diag)
{
	const char **names =
	    mem_array(project->agency_count + 1, sizeof(*names));
	const char *nearest;

	for (size_t i = 0; i < project->agency_count; i++)
		names[i] = last_part(project->agencies[i].href);
	nearest = text_nearest(last_part(name), names, project->agency_count);
	free(names);
	if (nearest != NULL)
		return diag_report_path(diag, DIAG_AGENCY_UNKNOWN, NULL, name,
		    nearest, NULL);
	return diag_report_path(diag, DIAG_AGENCY_MISSING, NULL, name, NULL);
}

/* The edition of an agency: the project, and what it says of it. A folder, or
 * the name of one that vade.xml lists. */
static int
load_agency(const struct project_choice *choice, struct project *project,
    struct xml_reader *reader)
{
	const char *name = choice->agency;
	const char *listed;

	if (name == NULL)
		return 0;
	if (mount_agency(&project->root, name, choice->agency_listed))
		return agency_read(project, reader);
	listed = listed_agency(project, name);
	if (listed != NULL && mount_agency(&project->root, listed, true))
		return agency_read(project, reader);
	return report_agency(project, name, reader->diag);
}

/* What the user says wins: there the output folder will be. */
static void
set_address(const struct project_choice *choice, struct project *project)
{
	const struct agency *agency = project->agency;
	char *url;

	if (choice->base_url == NULL)
		return;
	project_set_base_url(project, choice->base_url);
	if (agency == NULL)
		return;
	url = mem_format("%s%s/", project->base_url, agency->id);
	project_set_base_url(project, url);
	free(url);
}

int
project_load(const struct project_choice *choice, struct project *project,
    struct xml_reader *reader, const char *name)
{
	int rc;

	if (is_settings(name)) {
		rc = project_read(project, reader, name);
		if (rc == 0 && choice->asks_agencies)
			rc = agency_read_values(project, reader);
		if (rc == 0)
			rc = load_agency(choice, project, reader);
		set_address(choice, project);
		return rc;
	}
	if (choice->agency != NULL)
		return diag_report_path(reader->diag, DIAG_AGENCY_MISSING, NULL,
		    choice->agency, NULL);
	project_of_file(project, name);
	return 0;
}
