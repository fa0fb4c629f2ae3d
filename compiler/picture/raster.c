/* PNG, JPEG, GIF and WebP: lists of parts, of which those that draw stay.
 * Sources: PNG third edition (W3C), ITU-T T.81, GIF89a, RFC 9649. */
#include "picture.h"

#include <string.h>

#include <zlib.h>

#include "base/byte_order.h"

/* A file from its first byte on; reading past its end tells so. */
struct parts {
	struct picture *picture;
	const unsigned char *bytes;
	size_t size;
	size_t at;
};

enum { MOST_PIXELS = 100000000 };

static struct parts
parts_of(struct picture *picture, const char *bytes, size_t size)
{
	return (struct parts){ picture, (const unsigned char *)bytes, size, 0 };
}

static bool
has(const struct parts *parts, size_t count)
{
	return parts->size - parts->at >= count;
}

static int
broken(const struct parts *parts, const char *why)
{
	return picture_refuse(parts->picture, DIAG_IMAGE_BROKEN, "%s", why);
}

/* The next count bytes go into the picture; the caller knows that they are
 * there. */
static void
keep(struct parts *parts, size_t count)
{
	buf_add(&parts->picture->bytes, parts->bytes + parts->at, count);
	parts->at += count;
}

/* --- PNG --- */

/* Bits of a pixel, by colour type; 0 = there is no such type. */
static const unsigned char png_samples[] = { 1, 0, 3, 1, 2, 0, 4 };

struct png {
	struct parts parts;
	uint32_t width;
	uint32_t height;
	uint32_t depth; /* bits of a pixel */
	bool interlaced;
	bool has_palette;
	bool needs_palette;
	uint64_t left; /* bytes of lines still to come */
	z_stream stream;
	bool ended; /* the stream of pixels */
};

/* A line takes a byte more than its pixels: its filter. */
static uint64_t
size_of_pass(const struct png *png, uint32_t width, uint32_t height)
{
	return width == 0 || height == 0
	    ? 0
	    : height * (1 + ((uint64_t)width * png->depth + 7) / 8);
}

static uint64_t
size_of_lines(const struct png *png)
{
	static const unsigned char adam7[7][4] = { { 0, 0, 8, 8 },
		{ 4, 0, 8, 8 }, { 0, 4, 4, 8 }, { 2, 0, 4, 4 }, { 0, 2, 2, 4 },
		{ 1, 0, 2, 2 }, { 0, 1, 1, 2 } };
	uint64_t size = 0;

	if (!png->interlaced)
		return size_of_pass(png, png->width, png->height);
	for (size_t i = 0; i < 7; i++)
		size += size_of_pass(png,
		    (png->width + adam7[i][2] - 1 - adam7[i][0]) / adam7[i][2],
		    (png->height + adam7[i][3] - 1 - adam7[i][1]) /
			adam7[i][3]);
	return size;
}

static int
read_header(struct png *png, const unsigned char *data, size_t size)
{
	unsigned depth = size == 13 ? data[8] : 0;
	unsigned type = size == 13 ? data[9] : 0;

	if (size != 13 || type >= sizeof(png_samples) ||
	    png_samples[type] == 0 || depth == 0 || depth > 16 ||
	    (depth & (depth - 1)) != 0 || data[10] != 0 || data[11] != 0 ||
	    data[12] > 1)
		return broken(&png->parts, "IHDR");
	png->width = (uint32_t)bytes_big(data, 4);
	png->height = (uint32_t)bytes_big(data + 4, 4);
	if (png->width == 0 || png->height == 0 ||
	    (uint64_t)png->width * png->height > MOST_PIXELS)
		return broken(&png->parts, "size");
	png->depth = depth * png_samples[type];
	png->interlaced = data[12] == 1;
	png->needs_palette = type == 3;
	png->left = size_of_lines(png);
	return 0;
}

/* Pixels are unpacked to see that they are all there and that nothing comes
 * after them; they go out packed as they came. *used is how much was read. */
static int
read_pixels(struct png *png, const unsigned char *data, size_t size,
    size_t *used)
{
	unsigned char lines[16384];

	png->stream.next_in = (unsigned char *)data;
	png->stream.avail_in = (uInt)size;
	while (!png->ended && png->stream.avail_in > 0) {
		int rc;

		png->stream.next_out = lines;
		png->stream.avail_out = sizeof(lines);
		rc = inflate(&png->stream, Z_NO_FLUSH);
		if ((rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR) ||
		    sizeof(lines) - png->stream.avail_out > png->left)
			return broken(&png->parts, "IDAT");
		png->left -= sizeof(lines) - png->stream.avail_out;
		png->ended = rc == Z_STREAM_END;
	}
	*used = size - png->stream.avail_in;
	return 0;
}

