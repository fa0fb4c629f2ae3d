#include "unpack.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "inspect/pdf_words.h"

enum {
	DEPTH = 3,           /* a zip in a zip in a zip */
	LARGEST = 512 << 20, /* of all parts of a file together */
	CHUNK = 64 << 10,    /* unpacked at once */
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
	bool whole; /* nothing was unreadable so far */
};

static const char *const packed_starts[] = { "PK\3\4", "PK\5\6", "%PDF",
	"\x1f\x8b" };
/* What nobody here makes and nobody here can read. */
static const char *const strange_starts[] = { "\x28\xb5\x2f\xfd", "BZh",
	"\xfd"
	"7zXZ",
	"7z\xbc\xaf", "Rar!", "wOF2", "wOFF" };

static bool
starts_with(const char *bytes, size_t size, const char *start)
{
	return size >= strlen(start) &&
	    memcmp(bytes, start, strlen(start)) == 0;
}

static bool
starts_with_one(const char *bytes, size_t size, const char *const *starts,
    size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (starts_with(bytes, size, starts[i]))
			return true;
	return false;
}

bool
unpack_is_packed(const char *bytes, size_t size)
{
	return starts_with_one(bytes, size, packed_starts,
		   sizeof(packed_starts) / sizeof(*packed_starts)) ||
	    starts_with_one(bytes, size, strange_starts,
		sizeof(strange_starts) / sizeof(*strange_starts));
}

/* Appends what the packed bytes hold; false if they are broken or too much.
 * *used gets how many of them it took. */
static bool
inflate_all(struct unpacking *unpacking, const char *bytes, size_t size,
    int window, struct buf *out, size_t *used)
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
		unpacking->total += stream.total_out - before;
		if (unpacking->total > LARGEST)
			rc = Z_MEM_ERROR;
	}
	*used = stream.total_in;
	inflateEnd(&stream);
	buf_add(out, "", 0);
	return rc == Z_STREAM_END;
}

static void unpack(struct unpacking *unpacking, const char *bytes, size_t size);

/* A part, and what is packed in it in turn. */
static void
give(struct unpacking *unpacking, const char *name, const char *bytes,
    size_t size)
{
	unpacking->part(unpacking->context, name, bytes, size);
	if (!unpack_is_packed(bytes, size))
		return;
	if (unpacking->depth == DEPTH) {
		unpacking->whole = false;
		return;
	}
	unpacking->depth++;
	unpack(unpacking, bytes, size);
	unpacking->depth--;
}

/* --- zip (APPNOTE.TXT 6.3, sections 4.3.7 and 4.3.12) --- */

static uint32_t
read_le(const char *bytes, int count)
{
	uint32_t value = 0;

	for (int i = count - 1; i >= 0; i--)
		value = value << 8 | (unsigned char)bytes[i];
	return value;
}

/* The end of the central directory: the last one, before any comment. */
static const char *
find_end(const char *bytes, size_t size)
{
	for (size_t i = size < END ? 0 : size - END + 1; i-- > 0;)
		if (memcmp(bytes + i, "PK\5\6", 4) == 0)
			return bytes + i;
	return NULL;
}

static bool
give_member(struct unpacking *unpacking, const char *bytes, size_t size,
    const char *entry)
{
	uint32_t flags = read_le(entry + 8, 2);
	uint32_t method = read_le(entry + 10, 2);
	size_t packed = read_le(entry + 20, 4);
	size_t at = read_le(entry + 42, 4);
	size_t name_len = read_le(entry + 28, 2);
	char *name;
	struct buf out = { 0 };
	bool good = method == METHOD_STORED;
	size_t used;

	if ((flags & 1) != 0 || at > size || size - at < HEADER ||
	    memcmp(bytes + at, "PK\3\4", 4) != 0)
		return false;
	at +=
	    HEADER + read_le(bytes + at + 26, 2) + read_le(bytes + at + 28, 2);
	if (at > size || packed > size - at)
		return false;
	if (method == METHOD_DEFLATED)
		good = inflate_all(unpacking, bytes + at, packed, RAW, &out,
		    &used);
	if (!good) {
		buf_clear(&out);
		return false;
	}
	name = mem_dup_len(entry + ENTRY, name_len);
	if (method == METHOD_STORED)
		give(unpacking, name, bytes + at, packed);
	else
		give(unpacking, name, buf_text(&out), out.size);
	free(name);
	buf_clear(&out);
	return true;
}

