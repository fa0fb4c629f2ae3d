#include "pdf_page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/byte_order.h"
#include "base/list.h"
#include "extract/pdf_lines.h"

enum {
	OPERANDS = 64,
	STACK = 256,  /* q without Q */
	FORMS = 12,   /* in each other */
	WORDLESS = 8, /* signs without a letter that are still nothing odd */
	SIGNS_MOST = 1 << 24,
	PIECES_MOST = 1 << 20, /* of a page */
	LETTERS_MOST = 64 << 20,
	NAME = 4, /* of an operator, with its zero */
};

struct matrix {
	double a, b, c, d, e, f;
};

static const struct matrix identity = { 1, 0, 0, 1, 0, 0 };

struct state {
	struct matrix ctm;
	struct pdf_font *font;
	double size;
	double char_space;
	double word_space;
	double scale; /* across */
	double leading;
	double rise;
};

/* What is being read. */
struct reading {
	struct pdf_pages *pages;
	struct pdf_lines lines; /* as drawn */
	struct pdf_lines meant; /* with what is said in place of it */
	bool differs;           /* these two do */
	int marks;              /* marked content that is open */
	int replaced;           /* at which mark text is replaced; 0 = not */
	struct pdf_span resources;
	struct state state;
	struct state stack[STACK];
	size_t depth;
	size_t forms;
	struct matrix text;
	struct matrix line;
	struct pdf_span operands[OPERANDS]; /* the last ones */
	size_t count;
	bool stop;
};

/* --- geometry --- */

/* m, then n. */
static struct matrix
multiply(struct matrix m, struct matrix n)
{
	return (struct matrix){
		m.a * n.a + m.b * n.c,
		m.a * n.b + m.b * n.d,
		m.c * n.a + m.d * n.c,
		m.c * n.b + m.d * n.d,
		m.e * n.a + m.f * n.c + n.e,
		m.e * n.b + m.f * n.d + n.f,
	};
}

static struct matrix
moved(struct matrix m, double x, double y)
{
	return multiply((struct matrix){ 1, 0, 0, 1, x, y }, m);
}

static bool
refuse(struct reading *reading, enum unread why)
{
	reading->stop = true;
	return pdf_refuse(reading->pages->pdf, why);
}

/* The operand `back` from the last one; 0 if it is no number. */
static double
number_at(const struct reading *reading, size_t back)
{
	double number = 0;

	if (back < reading->count)
		pdf_number(reading->operands[reading->count - 1 - back],
		    &number);
	return number;
}

static struct pdf_span
operand_at(const struct reading *reading, size_t back)
{
	return back < reading->count
	    ? reading->operands[reading->count - 1 - back]
	    : (struct pdf_span){ NULL, NULL };
}

static struct matrix
matrix_of(const struct reading *reading)
{
	return (struct matrix){ number_at(reading, 5), number_at(reading, 4),
		number_at(reading, 3), number_at(reading, 2),
		number_at(reading, 1), number_at(reading, 0) };
}

/* --- showing --- */

static void
add_sign(struct reading *reading, const char *letters, double advance)
{
	const struct state *state = &reading->state;
	struct matrix place = multiply(reading->text, state->ctm);
	double wide = advance != 0 ? advance : 1e-6;
	struct pdf_sign sign = { .letters = letters, .font = state->font };

	sign.x = place.c * state->rise + place.e;
	sign.y = place.d * state->rise + place.f;
	sign.end_x = sign.x + place.a * wide;
	sign.end_y = sign.y + place.b * wide;
	sign.size = hypot(place.c, place.d) * fabs(state->size);
	if (!(sign.size > 1e-6) || !isfinite(sign.size) ||
	    !isfinite(sign.end_x) || !isfinite(sign.end_y) ||
	    fabs(sign.end_x) > 1e9 || fabs(sign.end_y) > 1e9) {
		refuse(reading, UNREAD_LETTERS);
		return;
	}
	pdf_lines_add(&reading->lines, &sign);
	if (reading->replaced == 0)
		pdf_lines_add(&reading->meant, &sign);
}