static void
add_big(struct buf *bytes, uint32_t value)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_add_char(bytes, (char)(value >> shift & 255));
}

static void
add_chunk(struct buf *bytes, const char *name, const unsigned char *data,
    size_t size)
{
	uLong sum = crc32(0, (const Bytef *)name, 4);

	add_big(bytes, (uint32_t)size);
	buf_add(bytes, name, 4);
	buf_add(bytes, data, size);
	add_big(bytes,
	    (uint32_t)(size > 0 ? crc32(sum, data, (uInt)size) : sum));
}

/* What draws, and the sizes that its data may have. */
static const struct png_chunk {
	char name[5];
	size_t least;
	size_t most;
} png_chunks[] = {
	{ "IHDR", 13, 13 },
	{ "PLTE", 3, 768 },
	{ "tRNS", 1, 256 },
	{ "gAMA", 4, 4 },
	{ "cHRM", 32, 32 },
	{ "sRGB", 1, 1 },
	{ "pHYs", 9, 9 },
	{ "IDAT", 0, SIZE_MAX },
};

static const struct png_chunk *
find_chunk(const unsigned char *name)
{
	for (size_t i = 0; i < sizeof(png_chunks) / sizeof(*png_chunks); i++)
		if (memcmp(png_chunks[i].name, name, 4) == 0)
			return &png_chunks[i];
	return NULL;
}

/* One chunk, whose data is all there. */
static int
take_chunk(struct png *png, const unsigned char *name,
    const unsigned char *data, size_t size)
{
	const struct png_chunk *chunk = find_chunk(name);
	struct buf *bytes = &png->parts.picture->bytes;
	bool is_header = memcmp(name, "IHDR", 4) == 0;
	size_t used = size;

	if (chunk == NULL)
		return (name[0] & 32) != 0 ? 0
					   : broken(&png->parts, "critical");
	if (is_header != (png->width == 0) || size < chunk->least ||
	    size > chunk->most)
		return broken(&png->parts, chunk->name);
	if (is_header && read_header(png, data, size) != 0)
		return -1;
	if (memcmp(name, "PLTE", 4) == 0) {
		if (png->has_palette || size % 3 != 0)
			return broken(&png->parts, "PLTE");
		png->has_palette = true;
	}
	if (memcmp(name, "IDAT", 4) == 0) {
		if (png->needs_palette && !png->has_palette)
			return broken(&png->parts, "PLTE");
		if (read_pixels(png, data, size, &used) != 0)
			return -1;
		if (used == 0)
			return 0;
	}
	add_chunk(bytes, chunk->name, data, used);
	return 0;
}

static int
take_chunks(struct png *png)
{
	struct parts *parts = &png->parts;

	for (;;) {
		const unsigned char *at = parts->bytes + parts->at;
		size_t size = has(parts, 12) ? bytes_big(at, 4) : 0;

		if (!has(parts, 12) || !has(parts, 12 + size))
			return broken(parts, "no IEND");
		if (bytes_big(at + 8 + size, 4) !=
		    (uint32_t)crc32(0, at + 4, (uInt)size + 4))
			return broken(parts, "CRC");
		if (memcmp(at + 4, "IEND", 4) == 0)
			break;
		if (take_chunk(png, at + 4, at + 8, size) != 0)
			return -1;
		parts->at += 12 + size;
	}
	if (!png->ended || png->left != 0)
		return broken(parts, "IDAT");
	add_chunk(&parts->picture->bytes, "IEND", NULL, 0);
	return 0;
}

int
picture_clean_png(struct picture *picture, const char *bytes, size_t size)
{
	struct png png = { .parts = parts_of(picture, bytes, size) };
	int rc;

	if (inflateInit(&png.stream) != Z_OK)
		return broken(&png.parts, "zlib");
	keep(&png.parts, 8);
	rc = take_chunks(&png);
	inflateEnd(&png.stream);
	return rc;
}

/* --- JPEG --- */