static void
unpack_zip(struct unpacking *unpacking, const char *bytes, size_t size)
{
	const char *end = find_end(bytes, size);
	size_t count = end == NULL ? 0 : read_le(end + 10, 2);
	size_t at = end == NULL ? size : read_le(end + 16, 4);

	/* 65535 is how a larger zip says so; we make none. */
	if (end == NULL || count == UINT16_MAX)
		unpacking->whole = false;
	for (size_t i = 0; i < count && unpacking->whole; i++) {
		const char *entry = bytes + at;

		if (at > size || size - at < ENTRY ||
		    memcmp(entry, "PK\1\2", 4) != 0 ||
		    read_le(entry + 28, 2) > size - at - ENTRY) {
			unpacking->whole = false;
			return;
		}
		unpacking->whole &= give_member(unpacking, bytes, size, entry);
		at += ENTRY + read_le(entry + 28, 2) + read_le(entry + 30, 2) +
		    read_le(entry + 32, 2);
	}
}

/* --- PDF --- */

/* The number of the object that `at` is in: the last "N 0 obj" before it. */
static uint32_t
object_at(const char *bytes, const char *at)
{
	const char *word = at;

	while (word > bytes && !starts_with(word, 4, " obj"))
		word--;
	/* "12 0 obj": over the generation to the number. */
	while (word > bytes && word[-1] >= '0' && word[-1] <= '9')
		word--;
	word -= word > bytes;
	while (word > bytes && word[-1] >= '0' && word[-1] <= '9')
		word--;
	return (uint32_t)strtoul(word, NULL, 10);
}

/* A stream that begins at start, as it is or inflated. Returns its end. */
static const char *
unpack_stream(struct unpacking *unpacking, struct pdf_words *words,
    uint32_t object, const char *start, const char *end)
{
	struct buf out = { 0 };
	const char *stop = memmem(start, (size_t)(end - start), "endstream", 9);
	size_t used = 0;

	/* Whatever its dictionary says. */
	if (start < end && (*start & 0x0f) == Z_DEFLATED &&
	    inflate_all(unpacking, start, (size_t)(end - start), ANY, &out,
		&used)) {
		unpacking->part(unpacking->context, "", out.data, out.size);
		pdf_words_stream(words, object, out.data, out.size);
		stop = start + used;
	} else if (stop != NULL) {
		pdf_words_stream(words, object, start, (size_t)(stop - start));
	}
	buf_clear(&out);
	return stop != NULL ? stop : end;
}

/* What hides the bytes of a stream from us. */
static bool
has_strange_filter(const char *bytes, size_t size)
{
	static const char *const names[] = { "/Encrypt", "/LZWDecode",
		"/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (memmem(bytes, size, names[i], strlen(names[i])) != NULL)
			return true;
	return false;
}

static void
unpack_pdf(struct unpacking *unpacking, const char *bytes, size_t size)
{
	static const char word[] = "stream";
	struct pdf_words words = { 0 };
	const char *end = bytes + size;
	const char *plain = bytes; /* what is in no stream begins here */
	const char *at;

	while (unpacking->total <= LARGEST &&
	    (at = memmem(plain, (size_t)(end - plain), word, strlen(word))) !=
		NULL) {
		const char *start = at + strlen(word);
		uint32_t object = object_at(plain, at);

		start += start < end && *start == '\r';
		start += start < end && *start == '\n';
		pdf_words_plain(&words, plain, (size_t)(at - plain));
		plain = unpack_stream(unpacking, &words, object, start, end);
		while (plain < end && (*plain == '\n' || *plain == '\r'))
			plain++;
		if (starts_with(plain, (size_t)(end - plain), "endstream"))
			plain += strlen("endstream");
	}
	unpacking->whole &=
	    unpacking->total <= LARGEST && !has_strange_filter(bytes, size);
	pdf_words_plain(&words, plain, (size_t)(end - plain));
	pdf_words_give(&words, unpacking->part, unpacking->context);
	pdf_words_clear(&words);
}

/* --- all --- */

static void
unpack_gzip(struct unpacking *unpacking, const char *bytes, size_t size)
{
	struct buf out = { 0 };
	size_t used;

	if (inflate_all(unpacking, bytes, size, ANY, &out, &used))
		give(unpacking, "", out.data, out.size);
	else
		unpacking->whole = false;
	buf_clear(&out);
}

static void
unpack(struct unpacking *unpacking, const char *bytes, size_t size)
{
	if (starts_with(bytes, size, "PK"))
		unpack_zip(unpacking, bytes, size);
	else if (starts_with(bytes, size, "%PDF"))
		unpack_pdf(unpacking, bytes, size);
	else if (starts_with(bytes, size, "\x1f\x8b"))
		unpack_gzip(unpacking, bytes, size);
	else
		unpacking->whole = false;
}

bool
unpack_file(const char *bytes, size_t size, unpack_part *part, void *context)
{
	struct unpacking unpacking = { part, context, 0, 1, true };

	unpack(&unpacking, bytes, size);
	return unpacking.whole;
}
