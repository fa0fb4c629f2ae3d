/* model/agency: what comes with what is adopted. base/root_file: a second root. */
#include "unit.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/bits.h"
#include "base/buf.h"
#include "base/root_file.h"
#include "base/text.h"
#include "model/agency.h"

/* The values of an axis with what each requires, in their order. */
static void
make_axis(struct axis *axis, const char *const (*rows)[2], size_t count)
{
	struct place other;

	*axis = (struct axis){ .id = mem_dup("module"),
		.attribute = mem_dup("conformance"),
		.kind = AXIS_SET };
	for (size_t i = 0; i < count; i++) {
		struct axis_value *value = axis_add_value(axis, rows[i][0],
		    AXIS_NONE, (struct place){ 0 }, &other);

		assert_non_null(value);
		if (rows[i][1] != NULL)
		value->requires = mem_dup(rows[i][1]);
	}
	axis->words = bits_words(count);
}

/* "C0 M1" of a set. */
static char *
format_set(const struct axis *axis, const uint64_t *set)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < axis->value_count; i++)
		if (bits_get(set, i))
			buf_add_format(&text, "%s%s", text.size > 0 ? " " : "",
			    axis->values[i].id);
	return buf_take(&text);
}

static const char *const manual[][2] = {
	{ "C0", NULL },
	{ "M1", "C0" },
	{ "M2", "C0" },
	{ "M7", "C0 M1" },
	{ "M8", "M7" },
};
static const char *const free_values[][2] = {
	{ "a", NULL },
	{ "b", NULL },
	{ "c", "b" },
};
static const char *const circle[][2] = {
	{ "x", "y" },
	{ "y", "z" },
	{ "z", "x" },
	{ "w", NULL },
};

static void
test_closure(void **state)
{
	static const struct {
		const char *const (*rows)[2];
		size_t count;
		const char *adopted;
		const char *closed;
	} cases[] = {
		{ manual, 5, "", "C0" }, /* the core, whatever is named */
		{ manual, 5, "C0", "C0" }, { manual, 5, "M2", "C0 M2" },
		{ manual, 5, "M7", "C0 M1 M7" },
		{ manual, 5, "M8", "C0 M1 M7 M8" }, /* in turn */
		{ manual, 5, "C0 M1 M2 M7 M8", "C0 M1 M2 M7 M8" },
		{ manual, 1, "", "" }, /* one value is no core */
		{ free_values, 3, "", "" }, { free_values, 3, "a", "a" },
		{ free_values, 3, "c", "b c" }, { circle, 4, "x", "x y z" },
		{ circle, 3, "", "x y z" }, /* each requires all */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct axis axis;
		struct axes axes = { .axes = &axis, .count = 1 };
		const char *at = cases[i].adopted;
		uint64_t *set;
		const char *token;
		size_t len;
		char *got;

		make_axis(&axis, cases[i].rows, cases[i].count);
		set = mem_array(axis.words, sizeof(*set));
		while ((token = text_next_token(&at, &len)) != NULL)
			bits_set(set,
			    (size_t)axis_find_value(&axis, token, len));
		agency_close_adoption(&axis, set);
		got = format_set(&axis, set);
		if (strcmp(got, cases[i].closed) != 0)
			fail_msg("row %zu: \"%s\" gives \"%s\"", i,
			    cases[i].adopted, got);
		/* Closed is closed. */
		agency_close_adoption(&axis, set);
		free(got);
		got = format_set(&axis, set);
		assert_string_equal(got, cases[i].closed);
		free(got);
		free(set);
		axes.axes = mem_array(1, sizeof(axis));
		*axes.axes = axis;
		axes_clear(&axes);
	}
}

