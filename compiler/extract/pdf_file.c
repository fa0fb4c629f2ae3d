#include "pdf_file.h"

#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "base/byte_order.h"
#include "base/list.h"
#include "extract/inflate.h"

enum {
	HOPS = 16,              /* references to references */
	WORK_MOST = 1 << 30,    /* bytes looked at to find keys */
	ENTRY = 20,             /* bytes of a line in a table */
	COLUMNS_MOST = 1 << 20, /* bytes of a row before a predictor */
	FIELDS = 3,             /* of an entry in a stream */
};

bool
pdf_refuse(struct pdf *pdf, enum unread why)
{
	if (pdf->why == UNREAD_NOTHING)
		pdf->why = why;
	return false;
}

/* --- finding --- */

struct pdf_object *
pdf_find(struct pdf *pdf, uint32_t number)
{
	size_t low = 0;
	size_t high = pdf->sorted;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (pdf->objects[middle].number == number)
			return &pdf->objects[middle];
		if (pdf->objects[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

struct pdf_span
pdf_resolve(struct pdf *pdf, struct pdf_span value, struct pdf_object **object)
{
	struct pdf_object *found = NULL;
	uint32_t number;
	int hops = 0;

	for (; pdf_kind(value) == PDF_REFERENCE && hops < HOPS; hops++) {
		found =
		    pdf_unsigned(value, &number) ? pdf_find(pdf, number) : NULL;
		value = found != NULL ? found->body
				      : (struct pdf_span){ NULL, NULL };
	}
	if (hops == HOPS)
		pdf_refuse(pdf, UNREAD_BROKEN);
	if (object != NULL)
		*object = found;
	return value;
}

/* The value of a key as it stands. */
static struct pdf_span
look_up(struct pdf *pdf, struct pdf_span dict, const char *key)
{
	bool twice = false;
	struct pdf_span value = { NULL, NULL };

	pdf->work += (size_t)(dict.end - dict.at) + 1;
	if (pdf->work > WORK_MOST)
		pdf_refuse(pdf, UNREAD_LARGE);
	else
		value = pdf_get(dict, key, &twice);
	if (twice)
		pdf_refuse(pdf, UNREAD_EARLIER);
	return value;
}

struct pdf_span
pdf_lookup(struct pdf *pdf, struct pdf_span dict, const char *key)
{
	return pdf_resolve(pdf, look_up(pdf, dict, key), NULL);
}

bool
pdf_has(struct pdf *pdf, struct pdf_span dict, const char *key,
    const char *name)
{
	return pdf_name_is(pdf_lookup(pdf, dict, key), name);
}

static uint32_t
look_number(struct pdf *pdf, struct pdf_span dict, const char *key,
    uint32_t otherwise)
{
	uint32_t number;

	return pdf_unsigned(pdf_lookup(pdf, dict, key), &number) ? number
								 : otherwise;
}

/* --- unpacking --- */

static bool
inflate_data(struct pdf *pdf, struct pdf_span data, struct buf *out)
{
	size_t used;
	enum unread why = inflate_bytes(data.at, (size_t)(data.end - data.at),
	    MAX_WBITS, PDF_UNPACKED_MOST, &pdf->unpacked, out, &used);

	if (why != UNREAD_NOTHING)
		return pdf_refuse(pdf, why);
	for (const char *rest = data.at + used; rest < data.end; rest++)
		if (!pdf_is_blank(*rest))
			return pdf_refuse(pdf, UNREAD_GAP);
	return true;
}

static unsigned char
paeth(unsigned char left, unsigned char up, unsigned char corner)
{
	int a = abs(up - corner);
	int b = abs(left - corner);
	int c = abs(left + up - 2 * corner);

	return a <= b && a <= c ? left : b <= c ? up : corner;
}

/* One row of PNG's prediction, in place; `up` is the row before it. */
static void
undo_row(unsigned char *row, const unsigned char *up, size_t size, size_t step,
    int way)
{
	for (size_t i = 0; i < size; i++) {
		unsigned char left = i < step ? 0 : row[i - step];
		unsigned char above = up == NULL ? 0 : up[i];
		unsigned char corner =
		    up == NULL || i < step ? 0 : up[i - step];
		unsigned char guess = way == 1 ? left
		    : way == 2                 ? above
		    : way == 3 ? (unsigned char)((left + above) / 2)
		    : way == 4 ? paeth(left, above, corner)
			       : 0;

		row[i] = (unsigned char)(row[i] + guess);
	}
}

/* Takes PNG's prediction, a byte before each row, from out[from ..]. */
static bool
undo_prediction(struct pdf *pdf, struct pdf_span parms, struct buf *out,
    size_t from)
{
	uint32_t colors = look_number(pdf, parms, "Colors", 1);
	uint32_t bits = look_number(pdf, parms, "BitsPerComponent", 8);
	uint32_t columns = look_number(pdf, parms, "Columns", 1);
	size_t step;
	size_t row;
	size_t to = from;
	const unsigned char *up = NULL;

	if (colors == 0 || colors > 32 || bits == 0 || bits > 16 ||
	    columns == 0 || columns > COLUMNS_MOST)
		return pdf_refuse(pdf, UNREAD_BROKEN);
	row = ((size_t)colors * bits * columns + 7) / 8;
	step = (colors * bits + 7) / 8;
	for (size_t at = from; at < out->size; at += row + 1) {
		unsigned char *bytes = (unsigned char *)out->data + to;
		int way = (unsigned char)out->data[at];

		if (out->size - at < row + 1 || way > 4)
			return pdf_refuse(pdf, UNREAD_BROKEN);
		memmove(bytes, out->data + at + 1, row);
		undo_row(bytes, up, row, step, way);
		up = bytes;
		to += row;
	}
	out->size = to;
	return true;
}

/* An array of one element is that element. */
static struct pdf_span
only_one(struct pdf *pdf, struct pdf_span value)
{
	struct pdf_span rest = pdf_inside(value);
	struct pdf_span first;
	struct pdf_span second;

	if (pdf_kind(value) != PDF_ARRAY)
		return value;
	if (pdf_next(&rest, &first, true) != PDF_VALUE)
		return (struct pdf_span){ NULL, NULL };
	if (pdf_next(&rest, &second, true) == PDF_VALUE)
		pdf_refuse(pdf, UNREAD_METHOD);
	return pdf_resolve(pdf, first, NULL);
}

bool
pdf_stream(struct pdf *pdf, const struct pdf_object *object, struct buf *out)
{
	struct pdf_span dict = object->body;
	struct pdf_span filter = only_one(pdf, pdf_lookup(pdf, dict, "Filter"));
	struct pdf_span parms =
	    only_one(pdf, pdf_lookup(pdf, dict, "DecodeParms"));
	size_t from = out->size;
	uint32_t predictor = look_number(pdf, parms, "Predictor", 1);

	if (look_up(pdf, dict, "F").at != NULL) /* the bytes are elsewhere */
		return pdf_refuse(pdf, UNREAD_STREAM);
	if (filter.at == NULL) {
		buf_add(out, object->data.at,
		    (size_t)(object->data.end - object->data.at));
		pdf->unpacked += out->size - from;
		return pdf->unpacked <= PDF_UNPACKED_MOST ||
		    pdf_refuse(pdf, UNREAD_LARGE);
	}
	if (!pdf_name_is(filter, "FlateDecode") || predictor == 2)
		return pdf_refuse(pdf, UNREAD_METHOD);
	return inflate_data(pdf, object->data, out) &&
	    (predictor < 10 || undo_prediction(pdf, parms, out, from));
}

/* --- where objects are --- */

static bool
is_word(const char *at, const char *end, const char *word)
{
	size_t len = strlen(word);

	return (size_t)(end - at) >= len && memcmp(at, word, len) == 0 &&
	    (at + len == end || !pdf_is_regular(at[len]));
}

static struct pdf_object *
add_object(struct pdf *pdf, uint32_t number, size_t offset,
    struct pdf_span body)
{
	struct pdf_object *object;

	object = list_add(pdf->objects, pdf->count, pdf->capacity);
	*object =
	    (struct pdf_object){ number, offset, body, { NULL, NULL }, false };
	return object;
}

/* The end of a stream whose length stands elsewhere in the file: at the first
 * "endstream" that an "endobj" follows. The length is compared later. */
static const char *
guess_end(const char *at, const char *end)
{
	const char *start = at;

	while ((at = memmem(at, (size_t)(end - at), "endstream", 9)) != NULL) {
		if (is_word(pdf_skip_blank(at + 9, end), end, "endobj"))
			break;
		at += 9;
	}
	if (at != NULL && at > start && at[-1] == '\n')
		at--;
	if (at != NULL && at > start && at[-1] == '\r')
		at--;
	return at;
}

/* The bytes of a stream, from after the word; past "endstream" or NULL. */
static const char *
take_data(struct pdf *pdf, struct pdf_object *object, const char *at)
{
	const char *end = pdf->bytes + pdf->size;
	bool twice = false;
	struct pdf_span length = pdf_get(object->body, "Length", &twice);
	const char *stop;
	uint32_t size;

	at += at < end && *at == '\r';
	at += at < end && *at == '\n';
	if (twice || length.at == NULL)
		return NULL;
	if (pdf_kind(length) == PDF_REFERENCE)
		stop = guess_end(at, end);
	else if (pdf_unsigned(length, &size) && size <= (size_t)(end - at))
		stop = at + size;
	else
		stop = NULL;
	if (stop == NULL)
		return NULL;
	object->data = (struct pdf_span){ at, stop };
	stop += stop < end && *stop == '\r';
	stop += stop < end && *stop == '\n';
	return is_word(stop, end, "endstream") ? stop + 9 : NULL;
}

/* An object, from after "12 0 obj"; past "endobj" or NULL. */
static const char *
take_object(struct pdf *pdf, uint32_t number, size_t offset, const char *at)
{
	const char *end = pdf->bytes + pdf->size;
	struct pdf_span rest = { at, end };
	struct pdf_span body;
	struct pdf_object *object;

	if (pdf_next(&rest, &body, true) != PDF_VALUE)
		return NULL;
	object = add_object(pdf, number, offset, body);
	at = pdf_skip_blank(rest.at, end);
	if (is_word(at, end, "stream")) {
		at = take_data(pdf, object, at + 6);
		at = at != NULL ? pdf_skip_blank(at, end) : NULL;
	}
	return at != NULL && is_word(at, end, "endobj") ? at + 6 : NULL;
}

/* A table of objects, which is only numbers and letters. */
static const char *
take_table(struct pdf *pdf, const char *at)
{
	const char *end = pdf->bytes + pdf->size;
	const char *stop = at;

	while (stop < end &&
	    (pdf_is_blank(*stop) || strchr("0123456789nf", *stop) != NULL))
		stop++;
	*list_add(pdf->tables, pdf->table_count, pdf->table_capacity) =
	    (struct pdf_span){ at, stop };
	return stop;
}

/* The dictionary of a trailer, or the number after startxref. */
static const char *
take_trailer(struct pdf *pdf, const char *at)
{
	struct pdf_span rest = { at, pdf->bytes + pdf->size };
	struct pdf_span dict;

	if (pdf_next(&rest, &dict, true) != PDF_VALUE ||
	    (pdf_kind(dict) != PDF_DICT && pdf_kind(dict) != PDF_NUMBER))
		return NULL;
	*list_add(pdf->trailers, pdf->trailer_count, pdf->trailer_capacity) =
	    dict;
	return rest.at;
}

/* What stands at the top of a file; past it, NULL if it is nothing of that. */
static const char *
take_part(struct pdf *pdf, const char *at)
{
	const char *end = pdf->bytes + pdf->size;
	struct pdf_span rest = { at, end };
	struct pdf_span words[3];
	uint32_t number;

	if (is_word(at, end, "xref"))
		return take_table(pdf, at + 4);
	if (is_word(at, end, "trailer"))
		return take_trailer(pdf, at + 7);
	if (is_word(at, end, "startxref"))
		return take_trailer(pdf, at + 9);
	for (size_t i = 0; i < 3; i++)
		if (pdf_next(&rest, &words[i], false) != PDF_VALUE)
			return NULL;
	return pdf_unsigned(words[0], &number) &&
		is_word(words[2].at, words[2].end, "obj")
	    ? take_object(pdf, number, (size_t)(at - pdf->bytes), rest.at)
	    : NULL;
}

/* --- objects in streams --- */

static void
take_packed(struct pdf *pdf, const struct buf *data, uint32_t count,
    uint32_t first)
{
	struct pdf_span head = { data->data, data->data + first };
	size_t last = first;

	for (uint32_t i = 0; i < count; i++) {
		struct pdf_span number;
		struct pdf_span offset;
		struct pdf_span rest;
		struct pdf_span body;
		uint32_t values[2];

		if (pdf_next(&head, &number, false) != PDF_VALUE ||
		    pdf_next(&head, &offset, false) != PDF_VALUE ||
		    !pdf_unsigned(number, &values[0]) ||
		    !pdf_unsigned(offset, &values[1]) ||
		    values[1] > data->size - first ||
		    pdf_skip_blank(data->data + last, data->data + data->size) <
			data->data + first + values[1]) {
			pdf_refuse(pdf, UNREAD_GAP);
			return;
		}
		rest = (struct pdf_span){ data->data + first + values[1],
			data->data + data->size };
		if (pdf_next(&rest, &body, true) != PDF_VALUE) {
			pdf_refuse(pdf, UNREAD_BROKEN);
			return;
		}
		add_object(pdf, values[0], SIZE_MAX, body);
		last = (size_t)(rest.at - data->data);
	}
	if (pdf_skip_blank(data->data + last, data->data + data->size) <
		data->data + data->size ||
	    pdf_skip_blank(head.at, head.end) < head.end)
		pdf_refuse(pdf, UNREAD_GAP);
}

static void
open_packed(struct pdf *pdf, size_t index)
{
	const struct pdf_span dict = pdf->objects[index].body;
	uint32_t count = look_number(pdf, dict, "N", UINT32_MAX);
	uint32_t first = look_number(pdf, dict, "First", UINT32_MAX);
	struct buf *data;

	data = list_add(pdf->packed, pdf->packed_count, pdf->packed_capacity);
	*data = (struct buf){ 0 };
	pdf->objects[index].read = true;
	if (!pdf_stream(pdf, &pdf->objects[index], data))
		return;
	if (first > data->size || count == UINT32_MAX)
		pdf_refuse(pdf, UNREAD_BROKEN);
	else
		take_packed(pdf, data, count, first);
}

/* --- is all as the file says? --- */

static int
compare_objects(const void *a, const void *b)
{
	const struct pdf_object *x = a;
	const struct pdf_object *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

static void
sort_objects(struct pdf *pdf)
{
	if (pdf->count > 0)
		qsort(pdf->objects, pdf->count, sizeof(*pdf->objects),
		    compare_objects);
	pdf->sorted = pdf->count;
	for (size_t i = 1; i < pdf->count; i++)
		if (pdf->objects[i].number == pdf->objects[i - 1].number)
			pdf_refuse(pdf, UNREAD_EARLIER);
}

/* Lengths that stand elsewhere are those of the bytes that were taken, but
 * for the end of a line. */
static void
check_lengths(struct pdf *pdf)
{
	for (size_t i = 0; i < pdf->count; i++) {
		const struct pdf_object *object = &pdf->objects[i];
		size_t size = (size_t)(object->data.end - object->data.at);
		uint32_t length;

		if (object->data.at == NULL)
			continue;
		length = look_number(pdf, object->body, "Length", UINT32_MAX);
		if (length < size || length > size + 2)
			pdf_refuse(pdf, UNREAD_BROKEN);
	}
}

/* A table says that object `number` is at this byte. */
static void
check_pointer(struct pdf *pdf, uint32_t number, size_t offset)
{
	const struct pdf_object *object = pdf_find(pdf, number);

	if (object == NULL || object->offset != offset)
		pdf_refuse(pdf, UNREAD_POINTERS);
}

static void
check_table(struct pdf *pdf, struct pdf_span rest)
{
	struct pdf_span words[3];
	uint32_t first;
	uint32_t count;

	while (pdf_next(&rest, &words[0], false) == PDF_VALUE) {
		if (pdf_next(&rest, &words[1], false) != PDF_VALUE ||
		    !pdf_unsigned(words[0], &first) ||
		    !pdf_unsigned(words[1], &count)) {
			pdf_refuse(pdf, UNREAD_POINTERS);
			return;
		}
		for (uint32_t i = 0; i < count; i++) {
			uint32_t offset;

			for (size_t j = 0; j < 3; j++)
				if (pdf_next(&rest, &words[j], false) !=
				    PDF_VALUE) {
					pdf_refuse(pdf, UNREAD_POINTERS);
					return;
				}
			if (is_word(words[2].at, words[2].end, "f"))
				continue;
			if (!pdf_unsigned(words[0], &offset))
				offset = UINT32_MAX;
			check_pointer(pdf, first + i, offset);
		}
	}
}

/* The widths of a table's fields; false if they are none. */
static bool
read_widths(struct pdf *pdf, struct pdf_span dict, uint32_t widths[FIELDS])
{
	struct pdf_span rest = pdf_inside(pdf_lookup(pdf, dict, "W"));
	struct pdf_span value;

	for (size_t i = 0; i < FIELDS; i++)
		if (pdf_next(&rest, &value, true) != PDF_VALUE ||
		    !pdf_unsigned(value, &widths[i]) || widths[i] > 8)
			return false;
	return widths[0] + widths[1] + widths[2] > 0;
}

/* A stream that is a table: its entries of the first type. */
static void
check_entries(struct pdf *pdf, struct pdf_span dict, const struct buf *data)
{
	struct pdf_span rest = pdf_inside(pdf_lookup(pdf, dict, "Index"));
	uint32_t size = look_number(pdf, dict, "Size", 0);
	uint32_t widths[FIELDS];
	const unsigned char *at = (const unsigned char *)data->data;
	size_t left = data->size;
	bool all = pdf_lookup(pdf, dict, "Index").at == NULL;
	struct pdf_span value[2];

	if (!read_widths(pdf, dict, widths)) {
		pdf_refuse(pdf, UNREAD_POINTERS);
		return;
	}
	for (uint32_t step = widths[0] + widths[1] + widths[2]; left >= step;) {
		uint32_t first = 0;
		uint32_t count = size;

		if (!all &&
		    (pdf_next(&rest, &value[0], true) != PDF_VALUE ||
			pdf_next(&rest, &value[1], true) != PDF_VALUE ||
			!pdf_unsigned(value[0], &first) ||
			!pdf_unsigned(value[1], &count)))
			break;
		for (uint32_t i = 0; i < count && left >= step;
		     i++, at += step, left -= step)
			if (widths[0] == 0 || bytes_big(at, widths[0]) == 1)
				check_pointer(pdf, first + i,
				    bytes_big(at + widths[0], widths[1]));
		if (all || count == 0)
			break;
	}
	if (left > 0)
		pdf_refuse(pdf, UNREAD_POINTERS);
}

/* A table begins at this byte. 0 is how a file that is written to be read
 * while it comes says that it does not know yet. */
static void
check_start(struct pdf *pdf, struct pdf_span value)
{
	uint32_t offset;

	if (value.at == NULL)
		return;
	if (!pdf_unsigned(value, &offset))
		offset = UINT32_MAX;
	for (size_t i = 0; i < pdf->table_count; i++)
		if ((size_t)(pdf->tables[i].at - pdf->bytes) == offset + 4u)
			return;
	for (size_t i = 0; i < pdf->count; i++)
		if (pdf->objects[i].offset == offset &&
		    pdf_has(pdf, pdf->objects[i].body, "Type", "XRef"))
			return;
	if (offset != 0)
		pdf_refuse(pdf, UNREAD_POINTERS);
}

static void
check_starts(struct pdf *pdf)
{
	for (size_t i = 0; i < pdf->trailer_count; i++) {
		struct pdf_span trailer = pdf->trailers[i];

		check_start(pdf, pdf_lookup(pdf, trailer, "Prev"));
		check_start(pdf, pdf_lookup(pdf, trailer, "XRefStm"));
		if (pdf_kind(trailer) == PDF_NUMBER)
			check_start(pdf, trailer);
	}
}

static void
check_pointers(struct pdf *pdf)
{
	check_starts(pdf);
	for (size_t i = 0; i < pdf->table_count; i++)
		check_table(pdf, pdf->tables[i]);
	for (size_t i = 0; i < pdf->count; i++) {
		struct pdf_object *object = &pdf->objects[i];
		struct buf data = { 0 };

		if (object->data.at == NULL ||
		    !pdf_has(pdf, object->body, "Type", "XRef"))
			continue;
		object->read = true;
		check_start(pdf, pdf_lookup(pdf, object->body, "Prev"));
		if (pdf_stream(pdf, object, &data))
			check_entries(pdf, object->body, &data);
		buf_clear(&data);
	}
}

static void
check_encryption(struct pdf *pdf)
{
	for (size_t i = 0; i < pdf->trailer_count; i++) {
		bool twice = false;

		if (pdf_get(pdf->trailers[i], "Encrypt", &twice).at != NULL)
			pdf_refuse(pdf, UNREAD_ENCRYPTED);
	}
	for (size_t i = 0; i < pdf->count; i++) {
		bool twice = false;
		const struct pdf_object *object = &pdf->objects[i];

		if (object->data.at != NULL &&
		    pdf_get(object->body, "Encrypt", &twice).at != NULL)
			pdf_refuse(pdf, UNREAD_ENCRYPTED);
	}
}

static void
take_parts(struct pdf *pdf)
{
	const char *end = pdf->bytes + pdf->size;
	const char *at = pdf_skip_blank(pdf->bytes, end);

	while (at != NULL && at < end) {
		at = take_part(pdf, at);
		at = at != NULL ? pdf_skip_blank(at, end) : NULL;
	}
	if (at == NULL || pdf->count == 0)
		pdf_refuse(pdf, UNREAD_BROKEN);
}

void
pdf_open(struct pdf *pdf, const char *bytes, size_t size)
{
	size_t count;

	pdf->bytes = bytes;
	pdf->size = size;
	take_parts(pdf);
	check_encryption(pdf);
	if (pdf->why != UNREAD_NOTHING)
		return;
	sort_objects(pdf);
	count = pdf->count;
	/* Those in streams come after the others and are sorted later. */
	for (size_t i = 0; i < count && pdf->why == UNREAD_NOTHING; i++)
		if (pdf->objects[i].data.at != NULL &&
		    pdf_has(pdf, pdf->objects[i].body, "Type", "ObjStm"))
			open_packed(pdf, i);
	sort_objects(pdf);
	check_lengths(pdf);
	if (pdf->why == UNREAD_NOTHING)
		check_pointers(pdf);
}

void
pdf_clear(struct pdf *pdf)
{
	for (size_t i = 0; i < pdf->packed_count; i++)
		buf_clear(&pdf->packed[i]);
	free(pdf->packed);
	free(pdf->objects);
	free(pdf->trailers);
	free(pdf->tables);
	memset(pdf, 0, sizeof(*pdf));
}
