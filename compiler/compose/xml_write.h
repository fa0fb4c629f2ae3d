/*
 * Writing XML by hand: escaped text, attributes, and images as data: URIs.
 * Used by the emitters that make their own files.
 * Invariant: what is added is well-formed if tags are opened and closed in
 * pairs; nothing is escaped twice.
 */
#ifndef VADE_COMPOSE_XML_WRITE_H
#define VADE_COMPOSE_XML_WRITE_H

#include "base/buf.h"
#include "project/view.h"

/* Text whose characters of special (of &<>" and line ends) are escaped. */
void
xml_write_add_escaped(struct buf *out, const char *text, const char *special);
/* Text between tags; in_attribute also escapes quotes and line ends. */
void xml_write_add_text(struct buf *out, const char *text, bool in_attribute);
/* ` name="`: the value and a quote follow. */
void xml_write_open_attribute(struct buf *out, const char *name);
/* ` name="value"`. */
void
xml_write_add_attribute(struct buf *out, const char *name, const char *value);
/* `<name>text</name>`; name may carry attributes: "para role='who'". */
void xml_write_add_element(struct buf *out, const char *name, const char *text);

/* The media type of a file name, by its extension. */
const char *xml_write_media_type(const char *name);
/* The image of a view that v:src names ("assets/…"); NULL if none does. */
const struct asset *
xml_write_find_asset(const struct view *view, const char *src);
/* Adds "data:TYPE;base64,…". */
void xml_write_add_data(struct buf *out, const struct asset *asset);

#endif