static void
show_code(struct reading *reading, uint32_t code)
{
	const struct state *state = &reading->state;
	const char *letters = pdf_font_letters(state->font, code);
	double advance =
	    pdf_font_width(state->font, code) * state->size + state->char_space;

	if (code == ' ' && !state->font->two_bytes)
		advance += state->word_space;
	advance *= state->scale;
	if (*letters == '\0')
		refuse(reading, UNREAD_LETTERS);
	else if (++reading->pages->signs > SIGNS_MOST ||
	    reading->lines.count > PIECES_MOST ||
	    reading->lines.drawn.size + reading->pages->drawn.size >
		LETTERS_MOST)
		refuse(reading, UNREAD_LARGE);
	else
		add_sign(reading, letters, advance);
	reading->text = moved(reading->text, advance, 0);
}

static bool
has_font(struct reading *reading)
{
	struct state *state = &reading->state;

	if (state->font == NULL)
		return refuse(reading, UNREAD_FONT);
	if (state->font->why != UNREAD_NOTHING)
		return refuse(reading, state->font->why);
	return true;
}

static void
show(struct reading *reading, struct pdf_span string)
{
	scoped(buf_clear) struct buf bytes = { 0 };
	const char *at;

	pdf_string(string, &bytes);
	at = bytes.data;
	if (bytes.size > 0 && has_font(reading)) {
		bool two = reading->state.font->two_bytes;

		if (two && bytes.size % 2 != 0)
			refuse(reading, UNREAD_LETTERS);
		for (size_t i = 0; i + two < bytes.size && !reading->stop;
		     i += 1 + two)
			show_code(reading,
			    (uint32_t)bytes_big(at + i, 1 + two));
	}
}

/* TJ: strings, and thousandths of the font's size to go back. */
static void
show_array(struct reading *reading, struct pdf_span array)
{
	struct pdf_span rest = pdf_inside(array);
	struct pdf_span value;
	double number;

	while (!reading->stop && pdf_next(&rest, &value, false) == PDF_VALUE) {
		if (pdf_kind(value) == PDF_STRING)
			show(reading, value);
		else if (pdf_number(value, &number))
			reading->text = moved(reading->text,
			    -number / 1000 * reading->state.size *
				reading->state.scale,
			    0);
		else
			refuse(reading, UNREAD_BROKEN);
	}
}

static void
next_line(struct reading *reading, double x, double y)
{
	reading->line = moved(reading->line, x, y);
	reading->text = reading->line;
}

/* --- operators --- */

typedef void operate(struct reading *reading);

static void
op_nothing(struct reading *reading)
{
	(void)reading;
}

static void
op_save(struct reading *reading)
{
	if (reading->depth == STACK)
		refuse(reading, UNREAD_DEEP);
	else
		reading->stack[reading->depth++] = reading->state;
}

static void
op_restore(struct reading *reading)
{
	if (reading->depth > 0)
		reading->state = reading->stack[--reading->depth];
}

static void
op_transform(struct reading *reading)
{
	reading->state.ctm = multiply(matrix_of(reading), reading->state.ctm);
}

static void
op_begin_text(struct reading *reading)
{
	reading->text = identity;
	reading->line = identity;
}

static void
op_char_space(struct reading *reading)
{
	reading->state.char_space = number_at(reading, 0);
}

static void
op_word_space(struct reading *reading)
{
	reading->state.word_space = number_at(reading, 0);
}

static void
op_scale(struct reading *reading)
{
	reading->state.scale = number_at(reading, 0) / 100;
}

static void
op_leading(struct reading *reading)
{
	reading->state.leading = number_at(reading, 0);
}

static void
op_rise(struct reading *reading)
{
	reading->state.rise = number_at(reading, 0);
}

/* A thing of the resources: its kind and the name that the operand is. */
static struct pdf_span
resource(struct reading *reading, const char *kind, struct pdf_span name,
    struct pdf_object **object)
{
	struct pdf *pdf = reading->pages->pdf;
	struct pdf_span named = pdf_lookup(pdf, reading->resources, kind);
	scoped(buf_clear) struct buf key = { 0 };
	bool twice = false;
	struct pdf_span value;

	pdf_name(name, &key);
	pdf->work += (size_t)(named.end - named.at);
	value =
	    pdf_resolve(pdf, pdf_get(named, buf_text(&key), &twice), object);
	if (twice)
		refuse(reading, UNREAD_EARLIER);
	return value;
}

