#include "file_kind.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "extract/unpack.h"

/* How pictures begin; '?' is any byte. */
static const char *const pictures[] = { "\x89PNG\r\n\x1a\n", "\xff\xd8\xff",
	"GIF87a", "GIF89a", "RIFF????WEBP" };

/* Names of files, or how they end. */
static const struct {
	const char *end;
	enum audit_kind kind;
	const char *start; /* of the bytes; NULL = any of that kind */
} rows[] = {
	{ ".html", AUDIT_TEXT, NULL },
	{ ".xhtml", AUDIT_TEXT, NULL },
	{ ".css", AUDIT_TEXT, NULL },
	{ ".js", AUDIT_TEXT, NULL },
	{ ".json", AUDIT_TEXT, NULL },
	{ ".txt", AUDIT_TEXT, NULL },
	{ ".xml", AUDIT_TEXT, NULL },
	{ ".svg", AUDIT_TEXT, NULL },
	{ ".opf", AUDIT_TEXT, NULL },
	{ ".ncx", AUDIT_TEXT, NULL },
	{ "SHA256SUMS", AUDIT_TEXT, NULL },
	{ ".vademecum", AUDIT_TEXT, NULL },
	{ "mimetype", AUDIT_TEXT, NULL },
	{ ".png", AUDIT_PICTURE, "\x89PNG" },
	{ ".jpg", AUDIT_PICTURE, "\xff\xd8\xff" },
	{ ".jpeg", AUDIT_PICTURE, "\xff\xd8\xff" },
	{ ".gif", AUDIT_PICTURE, "GIF8" },
	{ ".webp", AUDIT_PICTURE, "RIFF" },
	{ ".epub", AUDIT_PACKED, "PK" },
	{ ".zip", AUDIT_PACKED, "PK" },
	{ ".pdf", AUDIT_PACKED, "%PDF-" },
	{ ".gz", AUDIT_PACKED, "\x1f\x8b" },
};

static bool
begins(const char *bytes, size_t size, const char *start)
{
	size_t len = strlen(start);

	for (size_t i = 0; i < len; i++)
		if (i >= size || (start[i] != '?' && start[i] != bytes[i]))
			return false;
	return true;
}

/* No control character, with which words could be broken up unseen. */
static bool
is_text(const char *bytes, size_t size)
{
	size_t bad;

	for (size_t i = 0; i < size; i++)
		if (((unsigned char)bytes[i] < ' ' && bytes[i] != '\n' &&
			bytes[i] != '\t' && bytes[i] != '\r' &&
			bytes[i] != '\f') ||
		    bytes[i] == 0x7f)
			return false;
	return text_is_utf8(bytes, size, &bad);
}

enum audit_kind
audit_kind_of(const char *bytes, size_t size)
{
	if (unpack_is_packed(bytes, size))
		return AUDIT_PACKED;
	for (size_t i = 0; i < sizeof(pictures) / sizeof(*pictures); i++)
		if (begins(bytes, size, pictures[i]))
			return AUDIT_PICTURE;
	return is_text(bytes, size) ? AUDIT_TEXT : AUDIT_STRANGE;
}

enum unread
audit_kind_check(const char *name, const char *bytes, size_t size)
{
	enum audit_kind kind = audit_kind_of(bytes, size);
	size_t count = sizeof(rows) / sizeof(*rows);
	size_t i = 0;

	while (i < count && !text_ends_with(name, rows[i].end))
		i++;
	if (name[0] != '\0' && i == count)
		return UNREAD_NAME;
	if (name[0] != '\0' && kind != rows[i].kind)
		return kind == AUDIT_STRANGE && rows[i].kind == AUDIT_TEXT
		    ? UNREAD_BYTES
		    : UNREAD_KIND;
	if (name[0] != '\0' && rows[i].start != NULL &&
	    !begins(bytes, size, rows[i].start))
		return UNREAD_KIND;
	return kind == AUDIT_STRANGE ? UNREAD_BYTES : UNREAD_NOTHING;
}
