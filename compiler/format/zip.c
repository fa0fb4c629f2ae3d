#include "zip.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <zip.h>

#include "base/alloc.h"

enum {
	MADE_BY = 20,          /* version 2.0 of the format, on DOS */
	NAMES_UTF_8 = 1 << 11, /* of the general purpose flags */
	BEST = 9,
	MEMORY = 8, /* zlib's default */
};

struct zip_writer {
	zipFile zip;
	struct buf bytes; /* of the archive */
	size_t at;        /* where the next write goes */
	int error;        /* minizip's first; ZIP_OK */
};

/* --- a file in memory, as minizip wants it: opaque and stream are both the
 * writer --- */

static voidpf
memory_open(voidpf opaque, const void *name, int mode)
{
	(void)name;
	(void)mode;
	return opaque;
}

/* Nothing is read: the archive is new. */
static uLong
memory_read(voidpf opaque, voidpf stream, void *bytes, uLong size)
{
	(void)opaque;
	(void)stream;
	(void)bytes;
	(void)size;
	return 0;
}

/* minizip goes back to write the sizes into the head of a file. */
static uLong
memory_write(voidpf opaque, voidpf stream, const void *bytes, uLong size)
{
	struct zip_writer *writer = stream;
	size_t old = writer->bytes.size - writer->at;

	(void)opaque;
	if (old > size)
		old = size;
	memcpy(buf_reserve(&writer->bytes, size) - writer->bytes.size +
		writer->at,
	    bytes, old);
	buf_add(&writer->bytes, (const char *)bytes + old, size - old);
	writer->at += size;
	return size;
}

static ZPOS64_T
memory_tell(voidpf opaque, voidpf stream)
{
	(void)opaque;
	return ((struct zip_writer *)stream)->at;
}

static long
memory_seek(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
	struct zip_writer *writer = stream;

	(void)opaque;
	if (origin == ZLIB_FILEFUNC_SEEK_CUR)
		offset += writer->at;
	else if (origin == ZLIB_FILEFUNC_SEEK_END)
		offset += writer->bytes.size;
	if (offset > writer->bytes.size)
		return -1;
	writer->at = (size_t)offset;
	return 0;
}

static int
memory_close(voidpf opaque, voidpf stream)
{
	(void)opaque;
	(void)stream;
	return 0;
}

/* --- the archive --- */

static void
note(struct zip_writer *writer, int error)
{
	if (writer->error == ZIP_OK)
		writer->error = error;
}

struct zip_writer *
zip_writer_new(void)
{
	struct zip_writer *writer = mem_alloc(sizeof(*writer));
	zlib_filefunc64_def memory = { memory_open, memory_read, memory_write,
		memory_tell, memory_seek, memory_close, memory_close, writer };

	writer->zip = zipOpen2_64("", APPEND_STATUS_CREATE, NULL, &memory);
	if (writer->zip == NULL)
		note(writer, ZIP_INTERNALERROR);
	return writer;
}

void
zip_writer_add(struct zip_writer *writer, const char *name, const void *bytes,
    size_t size, bool is_stored)
{
	/* The first of January 1980, where DOS begins to count. */
	const zip_fileinfo fixed = { .dosDate = 1 << 21 | 1 << 16 };

	if (size > UINT_MAX)
		note(writer, ZIP_PARAMERROR);
	if (writer->error != ZIP_OK)
		return;
	note(writer,
	    zipOpenNewFileInZip4_64(writer->zip, name, &fixed, NULL, 0, NULL, 0,
		NULL, is_stored ? 0 : Z_DEFLATED, BEST, 0, -MAX_WBITS, MEMORY,
		Z_DEFAULT_STRATEGY, NULL, 0, MADE_BY, NAMES_UTF_8, 0));
	if (writer->error == ZIP_OK)
		note(writer,
		    zipWriteInFileInZip(writer->zip, bytes, (unsigned)size));
	note(writer, zipCloseFileInZip(writer->zip));
}

int
zip_writer_finish(struct zip_writer *writer, struct buf *out, char **why)
{
	int rc;

	if (writer->zip != NULL)
		note(writer, zipClose(writer->zip, NULL));
	rc = writer->error == ZIP_OK ? 0 : -1;
	*why = rc == 0 ? NULL : mem_format("minizip, error %d", writer->error);
	if (rc == 0)
		buf_add(out, writer->bytes.data, writer->bytes.size);
	buf_clear(&writer->bytes);
	free(writer);
	return rc;
}
