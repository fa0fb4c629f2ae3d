#include "known_pictures.h"

#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "base/byte_order.h"
#include "base/alloc.h"
#include "base/buf.h"

enum { DOTS_MOST = 64 << 20, PNG_HEAD = 8 };

static void
note(struct map *map, const void *bytes, size_t size, int level)
{
	char digits[DIGEST_DIGITS + 1];
	struct map_entry *entry;
	bool is_new;

	digest_sha256(bytes, size, digits);
	entry = map_put_text(map, digits, &is_new);
	if (is_new || entry->value > (uint32_t)level + 1)
		entry->value = (uint32_t)level + 1;
}

/* Every `step`-th byte from `first` on, `take` of them together. */
static void
note_channels(struct map *map, const unsigned char *dots, size_t count,
    size_t first, size_t take, int level)
{
	scoped(buf_clear) struct buf bytes = { 0 };

	for (size_t i = 0; i < count; i++)
		buf_add(&bytes, dots + i * 4 + first, take);
	note(map, buf_text(&bytes), bytes.size, level);
}

/* A PNG without what says how to show its colours (gAMA, cHRM, sRGB): the
 * engine does not look at it, libpng does. The file was cleaned. */
static void
add_bare(struct buf *bare, const char *bytes, size_t size)
{
	size_t at = PNG_HEAD;

	buf_add(bare, bytes, size < at ? size : at);
	while (at < size && size - at >= 12) {
		size_t len = bytes_big(bytes + at, 4);

		if (len > size - at - 12)
			return;
		if (memcmp(bytes + at + 4, "gAMA", 4) != 0 &&
		    memcmp(bytes + at + 4, "cHRM", 4) != 0 &&
		    memcmp(bytes + at + 4, "sRGB", 4) != 0)
			buf_add(bare, bytes + at, len + 12);
		at += len + 12;
	}
}

/* What the engine makes of a PNG: colours, one byte if they are all grey, and
 * how clear they are, apart. */
static void
note_dots(struct map *map, const char *bytes, size_t size, int level)
{
	png_image image = { .version = PNG_IMAGE_VERSION };
	unsigned char *dots;

	if (!png_image_begin_read_from_memory(&image, bytes, size))
		return;
	image.format = PNG_FORMAT_RGBA;
	image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
	if (PNG_IMAGE_SIZE(image) <= DOTS_MOST) {
		size_t count = (size_t)image.width * image.height;

		dots = mem_alloc(PNG_IMAGE_SIZE(image));
		if (png_image_finish_read(&image, NULL, dots, 0, NULL)) {
			note_channels(map, dots, count, 0, 3, level);
			note_channels(map, dots, count, 0, 1, level);
			note_channels(map, dots, count, 3, 1, level);
		}
		free(dots);
	}
	png_image_free(&image);
}

void
audit_picture_add(struct audit_pictures *pictures, const char *bytes,
    size_t size, int level)
{
	scoped(buf_clear) struct buf bare = { 0 };

	note(&pictures->files, bytes, size, level);
	/* A JPEG stands in a PDF as it is. */
	note(&pictures->dots, bytes, size, level);
	add_bare(&bare, bytes, size);
	note_dots(&pictures->dots, bare.data, bare.size, level);
}

bool
audit_picture_known(const struct audit_pictures *pictures, const char *bytes,
    size_t size, int level, bool is_dots)
{
	char digits[DIGEST_DIGITS + 1];
	const struct map_entry *entry;

	digest_sha256(bytes, size, digits);
	entry =
	    map_get_text(is_dots ? &pictures->dots : &pictures->files, digits);
	return entry != NULL && entry->value <= (uint32_t)level + 1;
}

void
audit_pictures_clear(struct audit_pictures *pictures)
{
	map_clear(&pictures->files);
	map_clear(&pictures->dots);
}
