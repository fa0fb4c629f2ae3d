#include "valid_books_cache.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/root_file.h"

enum { KEY = 32, MOST = 512 }; /* hex digits of a key; keys kept */

static char *
find_path(void)
{
	const char *cache = getenv("XDG_CACHE_HOME");
	const char *home = getenv("HOME");

	if (cache != NULL && cache[0] == '/')
		return mem_format("%s/vade/valid", cache);
	if (home != NULL && home[0] == '/')
		return mem_format("%s/.cache/vade/valid", home);
	return NULL;
}

static void
read_keys(const char *path, struct map *keys)
{
	char line[KEY + 2];
	FILE *file = fopen(path, "re");

	if (file == NULL)
		return;
	while (fgets(line, sizeof(line), file) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (strlen(line) == KEY)
			map_put_text(keys, line, NULL);
	}
	fclose(file);
}

void
valid_cache_open(struct valid_cache *validity)
{
	memset(validity, 0, sizeof(*validity));
	validity->path = find_path();
	if (validity->path != NULL)
		read_keys(validity->path, &validity->keys);
}

bool
valid_cache_has(const struct valid_cache *validity, const char *key)
{
	return map_get_text(&validity->keys, key) != NULL;
}

void
valid_cache_add(struct valid_cache *validity, const char *key)
{
	bool is_new = false;

	if (strlen(key) == KEY)
		map_put_text(&validity->keys, key, &is_new);
	validity->changed |= is_new;
}

/* The folders above the file, private to the user. */
static void
make_folders(const char *path)
{
	owned char *copy = mem_dup(path);

	for (char *p = copy + 1; *p != '\0'; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		mkdir(copy, 0700);
		*p = '/';
	}
}

static void
write_keys(struct valid_cache *validity)
{
	owned char *temporary =
	    mem_format("%s.%d", validity->path, (int)getpid());
	scoped(buf_clear) struct buf text = { 0 };
	scoped(map_clear) struct map keys = { 0 };
	size_t first;
	int fd;

	/* What another run added meanwhile is kept, ours come last. */
	read_keys(validity->path, &keys);
	for (size_t i = 0; i < validity->keys.count; i++)
		map_put_text(&keys, validity->keys.entries[i].key, NULL);
	first = keys.count > MOST ? keys.count - MOST : 0;
	for (size_t i = first; i < keys.count; i++)
		buf_add_format(&text, "%s\n", keys.entries[i].key);
	make_folders(validity->path);
	fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0) {
		int rc = file_write_all(fd, text.data, text.size);

		if (close(fd) != 0 || rc != 0 ||
		    rename(temporary, validity->path) != 0)
			unlink(temporary);
	}
}

void
valid_cache_close(struct valid_cache *validity)
{
	if (validity->changed && validity->path != NULL)
		write_keys(validity);
	free(validity->path);
	map_clear(&validity->keys);
}
