#include "missing_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/text.h"

/* The names in a folder of the project, without its hidden ones; NULL if it is
 * none. */
static char **
list_folder(const struct file_root *root, const char *folder)
{
	int fd = root->mount != NULL && file_is_mounted(root, folder)
	    ? -1 /* an agency's: its names are its own */
	    : file_open_folder(root->fd, folder[0] != '\0' ? folder : ".");
	char **names = fd >= 0 ? file_list(fd) : NULL;
	size_t kept = 0;

	if (fd >= 0)
		close(fd);
	for (size_t i = 0; names != NULL && names[i] != NULL; i++) {
		if (names[i][0] == '.')
			free(names[i]);
		else
			names[kept++] = names[i];
	}
	if (names != NULL)
		names[kept] = NULL;
	return names;
}

static size_t
count_names(char *const *names)
{
	size_t count = 0;

	while (names != NULL && names[count] != NULL)
		count++;
	return count;
}

static char *
fill_name(const char *const cures[], const struct diag *diag, const char *name)
{
	const char *const arguments[DIAG_ARGUMENTS] = { name };

	return name != NULL ? diag_fill(cures[diag->language], arguments)
			    : NULL;
}

static char *
stem_dup(const char *name)
{
	const char *ending = strrchr(name, '.');

	return mem_dup_len(name,
	    ending != NULL ? (size_t)(ending - name) : strlen(name));
}

/* The name that is a slip of the pen away, endings apart: those of most are
 * alike. Lent. */
static const char *
find_near(const char *name, char *const *names)
{
	size_t count = count_names(names);
	owned char **stems = mem_array(count + 1, sizeof(*stems));
	owned char *stem = stem_dup(name);
	const char *near;
	const char *found = NULL;

	for (size_t i = 0; i < count; i++)
		stems[i] = stem_dup(names[i]);
	near = text_nearest(stem, (const char *const *)stems, count);
	for (size_t i = 0; i < count; i++) {
		if (stems[i] == near)
			found = names[i];
		free(stems[i]);
	}
	return found;
}

/* A name in the folder that the value at `place` names: as it would be written
 * there. The caller frees; NULL if there is no name. */
static char *
as_written(const struct diag *diag, struct place place, const char *name)
{
	const struct source *source = sources_get(diag->sources, place.file);
	char *written;
	char *folder;
	char *path;

	if (name == NULL || source == NULL)
		return name != NULL ? mem_dup(name) : NULL;
	written = mem_dup_len(source->bytes + place.offset, place.len);
	folder = file_dirname_dup(written);
	path = mem_format("%s%s", folder, name);
	free(folder);
	free(written);
	return path;
}

int
missing_file_report(struct diag *diag, const struct file_root *root,
    struct place place, const char *path)
{
	static const char *const cures[DIAG_LANGUAGES] = {
		"did you mean {0}?",
		"¿quería decir {0}?",
	};
	owned char *folder = file_dirname_dup(path);
	const char *name = path + strlen(folder);
	scoped(file_list_clear) char **names = list_folder(root, folder);
	owned char *near = as_written(diag, place, find_near(name, names));
	owned char *cure = fill_name(cures, diag, near);

	diag_report_cure(diag, DIAG_FILE_MISSING, place, (struct place){ 0 },
	    cure, path, NULL);
	return -1;
}

/* The first file of XML in a folder; NULL if there is none. */
static const char *
first_file(char *const *names)
{
	for (; names != NULL && *names != NULL; names++) {
		const char *ending = strrchr(*names, '.');

		if (ending != NULL && strcmp(ending, ".xml") == 0)
			return *names;
	}
	return NULL;
}

static int
report_folder(struct diag *diag, const struct file_root *root,
    struct place place, const char *path)
{
	static const char *const what[DIAG_LANGUAGES] = {
		"it is a folder",
		"es una carpeta",
	};
	static const char *const cures[DIAG_LANGUAGES] = {
		"name a file in it, for example {0}",
		"indique un fichero de la carpeta, por ejemplo {0}",
	};
	scoped(file_list_clear) char **names = list_folder(root, path);
	const char *first = first_file(names);
	owned char *example =
	    first != NULL ? mem_format("%s/%s", path, first) : NULL;
	owned char *cure = fill_name(cures, diag, example);

	diag_report_cure(diag, DIAG_FILE_UNREADABLE, place, (struct place){ 0 },
	    cure, path, what[diag->language], NULL);
	return -1;
}

int
missing_file_report_unreadable(struct diag *diag, const struct file_root *root,
    struct place place, const char *path)
{
	if (errno == EISDIR)
		return report_folder(diag, root, place, path);
	/* A device or a pipe: the kernel has no word for it. */
	return diag_report(diag, DIAG_FILE_UNREADABLE, place, path,
	    errno == EINVAL ? "Not a regular file" : strerror(errno), NULL);
}
