/* base/root_file: names that are refused, and reading beneath one folder. */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>

#include "base/root_file.h"

static void
join_resolves_or_refuses(void)
{
	static const struct {
		const char *base;
		const char *href;
		const char *path; /* NULL = refused */
	} rows[] = {
		{ "book.xml", "a.xml", "a.xml" },
		{ "en/book.xml", "a.xml", "en/a.xml" },
		{ "en/book.xml", "part/a.xml", "en/part/a.xml" },
		{ "en/part/a.xml", "../b.xml", "en/b.xml" },
		{ "en/part/a.xml", "../../b.xml", "b.xml" },
		{ "en/part/a.xml", "../../figures/b.svg", "figures/b.svg" },
		{ "en/book.xml", "./a.xml", "en/a.xml" },
		{ "en/book.xml", "x/./y/../a.xml", "en/x/a.xml" },
		{ "", "a.xml", "a.xml" },
		{ "en/", "a.xml", "en/a.xml" },
		{ "en/book.xml", "a b.xml", "en/a b.xml" },
		{ "en/book.xml", "a..b/c...xml", "en/a..b/c...xml" },
		/* leaves the root */
		{ "book.xml", "../a.xml", NULL },
		{ "en/book.xml", "../../a.xml", NULL },
		{ "en/book.xml", "x/../../../a.xml", NULL },
		{ "en/book.xml", "../..", NULL },
		/* absolute, scheme, backslash, empty */
		{ "en/book.xml", "/etc/passwd", NULL },
		{ "en/book.xml", "//host/a.xml", NULL },
		{ "en/book.xml", "a//b.xml", NULL },
		{ "en/book.xml", "http://host/a.xml", NULL },
		{ "en/book.xml", "file:a.xml", NULL },
		{ "en/book.xml", "c:a.xml", NULL },
		{ "en/book.xml", "a\\b.xml", NULL },
		{ "en/book.xml", "..\\a.xml", NULL },
		{ "en/book.xml", "", NULL },
		/* hidden */
		{ "en/book.xml", ".git/config", NULL },
		{ "en/book.xml", "x/.hidden", NULL },
		{ "en/book.xml", ".../a.xml", NULL },
		{ "en/book.xml", "..a", NULL },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		char *path = file_join(rows[i].base, rows[i].href);

		CHECK_TEXT(path, rows[i].path, "join \"%s\", \"%s\"",
		    rows[i].base, rows[i].href);
		free(path);
	}
}

static void
dirname_ends_with_its_slash(void)
{
	static const char *const rows[][2] = {
		{ "a.xml", "" },
		{ "en/a.xml", "en/" },
		{ "en/x/a.xml", "en/x/" },
		{ "/a", "/" },
		{ "", "" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		char *folder = file_dirname_dup(rows[i][0]);

		CHECK_TEXT(folder, rows[i][1], "folder of \"%s\"", rows[i][0]);
		free(folder);
	}
}

/* outside/secret and project/, with everything that may lie in it. */
static char *
make_project(struct file_root *root)
{
	char *top = unit_folder_new();
	char *project = mem_format("%s/project", top);
	char *fifo = mem_format("%s/project/fifo", top);
	char *secret = mem_format("%s/outside/secret", top);

	unit_mkdir(top, "outside");
	unit_write(top, "outside/secret", "secret");
	unit_mkdir(top, "project");
	unit_mkdir(top, "project/en");
	unit_write(top, "project/a.xml", "<a/>");
	unit_write(top, "project/empty", "");
	unit_write(top, "project/en/b.xml", "<b/>");
	unit_write_bytes(top, "project/zero", "x\0y", 3);
	unit_symlink("../outside/secret", top, "project/link-out");
	unit_symlink(secret, top, "project/link-absolute");
	unit_symlink("../outside", top, "project/folder-out");
	unit_symlink("en/b.xml", top, "project/link-inside");
	unit_symlink("loop", top, "project/loop");
	unit_symlink("nowhere", top, "project/dangling");
	assert_int_equal(mkfifo(fifo, 0666), 0);
	assert_int_equal(file_root_open(root, project), 0);
	free(project);
	free(fifo);
	free(secret);
	return top;
}

static const char *
result_name(enum file_result result)
{
	static const char *const names[] = { "ok", "missing", "outside",
		"unreadable", "too large" };

	return names[result];
}

static void
read_stays_beneath_the_root(void)
{
	static const struct {
		const char *path;
		const char *result;
		const char *bytes;
	} rows[] = {
		{ "a.xml", "ok", "<a/>" },
		{ "empty", "ok", "" },
		{ "en/b.xml", "ok", "<b/>" },
		{ "link-inside", "ok", "<b/>" },
		{ "missing.xml", "missing", NULL },
		{ "a.xml/b.xml", "missing", NULL },
		{ "dangling", "missing", NULL },
		{ "", "missing", NULL },
		{ "link-out", "outside", NULL },
		{ "link-absolute", "outside", NULL },
		{ "folder-out/secret", "outside", NULL },
		{ "../outside/secret", "outside", NULL },
		{ "en/../../outside/secret", "outside", NULL },
		{ "/etc/passwd", "outside", NULL },
		{ "loop", "outside", NULL },
		{ "fifo", "unreadable", NULL },
		{ "en", "unreadable", NULL },
		{ ".", "unreadable", NULL },
	};
	struct file_root root;
	char *top = make_project(&root);

	alarm(20); /* a fifo must not hold us */
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *bytes = NULL;
		size_t size = 99;
		enum file_result result =
		    file_read(&root, rows[i].path, 1000, &bytes, &size);

		CHECK_TEXT(result_name(result), rows[i].result, "read \"%s\"",
		    rows[i].path);
		if (result == FILE_OK)
			CHECK(size == strlen(bytes), "size of %s",
			    rows[i].path);
		CHECK_TEXT(bytes, rows[i].bytes, "bytes of \"%s\"",
		    rows[i].path);
		free(bytes);
	}
	alarm(0);
	file_root_close(&root);
	unit_remove(top);
}

