#include "wire.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/byte_order.h"
#include "base/root_file.h"

enum {
	HEADER = 16, /* kind, name size, and a 64-bit size */
	LONGEST_NAME = 4096,
	LARGEST = 512 << 20,
	READ = 64 << 10,
};

int
wire_send(int fd, enum wire_kind kind, const char *name, const void *bytes,
    size_t size)
{
	scoped(buf_clear) struct buf head = { 0 };
	size_t name_size = strlen(name) + 1;
	int rc;

	buf_add_u32(&head, kind);
	buf_add_u32(&head, (uint32_t)name_size);
	buf_add_u32(&head, (uint32_t)(size & 0xffffffffu));
	buf_add_u32(&head, (uint32_t)((uint64_t)size >> 32));
	buf_add(&head, name, name_size);
	rc = file_write_all(fd, head.data, head.size);
	return rc != 0 ? rc : file_write_all(fd, bytes, size);
}

int
wire_fill(struct wire *wire)
{
	ssize_t got;

	if (wire->used > 0) {
		memmove(wire->buf.data, wire->buf.data + wire->used,
		    wire->buf.size - wire->used);
		wire->buf.size -= wire->used;
		wire->used = 0;
	}
	do
		got = read(wire->fd, buf_reserve(&wire->buf, READ), READ);
	while (got < 0 && errno == EINTR);
	if (got > 0)
		wire->buf.size += (size_t)got;
	return got > 0 ? 1 : (int)got;
}

bool
wire_next(struct wire *wire, struct wire_frame *frame)
{
	const char *at = wire->buf.data + wire->used;
	size_t left = wire->buf.size - wire->used;
	uint32_t kind;
	uint32_t name_size;
	uint64_t size;

	if (left < HEADER || wire->broken)
		return false;
	kind = (uint32_t)bytes_little(at, 4);
	name_size = (uint32_t)bytes_little(at + 4, 4);
	size = bytes_little(at + 8, 8);
	if (kind == 0 || kind >= WIRE_KINDS || name_size == 0 ||
	    name_size > LONGEST_NAME || size > LARGEST) {
		wire->broken = true;
		return false;
	}
	if (left < HEADER + name_size + size)
		return false;
	if (at[HEADER + name_size - 1] != '\0') {
		wire->broken = true;
		return false;
	}
	*frame = (struct wire_frame){ (enum wire_kind)kind, at + HEADER,
		at + HEADER + name_size, (size_t)size };
	wire->used += HEADER + name_size + (size_t)size;
	return true;
}

void
wire_clear(struct wire *wire)
{
	if (wire->fd >= 0)
		close(wire->fd);
	wire->fd = -1;
	buf_clear(&wire->buf);
}
