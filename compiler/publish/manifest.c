#include "manifest.h"

#include <jansson.h>
#include <sha256.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"

struct listing {
	json_t *files;
	struct buf sums;
};

static int
add_file(void *context, const char *path, int fd)
{
	struct listing *listing = context;
	char digits[SHA256_DIGEST_STRING_LENGTH];
	uint8_t bytes[65536];
	struct stat status;
	SHA2_CTX digest;
	ssize_t got;

	if (fstat(fd, &status) != 0)
		return -1;
	SHA256Init(&digest);
	while ((got = read(fd, bytes, sizeof(bytes))) > 0)
		SHA256Update(&digest, bytes, (size_t)got);
	if (got < 0)
		return -1;
	SHA256End(&digest, digits);
	json_array_append_new(listing->files,
	    json_pack("{s:s, s:I, s:s}", "path", path, "size",
		(json_int_t)status.st_size, "sha256", digits));
	buf_add_format(&listing->sums, "%s  %s\n", digits, path);
	return 0;
}

int
manifest_write(struct output *output, const char *shelf, const char *facts,
    bool partial, struct diag *diag)
{
	struct listing listing = { json_array(), { 0 } };
	json_t *manifest = json_loads(facts, 0, NULL);
	char *path = mem_format("%s/manifest.json", shelf);
	char *sums = mem_format("%s/SHA256SUMS", shelf);
	char *text = NULL;
	int rc = -1;

	if (manifest == NULL ||
	    output_walk(output, shelf, add_file, &listing) != 0) {
		diag_report_path(diag, DIAG_OUTPUT_FAILED, NULL, path,
		    "manifest", NULL);
		goto out;
	}
	if (partial)
		json_object_set_new(manifest, "partial", json_true());
	json_object_set(manifest, "files", listing.files);
	text = json_dumps(manifest, JSON_INDENT(1));
	rc = output_write(output, path, text, strlen(text), diag);
	if (rc == 0)
		rc = output_write(output, sums, buf_text(&listing.sums),
		    listing.sums.size, diag);
out:
	free(text);
	free(path);
	free(sums);
	json_decref(manifest);
	json_decref(listing.files);
	buf_clear(&listing.sums);
	return rc;
}