static void
set_font(struct reading *reading, struct pdf_span dict, double size)
{
	struct pdf_pages *pages = reading->pages;

	reading->state.size = size;
	reading->state.font = dict.at == NULL
	    ? NULL
	    : pdf_font_read(&pages->fonts, pages->pdf, dict);
}

static void
op_font(struct reading *reading)
{
	set_font(reading,
	    resource(reading, "Font", operand_at(reading, 1), NULL),
	    number_at(reading, 0));
}

/* A state may name a font too. */
static void
op_state(struct reading *reading)
{
	struct pdf *pdf = reading->pages->pdf;
	struct pdf_span state =
	    resource(reading, "ExtGState", operand_at(reading, 0), NULL);
	struct pdf_span rest = pdf_inside(pdf_lookup(pdf, state, "Font"));
	struct pdf_span font;
	struct pdf_span size;
	double number = 0;

	if (pdf_next(&rest, &font, true) != PDF_VALUE ||
	    pdf_next(&rest, &size, true) != PDF_VALUE)
		return;
	pdf_number(pdf_resolve(pdf, size, NULL), &number);
	set_font(reading, pdf_resolve(pdf, font, NULL), number);
}

static void
op_move(struct reading *reading)
{
	next_line(reading, number_at(reading, 1), number_at(reading, 0));
}

static void
op_move_leading(struct reading *reading)
{
	reading->state.leading = -number_at(reading, 0);
	op_move(reading);
}

static void
op_place(struct reading *reading)
{
	reading->line = matrix_of(reading);
	reading->text = reading->line;
}

static void
op_next_line(struct reading *reading)
{
	next_line(reading, 0, -reading->state.leading);
}

static void
op_show(struct reading *reading)
{
	show(reading, operand_at(reading, 0));
}

static void
op_show_array(struct reading *reading)
{
	show_array(reading, operand_at(reading, 0));
}

static void
op_next_show(struct reading *reading)
{
	op_next_line(reading);
	op_show(reading);
}

static void
op_spaced_show(struct reading *reading)
{
	reading->state.word_space = number_at(reading, 2);
	reading->state.char_space = number_at(reading, 1);
	op_next_show(reading);
}

/* Marked content: what is said in place of what is drawn. */
static void
op_begin_mark(struct reading *reading)
{
	struct pdf_span said = operand_at(reading, 0);
	struct buf text = { 0 };

	reading->marks++;
	if (pdf_kind(said) == PDF_NAME)
		said = resource(reading, "Properties", said, NULL);
	said = pdf_lookup(reading->pages->pdf, said, "ActualText");
	if (pdf_kind(said) != PDF_STRING || reading->replaced != 0)
		return;
	pdf_string_text(said, &text);
	pdf_lines_say(&reading->meant, &text);
	buf_clear(&text);
	reading->replaced = reading->marks;
	reading->differs = true;
}

static void
op_begin_plain_mark(struct reading *reading)
{
	reading->marks++;
}

static void
op_end_mark(struct reading *reading)
{
	if (reading->replaced == reading->marks)
		reading->replaced = 0;
	reading->marks -= reading->marks > 0;
}

static void
op_image(struct reading *reading)
{
	refuse(reading, UNREAD_PICTURE);
}

static void read_stream(struct reading *reading, struct pdf_object *object);

static struct matrix
form_matrix(struct pdf *pdf, struct pdf_span form)
{
	struct pdf_span rest = pdf_inside(pdf_lookup(pdf, form, "Matrix"));
	double n[6] = { 1, 0, 0, 1, 0, 0 };
	struct pdf_span value;

	for (size_t i = 0; i < 6 && pdf_next(&rest, &value, true) == PDF_VALUE;
	     i++)
		pdf_number(pdf_resolve(pdf, value, NULL), &n[i]);
	return (struct matrix){ n[0], n[1], n[2], n[3], n[4], n[5] };
}