static void
read_says_why_in_errno(void)
{
	struct file_root root;
	char *top = make_project(&root);
	char *bytes;
	size_t size;

	errno = 0;
	CHECK(file_read(&root, "en", 10, &bytes, &size) == FILE_UNREADABLE &&
		errno == EISDIR,
	    "a folder: %s", strerror(errno));
	file_root_close(&root);
	unit_remove(top);
}

static void
read_keeps_zero_bytes_and_limits(void)
{
	static const struct {
		const char *path;
		size_t limit;
		const char *result;
	} rows[] = {
		{ "zero", 3, "ok" },
		{ "zero", 4, "ok" },
		{ "zero", 2, "too large" },
		{ "zero", 0, "too large" },
		{ "empty", 0, "ok" },
		{ "large", 100000, "ok" },
		{ "large", 99999, "too large" },
	};
	struct file_root root;
	char *top = make_project(&root);
	char *large = mem_alloc(100000);

	memset(large, 'x', 100000);
	unit_write_bytes(top, "project/large", large, 100000);
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *bytes = NULL;
		size_t size = 0;
		enum file_result result = file_read(&root, rows[i].path,
		    rows[i].limit, &bytes, &size);

		CHECK_TEXT(result_name(result), rows[i].result,
		    "%s of at most %zu", rows[i].path, rows[i].limit);
		if (result == FILE_OK && strcmp(rows[i].path, "zero") == 0)
			CHECK(size == 3 && memcmp(bytes, "x\0y", 4) == 0,
			    "zero: %zu bytes", size);
		if (result == FILE_OK && strcmp(rows[i].path, "large") == 0)
			CHECK(size == 100000 && bytes[99999] == 'x' &&
				bytes[100000] == '\0',
			    "large: %zu bytes", size);
		free(bytes);
	}
	free(large);
	file_root_close(&root);
	unit_remove(top);
}

/* A file that has more than its size says, as one that grows meanwhile. */
static void
read_trusts_no_size(void)
{
	struct file_root root;
	char *bytes = NULL;
	size_t size = 0;

	assert_int_equal(file_root_open(&root, "/proc/self"), 0);
	CHECK(file_read(&root, "status", 10, &bytes, &size) == FILE_TOO_LARGE,
	    "at most 10 bytes");
	CHECK(file_read(&root, "status", 1 << 20, &bytes, &size) == FILE_OK &&
		size > 10 && size == strlen(bytes),
	    "all of it: %zu bytes", size);
	free(bytes);
	file_root_close(&root);
}

static void
root_must_be_a_folder(void)
{
	struct file_root root;
	char *top = make_project(&root);
	char *file = mem_format("%s/project/a.xml", top);
	struct file_root other;

	CHECK(file_root_open(&other, file) == -1 && errno == ENOTDIR,
	    "a file: %s", strerror(errno));
	free(file);
	file_root_close(&root);
	CHECK(root.fd == -1 && root.path == NULL, "closed");
	file_root_close(&root);
	unit_remove(top);
}

static void
write_all_writes_all_or_says_why(void)
{
	char *top = unit_folder_new();
	char *path = mem_format("%s/out", top);
	int fd = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0666);
	char back[8] = "";

	CHECK(file_write_all(fd, "abc", 3) == 0, "three bytes");
	CHECK(file_write_all(fd, NULL, 0) == 0, "no bytes");
	CHECK(pread(fd, back, sizeof(back), 0) == 3, "size");
	CHECK_TEXT(back, "abc", "written");
	close(fd);
	CHECK(file_write_all(fd, "abc", 3) == -1 && errno == EBADF,
	    "a closed file");
	free(path);
	unit_remove(top);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(join_resolves_or_refuses),
		UNIT(dirname_ends_with_its_slash),
		UNIT(read_stays_beneath_the_root),
		UNIT(read_says_why_in_errno),
		UNIT(read_keeps_zero_bytes_and_limits),
		UNIT(read_trusts_no_size),
		UNIT(root_must_be_a_folder),
		UNIT(write_all_writes_all_or_says_why),
	};

	return cmocka_run_group_tests_name("base/root_file", tests, NULL, NULL);
}
