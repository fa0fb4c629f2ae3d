#include "pdf_text.h"

#include <string.h>

#include "base/alloc.h"
#include "extract/pdf_page.h"

enum { PARENTS = 32 };

struct words {
	struct pdf *pdf;
	struct pdf_pages pages;
	struct buf said; /* strings and names of dictionaries, a line each */
	unpack_part *part;
	void *context;
};

/* --- strings --- */

/* What does more than say words; no book of ours has any of it. */
static bool
is_active(struct pdf_span name)
{
	static const char *const names[] = { "JavaScript", "JS", "XFA",
		"RichMedia", "Movie", "Sound", "Screen", "3D", "Rendition" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (pdf_name_is(name, names[i]))
			return true;
	return false;
}

/* Strings, and names with escapes, which the bytes of the file do not show. */
static void
note_value(struct words *words, struct pdf_span value)
{
	if (pdf_kind(value) == PDF_NAME && is_active(value))
		pdf_refuse(words->pdf, UNREAD_ACTIVE);
	if (pdf_kind(value) == PDF_STRING)
		pdf_string_text(value, &words->said);
	else if (pdf_kind(value) == PDF_NAME &&
	    memchr(value.at, '#', (size_t)(value.end - value.at)) != NULL)
		pdf_name(value, &words->said);
	else
		return;
	buf_add_char(&words->said, '\n');
}

static void
note_strings(struct words *words, struct pdf_span body)
{
	struct pdf_span value;

	while (pdf_flat(&body, &value))
		note_value(words, value);
}

/* --- what draws --- */

/* A page's own resources, or those of a group of pages around it. */
static struct pdf_span
resources_of(struct pdf *pdf, struct pdf_span page)
{
	struct pdf_span found = pdf_lookup(pdf, page, "Resources");

	for (int i = 0; found.at == NULL && page.at != NULL && i < PARENTS;
	     i++) {
		page = pdf_lookup(pdf, page, "Parent");
		found = pdf_lookup(pdf, page, "Resources");
	}
	return found;
}

static void
read_page(struct words *words, struct pdf_span page)
{
	struct pdf *pdf = words->pdf;
	bool twice = false;
	struct pdf_span contents = pdf_get(page, "Contents", &twice);
	struct pdf_span list = pdf_resolve(pdf, contents, NULL);

	if (twice)
		pdf_refuse(pdf, UNREAD_EARLIER);
	if (contents.at != NULL)
		pdf_page_read_all(&words->pages,
		    pdf_kind(list) == PDF_ARRAY ? list : contents,
		    resources_of(pdf, page));
}

/* The letters of a font that are drawings, each a stream. */
static void
read_letters(struct words *words, struct pdf_span font)
{
	struct pdf *pdf = words->pdf;
	struct pdf_span drawings = pdf_lookup(pdf, font, "CharProcs");
	struct pdf_span resources = pdf_lookup(pdf, font, "Resources");
	struct pdf_span value;

	while (pdf_flat(&drawings, &value)) {
		struct pdf_object *object;

		pdf_resolve(pdf, value, &object);
		if (object != NULL && object->data.at != NULL && !object->read)
			pdf_page_read(&words->pages, object, resources);
	}
}

/* Forms and patterns that no page drew: of notes, of fields, of nobody. */
static void
read_form(struct words *words, struct pdf_object *object)
{
	struct pdf *pdf = words->pdf;

	if (pdf_has(pdf, object->body, "Subtype", "Form") ||
	    pdf_lookup(pdf, object->body, "PatternType").at != NULL)
		pdf_page_read(&words->pages, object,
		    pdf_lookup(pdf, object->body, "Resources"));
}

/* --- other streams --- */

/* A picture is given as it is packed, if that is how pictures are, or its
 * dots. */
static void
give_picture(struct words *words, struct pdf_object *object)
{
	struct pdf *pdf = words->pdf;
	struct pdf_span filter = pdf_lookup(pdf, object->body, "Filter");
	scoped(buf_clear) struct buf bytes = { 0 };

	if (pdf_name_is(filter, "DCTDecode"))
		words->part(words->context, UNPACK_PICTURE, "", object->data.at,
		    (size_t)(object->data.end - object->data.at));
	else if (pdf_stream(pdf, object, &bytes))
		words->part(words->context, UNPACK_PICTURE, "",
		    buf_text(&bytes), bytes.size);
}

static void
give_stream(struct words *words, struct pdf_object *object,
    enum unpack_kind kind)
{
	scoped(buf_clear) struct buf bytes = { 0 };

	if (kind == UNPACK_PICTURE)
		give_picture(words, object);
	else if (pdf_stream(words->pdf, object, &bytes))
		words->part(words->context, kind, "", buf_text(&bytes),
		    bytes.size);
	object->read = true;
}

/* What a stream is by its own dictionary. */
static const struct {
	const char *key;
	const char *name; /* NULL = whatever it is */
	enum unpack_kind kind;
} kinds[] = {
	{ "Subtype", "Image", UNPACK_PICTURE },
	{ "Type", "Metadata", UNPACK_WORDS },
	{ "Type", "EmbeddedFile", UNPACK_FILE },
	{ "Type", "CMap", UNPACK_BYTES },
	{ "FunctionType", NULL, UNPACK_BYTES },
};

static void
give_by_kind(struct words *words, struct pdf_object *object)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		struct pdf_span value =
		    pdf_lookup(words->pdf, object->body, kinds[i].key);

		if (value.at != NULL &&
		    (kinds[i].name == NULL ||
			pdf_name_is(value, kinds[i].name))) {
			give_stream(words, object, kinds[i].kind);
			return;
		}
	}
}

