#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/root_file.h"
#include "base/words.h"

static const char marker[] = ".vademecum";
static const char marker_text[] = "Made by vade; rebuilt as a whole. "
				  "Hecho por vade; se rehace entero.\n";

static int
report(const struct output *output, const char *path, struct diag *diag)
{
	owned char *full =
	    mem_format("%s%s%s", output->path, path[0] ? "/" : "", path);

	diag_report_path(diag, DIAG_OUTPUT_FAILED, NULL, full, strerror(errno),
	    NULL);
	return -1;
}

/* Another build has the folder, or has put its own in its place. */
static int
report_busy(const struct output *output, struct diag *diag)
{
	return diag_report_path(diag, DIAG_OUTPUT_BUSY, NULL, output->path,
	    NULL);
}

/* A file as it lies there; a fifo that somebody left must not hold us. */
enum { READ_FLAGS = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC };

/* What is published is written by whoever builds and by nobody else, whatever
 * the umask lets through. */
enum { FILE_MODE = 0644, FOLDER_MODE = 0755 };

/* --- folders --- */

/* An entry of getdents64, which libc does not declare. */
struct entry {
	uint64_t inode;
	int64_t offset;
	uint16_t size; /* of the whole entry */
	uint8_t type;
	char name[];
};

static bool
is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static bool remove_tree(int parent, const char *name);

/* Removes what one read of a folder gives. True if anything went. */
static bool
remove_some(int fd, const char *bytes, size_t size)
{
	bool removed = false;

	for (size_t at = 0; at < size;) {
		const struct entry *entry = (const void *)(bytes + at);

		if (!is_dots(entry->name) &&
		    (unlinkat(fd, entry->name, 0) == 0 ||
			remove_tree(fd, entry->name)))
			removed = true;
		at += entry->size;
	}
	return removed;
}

/* Asks for no memory: it also runs when there is none. Reads a folder from the
 * start again while that helps, for what is removed moves the rest. */
static bool
remove_tree(int parent, const char *name)
{
	_Alignas(struct entry) char bytes[4096];
	int fd = file_open_folder(parent, name);
	bool removed = true;

	if (fd < 0)
		return unlinkat(parent, name, 0) == 0;
	while (removed) {
		long got;

		removed = false;
		lseek(fd, 0, SEEK_SET);
		while ((got = syscall(SYS_getdents64, fd, bytes,
			    sizeof(bytes))) > 0)
			removed |= remove_some(fd, bytes, (size_t)got);
	}
	close(fd);
	return unlinkat(parent, name, AT_REMOVEDIR) == 0;
}

/* --- when memory runs out --- */

static void
remove_temporary(void *context)
{
	const struct output *output = context;

	remove_tree(output->parent, output->temporary);
}

static void
end_without_traces(struct output *output)
{
	const struct mem_end end = {
		"vade: out of memory; the old output is as it was\n",
		MEM_EXHAUSTED, remove_temporary, output
	};

	mem_set_end(&end);
}

/* What is published is published: no failure is reported then. */
static void
end_well(void)
{
	static const struct mem_end end = {
		"vade: out of memory after publishing; the new output is "
		"whole\n",
		0, NULL, NULL
	};

	mem_set_end(&end);
}

/* --- opening --- */

/* A new folder of a build that was killed; it holds no lock any more. */
static void
remove_leftovers(const struct output *output)
{
	scoped(file_list_clear) char **names = file_list(output->parent);
	owned char *prefix = mem_format(".%s.vade-", output->base);

	for (size_t i = 0; names != NULL && names[i] != NULL; i++) {
		if (strncmp(names[i], prefix, strlen(prefix)) != 0 ||
		    names[i][strlen(prefix) +
			strspn(names[i] + strlen(prefix), "0123456789")] !=
			'\0')
			continue;
		scoped(file_close) int fd =
		    file_open_folder(output->parent, names[i]);

		if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
			remove_tree(output->parent, names[i]);
	}
}