static void
op_draw(struct reading *reading)
{
	struct pdf *pdf = reading->pages->pdf;
	struct pdf_object *object = NULL;
	struct pdf_span form =
	    resource(reading, "XObject", operand_at(reading, 0), &object);
	struct pdf_span around = reading->resources;
	struct pdf_span own;
	struct state before = reading->state;
	size_t depth = reading->depth;

	if (object == NULL || object->data.at == NULL ||
	    !pdf_has(pdf, form, "Subtype", "Form"))
		return; /* a picture, which is counted where it stands */
	if (reading->forms == FORMS) {
		refuse(reading, UNREAD_DEEP);
		return;
	}
	own = pdf_lookup(pdf, form, "Resources");
	reading->resources = own.at != NULL ? own : around;
	reading->state.ctm = multiply(form_matrix(pdf, form), before.ctm);
	reading->forms++;
	read_stream(reading, object);
	reading->forms--;
	reading->resources = around;
	reading->state = before;
	reading->depth = depth;
}

struct operator
{
	char name[NAME];
	operate *operate;
};

/* Sorted bytewise. */
static const struct operator operators[] = {
	{ "\"", op_spaced_show },
	{ "'", op_next_show },
	{ "B", op_nothing },
	{ "B*", op_nothing },
	{ "BDC", op_begin_mark },
	{ "BI", op_image },
	{ "BMC", op_begin_plain_mark },
	{ "BT", op_begin_text },
	{ "BX", op_nothing },
	{ "CS", op_nothing },
	{ "DP", op_nothing },
	{ "Do", op_draw },
	{ "EMC", op_end_mark },
	{ "ET", op_nothing },
	{ "EX", op_nothing },
	{ "F", op_nothing },
	{ "G", op_nothing },
	{ "J", op_nothing },
	{ "K", op_nothing },
	{ "M", op_nothing },
	{ "MP", op_nothing },
	{ "Q", op_restore },
	{ "RG", op_nothing },
	{ "S", op_nothing },
	{ "SC", op_nothing },
	{ "SCN", op_nothing },
	{ "T*", op_next_line },
	{ "TD", op_move_leading },
	{ "TJ", op_show_array },
	{ "TL", op_leading },
	{ "Tc", op_char_space },
	{ "Td", op_move },
	{ "Tf", op_font },
	{ "Tj", op_show },
	{ "Tm", op_place },
	{ "Tr", op_nothing },
	{ "Ts", op_rise },
	{ "Tw", op_word_space },
	{ "Tz", op_scale },
	{ "W", op_nothing },
	{ "W*", op_nothing },
	{ "b", op_nothing },
	{ "b*", op_nothing },
	{ "c", op_nothing },
	{ "cm", op_transform },
	{ "cs", op_nothing },
	{ "d", op_nothing },
	{ "d0", op_nothing },
	{ "d1", op_nothing },
	{ "f", op_nothing },
	{ "f*", op_nothing },
	{ "g", op_nothing },
	{ "gs", op_state },
	{ "h", op_nothing },
	{ "i", op_nothing },
	{ "j", op_nothing },
	{ "k", op_nothing },
	{ "l", op_nothing },
	{ "m", op_nothing },
	{ "n", op_nothing },
	{ "q", op_save },
	{ "re", op_nothing },
	{ "rg", op_nothing },
	{ "ri", op_nothing },
	{ "s", op_nothing },
	{ "sc", op_nothing },
	{ "scn", op_nothing },
	{ "sh", op_nothing },
	{ "v", op_nothing },
	{ "w", op_nothing },
	{ "y", op_nothing },
};

static int
compare_operators(const void *key, const void *row)
{
	return strcmp(key, ((const struct operator*)row)->name);
}

static const struct operator* find_operator(struct pdf_span word)
{
	char name[NAME] = "";
	size_t size = (size_t)(word.end - word.at);

	if (size >= NAME)
		return NULL;
	memcpy(name, word.at, size);
	return bsearch(name, operators, COUNT(operators), sizeof(*operators),
	    compare_operators);
}

/* --- streams --- */

/* Strings among the operands, whatever becomes of them. */
static void
note_strings(struct reading *reading, struct pdf_span operand)
{
	struct buf *said = &reading->pages->said;
	struct pdf_span value;

	if (pdf_kind(operand) != PDF_STRING && pdf_kind(operand) != PDF_DICT)
		return;
	while (pdf_flat(&operand, &value)) {
		if (pdf_kind(value) != PDF_STRING)
			continue;
		pdf_string_text(value, said);
		buf_add_char(said, '\n');
	}
}

