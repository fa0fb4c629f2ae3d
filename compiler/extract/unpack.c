#include "unpack.h"

#include <stdint.h>
#include <string.h>

#include <zlib.h>

#include "base/alloc.h"
#include "base/byte_order.h"
#include "base/list.h"
#include "base/buf.h"
#include "extract/inflate.h"
#include "extract/pdf_text.h"

enum {
	DEPTH = 3,                   /* a zip in a zip in a zip */
	LARGEST = PDF_UNPACKED_MOST, /* of all parts of a file together */
	METHOD_STORED = 0,
	METHOD_DEFLATED = 8,
	ENTRY = 46,           /* fixed part of a central directory's entry */
	HEADER = 30,          /* of a member's own header */
	END = 22,             /* of the end of the central directory */
	RAW = -MAX_WBITS,     /* for inflateInit2: no header */
	ANY = 32 + MAX_WBITS, /* zlib or gzip, as it says itself */
};

struct unpacking {
	unpack_part *part;
	void *context;
	size_t total; /* bytes unpacked so far */
	int depth;
	enum unread why; /* the first thing that cannot be read */
};

static void
unpack_zip(struct unpacking *unpacking, const char *bytes, size_t size);
static void
unpack_pdf(struct unpacking *unpacking, const char *bytes, size_t size);
static void
unpack_gzip(struct unpacking *unpacking, const char *bytes, size_t size);

/* How files begin that are packed, and who reads them; NULL: nobody here. */
static const struct packing {
	const char *start;
	void (*unpack)(struct unpacking *unpacking, const char *bytes,
	    size_t size);
} packings[] = {
	{ "PK\3\4", unpack_zip },
	{ "PK\5\6", unpack_zip },
	{ "%PDF-", unpack_pdf },
	{ "\x1f\x8b", unpack_gzip },
	{ "\x28\xb5\x2f\xfd", NULL },
	{ "BZh", NULL },
	{ "\xfd"
	  "7zXZ",
	    NULL },
	{ "7z\xbc\xaf", NULL },
	{ "Rar!", NULL },
};

static bool
refuse(struct unpacking *unpacking, enum unread why)
{
	if (unpacking->why == UNREAD_NOTHING)
		unpacking->why = why;
	return false;
}

static const struct packing *
find_packing(const char *bytes, size_t size)
{
	for (size_t i = 0; i < COUNT(packings); i++) {
		size_t len = strlen(packings[i].start);

		if (size >= len && memcmp(bytes, packings[i].start, len) == 0)
			return &packings[i];
	}
	return NULL;
}

bool
unpack_is_packed(const char *bytes, size_t size)
{
	return find_packing(bytes, size) != NULL;
}

/* Appends what the packed bytes hold; false if they are broken or too much.
 * *used gets how many of them it took. */
static bool
inflate_all(struct unpacking *unpacking, const char *bytes, size_t size,
    int window, struct buf *out, size_t *used)
{
	enum unread why = inflate_bytes(bytes, size, window, LARGEST,
	    &unpacking->total, out, used);

	return why == UNREAD_NOTHING || refuse(unpacking, why);
}

static void
unpack(struct unpacking *unpacking, const char *bytes, size_t size)
{
	const struct packing *packing = find_packing(bytes, size);

	if (packing == NULL || packing->unpack == NULL)
		refuse(unpacking, UNREAD_METHOD);
	else
		packing->unpack(unpacking, bytes, size);
}

/* A file, and what is packed in it in turn. */
static void
give(struct unpacking *unpacking, const char *name, const char *bytes,
    size_t size)
{
	unpacking->part(unpacking->context, UNPACK_FILE, name, bytes, size);
	if (!unpack_is_packed(bytes, size))
		return;
	if (unpacking->depth == DEPTH) {
		refuse(unpacking, UNREAD_DEEP);
		return;
	}
	unpacking->depth++;
	unpack(unpacking, bytes, size);
	unpacking->depth--;
}

/* An unpack_part of what is in a PDF: files in it may be packed in turn. */
static void
give_part(void *context, enum unpack_kind kind, const char *name,
    const char *bytes, size_t size)
{
	struct unpacking *unpacking = context;

	if (kind == UNPACK_FILE)
		give(unpacking, name, bytes, size);
	else
		unpacking->part(unpacking->context, kind, name, bytes, size);
}

/* --- zip (APPNOTE.TXT 6.3, sections 4.3.7 and 4.3.12) --- */

/* The end of the central directory: the last one, before any comment. */
static const char *
find_end(const char *bytes, size_t size)
{
	for (size_t i = size < END ? 0 : size - END + 1; i-- > 0;)
		if (memcmp(bytes + i, "PK\5\6", 4) == 0)
			return bytes + i;
	return NULL;
}

/* What the directory says of a member. */
struct member {
	uint32_t flags;
	uint32_t method;
	uint32_t crc;
	size_t packed; /* bytes */
	size_t size;
	size_t at;   /* its own header */
	size_t next; /* one past its bytes */
	const char *name;
	size_t name_len;
};

