/* inspect/unpack: what is packed in zips, gzip and PDFs, and what cannot be
 * read. */
#include "unit.h"

#include <zlib.h>

#include "base/buf.h"
#include "inspect/unpack.h"

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
};

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
	add_le(&zip, 20, 2);
	add_le(&zip, fault == ENCRYPTED, 2);
	add_le(&zip, (uint32_t)method, 2);
	add_le(&zip, 0, 4 + 4); /* time, crc: not looked at */
	add_le(&zip, 0, 4);
	add_le(&zip, (uint32_t)packed.size, 4);
	add_le(&zip, (uint32_t)strlen(name), 2);
	zip.size = 26;
	add_le(&zip, (uint32_t)strlen(name), 2);
	add_le(&zip, 0, 2);
	buf_add_text(&zip, name);
	buf_add(&zip, packed.data, packed.size);
	directory = zip.size;
	buf_add(&zip, fault == NO_ENTRY ? "PK\1\1" : "PK\1\2", 4);
	add_le(&zip, 20, 2);
	add_le(&zip, 20, 2);
	add_le(&zip, fault == ENCRYPTED, 2);
	add_le(&zip, (uint32_t)method, 2);
	add_le(&zip, 0, 4);
	add_le(&zip, 0, 4);
	add_le(&zip, (uint32_t)packed.size + (fault == TOO_LONG) * 9999, 4);
	add_le(&zip, (uint32_t)content->size, 4);
	add_le(&zip, (uint32_t)strlen(name), 2);
	add_le(&zip, 0, 2);
	add_le(&zip, 0, 2);
	add_le(&zip, 0, 2);
	add_le(&zip, 0, 2);
	add_le(&zip, 0, 4);
	add_le(&zip, fault == ELSEWHERE, 4);
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
note(void *context, const char *name, const char *bytes, size_t size)
{
	struct buf *parts = context;

	buf_add_format(parts, "[%s]", name);
	buf_add(parts, bytes, size);
}

/* Are all of `want`, parted by '|', in what the file gives? */
static bool
gives(const struct buf *file, bool want_whole, const char *want)
{
	struct buf parts = { 0 };
	bool whole = unpack_file(file->data, file->size, note, &parts);
	bool all = true;

	while (want[0] != '\0') {
		size_t len = strcspn(want, "|");

		all &= memmem(parts.data ? parts.data : "", parts.size, want,
			   len) != NULL;
		want += len + (want[len] == '|');
	}
	buf_clear(&parts);
	return CHECK(whole == want_whole, "whole %d", whole) &&
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
	{ "\x1f\x8b\x08", 3, true },
	{ "\x28\xb5\x2f\xfd.", 5, true },
	{ "BZh9", 4, true },
	{ "wOF2", 4, true },
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
	const char *want; /* NULL: not whole */
} zips[] = {
	{ false, SOUND, "[a/b.html]the words of a chapter" },
	{ true, SOUND, "[a/b.html]the words of a chapter" },
	{ true, ENCRYPTED, NULL },
	{ false, ENCRYPTED, NULL },
	{ false, METHOD, NULL },
	{ true, ELSEWHERE, NULL },
	{ false, TOO_LONG, NULL },
	{ true, HUGE_COUNT, NULL },
	{ true, NO_ENTRY, NULL },
	{ true, NO_END, NULL },
	{ true, BROKEN, NULL },
};

static void
members_of_a_zip_are_given_or_it_is_said_that_they_cannot_be(void)
{
	struct buf content = buf_of("the words of a chapter");

	for (size_t i = 0; i < COUNT(zips); i++) {
		struct buf zip = make_zip("a/b.html", &content,
		    zips[i].deflated, zips[i].fault);

		CHECK(gives(&zip, zips[i].want != NULL,
			  zips[i].want ? zips[i].want : ""),
		    "row %zu", i);
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

		CHECK(gives(&outer, depth <= 3,
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
	gives(&file, true, text);
	file.size -= 12;
	gives(&file, false, "");
	buf_clear(&file);
}

static void
what_nobody_here_unpacks_is_told(void)
{
	struct buf zstd = buf_of("\x28\xb5\x2f\xfd and more");

	gives(&zstd, false, "");
	buf_clear(&zstd);
}

/* A PDF with a title, a stream as it is, and one that is deflated, where only
 * who draws it reads the words. */
static struct buf
make_pdf(const char *dictionary)
{
	static const char drawn[] =
	    "BT /F1 9 Tf [(drawn) -250 (in a) -250 (str) (eam)] TJ ET";
	struct buf pdf = buf_of("%PDF-1.7\n1 0 obj\n"
				"<< /Title (of the \\(first\\) file) >>\n"
				"endobj\n2 0 obj\n<< /Length 9 >>\nstream\n"
				"BT (as it is) Tj ET\nendstream\nendobj\n");

	buf_add_format(&pdf, "3 0 obj\n<< /Filter /%s >>\nstream\r\n",
	    dictionary);
	add_deflated(&pdf, drawn, strlen(drawn), MAX_WBITS);
	buf_add_text(&pdf, "\nendstream\nendobj\n4 0 obj (after it) endobj\n");
	return pdf;
}

static void
streams_and_strings_of_a_pdf_are_given(void)
{
	struct buf pdf = make_pdf("FlateDecode");

	gives(&pdf, true,
	    "of the (first) file|as it is|drawn in a stream|after it");
	buf_clear(&pdf);
	pdf = make_pdf("Encrypt");
	gives(&pdf, false, "");
	buf_clear(&pdf);
	pdf = make_pdf("LZWDecode");
	gives(&pdf, false, "");
	buf_clear(&pdf);
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
		UNIT(streams_and_strings_of_a_pdf_are_given),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
