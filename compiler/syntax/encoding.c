#include "encoding.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <libxml/parserInternals.h>

#include "base/text.h"

/* What a byte means that a program of Windows wrote, in UTF-8. */
static void
write_windows_1252(char *text, size_t size, unsigned char byte)
{
	static const uint16_t high[] = { 0x20ac, 0, 0x201a, 0x192, 0x201e,
		0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0,
		0x17d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013,
		0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0, 0x17e, 0x178 };
	unsigned c = byte < 0xa0 ? high[byte - 0x80] : byte;
	xmlChar bytes[8] = { 0 };

	xmlCopyCharMultiByte(bytes, c != 0 ? (int)c : '?');
	snprintf(text, size, "%s", (char *)bytes);
}

/* Every second byte of what a program of Windows calls Unicode is zero. */
static bool
is_utf16(const char *bytes, size_t size)
{
	return size >= 2 &&
	    (memcmp(bytes, "\xff\xfe", 2) == 0 ||
		memcmp(bytes, "\xfe\xff", 2) == 0 ||
		memcmp(bytes, "<\0", 2) == 0 || memcmp(bytes, "\0<", 2) == 0);
}

static bool
has_utf8_letters(const char *bytes, size_t size)
{
	for (size_t i = 0; i < size;) {
		uint32_t c;
		size_t len = text_decode(bytes + i, size - i, &c);

		if (len > 1 && c != 0xfeff)
			return true;
		i += len;
	}
	return false;
}

int
encoding_check(struct diag *diag, uint32_t file)
{
	const struct source *source = sources_get(diag->sources, file);
	const char *zero = memchr(source->bytes, '\0', source->size);
	char character[8];
	size_t bad = 0;

	if (zero == NULL && text_is_utf8(source->bytes, source->size, &bad))
		return 0;
	if (is_utf16(source->bytes, source->size))
		return diag_report(diag, DIAG_UTF16,
		    (struct place){ file, 0, 0 }, source->path, NULL);
	if (zero != NULL)
		return diag_report(diag, DIAG_NO_CHARACTER,
		    (struct place){ file, (uint32_t)(zero - source->bytes), 1 },
		    "U+0000", NULL);
	write_windows_1252(character, sizeof(character),
	    (unsigned char)source->bytes[bad]);
	return diag_report(diag,
	    has_utf8_letters(source->bytes, source->size) ? DIAG_ENCODING_MIXED
							  : DIAG_XML_ENCODING,
	    (struct place){ file, (uint32_t)bad, 1 }, source->path, character,
	    NULL);
}