/* What a stream is by the key that leads to it. */
static const struct {
	const char *key;
	enum unpack_kind kind;
} keys[] = {
	{ "ToUnicode", UNPACK_BYTES },
	{ "FontFile", UNPACK_BYTES },
	{ "FontFile2", UNPACK_BYTES },
	{ "FontFile3", UNPACK_BYTES },
	{ "CIDSet", UNPACK_BYTES },
	{ "CIDToGIDMap", UNPACK_BYTES },
	{ "ICCBased", UNPACK_BYTES },
	{ "DestOutputProfile", UNPACK_BYTES },
	{ "Metadata", UNPACK_WORDS },
	{ "Thumb", UNPACK_PICTURE },
};

static void
give_by_key(struct words *words, struct pdf_span body)
{
	struct pdf_span name = { NULL, NULL };
	struct pdf_span value;

	while (pdf_flat(&body, &value)) {
		struct pdf_object *object = NULL;

		if (pdf_kind(value) == PDF_NAME)
			name = value;
		if (pdf_kind(value) != PDF_REFERENCE)
			continue;
		pdf_resolve(words->pdf, value, &object);
		if (object == NULL || object->data.at == NULL || object->read)
			continue;
		for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
			if (pdf_name_is(name, keys[i].key))
				give_stream(words, object, keys[i].kind);
	}
}

/* --- all --- */

static void
read_all(struct words *words)
{
	struct pdf *pdf = words->pdf;

	for (size_t i = 0; i < pdf->trailer_count; i++)
		note_strings(words, pdf->trailers[i]);
	for (size_t i = 0; i < pdf->count; i++) {
		note_strings(words, pdf->objects[i].body);
		if (pdf_has(pdf, pdf->objects[i].body, "Type", "Page"))
			read_page(words, pdf->objects[i].body);
	}
	for (size_t i = 0; i < pdf->count; i++) {
		struct pdf_object *object = &pdf->objects[i];

		if (object->data.at != NULL && !object->read)
			read_form(words, object);
		if (pdf_lookup(pdf, object->body, "CharProcs").at != NULL)
			read_letters(words, object->body);
		if (object->data.at != NULL && !object->read)
			give_by_kind(words, object);
	}
	for (size_t i = 0; i < pdf->count; i++)
		give_by_key(words, pdf->objects[i].body);
	for (size_t i = 0; i < pdf->count; i++)
		if (pdf->objects[i].data.at != NULL && !pdf->objects[i].read)
			pdf_refuse(pdf, UNREAD_STREAM);
}

/* The length of a hyphen at text[i], 0 if there is none. */
static size_t
hyphen_at(const struct buf *text, size_t i)
{
	if (text->data[i] == '-')
		return 1;
	return text->size - i >= 3 &&
		(memcmp(text->data + i, "\xe2\x80\x90", 3) == 0)
	    ? 3
	    : 0;
}

/* The end of a line is a blank; or nothing, after a hyphen, which goes. */
static void
join_lines(struct buf *text, bool hyphens_go)
{
	size_t to = 0;

	for (size_t i = 0; i < text->size; i++) {
		size_t len = hyphens_go ? hyphen_at(text, i) : 0;

		if (len > 0 && i + len < text->size &&
		    text->data[i + len] == '\n') {
			i += len;
			continue;
		}
		text->data[to++] =
		    (char)(text->data[i] == '\n' ? ' ' : text->data[i]);
	}
	text->size = to;
}

static void
give_drawn(struct words *words, bool hyphens_go)
{
	scoped(buf_clear) struct buf text = { 0 };

	buf_add(&text, words->pages.drawn.data, words->pages.drawn.size);
	join_lines(&text, hyphens_go);
	words->part(words->context, UNPACK_WORDS, "", text.data, text.size);
}

static void
give_said(struct words *words, const struct buf *said)
{
	if (said->size > 0)
		words->part(words->context, UNPACK_WORDS, "", said->data,
		    said->size);
}

enum unread
pdf_text_give(const char *bytes, size_t size, size_t *unpacked,
    unpack_part *part, void *context)
{
	scoped(pdf_clear) struct pdf pdf = { .unpacked = *unpacked };
	struct words words = { .pdf = &pdf, .part = part, .context = context };
	enum unread why;

	words.pages.pdf = &pdf;
	pdf_open(&pdf, bytes, size);
	for (size_t i = 0; i < pdf.packed_count; i++)
		part(context, UNPACK_BYTES, "", buf_text(&pdf.packed[i]),
		    pdf.packed[i].size);
	if (pdf.why != UNREAD_ENCRYPTED)
		read_all(&words);
	give_said(&words, &words.said);
	give_said(&words, &words.pages.said);
	if (words.pages.drawn.size > 0) {
		give_drawn(&words, false);
		give_drawn(&words, true);
	}
	buf_clear(&words.said);
	pdf_pages_clear(&words.pages);
	why = pdf.why;
	*unpacked = pdf.unpacked;
	return why;
}