enum {
	JPEG_DHT = 0xc4,
	JPEG_RST0 = 0xd0,
	JPEG_RST7 = 0xd7,
	JPEG_EOI = 0xd9,
	JPEG_SOS = 0xda,
	JPEG_DQT = 0xdb,
	JPEG_DRI = 0xdd,
	JPEG_APP0 = 0xe0,
	JPEG_APP1 = 0xe1,
	JPEG_APP14 = 0xee,
};

static bool
is_frame(unsigned marker)
{
	return marker >= 0xc0 && marker <= 0xc2;
}

/* The orientation in an Exif segment; 1 is upright, and what none says. */
static uint32_t
read_orientation(const unsigned char *data, size_t size)
{
	const unsigned char *tiff = data + 6;
	uint64_t (*read)(const void *bytes, size_t count);
	size_t at;
	size_t count;

	if (size < 16 || memcmp(data, "Exif\0", 6) != 0)
		return 1;
	size -= 6;
	read = tiff[0] == 'I' ? bytes_little : bytes_big;
	at = read(tiff + 4, 4);
	if (at > size - 2)
		return 1;
	count = read(tiff + at, 2);
	for (at += 2; count > 0 && at + 12 <= size; at += 12, count--)
		if (read(tiff + at, 2) == 0x0112)
			return (uint32_t)read(tiff + at + 8, 2);
	return 1;
}

/* JFIF without its small picture: density only. */
static void
add_jfif(struct buf *bytes, const unsigned char *data)
{
	buf_add(bytes, "\xff\xe0\0\x10", 4);
	buf_add(bytes, data, 12);
	buf_add(bytes, "\0\0", 2);
}

/* A segment with a length, at its marker; size counts its data. */
static int
take_segment(struct parts *parts, unsigned marker, const unsigned char *data,
    size_t size)
{
	struct buf *bytes = &parts->picture->bytes;

	if (marker == JPEG_APP1) {
		uint32_t turned = read_orientation(data, size);

		if (turned > 1 && turned <= 8)
			return picture_refuse(parts->picture, DIAG_IMAGE_TURNED,
			    "%u", turned);
	}
	if (marker == JPEG_APP0 && size >= 14 && memcmp(data, "JFIF", 5) == 0) {
		add_jfif(bytes, data);
	} else if (marker == JPEG_APP14 && size >= 12 &&
	    memcmp(data, "Adobe", 5) == 0) {
		/* Says whether colours are RGB, YCbCr or CMYK. */
		buf_add(bytes, "\xff\xee\0\x0e", 4);
		buf_add(bytes, data, 12);
	} else if (is_frame(marker) || marker == JPEG_DHT ||
	    marker == JPEG_DQT || marker == JPEG_DRI || marker == JPEG_SOS) {
		buf_add(bytes, data - 4, size + 4);
	} else if (marker < JPEG_APP0) {
		return broken(parts, "marker");
	}
	parts->at += 4 + size;
	return 0;
}

/* Coded pixels end at the next marker that is not part of them. */
static void
take_scan(struct parts *parts)
{
	const unsigned char *at = parts->bytes + parts->at;
	size_t left = parts->size - parts->at;
	size_t len = 0;

	while (len + 1 < left &&
	    (at[len] != 0xff || at[len + 1] == 0 ||
		(at[len + 1] >= JPEG_RST0 && at[len + 1] <= JPEG_RST7)))
		len++;
	keep(parts, len);
}

int
picture_clean_jpeg(struct picture *picture, const char *bytes, size_t size)
{
	struct parts parts = parts_of(picture, bytes, size);
	bool framed = false;
	bool scanned = false;

	keep(&parts, 2);
	while (has(&parts, 4) || (has(&parts, 2) && scanned)) {
		const unsigned char *at = parts.bytes + parts.at;
		unsigned marker = at[1];
		size_t length;

		if (at[0] == 0xff && marker == JPEG_EOI && scanned) {
			buf_add(&picture->bytes, "\xff\xd9", 2);
			return 0;
		}
		if (at[0] == 0xff && marker == 0xff) {
			parts.at++;
			continue;
		}
		length = has(&parts, 4) ? bytes_big(at + 2, 2) : 0;
		if (at[0] != 0xff || length < 2 || !has(&parts, 2 + length) ||
		    (marker == JPEG_SOS && !framed))
			return broken(&parts, "segment");
		framed |= is_frame(marker);
		if (take_segment(&parts, marker, at + 4, length - 2) != 0)
			return -1;
		if (marker != JPEG_SOS)
			continue;
		take_scan(&parts);
		scanned = true;
	}
	return broken(&parts, "no EOI");
}