/* Is the folder of this name the one that was opened? */
static bool
is_in_place(const struct output *output, int fd, const char *name)
{
	struct stat opened;
	struct stat named;
	bool same = fstat(fd, &opened) == 0 &&
	    fstatat(output->parent, name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
	    opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;

	if (!same)
		errno = EBUSY;
	return same;
}

/* Missing, empty, or with our marker. */
static int
check_old(struct output *output, struct diag *diag)
{
	struct stat status;

	if (fstatat(output->parent, output->base, &status,
		AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT ? 0 : report(output, "", diag);
	if (!S_ISDIR(status.st_mode))
		return diag_report_path(diag, DIAG_OUTPUT_NOT_OURS, NULL,
		    output->path,
		    words_say(diag->language,
			S_ISLNK(status.st_mode) ? WORDS_OUTPUT_LINK
						: WORDS_OUTPUT_NO_FOLDER),
		    NULL);
	output->old = file_open_folder(output->parent, output->base);
	/* One build at a time; and the folder that was locked is still the
	 * one of that name. */
	if (output->old >= 0 && flock(output->old, LOCK_EX | LOCK_NB) != 0)
		return errno == EWOULDBLOCK ? report_busy(output, diag)
					    : report(output, "", diag);
	if (output->old >= 0 && !is_in_place(output, output->old, output->base))
		return report_busy(output, diag);
	scoped(file_list_clear) char **names =
	    output->old < 0 ? NULL : file_list(output->old);

	if (names == NULL)
		return report(output, "", diag);
	return names[0] == NULL ||
		faccessat(output->old, marker, F_OK, AT_SYMLINK_NOFOLLOW) == 0
	    ? 0
	    : diag_report_path(diag, DIAG_OUTPUT_NOT_OURS, NULL, output->path,
		  words_say(diag->language, WORDS_OUTPUT_NO_MARK), NULL);
}

static int
make_parents(const char *path)
{
	owned char *copy = mem_dup(path);

	for (char *p = copy + 1; *p != '\0'; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		if (mkdir(copy, FOLDER_MODE) != 0 && errno != EEXIST) {
			return -1;
		}
		*p = '/';
	}
	return 0;
}

int
output_open(struct output *output, const char *path, struct diag *diag)
{
	size_t len;

	mem_set_end(NULL);
	*output = (struct output){ .path = mem_dup(path),
		.parent = -1,
		.fd = -1,
		.old = -1 };
	len = strlen(output->path);
	while (len > 1 && output->path[len - 1] == '/')
		output->path[--len] = '\0';
	owned char *folder = file_dirname_dup(output->path);

	output->base = mem_dup(output->path + strlen(folder));
	if (output->base[0] == '\0' || is_dots(output->base))
		return diag_report_path(diag, DIAG_OUTPUT_NOT_OURS, NULL,
		    output->path,
		    words_say(diag->language, WORDS_OUTPUT_NO_NAME), NULL);
	if (make_parents(output->path) == 0)
		output->parent = open(folder[0] ? folder : ".",
		    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (output->parent < 0)
		return report(output, "", diag);
	return check_old(output, diag);
}

/* Is the folder at path the output folder, or inside it? Then publishing would
 * delete it. */
static bool
output_holds(const struct output *output, const char *path)
{
	scoped(file_close) int fd =
	    open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat old;
	struct stat here;
	struct stat above;
	bool holds = false;
	bool top = fd < 0 || output->old < 0 || fstat(output->old, &old) != 0;

	while (!top && !holds && fstat(fd, &here) == 0) {
		int up = openat(fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

		holds = here.st_ino == old.st_ino && here.st_dev == old.st_dev;
		top = up < 0 || fstat(up, &above) != 0 ||
		    (above.st_ino == here.st_ino &&
			above.st_dev == here.st_dev);
		close(fd);
		fd = up;
	}
	return holds;
}

/* Do we hold the new folder? Until it is locked, another build that finds no
 * old one to lock may take it for a leftover. */
static bool
has_begun(const struct output *output)
{
	return output->fd >= 0 && flock(output->fd, LOCK_EX | LOCK_NB) == 0 &&
	    is_in_place(output, output->fd, output->temporary);
}

int
output_begin(struct output *output, struct diag *diag)
{
	remove_leftovers(output);
	output->temporary =
	    mem_format(".%s.vade-%d", output->base, (int)getpid());
	if (mkdirat(output->parent, output->temporary, FOLDER_MODE) != 0)
		return report(output, "", diag);
	output->fd = file_open_folder(output->parent, output->temporary);
	if (!has_begun(output))
		return errno == ENOENT || errno == EWOULDBLOCK || errno == EBUSY
		    ? report_busy(output, diag)
		    : report(output, "", diag);
	end_without_traces(output);
	return output_write(output, marker, marker_text,
	    sizeof(marker_text) - 1, diag);
}

/* --- writing --- */

static bool
is_safe_path(const char *path)
{
	const char *part = path;

	if (strcmp(path, marker) == 0)
		return true;
	for (;;) {
		size_t len = strcspn(part, "/");

		if (len == 0 || part[0] == '.' ||
		    strspn(part,
			"abcdefghijklmnopqrstuvwxyz"
			"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-") < len)
			return false;
		if (part[len] == '\0')
			return true;
		part += len + 1;
	}
}

/* The folder of a path in the new output, made if needed; -1 with errno. */
static int
make_folder(int root, const char *path)
{
	int fd = openat(root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const char *part = path;
	const char *slash;

	while (fd >= 0 && (slash = strchr(part, '/')) != NULL) {
		owned char *name = mem_dup_len(part, (size_t)(slash - part));
		scoped(file_close) int above = fd;

		fd = mkdirat(above, name, FOLDER_MODE) != 0 && errno != EEXIST
		    ? -1
		    : file_open_folder(above, name);
		part = slash + 1;
	}
	return fd;
}

static int
write_at(int folder, const char *name, const void *bytes, size_t size)
{
	int fd = openat(folder, name,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
	int rc;

	if (fd < 0)
		return -1;
	rc = file_write_all(fd, bytes, size);
	if (close(fd) != 0)
		rc = -1;
	return rc;
}

/* Hashed while the bytes are at hand, and while the workers work. */
static void
remember_digest(struct output *output, const char *path, const void *bytes,
    size_t size)
{
	const struct map_entry *entry =
	    map_put_text(&output->written, path, NULL);
	size_t at = (size_t)(entry - output->written.entries);

	output->digests = mem_grow(output->digests, at,
	    &output->digest_capacity, sizeof(*output->digests));
	digest_sha256(bytes, size, output->digests[at]);
}

const char *
output_digest(const struct output *output, const char *path)
{
	const struct map_entry *entry = map_get_text(&output->written, path);

	return entry == NULL ? NULL
			     : output->digests[entry - output->written.entries];
}

int
output_write(struct output *output, const char *path, const void *bytes,
    size_t size, struct diag *diag)
{
	const char *slash = strrchr(path, '/');

	if (!is_safe_path(path))
		return diag_report_path(diag, DIAG_BUG, NULL, "output path",
		    path, NULL);
	scoped(file_close) int folder = make_folder(output->fd, path);

	if (folder < 0 ||
	    write_at(folder, slash ? slash + 1 : path, bytes, size) != 0)
		return report(output, path, diag);
	remember_digest(output, path, bytes, size);
	return 0;
}

/* --- what stays of the old output --- */

bool
output_had(const struct output *output, const char *path)
{
	return output->old >= 0 &&
	    faccessat(output->old, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

size_t
output_old_size(const struct output *output, const char *path)
{
	struct stat status;

	return output->old >= 0 &&
		fstatat(output->old, path, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
		S_ISREG(status.st_mode)
	    ? (size_t)status.st_size
	    : 0;
}

static int
link_tree(int old_parent, int new_parent, const char *name)
{
	scoped(file_close) int from = file_open_folder(old_parent, name);
	int rc = 0;

	if (from < 0)
		return linkat(old_parent, name, new_parent, name, 0);
	if (mkdirat(new_parent, name, FOLDER_MODE) != 0 && errno != EEXIST)
		return -1;
	scoped(file_close) int to = file_open_folder(new_parent, name);
	scoped(file_list_clear) char **names = file_list(from);

	if (to < 0 || names == NULL)
		return -1;
	for (size_t i = 0; rc == 0 && names[i] != NULL; i++)
		rc = link_tree(from, to, names[i]);
	return rc;
}

int
output_keep(struct output *output, const char *path, struct diag *diag)
{
	const char *slash = strrchr(path, '/');
	owned char *folder = file_dirname_dup(path);

	if (!is_safe_path(path) || !output_had(output, path)) {
		errno = ENOENT;
		return report(output, path, diag);
	}
	scoped(file_close) int from = openat(output->old,
	    folder[0] ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	scoped(file_close) int to = make_folder(output->fd, path);

	return from >= 0 && to >= 0 &&
		link_tree(from, to, slash ? slash + 1 : path) == 0
	    ? 0
	    : report(output, path, diag);
}

/* --- walking --- */

static int
walk(int parent, const char *name, const char *path,
    int (*visit)(void *context, const char *path, int fd), void *context)
{
	scoped(file_close) int fd = file_open_folder(parent, name);
	int rc = 0;

	if (fd < 0) {
		fd = openat(parent, name, READ_FLAGS);
		return fd < 0 ? -1 : visit(context, path, fd);
	}
	scoped(file_list_clear) char **names = file_list(fd);

	for (size_t i = 0; rc == 0 && names != NULL && names[i]; i++) {
		owned char *below =
		    mem_format("%s%s%s", path, path[0] ? "/" : "", names[i]);

		rc = walk(fd, names[i], below, visit, context);
	}
	return names == NULL ? -1 : rc;
}

int
output_walk(const struct output *output, const char *folder,
    int (*visit)(void *context, const char *path, int fd), void *context)
{
	return walk(output->fd, folder, "", visit, context);
}

/* --- same or not --- */

static bool
is_same_file(int a, int b)
{
	char left[16384];
	char right[16384];
	struct stat a_status;
	struct stat b_status;
	ssize_t got;

	if (fstat(a, &a_status) != 0 || fstat(b, &b_status) != 0 ||
	    a_status.st_size != b_status.st_size ||
	    !S_ISREG(a_status.st_mode) || !S_ISREG(b_status.st_mode))
		return false;
	if (a_status.st_ino == b_status.st_ino &&
	    a_status.st_dev == b_status.st_dev)
		return true;
	while ((got = read(a, left, sizeof(left))) > 0)
		if (read(b, right, (size_t)got) != got ||
		    memcmp(left, right, (size_t)got) != 0)
			return false;
	return got == 0;
}

static bool
is_same_tree(int old_parent, int new_parent, const char *name)
{
	scoped(file_close) int old = file_open_folder(old_parent, name);
	scoped(file_close) int new = file_open_folder(new_parent, name);
	scoped(file_list_clear) char **old_names = NULL;
	scoped(file_list_clear) char **new_names = NULL;
	bool same = (old >= 0) == (new >= 0);
	size_t i = 0;

	if (same && old >= 0) {
		old_names = file_list(old);
		new_names = file_list(new);
		same = old_names != NULL && new_names != NULL;
		for (; same && new_names[i] != NULL; i++)
			same = old_names[i] != NULL &&
			    strcmp(old_names[i], new_names[i]) == 0 &&
			    is_same_tree(old, new, new_names[i]);
		same = same && old_names[i] == NULL;
	} else if (same) {
		old = openat(old_parent, name, READ_FLAGS);
		new = openat(new_parent, name, READ_FLAGS);
		same = old >= 0 && new >= 0 && is_same_file(old, new);
	}
	return same;
}

bool
output_is_unchanged(const struct output *output)
{
	return output->old >= 0 &&
	    is_in_place(output, output->old, output->base) &&
	    is_same_tree(output->old, output->fd, ".");
}

/* --- the exchange --- */

static int
exchange(const struct output *output, unsigned how)
{
	return renameat2(output->parent, output->temporary, output->parent,
	    output->base, how);
}

int
output_commit(struct output *output, bool sync, struct diag *diag)
{
	bool has_old = output->old >= 0;

	if (sync && syncfs(output->fd) != 0)
		return report(output, "", diag);
	if (exchange(output, has_old ? RENAME_EXCHANGE : RENAME_NOREPLACE) != 0)
		return errno == EEXIST ? report_busy(output, diag)
				       : report(output, "", diag);
	/* Somebody else's folder stood there: it goes back. */
	if (has_old && !is_in_place(output, output->old, output->temporary)) {
		exchange(output, RENAME_EXCHANGE);
		return report_busy(output, diag);
	}
	if (sync && fsync(output->parent) != 0) {
		report(output, "", diag);
		/* What is not safe on the disk does not take its place. */
		if (has_old)
			exchange(output, RENAME_EXCHANGE);
		else
			renameat2(output->parent, output->base, output->parent,
			    output->temporary, RENAME_NOREPLACE);
		return -1;
	}
	end_well();
	/* Now the temporary name is the old folder, or nothing. */
	if (output->old >= 0)
		remove_tree(output->parent, output->temporary);
	free(output->temporary);
	output->temporary = NULL;
	return 0;
}

void
output_close(struct output *output)
{
	if (output->temporary != NULL && output->parent >= 0) {
		remove_tree(output->parent, output->temporary);
		mem_set_end(NULL);
	}
	file_close(&output->fd);
	file_close(&output->old);
	file_close(&output->parent);
	free(output->temporary);
	free(output->base);
	free(output->path);
	map_clear(&output->written);
	free(output->digests);
	*output = (struct output){ .parent = -1, .fd = -1, .old = -1 };
}

int
output_open_for(struct output *output, const char *path, const char *folder,
    struct diag *diag)
{
	int rc = output_open(output, path, diag);

	if (rc == 0 && output_holds(output, folder)) {
		owned char *why =
		    words_format(diag->language, WORDS_OUTPUT_HOLDS, folder);

		rc = diag_report_path(diag, DIAG_OUTPUT_NOT_OURS, NULL, path,
		    why, NULL);
	}
	return rc;
}
