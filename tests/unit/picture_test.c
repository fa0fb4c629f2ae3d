/* picture/picture: no file, however broken, is read past its end, and what comes
 * out of a clean picture is the same picture. */
#include "unit.h"

#include "picture/picture.h"

static const char svg[] =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\">"
    "<!-- a --><title>b</title><text style=\"fill:red\" x=\"1\">c</text></svg>";

static const char gif[] =
    "GIF89a\2\0\2\0\x91\0\0\xff\0\0\0\xff\0\0\0\xff\xff\xff\xff"
    "\x21\xff\x0bNETSCAPE2.0\3\1\0\0\0\x21\xfe\1a\0\x21\xf9\4\4\x0a\0\0\0"
    "\x2c\0\0\0\0\2\0\2\0\0\2\3\x84\x51\1\0\x3b tail";

static const char png[] =
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\0\0\0\0\x3a\x7e\x9b\x55"
    "\0\0\0\nIDAT\x78\x9c\x63\x60\0\0\0\2\0\1\x48\xaf\xa4\x71"
    "\0\0\0\0IEND\xae\x42\x60\x82 tail";

static const char jpeg[] =
    "\xff\xd8\xff\xe1\0\x1e"
    "Exif\0\0II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\1\0\0\0"
    "\xff\xfe\0\4ab\xff\xdb\0\3a\xff\xc0\0\3a\xff\xc4\0\3a\xff\xda\0\3a"
    "\1\2\xff\0\3\xff\xd0\4\xff\xd9 tail";

static const char webp[] =
    "RIFF\x34\0\0\0WEBPVP8X\x0a\0\0\0\x2c\0\0\0\0\0\0\0\0\0"
    "EXIF\2\0\0\0abVP8L\3\0\0\0abc\0XMP \0\0\0\0 tail";

#define FILE_OF(bytes)                                                         \
	{                                                                      \
#bytes, bytes, sizeof(bytes) - 1                               \
	}

static const struct {
	const char *name;
	const char *bytes;
	size_t size;
} files[] = { FILE_OF(svg), FILE_OF(gif), FILE_OF(png), FILE_OF(jpeg),
	FILE_OF(webp) };

static int
clean(struct picture *picture, const char *bytes, size_t size)
{
	/* In memory of just that size, so that a sanitizer sees one byte more. */
	char *copy = mem_dup_len(bytes, size);
	int rc = picture_clean(picture, copy, size);

	free(copy);
	return rc;
}

static void
clean_is_the_same_again(void)
{
	for (size_t i = 0; i < COUNT(files); i++) {
		struct picture once;
		struct picture again;

		CHECK(clean(&once, files[i].bytes, files[i].size) == 0,
		    "%s: %s", files[i].name, once.what);
		CHECK(clean(&again, buf_text(&once.bytes), once.bytes.size) ==
			0,
		    "%s again: %s", files[i].name, again.what);
		CHECK(once.bytes.size == again.bytes.size &&
			once.bytes.size < files[i].size &&
			memcmp(once.bytes.data, again.bytes.data,
			    once.bytes.size) == 0,
		    "%s: %zu bytes, then %zu", files[i].name, once.bytes.size,
		    again.bytes.size);
		picture_clear(&once);
		picture_clear(&again);
	}
}

/* A beginning is refused; where only what follows the end is cut, it is not. */
static void
beginnings(void)
{
	for (size_t i = 0; i < COUNT(files); i++)
		for (size_t size = 0; size + 5 < files[i].size; size++) {
			struct picture picture;

			CHECK(clean(&picture, files[i].bytes, size) != 0,
			    "%s: %zu bytes are enough", files[i].name, size);
			picture_clear(&picture);
		}
}

/* Any one byte may be wrong: a verdict, and no more bytes than went in. */
static void
wrong_bytes(void)
{
	for (size_t i = 0; i < COUNT(files); i++)
		for (size_t at = 0; at < files[i].size; at++)
			for (int bit = 0; bit < 8; bit++) {
				char *copy =
				    mem_dup_len(files[i].bytes, files[i].size);
				struct picture picture;

				copy[at] = (char)(copy[at] ^ 1 << bit);
				if (picture_clean(&picture, copy,
					files[i].size) == 0)
					CHECK(picture.bytes.size <=
						files[i].size + 8,
					    "%s grows", files[i].name);
				picture_clear(&picture);
				free(copy);
			}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(clean_is_the_same_again),
		UNIT(beginnings),
		UNIT(wrong_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