/* --- GIF --- */

/* The bytes of a colour table that flags announce. */
static size_t
size_of_table(unsigned flags)
{
	return (flags & 0x80) != 0 ? (size_t)3 << ((flags & 7) + 1) : 0;
}

/* Sub-blocks end with one of no bytes; their size in all, 0 if they do not. */
static size_t
size_of_blocks(const struct parts *parts, size_t at)
{
	size_t start = at;

	while (at < parts->size) {
		size_t size = parts->bytes[at++];

		if (size == 0)
			return at - start;
		at += size;
	}
	return 0;
}

/* Timing and transparency stay, and how often it is played. */
static bool
draws_extension(const struct parts *parts)
{
	const unsigned char *at = parts->bytes + parts->at;

	if (at[1] == 0xf9)
		return at[2] == 4;
	return at[1] == 0xff && has(parts, 19) && at[2] == 11 &&
	    memcmp(at + 3, "NETSCAPE2.0", 11) == 0 && at[14] == 3 &&
	    at[18] == 0;
}

static int
take_block(struct parts *parts)
{
	const unsigned char *at = parts->bytes + parts->at;
	size_t head;
	size_t blocks;

	if (at[0] != 0x21 && (at[0] != 0x2c || !has(parts, 11)))
		return broken(parts, "block");
	head = at[0] == 0x21 ? 2 : 11 + size_of_table(at[9]);
	blocks = has(parts, head) ? size_of_blocks(parts, parts->at + head) : 0;
	if (blocks == 0)
		return broken(parts, "block");
	if (at[0] == 0x2c || draws_extension(parts))
		keep(parts, head + blocks);
	else
		parts->at += head + blocks;
	return 0;
}

int
picture_clean_gif(struct picture *picture, const char *bytes, size_t size)
{
	struct parts parts = parts_of(picture, bytes, size);
	bool drawn = false;
	size_t head = 13;

	if (has(&parts, 13))
		head += size_of_table(parts.bytes[10]);
	if (!has(&parts, head))
		return broken(&parts, "header");
	keep(&parts, head);
	while (has(&parts, 3) || (has(&parts, 1) && drawn)) {
		if (parts.bytes[parts.at] == 0x3b && drawn) {
			buf_add_char(&picture->bytes, 0x3b);
			return 0;
		}
		drawn |= parts.bytes[parts.at] == 0x2c;
		if (!has(&parts, 3) || take_block(&parts) != 0)
			return broken(&parts, "block");
	}
	return broken(&parts, "no end");
}

/* --- WebP --- */

enum { WEBP_META = 0x2c }; /* flags of VP8X: profile, Exif, XMP */

static bool
draws_webp(const unsigned char *name)
{
	static const char *const names[] = { "VP8 ", "VP8L", "VP8X", "ALPH",
		"ANIM", "ANMF" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (memcmp(name, names[i], 4) == 0)
			return true;
	return false;
}

static int
take_webp(struct parts *parts, size_t end)
{
	struct buf *bytes = &parts->picture->bytes;

	while (parts->at < end) {
		const unsigned char *at = parts->bytes + parts->at;
		size_t size =
		    end - parts->at >= 8 ? bytes_little(at + 4, 4) : 0;
		size_t start = bytes->size;

		if (end - parts->at < 8 || size > end - parts->at - 8)
			return broken(parts, "chunk");
		if (!draws_webp(at)) {
			parts->at += 8 + size;
		} else {
			keep(parts, 8 + size);
			if (memcmp(at, "VP8X", 4) == 0 && size > 0)
				bytes->data[start + 8] &= (char)~WEBP_META;
			if (size % 2 != 0)
				buf_add_char(bytes, 0);
		}
		if (size % 2 != 0 && parts->at < end)
			parts->at++;
	}
	return 0;
}

int
picture_clean_webp(struct picture *picture, const char *bytes, size_t size)
{
	struct parts parts = parts_of(picture, bytes, size);
	size_t said = bytes_little(parts.bytes + 4, 4);

	if (said < 4 || said > size - 8)
		return broken(&parts, "RIFF");
	keep(&parts, 12);
	if (take_webp(&parts, 8 + said) != 0)
		return -1;
	if (picture->bytes.size <= 20)
		return broken(&parts, "no picture");
	said = picture->bytes.size - 8;
	for (size_t i = 0; i < 4; i++)
		picture->bytes.data[4 + i] = (char)(said >> 8 * i & 255);
	return 0;
}