static void
run(struct reading *reading, struct pdf_span word)
{
	const struct operator* operator= find_operator(word);

	if (operator== NULL) {
		refuse(reading, UNREAD_BROKEN);
		return;
	}
	for (size_t i = 0; i < reading->count &&
	     (operator->operate == op_nothing ||
		 operator->operate == op_begin_mark || i + 1<reading->count);
	     i++)
		note_strings(reading, reading->operands[i]);
	operator->operate(reading);
	reading->count = 0;
}

static bool
is_operand_word(struct pdf_span word)
{
	static const char *const words[] = { "true", "false", "null" };

	for (size_t i = 0; i < 3; i++)
		if ((size_t)(word.end - word.at) == strlen(words[i]) &&
		    memcmp(word.at, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

static void
run_all(struct reading *reading, struct pdf_span rest)
{
	struct pdf_span value;
	enum pdf_step step = PDF_END;

	while (!reading->stop &&
	    (step = pdf_next(&rest, &value, false)) == PDF_VALUE) {
		if (pdf_kind(value) == PDF_WORD && !is_operand_word(value))
			run(reading, value);
		else if (reading->count == OPERANDS)
			refuse(reading, UNREAD_BROKEN);
		else
			reading->operands[reading->count++] = value;
	}
	if (step == PDF_BROKEN || reading->count > 0)
		refuse(reading, UNREAD_BROKEN);
	reading->count = 0;
}

/* Comments may hold words that nobody draws. */
static void
note_comments(struct reading *reading, const struct buf *bytes)
{
	if (memchr(bytes->data, '%', bytes->size) != NULL) {
		buf_add(&reading->pages->said, bytes->data, bytes->size);
		buf_add_char(&reading->pages->said, '\n');
	}
}

static void
read_bytes(struct reading *reading, const struct buf *bytes)
{
	struct pdf_span rest = { bytes->data, bytes->data + bytes->size };

	if (bytes->size == 0)
		return;
	note_comments(reading, bytes);
	run_all(reading, rest);
}

static void
read_stream(struct reading *reading, struct pdf_object *object)
{
	scoped(buf_clear) struct buf bytes = { 0 };

	object->read = true;
	if (pdf_stream(reading->pages->pdf, object, &bytes))
		read_bytes(reading, &bytes);
	else
		reading->stop = true;
}

static struct reading *
start(struct pdf_pages *pages, struct pdf_span resources)
{
	struct reading *reading = mem_alloc(sizeof(*reading));

	memset(reading, 0, sizeof(*reading));
	reading->pages = pages;
	reading->resources = resources;
	reading->state.ctm = identity;
	reading->state.scale = 1;
	reading->text = identity;
	reading->line = identity;
	return reading;
}

static void
finish(struct reading *reading)
{
	if (reading->lines.signs > WORDLESS && reading->lines.letters == 0)
		refuse(reading, UNREAD_WORDLESS);
	pdf_lines_give(&reading->lines, &reading->pages->drawn);
	if (reading->differs)
		pdf_lines_give(&reading->meant, &reading->pages->drawn);
	pdf_lines_clear(&reading->meant);
	free(reading);
}

void
pdf_page_read(struct pdf_pages *pages, struct pdf_object *object,
    struct pdf_span resources)
{
	struct reading *reading = start(pages, resources);

	read_stream(reading, object);
	finish(reading);
}

/* Several streams are one, parted by white space. */
void
pdf_page_read_all(struct pdf_pages *pages, struct pdf_span contents,
    struct pdf_span resources)
{
	struct reading *reading = start(pages, resources);
	scoped(buf_clear) struct buf bytes = { 0 };
	struct pdf_span value;
	bool good = true;

	while (good && pdf_flat(&contents, &value)) {
		struct pdf_object *object;

		pdf_resolve(pages->pdf, value, &object);
		if (object == NULL || object->data.at == NULL) {
			good = pdf_refuse(pages->pdf, UNREAD_BROKEN);
			break;
		}
		object->read = true;
		good = pdf_stream(pages->pdf, object, &bytes);
		buf_add_char(&bytes, '\n');
	}
	if (good)
		read_bytes(reading, &bytes);
	finish(reading);
}

void
pdf_pages_clear(struct pdf_pages *pages)
{
	pdf_fonts_clear(&pages->fonts);
	buf_clear(&pages->drawn);
	buf_clear(&pages->said);
}
