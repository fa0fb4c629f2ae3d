#include "manifest.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/root_file.h"
#include "base/map.h"

struct listing {
	const struct output *output;
	const char *shelf;
	struct map old; /* path of the old output: where its digest is */
	char *old_sums; /* SHA256SUMS of the old output, NULL if none */
	char *altered;  /* a kept file that is not as it was published */
	json_t *files;
	struct buf sums;
};

/* Of a file that was kept, not written. */
static int
digest_file(int fd, size_t size, char digits[DIGEST_DIGITS + 1])
{
	scoped(buf_clear) struct buf bytes = { 0 };
	ssize_t got;

	do {
		got = read(fd, buf_reserve(&bytes, size + 1), size + 1);
		bytes.size += got > 0 ? (size_t)got : 0;
	} while (got > 0);
	digest_sha256(bytes.data, bytes.size, digits);
	return got < 0 ? -1 : 0;
}

/* "DIGEST  PATH" a line, as manifest_write wrote it. */
static void
read_old_sums(struct listing *listing, const char *sums)
{
	struct file_root old = { .fd = listing->output->old };
	size_t size = 0;
	char *line;

	if (old.fd < 0 ||
	    file_read(&old, sums, 256 << 20, &listing->old_sums, &size) !=
		FILE_OK)
		return;
	for (line = listing->old_sums; line != NULL && *line != '\0';) {
		char *end = strchr(line, '\n');
		size_t len = end ? (size_t)(end - line) : strlen(line);

		if (len > DIGEST_DIGITS + 2)
			map_put(&listing->old, line + DIGEST_DIGITS + 2,
			    len - DIGEST_DIGITS - 2, NULL)
			    ->value = (uint32_t)(line - listing->old_sums);
		line = end ? end + 1 : NULL;
	}
}

/* Is a kept file what the old output said it was? A new manifest must not
 * vouch for what somebody changed. */
static bool
is_as_published(const struct listing *listing, const char *path,
    const char *digits)
{
	const struct map_entry *entry = map_get_text(&listing->old, path);

	return entry != NULL &&
	    memcmp(listing->old_sums + entry->value, digits, DIGEST_DIGITS) ==
	    0;
}

static int
add_file(void *context, const char *path, int fd)
{
	struct listing *listing = context;
	owned char *full = mem_format("%s/%s", listing->shelf, path);
	const char *digits = output_digest(listing->output, full);
	char own[DIGEST_DIGITS + 1];
	struct stat status;

	if (fstat(fd, &status) != 0)
		return -1;
	if (digits == NULL) {
		if (digest_file(fd, (size_t)status.st_size, own) != 0)
			return -1;
		digits = own;
		if (listing->altered == NULL &&
		    !is_as_published(listing, path, own))
			listing->altered =
			    mem_format("%s/%s", listing->shelf, path);
	}
	if (json_array_append_new(listing->files,
		json_pack("{s:s, s:I, s:s}", "path", path, "size",
		    (json_int_t)status.st_size, "sha256", digits)) != 0)
		return -1;
	buf_add_format(&listing->sums, "%s  %s\n", digits, path);
	return 0;
}

int
manifest_write(struct output *output, const char *shelf, const char *facts,
    bool partial, struct diag *diag)
{
	struct listing listing = { .output = output,
		.shelf = shelf,
		.files = json_array() };
	json_auto_t *manifest = json_loads(facts, 0, NULL);
	owned char *path = mem_format("%s/manifest.json", shelf);
	owned char *sums = mem_format("%s/SHA256SUMS", shelf);
	owned char *text = NULL;
	int rc = -1;

	read_old_sums(&listing, sums);
	if (manifest == NULL ||
	    output_walk(output, shelf, add_file, &listing) != 0) {
		diag_report_path(diag, DIAG_OUTPUT_FAILED, NULL, path,
		    "manifest", NULL);
		goto out;
	}
	if (listing.altered != NULL) {
		diag_report_path(diag, DIAG_KEPT_ALTERED, NULL, listing.altered,
		    NULL);
		goto out;
	}
	if ((partial &&
		json_object_set_new(manifest, "partial", json_true()) != 0) ||
	    json_object_set(manifest, "files", listing.files) != 0 ||
	    (text = json_dumps(manifest, JSON_INDENT(1))) == NULL) {
		diag_report_path(diag, DIAG_BUG, NULL, "manifest", path, NULL);
		goto out;
	}
	rc = output_write(output, path, text, strlen(text), diag);
	if (rc == 0)
		rc = output_write(output, sums, buf_text(&listing.sums),
		    listing.sums.size, diag);
out:
	json_decref(listing.files);
	buf_clear(&listing.sums);
	map_clear(&listing.old);
	free(listing.old_sums);
	free(listing.altered);
	return rc;
}
