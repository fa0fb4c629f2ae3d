#include "picture.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool
is_png(const char *bytes, size_t size)
{
	return size >= 8 && memcmp(bytes, "\x89PNG\r\n\x1a\n", 8) == 0;
}

static bool
is_jpeg(const char *bytes, size_t size)
{
	return size >= 3 && memcmp(bytes, "\xff\xd8\xff", 3) == 0;
}

static bool
is_gif(const char *bytes, size_t size)
{
	return size >= 6 &&
	    (memcmp(bytes, "GIF89a", 6) == 0 ||
		memcmp(bytes, "GIF87a", 6) == 0);
}

static bool
is_webp(const char *bytes, size_t size)
{
	return size >= 12 && memcmp(bytes, "RIFF", 4) == 0 &&
	    memcmp(bytes + 8, "WEBP", 4) == 0;
}

/* XML whose first element is svg: looked for past the declaration, comments
 * and a DOCTYPE, of which the reader says what is wrong. */
static bool
is_svg(const char *bytes, size_t size)
{
	size_t at = size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	size_t colon;

	while (at < size) {
		const char *end = NULL;

		at += strspn(bytes + at, " \t\r\n");
		if (strncmp(bytes + at, "<!--", 4) == 0)
			end = strstr(bytes + at, "-->");
		else if (strncmp(bytes + at, "<?", 2) == 0)
			end = strstr(bytes + at, "?>");
		else if (strncmp(bytes + at, "<!DOCTYPE svg", 13) == 0)
			return true;
		else
			break;
		if (end == NULL)
			return false;
		at = (size_t)(end - bytes) + (*end == '-' ? 3 : 2);
	}
	if (at >= size || bytes[at] != '<')
		return false;
	at++;
	colon = at + strcspn(bytes + at, ": \t\r\n>/");
	if (bytes[colon] == ':')
		at = colon + 1;
	return strncmp(bytes + at, "svg", 3) == 0 &&
	    strchr(" \t\r\n>/", bytes[at + 3]) != NULL;
}

static const struct {
	const char *kind;
	const char *suffix;
	bool (*is)(const char *bytes, size_t size);
	int (*clean)(struct picture *picture, const char *bytes, size_t size);
} kinds[] = {
	{ "PNG", ".png", is_png, picture_clean_png },
	{ "JPEG", ".jpg", is_jpeg, picture_clean_jpeg },
	{ "GIF", ".gif", is_gif, picture_clean_gif },
	{ "WebP", ".webp", is_webp, picture_clean_webp },
	{ "SVG", ".svg", is_svg, picture_clean_svg },
};

int
picture_refuse(struct picture *picture, enum diag_code fault,
    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(picture->what, sizeof(picture->what), format, args);
	va_end(args);
	picture->fault = fault;
	return -1;
}

int
picture_clean(struct picture *picture, const char *bytes, size_t size)
{
	memset(picture, 0, sizeof(*picture));
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (!kinds[i].is(bytes, size))
			continue;
		picture->kind = kinds[i].kind;
		picture->suffix = kinds[i].suffix;
		return kinds[i].clean(picture, bytes, size);
	}
	return picture_refuse(picture, DIAG_IMAGE_KIND, "%s", "");
}

void
picture_clear(struct picture *picture)
{
	buf_clear(&picture->bytes);
}