/* The entry at `at`, which has its bytes; returns its length, 0 if broken. */
static size_t
read_entry(const char *bytes, size_t size, size_t at, struct member *member)
{
	const char *entry = bytes + at;
	size_t len;

	if (at > size || size - at < ENTRY || memcmp(entry, "PK\1\2", 4) != 0)
		return 0;
	*member = (struct member){ .flags = bytes_little(entry + 8, 2),
		.method = bytes_little(entry + 10, 2),
		.crc = bytes_little(entry + 16, 4),
		.packed = bytes_little(entry + 20, 4),
		.size = bytes_little(entry + 24, 4),
		.name_len = bytes_little(entry + 28, 2),
		.at = bytes_little(entry + 42, 4),
		.name = entry + ENTRY };
	len = ENTRY + member->name_len + bytes_little(entry + 30, 2) +
	    bytes_little(entry + 32, 2);
	return len <= size - at ? len : 0;
}

/* Where the bytes of a member begin; SIZE_MAX if its own header is not what
 * the directory says. */
static size_t
find_member(const char *bytes, size_t size, const struct member *member)
{
	size_t at = member->at;
	size_t name_len;

	if (at > size || size - at < HEADER ||
	    memcmp(bytes + at, "PK\3\4", 4) != 0)
		return SIZE_MAX;
	name_len = bytes_little(bytes + at + 26, 2);
	if (name_len != member->name_len || name_len > size - at - HEADER ||
	    memcmp(bytes + at + HEADER, member->name, name_len) != 0)
		return SIZE_MAX;
	at += HEADER + name_len + bytes_little(bytes + at + 28, 2);
	return at <= size && member->packed <= size - at ? at : SIZE_MAX;
}

/* Past sizes and digest that may follow the bytes of a member. */
static size_t
skip_descriptor(const char *bytes, size_t size, size_t at, uint32_t flags)
{
	if ((flags & 8) == 0)
		return at;
	at += size - at >= 4 && memcmp(bytes + at, "PK\7\10", 4) == 0 ? 16 : 12;
	return at;
}

static bool
give_member(struct unpacking *unpacking, const char *bytes, size_t size,
    struct member *member)
{
	size_t at = find_member(bytes, size, member);
	struct buf out = { 0 };
	size_t used = 0;
	bool good = true;

	if ((member->flags & 1) != 0)
		return refuse(unpacking, UNREAD_ENCRYPTED);
	if (at == SIZE_MAX)
		return refuse(unpacking, UNREAD_BROKEN);
	if (member->method != METHOD_STORED &&
	    member->method != METHOD_DEFLATED)
		return refuse(unpacking, UNREAD_METHOD);
	if (member->method == METHOD_STORED)
		buf_add(&out, bytes + at, used = member->packed);
	else
		good = inflate_all(unpacking, bytes + at, member->packed, RAW,
		    &out, &used);
	if (good &&
	    (used != member->packed || out.size != member->size ||
		crc32(0, (const Bytef *)buf_text(&out), (uInt)out.size) !=
		    member->crc))
		good = refuse(unpacking, UNREAD_BROKEN);
	member->next =
	    skip_descriptor(bytes, size, at + member->packed, member->flags);
	owned char *name = mem_dup_len(member->name, member->name_len);

	if (good)
		give(unpacking, name, buf_text(&out), out.size);
	buf_clear(&out);
	return good;
}

/* Members stand one after another, then the directory, then its end: there is
 * nothing between that the directory does not tell. */
static void
unpack_zip(struct unpacking *unpacking, const char *bytes, size_t size)
{
	const char *end = find_end(bytes, size);
	size_t count = end == NULL ? 0 : bytes_little(end + 10, 2);
	size_t at = end == NULL ? size : bytes_little(end + 16, 4);
	size_t directory = at;
	size_t expected = 0;
	struct member member;

	/* 65535 is how a larger zip says so; we make none. */
	if (end == NULL || count == UINT16_MAX) {
		refuse(unpacking, UNREAD_BROKEN);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		size_t len = read_entry(bytes, size, at, &member);

		if (len == 0) {
			refuse(unpacking, UNREAD_BROKEN);
			return;
		}
		if (member.at != expected)
			refuse(unpacking, UNREAD_GAP);
		if (!give_member(unpacking, bytes, size, &member))
			return;
		expected = member.next;
		at += len;
	}
	if (expected != directory || at != (size_t)(end - bytes) ||
	    (size_t)(end - bytes) + END + bytes_little(end + 20, 2) != size)
		refuse(unpacking, UNREAD_GAP);
}

/* --- PDF --- */

static void
unpack_pdf(struct unpacking *unpacking, const char *bytes, size_t size)
{
	enum unread why =
	    pdf_text_give(bytes, size, &unpacking->total, give_part, unpacking);

	if (why != UNREAD_NOTHING)
		refuse(unpacking, why);
}

/* --- gzip --- */

static void
unpack_gzip(struct unpacking *unpacking, const char *bytes, size_t size)
{
	scoped(buf_clear) struct buf out = { 0 };
	size_t used;

	if (inflate_all(unpacking, bytes, size, ANY, &out, &used)) {
		give(unpacking, "", buf_text(&out), out.size);
		if (used != size)
			refuse(unpacking, UNREAD_GAP);
	}
}

enum unread
unpack_file(const char *bytes, size_t size, unpack_part *part, void *context)
{
	struct unpacking unpacking = { part, context, 0, 1, UNREAD_NOTHING };

	unpack(&unpacking, bytes, size);
	return unpacking.why;
}
