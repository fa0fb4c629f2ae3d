/* extract/unpack: what is packed in zips, gzip and PDFs, and what cannot be
 * read. */
#include "unit.h"

#include <zlib.h>

#include "base/buf.h"
#include "extract/unpack.h"

/* --- what packs --- */

static void
add_le(struct buf *out, uint32_t value, int count)
{
	for (int i = 0; i < count; i++, value >>= 8)
		buf_add_char(out, (char)(value & 0xff));
}

/* Appends text deflated; window as deflateInit2 takes it. */
static void
add_deflated(struct buf *out, const char *text, size_t size, int window)
{
	z_stream stream = { .next_in = (Bytef *)(uintptr_t)text,
		.avail_in = (uInt)size };
	char *bytes = mem_alloc(size + 1024);

	assert_int_equal(
	    deflateInit2(&stream, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY),
	    Z_OK);
	stream.next_out = (Bytef *)bytes;
	stream.avail_out = (uInt)(size + 1024);
	assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
	buf_add(out, bytes, stream.total_out);
	deflateEnd(&stream);
	free(bytes);
}

/* What is wrong with a zip that is made. */
enum fault {
	SOUND,
	ENCRYPTED,
	METHOD,     /* one that nobody here knows */
	ELSEWHERE,  /* the member is not where the directory says */
	TOO_LONG,   /* its bytes go on past the end */
	HUGE_COUNT, /* how a larger zip says so */
	NO_ENTRY,   /* the directory ends early */
	NO_END,     /* there is no directory */
	BROKEN,     /* the packed bytes are no such bytes */
	OTHER_CRC,  /* than the bytes have */
	OTHER_SIZE,
	OTHER_NAME, /* in the member's own header */
	GAP_BEFORE, /* bytes that no entry tells of */
	GAP_AFTER,
	TRAILING, /* bytes after the end */
};

/* Method, time, digest, sizes and length of the name, as both headers have
 * them. */
static void
add_facts(struct buf *zip, const struct buf *content, const struct buf *packed,
    int method, const char *name, enum fault fault)
{
	add_le(zip, 20, 2);
	add_le(zip, fault == ENCRYPTED, 2);
	add_le(zip, (uint32_t)method, 2);
	add_le(zip, 0, 4);
	add_le(zip,
	    (uint32_t)crc32(0, (const Bytef *)content->data,
		(uInt)content->size) +
		(fault == OTHER_CRC),
	    4);
	add_le(zip, (uint32_t)packed->size + (fault == TOO_LONG) * 9999, 4);
	add_le(zip, (uint32_t)content->size + (fault == OTHER_SIZE), 4);
	add_le(zip, (uint32_t)strlen(name), 2);
	add_le(zip, 0, 2);
}

/* A zip of one member. The caller clears it. */
static struct buf
make_zip(const char *name, const struct buf *content, bool deflated,
    enum fault fault)
{
	struct buf zip = { 0 };
	struct buf packed = { 0 };
	size_t directory;
	int method = fault == METHOD ? 12 : deflated ? 8 : 0;

	if (deflated)
		add_deflated(&packed, content->data, content->size, -MAX_WBITS);
	else
		buf_add(&packed, content->data, content->size);
	if (fault == BROKEN)
		memset(packed.data, 0xff, packed.size);
	buf_add(&zip, "PK\3\4", 4);
	if (fault == GAP_BEFORE)
		buf_add(&zip, "PK\3\4", 4);
	add_facts(&zip, content, &packed, method, name, fault);
	buf_add_text(&zip, name);
	if (fault == OTHER_NAME)
		zip.data[zip.size - 1]++;
	buf_add(&zip, packed.data, packed.size);
	if (fault == GAP_AFTER)
		buf_add_text(&zip, "hidden");
	directory = zip.size;
	buf_add(&zip, fault == NO_ENTRY ? "PK\1\1" : "PK\1\2", 4);
	add_le(&zip, 20, 2);
	add_facts(&zip, content, &packed, method, name, fault);
	add_le(&zip, 0, 2);
	add_le(&zip, 0, 2);
	add_le(&zip, 0, 2);
	add_le(&zip, 0, 4);
	add_le(&zip, fault == ELSEWHERE ? 1 : fault == GAP_BEFORE ? 4 : 0, 4);
	buf_add_text(&zip, name);
	if (fault != NO_END) {
		size_t size = zip.size - directory;
		uint32_t count = fault == HUGE_COUNT ? 65535 : 1;

		buf_add(&zip, "PK\5\6", 4);
		add_le(&zip, 0, 4);
		add_le(&zip, count, 2);
		add_le(&zip, count, 2);
		add_le(&zip, (uint32_t)size, 4);
		add_le(&zip, (uint32_t)directory, 4);
		add_le(&zip, 7, 2);
		buf_add_text(&zip, "comment");
	}
	if (fault == TRAILING)
		buf_add_text(&zip, "hidden");
	buf_clear(&packed);
	return zip;
}

static struct buf
buf_of(const char *text)
{
	struct buf made = { 0 };

	buf_add_text(&made, text);
	return made;
}

/* --- what is given --- */

/* An unpack_part: all parts in one text, "[name]bytes". */
static void
note(void *context, enum unpack_kind kind, const char *name, const char *bytes,
    size_t size)
{
	struct buf *parts = context;

	CHECK(kind == UNPACK_FILE || name[0] == '\0', "kind %d", kind);
	buf_add_format(parts, "[%s]", name);
	buf_add(parts, bytes, size);
}

