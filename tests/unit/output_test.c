/* publish/output: the old folder stays whole until the new one is. */
#include "unit.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>

#include "publish/output.h"

/* What lies below a folder: "a b/ b/c" with the content after ':', sorted. */
static void
add_listing(struct buf *text, const char *folder, const char *below)
{
	char *path = mem_format("%s/%s", folder, below);
	struct dirent **entries = NULL;
	int count = scandir(path, &entries, NULL, alphasort);

	for (int i = 0; i < count; i++) {
		const char *name = entries[i]->d_name;
		char *inner =
		    mem_format("%s%s%s", below, below[0] ? "/" : "", name);
		char *full = mem_format("%s/%s", folder, inner);
		struct stat status;

		if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
		    strcmp(name, ".vademecum") != 0 &&
		    lstat(full, &status) == 0) {
			char bytes[64] = "";
			FILE *file =
			    S_ISREG(status.st_mode) ? fopen(full, "r") : NULL;

			if (file != NULL) {
				bytes[fread(bytes, 1, 63, file)] = '\0';
				fclose(file);
			}
			buf_add_format(text, "%s%s%s%s ", inner,
			    S_ISDIR(status.st_mode) ? "/" : "",
			    bytes[0] ? ":" : "", bytes);
			if (S_ISDIR(status.st_mode))
				add_listing(text, folder, inner);
		}
		free(inner);
		free(full);
		free(entries[i]);
	}
	free(entries);
	free(path);
}

#define CHECK_LISTING(folder, below, want, ...)                                \
	check_listing((folder), (below), (want), __LINE__, __VA_ARGS__)

static void
check_listing(const char *folder, const char *below, const char *want, int line,
    const char *name)
{
	struct buf text = { 0 };

	add_listing(&text, folder, below);
	unit_check_text(buf_text(&text), want, line, "%s", name);
	buf_clear(&text);
}

static char *
out_of(const char *folder)
{
	return mem_format("%s/out", folder);
}

/* Opens folder/out and begins; files are pairs of name and content. */
static void
begin(struct output *output, const char *folder, const char *const *files,
    struct diag *diag)
{
	char *path = out_of(folder);

	assert_int_equal(output_open(output, path, diag), 0);
	assert_int_equal(output_begin(output, diag), 0);
	for (; files != NULL && *files != NULL; files += 2)
		assert_int_equal(output_write(output, files[0], files[1],
				     strlen(files[1]), diag),
		    0);
	free(path);
}

/* Makes folder/out hold these files, by a build. */
static void
build(const char *folder, const char *const *files)
{
	struct diag diag = { 0 };
	struct output output;

	begin(&output, folder, files, &diag);
	assert_int_equal(output_commit(&output, false, &diag), 0);
	output_close(&output);
	assert_int_equal(diag.count, 0);
}

static const char *const first_files[] = { "a.txt", "one", "s/h/en/p.html",
	"page", "s/h/es/p.html", "página", NULL };
static const char first_listing[] =
    "a.txt:one s/ s/h/ s/h/en/ s/h/en/p.html:page s/h/es/ "
    "s/h/es/p.html:página ";

/* --- opening --- */

static void
opens_what_is_missing_empty_or_ours(void)
{
	static const struct {
		const char *what;
		const char *path; /* below the temporary folder */
		const char *codes;
	} rows[] = {
		{ "missing", "missing", "" },
		{ "missing parents", "x/y/z", "" },
		{ "trailing slashes", "empty//", "" },
		{ "empty", "empty", "" },
		{ "ours", "ours", "" },
		{ "not ours", "theirs", "V0403" },
		{ "a hidden file is not nothing", "hidden", "V0403" },
		{ "a file", "file", "V0403" },
		{ "a link to an empty folder", "link", "V0403" },
		{ "a link to ours", "link-ours", "V0403" },
		{ "a dangling link", "dangling", "V0403" },
		{ "a file as parent", "file/out", "V0404" },
		{ "the folder itself", ".", "V0403" },
		{ "the folder above", "empty/..", "V0403" },
	};
	char *folder = unit_folder_new();

	unit_mkdir(folder, "empty");
	unit_mkdir(folder, "ours");
	unit_write(folder, "ours/.vademecum", "");
	unit_write(folder, "ours/a.txt", "a");
	unit_mkdir(folder, "theirs");
	unit_write(folder, "theirs/a.txt", "a");
	unit_mkdir(folder, "hidden");
	unit_write(folder, "hidden/.profile", "a");
	unit_write(folder, "file", "");
	unit_symlink("empty", folder, "link");
	unit_symlink("ours", folder, "link-ours");
	unit_symlink("nowhere", folder, "dangling");
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *path = mem_format("%s/%s", folder, rows[i].path);
		struct diag diag = { 0 };
		struct output output;
		int rc = output_open(&output, path, &diag);

		CHECK((rc == 0) == (rows[i].codes[0] == '\0'), "%s: %d",
		    rows[i].what, rc);
		CHECK_TEXT(unit_codes(&diag), rows[i].codes, "%s",
		    rows[i].what);
		output_close(&output);
		diag_clear(&diag);
		free(path);
	}
	CHECK_LISTING(folder, "theirs", "theirs/a.txt:a ", "untouched");
	CHECK_LISTING(folder, "ours", "ours/a.txt:a ", "untouched");
	unit_remove(folder);
}

