#include "root_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/list.h"
#include "alloc.h"
#include "text.h"
#include "buf.h"

int
file_root_open(struct file_root *root, const char *path)
{
	root->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (root->fd < 0)
		return -1;
	root->path = mem_dup(path);
	root->store = NULL;
	root->mount = NULL;
	return 0;
}

void
file_root_close(struct file_root *root)
{
	if (root->fd >= 0)
		close(root->fd);
	if (root->store != NULL)
		root->store->close(root->store);
	root->store = NULL;
	file_root_unmount(root);
	free(root->path);
	root->fd = -1;
	root->path = NULL;
}

enum { OPEN_FLAGS = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY };

/* For kernels and sandboxes without openat2: part by part, no link at all. */
static int
open_by_parts(int root, const char *path)
{
	scoped(file_close) int fd =
	    openat(root, ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	const char *slash;

	while (fd >= 0 && (slash = strchr(path, '/')) != NULL) {
		owned char *part = mem_dup_len(path, (size_t)(slash - path));
		scoped(file_close) int above = fd;

		fd = -1;
		if (strcmp(part, "..") != 0 && part[0] != '\0')
			fd = openat(above, part,
			    O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		else
			errno = EXDEV;
		path = slash + 1;
	}
	return fd < 0 ? -1 : openat(fd, path, OPEN_FLAGS | O_NOFOLLOW);
}

static int
open_beneath(int root, const char *path)
{
	struct open_how how = {
		.flags = OPEN_FLAGS,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS,
	};
	int fd = (int)syscall(SYS_openat2, root, path, &how, sizeof(how));

	return fd < 0 && errno == ENOSYS ? open_by_parts(root, path) : fd;
}

bool
file_is_mounted(const struct file_root *root, const char *path)
{
	return root->mount != NULL &&
	    strncmp(path, root->mount, strlen(root->mount)) == 0;
}

/* Opens a file in the folder that its path names. */
static int
open_in_root(const struct file_root *root, const char *path)
{
	return file_is_mounted(root, path)
	    ? open_beneath(root->mount_fd, path + strlen(root->mount))
	    : open_beneath(root->fd, path);
}

/* "a//b/" becomes "a/b": two slashes are the mount's mark. */
static char *
mount_name(const char *dir)
{
	struct buf name = { 0 };

	for (; *dir != '\0'; dir++)
		if (dir[0] != '/' || dir[1] != '/')
			buf_add_char(&name, dir[0]);
	if (name.size > 0 && name.data[name.size - 1] == '/')
		name.size--;
	buf_add_text(&name, "//");
	return buf_take(&name);
}

int
file_root_mount(struct file_root *root, const char *dir, bool listed)
{
	struct stat status;
	int fd = listed ? open_beneath(root->fd, dir)
			: open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return -1;
	if (fstat(fd, &status) != 0 || !S_ISDIR(status.st_mode)) {
		close(fd);
		errno = ENOTDIR;
		return -1;
	}
	root->mount_fd = fd;
	root->mount = mount_name(dir);
	return 0;
}

void
file_root_unmount(struct file_root *root)
{
	if (root->mount == NULL)
		return;
	close(root->mount_fd);
	free(root->mount);
	root->mount = NULL;
}

static enum file_result
result_of_errno(void)
{
	switch (errno) {
	case ENOENT:
	case ENOTDIR:
		return FILE_MISSING;
	case EXDEV:
	case ELOOP:
		return FILE_OUTSIDE;
	default:
		return FILE_UNREADABLE;
	}
}

/* A regular file of at most limit bytes; *size is what it has. */
static enum file_result
look_at_open_file(int fd, size_t limit, size_t *size)
{
	struct stat status;

	if (fstat(fd, &status) != 0)
		return FILE_UNREADABLE;
	if (!S_ISREG(status.st_mode)) {
		errno = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
		return FILE_UNREADABLE;
	}
	*size = (size_t)status.st_size;
	return *size > limit ? FILE_TOO_LARGE : FILE_OK;
}

enum file_result
file_read_open(int fd, size_t limit, char **bytes, size_t *size)
{
	struct buf buf = { 0 };
	ssize_t got = 0;
	size_t expected = 0;
	enum file_result result = look_at_open_file(fd, limit, &expected);

	if (result != FILE_OK)
		return result;
	do {
		size_t room;

		buf.size += (size_t)got;
		room = expected + 1 > buf.size ? expected + 1 - buf.size : 4096;
		got = read(fd, buf_reserve(&buf, room), room);
		if (got < 0 && errno == EINTR)
			got = 0, errno = 0;
		else if (got == 0)
			break;
	} while (got >= 0 && buf.size + (size_t)got <= limit);
	if (got != 0) {
		buf_clear(&buf);
		return got < 0 ? FILE_UNREADABLE : FILE_TOO_LARGE;
	}
	*size = buf.size;
	*bytes = buf_take(&buf);
	return FILE_OK;
}

enum file_result
file_read(const struct file_root *root, const char *path, size_t limit,
    char **bytes, size_t *size)
{
	if (root->store != NULL && !file_is_mounted(root, path))
		return root->store->read(root->store, path, limit, bytes, size);
	scoped(file_close) int fd = open_in_root(root, path);

	return fd < 0 ? result_of_errno()
		      : file_read_open(fd, limit, bytes, size);
}

enum file_result
file_look(const struct file_root *root, const char *path, size_t limit)
{
	size_t size;

	if (root->store != NULL && !file_is_mounted(root, path))
		return root->store->read(root->store, path, limit, NULL, &size);
	scoped(file_close) int fd = open_in_root(root, path);

	return fd < 0 ? result_of_errno() : look_at_open_file(fd, limit, &size);
}

char *
file_dirname_dup(const char *path)
{
	const char *slash = strrchr(path, '/');

	return mem_dup_len(path, slash ? (size_t)(slash - path) + 1 : 0);
}

/* Takes the last part off; false if there is none: the path leaves. */
static bool
drop_last(struct buf *path)
{
	if (path->size == 0 ||
	    (path->size >= 2 &&
		memcmp(path->data + path->size - 2, "//", 2) == 0))
		return false;
	do
		path->size--;
	while (path->size > 0 && path->data[path->size - 1] != '/');
	path->data[path->size] = '\0';
	return true;
}

char *
file_join(const char *base, const char *href)
{
	struct buf path = { 0 };
	char *dir;

	if (href[0] == '/' || href[0] == '\0' || strchr(href, ':') ||
	    strchr(href, '\\') || strstr(href, "//"))
		return NULL;
	dir = file_dirname_dup(base);
	buf_add_text(&path, dir);
	free(dir);
	for (const char *p = href; *p != '\0';) {
		size_t len = strcspn(p, "/");
		bool last = p[len] == '\0';

		if (len == 2 && p[0] == '.' && p[1] == '.') {
			if (!drop_last(&path))
				goto refused;
		} else if (p[0] == '.' && len > 1) {
			goto refused;
		} else if (len != 1 || p[0] != '.') {
			buf_add(&path, p, len + (last ? 0 : 1));
		}
		p += len + (last ? 0 : 1);
	}
	return buf_take(&path);
refused:
	buf_clear(&path);
	return NULL;
}

int
file_write_all(int fd, const void *bytes, size_t size)
{
	const char *at = bytes;

	while (size > 0) {
		ssize_t written = write(fd, at, size);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -1;
		at += written;
		size -= (size_t)written;
	}
	return 0;
}

char **
file_list(int fd)
{
	int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = copy < 0 ? NULL : fdopendir(copy);
	char **names = NULL;
	size_t count = 0;
	size_t capacity = 0;
	struct dirent *entry;

	if (dir == NULL)
		return NULL;
	while ((entry = readdir(dir)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		*list_add(names, count, capacity) = mem_dup(entry->d_name);
	}
	closedir(dir);
	if (count > 1)
		qsort(names, count, sizeof(*names), text_compare);
	names = mem_grow(names, count, &capacity, sizeof(*names));
	names[count] = NULL;
	return names;
}

void
file_list_clear(char ***names)
{
	for (char **name = *names; name != NULL && *name != NULL; name++)
		free(*name);
	free(*names);
}

void
file_close(int *fd)
{
	int saved = errno;

	if (*fd >= 0)
		close(*fd);
	errno = saved;
}

int
file_open_folder(int parent, const char *name)
{
	return openat(parent, name,
	    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}
