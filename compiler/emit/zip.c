#include "zip.h"

#include <stdlib.h>
#include <string.h>

#include <zip.h>

#include "base/alloc.h"

/* The first of January 1980, as DOS counts days. */
enum { FIRST_DAY = 1 << 5 | 1, MIDNIGHT = 0 };

struct zip_writer {
	zip_source_t *bytes; /* of the archive */
	zip_t *zip;
	char *why; /* what failed first; NULL */
};

static void
fail(struct zip_writer *writer, const char *why)
{
	if (writer->why == NULL)
		writer->why = mem_dup(why);
}

struct zip_writer *
zip_writer_new(void)
{
	struct zip_writer *writer = mem_alloc(sizeof(*writer));
	zip_error_t error;

	zip_error_init(&error);
	writer->bytes = zip_source_buffer_create(NULL, 0, 0, &error);
	if (writer->bytes != NULL) {
		/* The bytes are read after zip_close, which lets go of one. */
		zip_source_keep(writer->bytes);
		writer->zip =
		    zip_open_from_source(writer->bytes, ZIP_TRUNCATE, &error);
	}
	if (writer->zip == NULL)
		fail(writer, zip_error_strerror(&error));
	zip_error_fini(&error);
	return writer;
}

void
zip_writer_add(struct zip_writer *writer, const char *name, const void *bytes,
    size_t size, bool is_stored)
{
	char *copy;
	zip_source_t *source;
	zip_int64_t index = -1;
	zip_uint64_t at;

	if (writer->zip == NULL)
		return;
	/* Freed by libzip, with free(). */
	copy = mem_alloc(size);
	if (size > 0)
		memcpy(copy, bytes, size);
	source = zip_source_buffer(writer->zip, copy, size, 1);
	if (source == NULL)
		free(copy);
	else
		index =
		    zip_file_add(writer->zip, name, source, ZIP_FL_ENC_UTF_8);
	if (source != NULL && index < 0)
		zip_source_free(source);
	at = (zip_uint64_t)index;
	if (index < 0 ||
	    zip_set_file_compression(writer->zip, at,
		is_stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 9) != 0 ||
	    zip_file_set_dostime(writer->zip, at, MIDNIGHT, FIRST_DAY, 0) != 0)
		fail(writer, zip_strerror(writer->zip));
}

static void
read_bytes(struct zip_writer *writer, struct buf *out)
{
	zip_stat_t status;

	if (zip_source_open(writer->bytes) != 0 ||
	    zip_source_stat(writer->bytes, &status) != 0 ||
	    zip_source_read(writer->bytes, buf_reserve(out, status.size),
		status.size) != (zip_int64_t)status.size) {
		fail(writer, "zip_source_read");
		return;
	}
	out->size += status.size;
	out->data[out->size] = '\0';
	zip_source_close(writer->bytes);
}

int
zip_writer_finish(struct zip_writer *writer, struct buf *out, char **why)
{
	int rc;

	if (writer->zip != NULL && writer->why == NULL &&
	    zip_close(writer->zip) == 0) {
		writer->zip = NULL;
		read_bytes(writer, out);
	} else if (writer->zip != NULL) {
		fail(writer, zip_strerror(writer->zip));
		zip_discard(writer->zip);
	}
	zip_source_free(writer->bytes);
	rc = writer->why == NULL ? 0 : -1;
	*why = writer->why;
	free(writer);
	return rc;
}
