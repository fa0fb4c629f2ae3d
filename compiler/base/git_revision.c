#include "git_revision.h"

#include <errno.h>
#include <git2.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "buf.h"

struct revision {
	struct file_store store;
	git_repository *repository;
	git_tree *tree; /* of the project's folder */
};

bool
revision_is_meant(const char *name)
{
	return access(name, F_OK) != 0;
}

/* --- the store --- */

/* A blob that is a file: FILE_MISSING, FILE_OUTSIDE if it is a link. */
static enum file_result
find_blob(const struct revision *revision, const char *path, git_blob **blob)
{
	git_tree_entry *entry = NULL;
	enum file_result result = FILE_MISSING;

	*blob = NULL;
	if (git_tree_entry_bypath(&entry, revision->tree, path) != 0)
		return FILE_MISSING;
	if (git_tree_entry_filemode(entry) == GIT_FILEMODE_LINK) {
		result = FILE_OUTSIDE;
	} else if (git_tree_entry_type(entry) != GIT_OBJECT_BLOB) {
		errno = EISDIR;
		result = FILE_UNREADABLE;
	} else if (git_blob_lookup(blob, revision->repository,
		       git_tree_entry_id(entry)) == 0) {
		result = FILE_OK;
	} else {
		errno = EIO;
		result = FILE_UNREADABLE;
	}
	git_tree_entry_free(entry);
	return result;
}

/* A file_store's. */
static enum file_result
read_blob(const struct file_store *store, const char *path, size_t limit,
    char **bytes, size_t *size)
{
	git_blob *blob;
	enum file_result result =
	    find_blob((const struct revision *)store, path, &blob);

	if (result != FILE_OK)
		return result;
	*size = (size_t)git_blob_rawsize(blob);
	if (*size > limit)
		result = FILE_TOO_LARGE;
	else if (bytes != NULL)
		*bytes = mem_dup_len(git_blob_rawcontent(blob), *size);
	git_blob_free(blob);
	return result;
}

/* A file_store's. */
static void
close_revision(struct file_store *store)
{
	struct revision *revision = (struct revision *)store;

	git_tree_free(revision->tree);
	git_repository_free(revision->repository);
	git_libgit2_shutdown();
	free(revision);
}

/* --- which revision --- */

/* Nothing of the machine or the user is read. */
static void
start_library(void)
{
	static const int levels[] = { GIT_CONFIG_LEVEL_PROGRAMDATA,
		GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG,
		GIT_CONFIG_LEVEL_GLOBAL };

	git_libgit2_init();
	for (size_t i = 0; i < sizeof(levels) / sizeof(*levels); i++)
		git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, levels[i], "");
}

static int
report(struct diag *diag, const char *name)
{
	const git_error *error = git_error_last();

	return diag_report_path(diag, DIAG_REVISION_MISSING, NULL, name,
	    error != NULL ? error->message : "-", NULL);
}

/* The tree of the commit that a name means; NULL if it means none. */
static git_tree *
find_tree(git_repository *repository, const char *commit)
{
	git_object *object = NULL;
	git_object *tree = NULL;

	if (git_revparse_single(&object, repository, commit) == 0)
		git_object_peel(&tree, object, GIT_OBJECT_TREE);
	git_object_free(object);
	return (git_tree *)tree;
}

/* --- where the project is in it --- */

static bool
holds_settings(git_repository *repository, const git_tree_entry *entry)
{
	git_tree *tree = NULL;
	bool holds;

	if (git_tree_entry_type(entry) != GIT_OBJECT_TREE ||
	    git_tree_lookup(&tree, repository, git_tree_entry_id(entry)) != 0)
		return false;
	holds = git_tree_entry_byname(tree, "vade.xml") != NULL;
	git_tree_free(tree);
	return holds;
}

/* The one folder with settings: "" = the top itself; NULL if there are none or
 * several, which *names tells. The caller frees both. */
static char *
find_project(git_repository *repository, const git_tree *tree, char **names)
{
	struct buf found = { 0 };
	char *only = NULL;
	size_t count = 0;

	*names = NULL;
	if (git_tree_entry_byname(tree, "vade.xml") != NULL)
		return mem_dup("");
	for (size_t i = 0; i < git_tree_entrycount(tree); i++) {
		const git_tree_entry *entry = git_tree_entry_byindex(tree, i);

		if (!holds_settings(repository, entry))
			continue;
		count++;
		buf_add_listed(&found, git_tree_entry_name(entry));
		free(only);
		only = mem_dup(git_tree_entry_name(entry));
	}
	*names = mem_dup(buf_text(&found));
	buf_clear(&found);
	if (count == 1)
		return only;
	free(only);
	return NULL;
}

/* Goes down to a folder, and tells what the project begins with. */
static bool
enter(struct revision *revision, const char *path, char **file)
{
	git_tree_entry *entry = NULL;
	git_object *object = NULL;
	char *folder;

	if (*path == '\0') {
		*file = mem_dup("vade.xml");
		return true;
	}
	if (git_tree_entry_bypath(&entry, revision->tree, path) != 0)
		return false;
	if (git_tree_entry_type(entry) == GIT_OBJECT_BLOB) {
		git_tree_entry_free(entry);
		folder = file_dirname_dup(path);
		*file = mem_dup(path + strlen(folder));
		if (*folder != '\0')
			folder[strlen(folder) - 1] = '\0';
	} else {
		git_tree_entry_free(entry);
		folder = mem_dup(path);
		*file = mem_dup("vade.xml");
	}
	entry = NULL;
	if (*folder != '\0' &&
	    git_tree_entry_bypath(&entry, revision->tree, folder) == 0 &&
	    git_tree_entry_to_object(&object, revision->repository, entry) ==
		0) {
		git_tree_free(revision->tree);
		revision->tree = (git_tree *)object;
	}
	git_tree_entry_free(entry);
	free(folder);
	return true;
}

static int
open_project(struct revision *revision, const char *name, const char *path,
    char **file, struct diag *diag)
{
	char *names = NULL;
	char *found = path != NULL
	    ? mem_dup(path)
	    : find_project(revision->repository, revision->tree, &names);
	int rc = 0;

	if (found == NULL || !enter(revision, found, file))
		rc = diag_report_path(diag, DIAG_REVISION_PROJECT, NULL, name,
		    names != NULL && *names != '\0' ? names : "-", NULL);
	free(names);
	free(found);
	return rc;
}

int
revision_open(struct file_root *root, const char *name, char **file,
    struct diag *diag)
{
	const char *colon = strchr(name, ':');
	size_t len = colon != NULL ? (size_t)(colon - name) : strlen(name);
	char *commit = mem_dup_len(name, len);
	struct revision *revision = mem_alloc(sizeof(*revision));
	int rc = 0;

	start_library();
	revision->store =
	    (struct file_store){ .read = read_blob, .close = close_revision };
	*root = (struct file_root){ .fd = -1,
		.path = mem_dup(name),
		.store = &revision->store };
	if (git_repository_open_ext(&revision->repository, ".", 0, NULL) != 0 ||
	    (revision->tree = find_tree(revision->repository, commit)) == NULL)
		rc = report(diag, name);
	if (rc == 0)
		rc = open_project(revision, name,
		    colon != NULL ? colon + 1 : NULL, file, diag);
	free(commit);
	return rc;
}
