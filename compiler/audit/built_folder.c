#include "built_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/words.h"
#include "base/alloc.h"
#include "base/digest.h"
#include "base/root_file.h"
#include "query/answer.h"

static const char marker[] = ".vademecum";

/* --- folders and files --- */

static int
report(const struct edition *edition, const char *path, const char *why)
{
	return diag_report_path(edition->diag, DIAG_AUDIT_NOTHING, NULL, path,
	    why, NULL);
}

/* Reads all of a regular file; NULL with errno. */
static char *
read_file(int parent, const char *name, size_t *size)
{
	/* A fifo that somebody left must not hold us. */
	scoped(file_close) int fd = openat(parent, name,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	char *bytes = NULL;

	if (fd >= 0 &&
	    file_read_open(fd, UINT32_MAX - 1, &bytes, size) == FILE_TOO_LARGE)
		errno = EINVAL;
	return bytes;
}

/* --- the walk --- */

struct walk {
	struct audit *audit;
	const struct edition *edition;
	int rc;
};

static void
search_file(struct walk *walk, int parent, const char *name, const char *path)
{
	size_t size = 0;
	owned char *bytes = read_file(parent, name, &size);

	if (bytes == NULL)
		walk->rc = audit_refused(walk->audit, path);
	else if (audit_file(walk->audit, path, bytes, size) > 0)
		walk->rc = -1;
}

static void
search_below(struct walk *walk, int parent, const char *name, const char *path)
{
	scoped(file_close) int fd = file_open_folder(parent, name);

	if (fd < 0) {
		search_file(walk, parent, name, path);
		return;
	}
	if (audit_folder(walk->audit, path) > 0)
		walk->rc = -1;
	scoped(file_list_clear) char **names = file_list(fd);

	if (names == NULL)
		walk->rc = audit_refused(walk->audit, path);
	for (size_t i = 0; names != NULL && names[i] != NULL; i++) {
		owned char *below = mem_format("%s/%s", path, names[i]);

		search_below(walk, fd, names[i], below);
	}
}

int
audit_tree_below(struct audit *audit, struct audit *others,
    const struct edition *edition, int fd, const char *path, int clearance)
{
	struct walk walk = { audit, edition, 0 };

	audit_enter(audit, others, "", clearance);
	search_below(&walk, fd, path, path);
	return walk.rc;
}

/* --- whose folder it is --- */

/* The output being audited. */
struct output {
	const struct edition *edition;
	struct audit *audit;
	int fd;
	size_t handbooks; /* folders of the project's handbooks, so far */
	int rc;
};

/* What is in the folder, with the folder's own name before each. */
static void
audit_path(struct output *output, struct audit *others, const char *path,
    int clearance)
{
	if (audit_tree_below(output->audit, others, output->edition, output->fd,
		path, clearance) != 0)
		output->rc = -1;
}

static size_t
find_shelf(const struct project *project, const char *id)
{
	size_t i = 0;

	while (
	    i < project->shelf_count && strcmp(project->shelves[i].id, id) != 0)
		i++;
	return i;
}

/* The handbook of that id on the shelf; handbook_count if there is none. */
static size_t
find_handbook(const struct project *project, size_t shelf, const char *id)
{
	size_t i = 0;

	while (i < project->handbook_count &&
	    (project->handbooks[i].shelf != shelf ||
		strcmp(project->handbooks[i].id, id) != 0))
		i++;
	return i;
}

/* The languages of a handbook, each a folder of its own to report in. */
static void
audit_handbook_folders(struct output *output, size_t index, const char *path)
{
	scoped(file_close) int fd = file_open_folder(output->fd, path);
	scoped(file_list_clear) char **names = fd < 0 ? NULL : file_list(fd);
	const struct edition *edition = output->edition;
	int clearance = edition->project->handbooks[index].clearance;
	struct audit *others = audit_new_others(edition, index);

	output->handbooks++;
	if (names == NULL)
		audit_path(output, others, path, clearance);
	for (size_t i = 0; names != NULL && names[i] != NULL; i++) {
		owned char *below = mem_format("%s/%s", path, names[i]);

		audit_path(output, others, below, clearance);
	}
	audit_free(others);
}

static void
audit_shelf(struct output *output, size_t shelf)
{
	const struct project *project = output->edition->project;
	const char *id = project->shelves[shelf].id;
	scoped(file_close) int fd = file_open_folder(output->fd, id);
	scoped(file_list_clear) char **names = fd < 0 ? NULL : file_list(fd);

	if (names == NULL)
		output->rc = audit_refused(output->audit, id);
	for (size_t i = 0; names != NULL && names[i] != NULL; i++) {
		size_t handbook = find_handbook(project, shelf, names[i]);
		owned char *path = mem_format("%s/%s", id, names[i]);

		if (handbook < project->handbook_count)
			audit_handbook_folders(output, handbook, path);
		else
			audit_path(output, NULL, path,
			    project->shelves[shelf].clearance);
	}
}

/* Has the folder the mark of an agency's edition (publish/agency_folders.h)?
 * That is to be judged with the agency's words and posts. */
static bool
is_edition(int parent, const char *name)
{
	scoped(file_close) int fd = file_open_folder(parent, name);

	return fd >= 0 &&
	    faccessat(fd, "agency.json", F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

/* The folder of the edition that is asked about, in place of the output's. */
static void
enter_edition(struct output *output)
{
	const struct agency *agency = output->edition->project->agency;
	int fd;

	if (agency == NULL)
		return;
	fd = file_open_folder(output->fd, agency->id);
	close(output->fd);
	output->fd = fd;
}

/* What is on no shelf of the project is judged as if all might read it. */
static void
audit_output(struct output *output, char **names)
{
	const struct project *project = output->edition->project;

	for (size_t i = 0; names[i] != NULL; i++) {
		size_t shelf = find_shelf(project, names[i]);

		if (shelf < project->shelf_count)
			audit_shelf(output, shelf);
		else if (is_edition(output->fd, names[i]))
			diag_report_path(output->edition->diag,
			    DIAG_AUDIT_EDITION, NULL, names[i], NULL);
		else
			audit_path(output, NULL, names[i], 0);
	}
}

/* --- what was looked at --- */

/* The digest is that of a line for each file in the order of the walk: its
 * own digest and its path, as sha256sum writes them. */
static void
print_tally(const struct output *output, bool json)
{
	const struct edition *edition = output->edition;
	const struct project *project = edition->project;
	const struct audit_tally *tally = audit_tally_of(output->audit);
	char digits[DIGEST_DIGITS + 1];

	digest_sha256(buf_text(&tally->read), tally->read.size, digits);
	if (!json && output->rc != 0)
		return;
	answer_print_take(
	    json_pack("{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:s, s:s}",
		"project", project->id, "edition", project->version,
		"handbooks", (json_int_t)output->handbooks, "files",
		(json_int_t)tally->files, "bytes", (json_int_t)tally->bytes,
		"words", (json_int_t)tally->words, "phrases",
		(json_int_t)tally->phrases, "picturesNotRead",
		(json_int_t)tally->pictures, "findings",
		(json_int_t)tally->found, "sha256", digits, "vade",
		VADE_VERSION),
	    "audit", json ? "json" : NULL, edition->diag->language);
}

int
audit_tree_question(const struct edition *edition, void *context)
{
	const struct audit_tree *asked = context;
	struct output output = { .edition = edition };
	bool built;

	output.fd = open(asked->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (output.fd < 0)
		return report(edition, asked->folder, strerror(errno));
	built = faccessat(output.fd, marker, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
	enter_edition(&output);
	scoped(file_list_clear) char **names =
	    output.fd < 0 ? NULL : file_list(output.fd);

	if (!built || names == NULL) {
		file_close(&output.fd);
		return report(edition, asked->folder,
		    words_say(edition->diag->language, WORDS_AUDIT_NOT_BUILT));
	}
	output.audit = audit_new(edition);
	audit_output(&output, names);
	if (output.handbooks == 0)
		output.rc = report(edition, asked->folder,
		    words_say(edition->diag->language,
			WORDS_AUDIT_NO_HANDBOOK));
	print_tally(&output, asked->json);
	audit_free(output.audit);
	file_close(&output.fd);
	return output.rc;
}
