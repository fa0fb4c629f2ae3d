/*
 * Reading files beneath one folder, and nothing else. Used by load; the only
 * way any content enters the program.
 * Invariant: no path given to a root can reach outside it (or outside its
 * second folder), by "..", symlink, mount or absolute name, and only regular
 * files are read.
 */
#ifndef VADE_BASE_ROOT_FILE_H
#define VADE_BASE_ROOT_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct file_store;

struct file_root {
	int fd;     /* of the folder; -1 = closed */
	char *path; /* as the user named it */
	/* Where files come from instead of a folder; owned, NULL = none. */
	struct file_store *store;
	/* A second folder, beside the first: its files are called "DIR//PATH",
	 * which no href can say (file_join). NULL = none. */
	char *mount; /* "DIR//" */
	int mount_fd;
};

enum file_result {
	FILE_OK,
	FILE_MISSING,
	FILE_OUTSIDE,    /* the path leaves the folder */
	FILE_UNREADABLE, /* errno tells */
	FILE_TOO_LARGE,
};

struct file_store {
	/* As file_read; bytes NULL: as file_look. */
	enum file_result (*read)(const struct file_store *store,
	    const char *path, size_t limit, char **bytes, size_t *size);
	void (*close)(struct file_store *store);
};

/* Opens a folder; -1 with errno set if it is none. */
int file_root_open(struct file_root *root, const char *path);
/*
 * Opens a second folder; a path that starts with root->mount is then read in
 * it, and only there. listed: dir is a path of the project itself, found
 * beneath root; else it is the user's. -1 with errno set if it is none.
 */
int file_root_mount(struct file_root *root, const char *dir, bool listed);
/* Closes the second folder again. */
void file_root_unmount(struct file_root *root);
/* Is a path one of the second folder's? */
bool file_is_mounted(const struct file_root *root, const char *path);
void file_root_close(struct file_root *root);

/*
 * Reads a whole regular file of at most limit bytes, path relative to root.
 * On FILE_OK *bytes is zero-terminated and the caller's to free.
 */
enum file_result file_read(const struct file_root *root, const char *path,
    size_t limit, char **bytes, size_t *size);
/* The same of an open file; errno for FILE_UNREADABLE. */
enum file_result
file_read_open(int fd, size_t limit, char **bytes, size_t *size);

/* What file_read would say, without reading; errno for FILE_UNREADABLE. */
enum file_result
file_look(const struct file_root *root, const char *path, size_t limit);

/*
 * The path that href means in the file at base: joined, "." and ".."
 * resolved, still relative to the root. NULL if it would leave the root, is
 * absolute, has a scheme, a backslash or a hidden part. The caller frees it.
 */
char *file_join(const char *base, const char *href);

/* The folder part of a path with its slash, "" if there is none. */
char *file_dirname_dup(const char *path);

/* The names in an open folder, sorted, ended by NULL; NULL with errno. */
char **file_list(int fd);
void file_list_clear(char ***names);
/* Closes a file that is open, not -1, and leaves errno as it was. */
void file_close(int *fd);
/* Opens a folder in a folder, never through a link; -1 with errno. */
int file_open_folder(int parent, const char *name);

/* Writes all bytes; -1 with errno. Retries interrupted and short writes. */
int file_write_all(int fd, const void *bytes, size_t size);

#endif