static void
test_parameter(void **state)
{
	struct agency *agency = mem_array(1, sizeof(*agency));

	(void)state;
	assert_null(agency_parameter(NULL, "keep"));
	agency->parameters = mem_grow(agency->parameters, 0,
	    &agency->parameter_capacity, sizeof(*agency->parameters));
	agency->parameter_count = 1;
	agency->parameters[0] = (struct agency_parameter){
		.name = mem_dup("keep"),
		.source = mem_dup("Order 1"),
		.date = mem_dup("2026-01-01"),
	};
	assert_ptr_equal(agency_parameter(agency, "keep"), agency->parameters);
	assert_null(agency_parameter(agency, "kee"));
	agency_free(agency);
	agency_free(NULL);
}

static void
write_file(int folder, const char *name, const char *text)
{
	int fd = openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC, 0666);

	assert_true(fd >= 0);
	assert_int_equal(file_write_all(fd, text, strlen(text)), 0);
	close(fd);
}

/* What reading a path gives: the bytes, or the name of the refusal. */
static char *
read_or_refusal(const struct file_root *root, const char *path)
{
	char *bytes = NULL;
	size_t size = 0;

	switch (file_read(root, path, 100, &bytes, &size)) {
	case FILE_OK:
		return bytes;
	case FILE_MISSING:
		return mem_dup("missing");
	case FILE_OUTSIDE:
		return mem_dup("outside");
	default:
		return mem_dup("other");
	}
}

static void
test_mount(void **state)
{
	static const struct {
		const char *base;
		const char *href;
		const char *wanted; /* NULL: the href is refused */
	} cases[] = {
		{ "x.xml", "here.txt", "project" },
		{ "//M/agency.xml", "here.txt", "agency" },
		{ "//M/sub/a.xml", "../here.txt", "agency" },
		{ "//M/agency.xml", "../here.txt", NULL },
		{ "//M/agency.xml", "sub/../../here.txt", NULL },
		{ "//M/agency.xml", "link.txt", "outside" },
		{ "//M/agency.xml", "none.txt", "missing" },
		{ "x.xml", "agency/here.txt", "agency" },
	};
	char folder[] = "/tmp/vade-agency-XXXXXX";
	struct file_root root;
	char *dir;
	int fd;

	(void)state;
	assert_non_null(mkdtemp(folder));
	fd = open(folder, O_RDONLY | O_DIRECTORY);
	assert_int_equal(mkdirat(fd, "agency", 0777), 0);
	write_file(fd, "here.txt", "project");
	write_file(fd, "agency/here.txt", "agency");
	assert_int_equal(symlinkat("../here.txt", fd, "agency/link.txt"), 0);
	assert_int_equal(file_root_open(&root, folder), 0);
	assert_int_equal(file_root_mount(&root, "../tmp", true), -1);
	assert_int_equal(file_root_mount(&root, "here.txt", true), -1);
	assert_int_equal(file_root_mount(&root, "nowhere", true), -1);
	dir = mem_format("%s//agency///", folder);
	assert_int_equal(file_root_mount(&root, dir, false), 0);
	free(dir);
	dir = mem_format("%s/agency//", folder);
	assert_string_equal(root.mount, dir);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *base = strncmp(cases[i].base, "//M/", 4) == 0
		    ? mem_format("%s%s", dir, cases[i].base + 4)
		    : mem_dup(cases[i].base);
		char *path = file_join(base, cases[i].href);
		char *got = path == NULL ? NULL : read_or_refusal(&root, path);

		if (got == NULL || cases[i].wanted == NULL
			? got != cases[i].wanted
			: strcmp(got, cases[i].wanted) != 0)
			fail_msg("row %zu: %s", i, got ? got : "refused");
		free(base);
		free(path);
		free(got);
	}
	file_root_close(&root);
	unlinkat(fd, "agency/link.txt", 0);
	unlinkat(fd, "agency/here.txt", 0);
	unlinkat(fd, "agency", AT_REMOVEDIR);
	unlinkat(fd, "here.txt", 0);
	close(fd);
	rmdir(folder);
	free(dir);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_closure),
		cmocka_unit_test(test_parameter),
		cmocka_unit_test(test_mount),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
