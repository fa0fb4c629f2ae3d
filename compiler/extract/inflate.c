#include "inflate.h"

#include <stdint.h>

#include <zlib.h>

enum { CHUNK = 64 << 10 }; /* unpacked at once */

enum unread
inflate_bytes(const char *bytes, size_t size, int window, size_t most,
    size_t *total, struct buf *out, size_t *used)
{
	z_stream stream = { .next_in = (Bytef *)(uintptr_t)bytes,
		.avail_in = size > UINT32_MAX ? UINT32_MAX : (uInt)size };
	int rc = inflateInit2(&stream, window);

	while (rc == Z_OK) {
		size_t before = stream.total_out;

		stream.next_out = (Bytef *)buf_reserve(out, CHUNK);
		stream.avail_out = CHUNK;
		rc = inflate(&stream, Z_NO_FLUSH);
		out->size += stream.total_out - before;
		*total += stream.total_out - before;
		if (*total > most)
			rc = Z_MEM_ERROR;
	}
	*used = stream.total_in;
	inflateEnd(&stream);
	buf_add(out, "", 0);
	if (rc == Z_STREAM_END)
		return UNREAD_NOTHING;
	return *total > most ? UNREAD_LARGE : UNREAD_BROKEN;
}
