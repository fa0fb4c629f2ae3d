#include "xml_write.h"

#include <stdint.h>
#include <string.h>

#include <nettle/base64.h>

void
xml_write_add_escaped(struct buf *out, const char *text, const char *special)
{
	static const char *const escapes[128] = { ['&'] = "&amp;",
		['<'] = "&lt;",
		['>'] = "&gt;",
		['"'] = "&quot;",
		['\n'] = "&#10;",
		['\t'] = "&#9;",
		['\r'] = "&#13;" };

	buf_add_escaped(out, text, special, escapes);
}

void
xml_write_add_text(struct buf *out, const char *text, bool in_attribute)
{
	xml_write_add_escaped(out, text,
	    in_attribute ? "&<>\"\n\t\r" : "&<>\r");
}

void
xml_write_open_attribute(struct buf *out, const char *name)
{
	buf_add_char(out, ' ');
	buf_add_text(out, name);
	buf_add_text(out, "=\"");
}

void
xml_write_add_attribute(struct buf *out, const char *name, const char *value)
{
	xml_write_open_attribute(out, name);
	xml_write_add_text(out, value, true);
	buf_add_char(out, '"');
}

void
xml_write_add_element(struct buf *out, const char *name, const char *text)
{
	buf_add_format(out, "<%s>", name);
	xml_write_add_text(out, text, false);
	buf_add_format(out, "</%.*s>", (int)strcspn(name, " "), name);
}

const char *
xml_write_media_type(const char *name)
{
	static const struct {
		const char *extension;
		const char *type;
	} rows[] = { { ".svg", "image/svg+xml" }, { ".png", "image/png" },
		{ ".jpg", "image/jpeg" }, { ".jpeg", "image/jpeg" },
		{ ".gif", "image/gif" }, { ".webp", "image/webp" } };
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; dot && i < sizeof(rows) / sizeof(*rows); i++)
		if (strcmp(dot, rows[i].extension) == 0)
			return rows[i].type;
	return "application/octet-stream";
}

const struct asset *
xml_write_find_asset(const struct view *view, const char *src)
{
	static const char folder[] = "assets/";

	if (strncmp(src, folder, sizeof(folder) - 1) != 0)
		return NULL;
	for (size_t i = 0; i < view->asset_count; i++)
		if (strcmp(view->assets[i].name, src + sizeof(folder) - 1) == 0)
			return &view->assets[i];
	return NULL;
}

void
xml_write_add_data(struct buf *out, const struct asset *asset)
{
	size_t size = BASE64_ENCODE_RAW_LENGTH(asset->size);
	char *at;

	buf_add_format(out, "data:%s;base64,",
	    xml_write_media_type(asset->name));
	at = buf_reserve(out, size);
	base64_encode_raw(at, asset->size, (const uint8_t *)asset->bytes);
	at[size] = '\0';
	out->size += size;
}