/* Are all of `want`, parted by '|', in what the file gives? */
static bool
gives(const struct buf *file, enum unread want_why, const char *want)
{
	struct buf parts = { 0 };
	enum unread why = unpack_file(file->data, file->size, note, &parts);
	bool all = true;

	while (want[0] != '\0') {
		size_t len = strcspn(want, "|");

		all &= memmem(parts.data ? parts.data : "", parts.size, want,
			   len) != NULL;
		want += len + (want[len] == '|');
	}
	buf_clear(&parts);
	return CHECK(why == want_why, "why: %s", unread_text(why, DIAG_EN)) &&
	    CHECK(all, "not given: %s", want);
}

static const struct {
	const char *bytes;
	size_t size;
	bool packed;
} starts[] = {
	{ "PK\3\4....", 8, true },
	{ "PK\5\6", 4, true },
	{ "%PDF-1.7", 8, true },
	{ "%PDF", 4, false },
	{ "\x1f\x8b\x08", 3, true },
	{ "\x28\xb5\x2f\xfd.", 5, true },
	{ "BZh9", 4, true },
	{ "wOF2", 4, false },
	{ "PK\3", 3, false },
	{ "<html>", 6, false },
	{ "", 0, false },
};

static void
packed_files_are_known_by_their_first_bytes(void)
{
	for (size_t i = 0; i < COUNT(starts); i++)
		CHECK(unpack_is_packed(starts[i].bytes, starts[i].size) ==
			starts[i].packed,
		    "row %zu", i);
}

static const struct {
	bool deflated;
	enum fault fault;
	enum unread why;
	const char *want;
} zips[] = {
	{ false, SOUND, UNREAD_NOTHING, "[a/b.html]the words of a chapter" },
	{ true, SOUND, UNREAD_NOTHING, "[a/b.html]the words of a chapter" },
	{ true, ENCRYPTED, UNREAD_ENCRYPTED, "" },
	{ false, ENCRYPTED, UNREAD_ENCRYPTED, "" },
	{ false, METHOD, UNREAD_METHOD, "" },
	{ true, ELSEWHERE, UNREAD_GAP, "" },
	{ false, TOO_LONG, UNREAD_BROKEN, "" },
	{ true, HUGE_COUNT, UNREAD_BROKEN, "" },
	{ true, NO_ENTRY, UNREAD_BROKEN, "" },
	{ true, NO_END, UNREAD_BROKEN, "" },
	{ true, BROKEN, UNREAD_BROKEN, "" },
	{ true, OTHER_CRC, UNREAD_BROKEN, "" },
	{ true, OTHER_SIZE, UNREAD_BROKEN, "" },
	{ true, OTHER_NAME, UNREAD_BROKEN, "" },
	/* What can be read of these is. */
	{ true, GAP_BEFORE, UNREAD_GAP, "[a/b.html]the words of a chapter" },
	{ true, GAP_AFTER, UNREAD_GAP, "[a/b.html]the words of a chapter" },
	{ false, TRAILING, UNREAD_GAP, "[a/b.html]the words of a chapter" },
};

static void
members_of_a_zip_are_given_or_it_is_said_that_they_cannot_be(void)
{
	struct buf content = buf_of("the words of a chapter");

	for (size_t i = 0; i < COUNT(zips); i++) {
		struct buf zip = make_zip("a/b.html", &content,
		    zips[i].deflated, zips[i].fault);

		CHECK(gives(&zip, zips[i].why, zips[i].want), "row %zu", i);
		buf_clear(&zip);
	}
	buf_clear(&content);
}

/* A zip in a zip …: three are read, a fourth is told. */
static void
zips_in_zips_are_read_to_a_depth(void)
{
	struct buf inner = buf_of("deep words");

	for (int depth = 1; depth <= 4; depth++) {
		struct buf outer = make_zip("z", &inner, depth % 2 == 0, SOUND);

		CHECK(gives(&outer, depth <= 3 ? UNREAD_NOTHING : UNREAD_DEEP,
			  depth <= 3 ? "[z]deep words" : ""),
		    "depth %d", depth);
		buf_clear(&inner);
		inner = outer;
	}
	buf_clear(&inner);
}

static void
gzip_is_read(void)
{
	static const char text[] = "one long line of words";
	struct buf file = { 0 };

	add_deflated(&file, text, strlen(text), 16 + MAX_WBITS);
	gives(&file, UNREAD_NOTHING, text);
	buf_add_text(&file, "and more");
	gives(&file, UNREAD_GAP, text);
	file.size -= 20;
	gives(&file, UNREAD_BROKEN, "");
	buf_clear(&file);
}

static void
what_nobody_here_unpacks_is_told(void)
{
	struct buf zstd = buf_of("\x28\xb5\x2f\xfd and more");

	gives(&zstd, UNREAD_METHOD, "");
	buf_clear(&zstd);
}

/* What is packed in a file of a PDF is unpacked in turn. */
static void
files_in_a_pdf_are_given(void)
{
	struct buf content = buf_of("deep words");
	struct buf zip = make_zip("z", &content, true, SOUND);
	struct buf pdf = buf_of("%PDF-1.7\n1 0 obj (a title) endobj\n");

	buf_add_format(&pdf,
	    "2 0 obj << /Type /EmbeddedFile /Length %zu >> stream\n", zip.size);
	buf_add(&pdf, zip.data, zip.size);
	buf_add_text(&pdf, "\nendstream endobj\n");
	gives(&pdf, UNREAD_NOTHING, "a title|[z]deep words");
	buf_clear(&pdf);
	buf_clear(&zip);
	buf_clear(&content);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(packed_files_are_known_by_their_first_bytes),
		UNIT(
		    members_of_a_zip_are_given_or_it_is_said_that_they_cannot_be),
		UNIT(zips_in_zips_are_read_to_a_depth),
		UNIT(gzip_is_read),
		UNIT(what_nobody_here_unpacks_is_told),
		UNIT(files_in_a_pdf_are_given),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