static void
refuses_the_root_and_nothing(void)
{
	static const char *const paths[] = { "", "/", "//", ".", "..", "./.." };

	for (size_t i = 0; i < COUNT(paths); i++) {
		struct diag diag = { 0 };
		struct output output;

		CHECK(output_open(&output, paths[i], &diag) == -1, "\"%s\"",
		    paths[i]);
		CHECK_TEXT(unit_codes(&diag), "V0403", "\"%s\"", paths[i]);
		output_close(&output);
		diag_clear(&diag);
	}
}

/* --- writing --- */

static void
unsafe_paths_are_refused(void)
{
	static const struct {
		const char *path;
		const char *codes;
	} rows[] = {
		{ "a", "" },
		{ "a-b_c.9", "" },
		{ "s/SHA256SUMS", "" },
		{ "s/h/en/html/edu-o-01.html", "" },
		{ "", "V0999" },
		{ "/a", "V0999" },
		{ "a/", "V0999" },
		{ "a//b", "V0999" },
		{ ".", "V0999" },
		{ "..", "V0999" },
		{ "../a", "V0999" },
		{ "a/../b", "V0999" },
		{ "a/./b", "V0999" },
		{ ".hidden", "V0999" },
		{ "a/.hidden", "V0999" },
		{ "a/.vademecum", "V0999" },
		{ ".vademecum/a", "V0999" },
		{ "a b", "V0999" },
		{ "a\\b", "V0999" },
		{ "a\nb", "V0999" },
		{ "a:b", "V0999" },
		{ "ñ", "V0999" },
		{ "a%2f", "V0999" },
	};
	char *folder = unit_folder_new();
	struct diag diag = { 0 };
	struct output output;

	begin(&output, folder, NULL, &diag);
	for (size_t i = 0; i < COUNT(rows); i++) {
		char *path = mem_format("x%zu/%s", i, rows[i].path);
		const char *below = rows[i].path[0] == '\0' ||
			rows[i].path[0] == '/' || rows[i].path[0] == '.'
		    ? rows[i].path
		    : path;
		int rc = output_write(&output, below, "x", 1, &diag);

		CHECK((rc == 0) == (rows[i].codes[0] == '\0'), "\"%s\": %d",
		    below, rc);
		CHECK_TEXT(unit_codes(&diag), rows[i].codes, "\"%s\"", below);
		diag_clear(&diag);
		free(path);
	}
	output_close(&output);
	CHECK_LISTING(folder, "", "", "nothing was written beside it");
	unit_remove(folder);
}

static void
a_name_is_written_once(void)
{
	static const struct {
		const char *path;
		int rc;
	} rows[] = {
		{ "a/b", 0 }, { "a/b", -1 }, /* there already */
		{ "a", -1 },                 /* a folder */
		{ "a/b/c", -1 },             /* a file as folder */
		{ "a/c", 0 },                /* still usable */
		{ ".vademecum", -1 },        /* the marker is there */
	};
	char *folder = unit_folder_new();
	struct diag diag = { 0 };
	struct output output;

	begin(&output, folder, NULL, &diag);
	for (size_t i = 0; i < COUNT(rows); i++) {
		CHECK(output_write(&output, rows[i].path, "x", 1, &diag) ==
			rows[i].rc,
		    "row %zu: %s", i, rows[i].path);
		CHECK_TEXT(unit_codes(&diag), rows[i].rc == 0 ? "" : "V0404",
		    "row %zu: %s", i, rows[i].path);
		diag_clear(&diag);
	}
	output_commit(&output, false, &diag);
	output_close(&output);
	CHECK_LISTING(folder, "out", "out/a/ out/a/b:x out/a/c:x ", "written");
	unit_remove(folder);
}

