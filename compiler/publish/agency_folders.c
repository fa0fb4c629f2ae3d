#include "agency_folders.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "base/alloc.h"
#include "base/root_file.h"

char *
agency_folders_prefix_dup(const struct project *project)
{
	return project->agency == NULL ? mem_dup("")
				       : mem_format("%s/", project->agency->id);
}

/* Is the folder `name` in the open folder fd an agency's edition? */
static bool
is_agency(int fd, const char *name)
{
	int folder = file_open_folder(fd, name);
	bool marked = folder >= 0 &&
	    faccessat(folder, EDITIONS_MARK, F_OK, AT_SYMLINK_NOFOLLOW) == 0;

	if (folder >= 0)
		close(folder);
	return marked;
}

static bool
is_shelf(const struct project *project, const char *name)
{
	for (size_t i = 0; i < project->shelf_count; i++)
		if (strcmp(project->shelves[i].id, name) == 0)
			return true;
	return false;
}

/* Does the name in the old output belong to an edition that this build does
 * not make? A folder that has the name of a shelf gives way to it. */
static bool
is_other(const struct output *output, const struct project *project,
    const char *name)
{
	if (name[0] == '.')
		return false;
	if (project->agency != NULL)
		return strcmp(name, project->agency->id) != 0;
	return !is_shelf(project, name) && is_agency(output->old, name);
}

char **
agency_folders_others(const struct output *output,
    const struct project *project)
{
	char **names = output->old < 0 ? NULL : file_list(output->old);
	size_t count = 0;

	for (size_t i = 0; names != NULL && names[i] != NULL; i++) {
		char *name = names[i];

		if (is_other(output, project, name))
			names[count++] = name;
		else
			free(name);
	}
	if (names != NULL)
		names[count] = NULL;
	return names;
}

char *
agency_folders_mark(const struct agency *agency)
{
	json_t *names = json_object();
	json_auto_t *mark;

	for (size_t i = 0; i < agency->name.count; i++)
		json_object_set_new(names, agency->name.texts[i].lang,
		    json_string(agency->name.texts[i].text));
	mark = json_pack("{s:s, s:o}", "agency", agency->id, "name", names);
	return json_dumps(mark, JSON_INDENT(1));
}
