#include "typst_installation.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/root_file.h"

static const char package[] =
    "node_modules/@myriaddreamin/typst-ts-node-compiler/package.json";

/* Takes folder; NULL if the engine is not in it. */
static char *
check_folder_take(char *folder)
{
	owned char *file = mem_format("%s/%s", folder, package);
	bool there = access(file, R_OK) == 0;

	if (there)
		return folder;
	free(folder);
	return NULL;
}

static char *
find_folder(void)
{
	static const char *const places[] = { "typst", "../typst",
		"../share/vade/typst" };
	char self[4096];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);
	char *found = NULL;

	if (len <= 0)
		return NULL;
	self[len] = '\0';
	owned char *dir = file_dirname_dup(self);

	for (size_t i = 0; found == NULL && i < COUNT(places); i++)
		found = check_folder_take(mem_format("%s%s", dir, places[i]));
	return found;
}

/* Takes path; NULL if no program is there. */
static char *
check_program_take(char *path)
{
	if (path[0] == '/' && access(path, X_OK) == 0)
		return path;
	free(path);
	return NULL;
}

static char *
find_node(void)
{
	const char *named = getenv("VADE_NODE");
	const char *path = getenv("PATH");
	char *found = NULL;

	if (named != NULL)
		return check_program_take(mem_dup(named));
	while (path != NULL && *path != '\0' && found == NULL) {
		size_t len = strcspn(path, ":");

		found =
		    check_program_take(mem_format("%.*s/node", (int)len, path));
		path += len + (path[len] == ':');
	}
	return found;
}

void
typst_engine_find(struct typst_engine *engine)
{
	const char *named = getenv("VADE_TYPST");

	*engine = (struct typst_engine){ .unwanted = named != NULL &&
		    named[0] == '\0' };
	if (engine->unwanted)
		return;
	engine->folder =
	    named != NULL ? check_folder_take(mem_dup(named)) : find_folder();
	engine->node = find_node();
}

void
typst_engine_clear(struct typst_engine *engine)
{
	free(engine->folder);
	free(engine->node);
	*engine = (struct typst_engine){ 0 };
}

bool
typst_engine_is_whole(const struct typst_engine *engine)
{
	return engine->folder != NULL && engine->node != NULL;
}

void
typst_engine_copy(struct typst_engine *to, const struct typst_engine *from)
{
	*to = *from;
	to->folder = from->folder == NULL ? NULL : mem_dup(from->folder);
	to->node = from->node == NULL ? NULL : mem_dup(from->node);
}