static void
writes_bytes_as_they_are(void)
{
	char *folder = unit_folder_new();
	struct diag diag = { 0 };
	struct output output;
	struct stat status;
	char *path = mem_format("%s/out/zero", folder);

	begin(&output, folder, NULL, &diag);
	CHECK(output_write(&output, "zero", "a\0b", 3, &diag) == 0, "write");
	CHECK(output_write(&output, "empty", NULL, 0, &diag) == 0, "empty");
	CHECK_TEXT(output_digest(&output, "zero"),
	    "59b271ae1bbcb1d31d41929817f4b16f"
	    "b439eb4f31520b5ad1d5ce98920a7138",
	    "digest of three bytes");
	CHECK(output_digest(&output, "other") == NULL, "was not written");
	CHECK(output_commit(&output, true, &diag) == 0, "commit, to disk");
	CHECK(stat(path, &status) == 0 && status.st_size == 3, "three bytes");
	output_close(&output);
	free(path);
	unit_remove(folder);
}

/* --- commit, close --- */

static void
nothing_is_seen_before_commit(void)
{
	static const char *const files[] = { "new.txt", "new", NULL };
	char *folder = unit_folder_new();
	struct diag diag = { 0 };
	struct output output;

	begin(&output, folder, files, &diag);
	CHECK_LISTING(folder, "out", "", "no folder yet");
	CHECK(output_commit(&output, false, &diag) == 0, "commit");
	CHECK_LISTING(folder, "", "out/ out/new.txt:new ", "and only that");
	output_close(&output);
	CHECK_LISTING(folder, "", "out/ out/new.txt:new ", "close keeps it");
	unit_remove(folder);
}

static void
commit_exchanges_the_folders(void)
{
	static const char *const files[] = { "new.txt", "new", NULL };
	char *folder = unit_folder_new();
	struct diag diag = { 0 };
	struct output output;

	build(folder, first_files);
	begin(&output, folder, files, &diag);
	CHECK(output_had(&output, "a.txt") && output_had(&output, "s/h/en"),
	    "what was there");
	CHECK(!output_had(&output, "new.txt"), "what was not");
	CHECK(output_commit(&output, false, &diag) == 0, "commit");
	output_close(&output);
	CHECK_LISTING(folder, "", "out/ out/new.txt:new ",
	    "the old one is gone, nothing is left beside");
	unit_remove(folder);
}

static void
commit_into_an_empty_folder(void)
{
	static const char *const files[] = { "new.txt", "new", NULL };
	char *folder = unit_folder_new();

	unit_mkdir(folder, "out");
	build(folder, files);
	CHECK_LISTING(folder, "", "out/ out/new.txt:new ", "built");
	unit_remove(folder);
}

static void
close_without_commit_leaves_the_old(void)
{
	static const char *const files[] = { "a.txt", "two", "x/y/z", "new",
		NULL };
	char *folder = unit_folder_new();
	struct diag diag = { 0 };
	struct output output;
	char *out = out_of(folder);
	struct buf want = { 0 };

	build(folder, first_files);
	begin(&output, folder, files, &diag);
	output_close(&output);
	buf_add_text(&want, first_listing);
	CHECK_LISTING(out, "", buf_text(&want), "the old one is whole");
	buf_clear(&want);
	free(out);
	/* Nothing but out lies in the folder. */
	out = mem_format("%s/out", folder);
	unit_remove(out);
	CHECK_LISTING(folder, "", "", "no leftovers");
	unit_remove(folder);
}

static void
leftovers_of_the_dead_are_removed(void)
{
	static const char *const files[] = { "a.txt", "one", NULL };
	char *folder = unit_folder_new();
	char *alive;
	int fd;

	unit_mkdir(folder, ".out.vade-1");
	unit_mkdir(folder, ".out.vade-1/s");
	unit_write(folder, ".out.vade-1/s/a", "a");
	unit_mkdir(folder, ".out.vade-2");
	unit_mkdir(folder, ".other.vade-3");
	unit_mkdir(folder, "out.vade-4");
	alive = mem_format("%s/.out.vade-2", folder);
	fd = open(alive, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(flock(fd, LOCK_EX | LOCK_NB), 0);
	build(folder, files);
	CHECK_LISTING(folder, "",
	    ".other.vade-3/ .out.vade-2/ out/ out/a.txt:one out.vade-4/ ",
	    "only that of a dead build of this output");
	close(fd);
	build(folder, files);
	CHECK_LISTING(folder, "",
	    ".other.vade-3/ out/ out/a.txt:one out.vade-4/ ",
	    "the other one died");
	free(alive);
	unit_remove(folder);
}

/* Removing follows no link out of the folder. */
static void
links_in_the_old_folder_lead_nowhere(void)
{
	static const char *const files[] = { "a.txt", "two", NULL };
	char *folder = unit_folder_new();

	unit_mkdir(folder, "precious");
	unit_write(folder, "precious/p", "gold");
	build(folder, first_files);
	unit_symlink("../precious", folder, "out/link");
	build(folder, files);
	CHECK_LISTING(folder, "",
	    "out/ out/a.txt:two precious/ precious/p:gold ", "kept");
	unit_remove(folder);
}

/* --- keeping --- */

static ino_t
inode(const char *folder, const char *name)
{
	char *path = mem_format("%s/%s", folder, name);
	struct stat status = { 0 };

	CHECK(stat(path, &status) == 0, "%s", name);
	free(path);
	return status.st_ino;
}

static void
keep_links_the_old_files(void)
{
	static const char *const files[] = { "a.txt", "two", "s/index.html",
		"i", NULL };
	char *folder = unit_folder_new();
	struct diag diag = { 0 };
	struct output output;
	ino_t before;

	build(folder, first_files);
	before = inode(folder, "out/s/h/en/p.html");
	begin(&output, folder, files, &diag);
	CHECK(output_keep(&output, "s/h/en", &diag) == 0, "keep: %s",
	    unit_codes(&diag));
	CHECK(output_commit(&output, false, &diag) == 0, "commit");
	output_close(&output);
	CHECK_LISTING(folder, "",
	    "out/ out/a.txt:two out/s/ out/s/h/ out/s/h/en/ "
	    "out/s/h/en/p.html:page out/s/index.html:i ",
	    "kept and no more");
	CHECK(inode(folder, "out/s/h/en/p.html") == before,
	    "the very same file");
	unit_remove(folder);
}

static void
keep_refuses_what_is_not_there_or_unsafe(void)
{
	static const struct {
		const char *path;
		int rc;
	} rows[] = {
		{ "s/h", 0 }, { "a.txt", 0 }, { "s/none", -1 },
		{ "../outside", -1 }, { "s/../../outside", -1 }, { "/etc", -1 },
		{ "", -1 }, { ".", -1 }, { "s/h", -1 }, /* kept already */
	};
	char *folder = unit_folder_new();
	struct diag diag = { 0 };
	struct output output;

	build(folder, first_files);
	unit_mkdir(folder, "outside");
	begin(&output, folder, NULL, &diag);
	for (size_t i = 0; i < COUNT(rows); i++) {
		CHECK(output_keep(&output, rows[i].path, &diag) == rows[i].rc,
		    "row %zu: \"%s\"", i, rows[i].path);
		CHECK_TEXT(unit_codes(&diag), rows[i].rc == 0 ? "" : "V0404",
		    "row %zu: \"%s\"", i, rows[i].path);
		diag_clear(&diag);
	}
	output_close(&output);
	unit_remove(folder);
}

/* --- unchanged --- */

static void
unchanged_compares_names_and_bytes(void)
{
	static const struct {
		const char *what;
		const char *files[10];
		bool unchanged;
	} rows[] = {
		{ "the same",
		    { "a.txt", "one", "s/h/en/p.html", "page", "s/h/es/p.html",
			"página" },
		    true },
		{ "another order",
		    { "s/h/es/p.html", "página", "a.txt", "one",
			"s/h/en/p.html", "page" },
		    true },
		{ "other bytes",
		    { "a.txt", "One", "s/h/en/p.html", "page", "s/h/es/p.html",
			"página" },
		    false },
		{ "longer",
		    { "a.txt", "one!", "s/h/en/p.html", "page", "s/h/es/p.html",
			"página" },
		    false },
		{ "a file fewer", { "a.txt", "one", "s/h/en/p.html", "page" },
		    false },
		{ "a file more",
		    { "a.txt", "one", "s/h/en/p.html", "page", "s/h/es/p.html",
			"página", "z", "" },
		    false },
		{ "another name",
		    { "b.txt", "one", "s/h/en/p.html", "page", "s/h/es/p.html",
			"página" },
		    false },
		{ "a folder where a file was",
		    { "a.txt/x", "one", "s/h/en/p.html", "page",
			"s/h/es/p.html", "página" },
		    false },
		{ "nothing", { NULL }, false },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		char *folder = unit_folder_new();
		struct diag diag = { 0 };
		struct output output;

		build(folder, first_files);
		begin(&output, folder, rows[i].files, &diag);
		CHECK(output_is_unchanged(&output) == rows[i].unchanged, "%s",
		    rows[i].what);
		output_close(&output);
		unit_remove(folder);
	}
}

static void
without_an_old_folder_all_is_changed(void)
{
	char *folder = unit_folder_new();
	struct diag diag = { 0 };
	struct output output;

	begin(&output, folder, first_files, &diag);
	CHECK(!output_is_unchanged(&output), "no old folder");
	output_close(&output);
	unit_mkdir(folder, "out");
	begin(&output, folder, NULL, &diag);
	CHECK(!output_is_unchanged(&output), "an empty one has no marker");
	output_close(&output);
	unit_remove(folder);
}

/* A fifo that somebody put there must not hold the build. */
static void
odd_files_in_the_old_folder_are_a_change(void)
{
	static const char *const files[] = { "a.txt", "", NULL };
	char *folder = unit_folder_new();
	char *fifo = mem_format("%s/out/a.txt", folder);
	struct diag diag = { 0 };
	struct output output;

	alarm(20);
	build(folder, files);
	assert_int_equal(unlink(fifo), 0);
	assert_int_equal(mkfifo(fifo, 0666), 0);
	begin(&output, folder, files, &diag);
	CHECK(!output_is_unchanged(&output), "a fifo");
	output_close(&output);
	alarm(0);
	free(fifo);
	unit_remove(folder);
}

/* --- walking --- */

static int
add_path(void *context, const char *path, int fd)
{
	struct buf *text = context;
	char bytes[16] = "";

	CHECK(read(fd, bytes, 15) >= 0, "read %s", path);
	buf_add_format(text, "%s:%s ", path, bytes);
	return strcmp(bytes, "stop") == 0 ? -1 : 0;
}

static void
walk_is_sorted(void)
{
	static const char *const files[] = { "s/z", "1", "s/b/y", "2", "s/b/x",
		"3", "s/a", "4", "s/B", "5", "t/q", "6", NULL };
	static const char *const more[] = { "s/0", "stop", NULL };
	char *folder = unit_folder_new();
	struct diag diag = { 0 };
	struct output output;
	struct buf text = { 0 };

	begin(&output, folder, files, &diag);
	CHECK(output_walk(&output, "s", add_path, &text) == 0, "walk");
	CHECK_TEXT(buf_text(&text), "B:5 a:4 b/x:3 b/y:2 z:1 ", "order");
	buf_clear(&text);
	CHECK(output_walk(&output, "none", add_path, &text) == -1,
	    "a folder that is not there");
	output_write(&output, more[0], more[1], 4, &diag);
	CHECK(output_walk(&output, "s", add_path, &text) == -1,
	    "a visit that fails");
	CHECK_TEXT(buf_text(&text), "0:stop ", "ends the walk");
	buf_clear(&text);
	output_close(&output);
	unit_remove(folder);
}

static void
many_files_keep_their_order(void)
{
	enum { MANY = 3000 };
	char *folder = unit_folder_new();
	struct diag diag = { 0 };
	struct output output;
	struct buf text = { 0 };
	const char *at;

	begin(&output, folder, NULL, &diag);
	for (int i = 0; i < MANY; i++) {
		char name[32];

		snprintf(name, sizeof(name), "s/p%04d", i * 1237 % MANY);
		if (output_write(&output, name, "", 0, &diag) != 0)
			break;
	}
	CHECK(output_walk(&output, "s", add_path, &text) == 0, "walk");
	at = buf_text(&text);
	for (int i = 0; i < MANY; i++, at += 7)
		if (!CHECK(atoi(at + 1) == i, "file %d: %.6s", i, at))
			break;
	buf_clear(&text);
	output_close(&output);
	unit_remove(folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(opens_what_is_missing_empty_or_ours),
		UNIT(refuses_the_root_and_nothing),
		UNIT(unsafe_paths_are_refused),
		UNIT(a_name_is_written_once),
		UNIT(writes_bytes_as_they_are),
		UNIT(nothing_is_seen_before_commit),
		UNIT(commit_exchanges_the_folders),
		UNIT(commit_into_an_empty_folder),
		UNIT(close_without_commit_leaves_the_old),
		UNIT(leftovers_of_the_dead_are_removed),
		UNIT(links_in_the_old_folder_lead_nowhere),
		UNIT(keep_links_the_old_files),
		UNIT(keep_refuses_what_is_not_there_or_unsafe),
		UNIT(unchanged_compares_names_and_bytes),
		UNIT(without_an_old_folder_all_is_changed),
		UNIT(odd_files_in_the_old_folder_are_a_change),
		UNIT(walk_is_sorted),
		UNIT(many_files_keep_their_order),
	};

	return cmocka_run_group_tests_name("publish/output", tests, NULL, NULL);
}
