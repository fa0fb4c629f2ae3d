#include "text.h"

#include <string.h>

#include "alloc.h"
#include "buf.h"

size_t
text_decode(const char *bytes, size_t size, uint32_t *c)
{
	const unsigned char *p = (const unsigned char *)bytes;
	size_t len = p[0] < 0x80 ? 1
	    : p[0] < 0xc2        ? 0
	    : p[0] < 0xe0        ? 2
	    : p[0] < 0xf0        ? 3
	    : p[0] < 0xf5        ? 4
				 : 0;
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };

	*c = 0xfffd;
	if (len == 0 || len > size)
		return 1;
	if (len == 1) {
		*c = p[0];
		return 1;
	}
	uint32_t value = p[0] & (0x7fu >> len);
	for (size_t i = 1; i < len; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 1;
		value = value << 6 | (p[i] & 0x3f);
	}
	if (value < least[len] || value > 0x10ffff ||
	    (value >= 0xd800 && value <= 0xdfff))
		return 1;
	*c = value;
	return len;
}

size_t
text_encode(char bytes[4], uint32_t c)
{
	static const unsigned char marks[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t len;

	if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		c = 0xfffd;
	len = 1 + (c >= 0x80) + (c >= 0x800) + (c >= 0x10000);
	for (size_t i = len; --i > 0; c >>= 6)
		bytes[i] = (char)(0x80 | (c & 0x3f));
	bytes[0] = (char)(marks[len] | c);
	return len;
}

int
text_cells(uint32_t c)
{
	if ((c >= 0x300 && c <= 0x36f) || (c >= 0x200b && c <= 0x200f) ||
	    (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0x20d0 && c <= 0x20ff))
		return 0;
	if ((c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) ||
	    (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
	    (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
	    (c >= 0x1f300 && c <= 0x1faff) || (c >= 0x20000 && c <= 0x3fffd))
		return 2;
	return 1;
}

size_t
text_width(const char *bytes, size_t size)
{
	size_t cells = 0;

	for (size_t i = 0; i < size;) {
		uint32_t c = (unsigned char)bytes[i];

		i += c < 0x80 ? 1 : text_decode(bytes + i, size - i, &c);
		cells += c < 0x80 ? 1 : (size_t)text_cells(c);
	}
	return cells;
}

bool
text_is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0x9f) ||
	    (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

bool
text_is_separator(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ';';
}

bool
text_is_blank(const char *text)
{
	return text[strspn(text, " \t\r\n")] == '\0';
}

/* How many bytes from the start are ASCII, counted eight at a time. */
static size_t
count_ascii(const char *bytes, size_t size)
{
	size_t i = 0;
	uint64_t word;

	for (; i + sizeof(word) <= size; i += sizeof(word)) {
		memcpy(&word, bytes + i, sizeof(word));
		if ((word & 0x8080808080808080u) != 0)
			break;
	}
	while (i < size && (bytes[i] & 0x80) == 0)
		i++;
	return i;
}

bool
text_is_utf8(const char *bytes, size_t size, size_t *bad)
{
	for (size_t i = count_ascii(bytes, size); i < size;
	     i += count_ascii(bytes + i, size - i)) {
		uint32_t c;
		size_t len = text_decode(bytes + i, size - i, &c);

		if (len == 1) {
			*bad = i;
			return false;
		}
		i += len;
	}
	return true;
}

const char *
text_next_token(const char **at, size_t *len)
{
	const char *start;

	while (**at != '\0' && text_is_separator(**at))
		(*at)++;
	if (**at == '\0')
		return NULL;
	start = *at;
	while (**at != '\0' && !text_is_separator(**at))
		(*at)++;
	*len = (size_t)(*at - start);
	return start;
}

bool
text_is_one_of(const char *word, const char *list)
{
	size_t size = word != NULL ? strcspn(word, " \t\n\r;") : 0;
	const char *at = list;

	if (size == 0 || word[size] != '\0')
		return false;
	for (; (at = strstr(at, word)) != NULL; at += size)
		if ((at == list || text_is_separator(at[-1])) &&
		    (at[size] == '\0' || text_is_separator(at[size])))
			return true;
	return false;
}

bool
text_is_in(const char *const *words, const char *word)
{
	for (; *words != NULL; words++)
		if (strcmp(*words, word) == 0)
			return true;
	return false;
}

bool
text_ends_with(const char *text, const char *end)
{
	size_t len = strlen(text);
	size_t end_len = strlen(end);

	return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

char *
text_take_token(const char **at)
{
	size_t len;
	const char *token = *at == NULL ? NULL : text_next_token(at, &len);

	return token == NULL ? NULL : mem_dup_len(token, len);
}

char *
text_tokens_dup(const char *list)
{
	char *copy = mem_alloc(list != NULL ? strlen(list) + 2 : 1);
	char *at = copy;
	const char *token;
	size_t len;

	while (list != NULL && (token = text_next_token(&list, &len)) != NULL) {
		memcpy(at, token, len);
		at += len + 1;
	}
	return copy;
}

static size_t
least_of(size_t a, size_t b, size_t c)
{
	size_t least = a < b ? a : b;

	return least < c ? least : c;
}

size_t
text_distance(const char *a, const char *b, size_t limit)
{
	enum { LONGEST = 64 };
	size_t rows[3][LONGEST + 1];
	size_t a_len = strlen(a);
	size_t b_len = strlen(b);

	if (a_len > LONGEST || b_len > LONGEST)
		return limit + 1;
	for (size_t j = 0; j <= b_len; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a_len; i++) {
		size_t *row = rows[i % 3];
		const size_t *above = rows[(i + 2) % 3];
		const size_t *two_above = rows[(i + 1) % 3];

		row[0] = i;
		for (size_t j = 1; j <= b_len; j++) {
			size_t swap = a[i - 1] == b[j - 1] ? 0 : 1;

			row[j] = least_of(above[j] + 1, row[j - 1] + 1,
			    above[j - 1] + swap);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] &&
			    two_above[j - 2] + 1 < row[j])
				row[j] = two_above[j - 2] + 1;
		}
	}
	size_t distance = rows[a_len % 3][b_len];
	return distance > limit ? limit + 1 : distance;
}

int
text_compare(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

/* A word without the quotes that a word processor put around it. */
static char *
unquoted_dup(const char *word)
{
	static const char *const quotes[] = { "\"", "'", "“", "”", "„", "‘",
		"’", "‚", "«", "»" };
	size_t count = sizeof(quotes) / sizeof(*quotes);
	size_t len = strlen(word);

	for (size_t i = 0; i < count; i++) {
		size_t size = strlen(quotes[i]);

		if (len >= size && memcmp(word, quotes[i], size) == 0) {
			word += size;
			len -= size;
		}
		if (len >= size &&
		    memcmp(word + len - size, quotes[i], size) == 0)
			len -= size;
	}
	return mem_dup_len(word, len);
}

const char *
text_nearest(const char *quoted, const char *const *names, size_t count)
{
	owned char *word = unquoted_dup(quoted);
	size_t limit = strlen(word) / 3 + 1;
	const char *nearest = NULL;

	for (size_t i = 0; i < count; i++) {
		size_t distance = text_distance(word, names[i], limit);

		if (distance > limit || (nearest != NULL && distance == limit))
			continue;
		nearest = names[i];
		limit = distance;
	}
	return nearest;
}

char
text_base_letter(uint32_t c)
{
	static const char latin1[] = "aaaaaaaceeeeiiiidnooooo*ouuuuyts"
				     "aaaaaaaceeeeiiiidnooooo/ouuuuyty";
	static const char extended[] =
	    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii"
	    "iijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttt"
	    "tuuuuuuuuuuuuwwyyyzzzzzzs";

	if (c >= 0xc0 && c <= 0xff)
		return latin1[c - 0xc0];
	if (c >= 0x100 && c < 0x100 + sizeof(extended) - 1)
		return extended[c - 0x100];
	return 0;
}

static bool
ends_with_n(const struct buf *key)
{
	return key->size > 0 && key->data[key->size - 1] == 'n';
}

char *
text_collation_key(const char *text)
{
	struct buf key = { 0 };
	size_t size = strlen(text);

	for (size_t i = 0; i < size;) {
		uint32_t c;
		size_t len = text_decode(text + i, size - i, &c);

		if (c == 0xf1 || c == 0xd1)
			buf_add_text(&key, "n\x7f");
		else if (c == 0x303 && ends_with_n(&key))
			buf_add_char(&key, '\x7f');
		else if (c >= 0x300 && c <= 0x36f)
			; /* an accent written as a mark of its own */
		else if (text_base_letter(c) != 0)
			buf_add_char(&key, text_base_letter(c));
		else if (c >= 'A' && c <= 'Z')
			buf_add_char(&key, (char)(c - 'A' + 'a'));
		else
			buf_add(&key, text + i, len);
		i += len;
	}
	buf_add_char(&key, '\1');
	buf_add(&key, text, size);
	return buf_take(&key);
}

void
text_to_lower(char *text)
{
	for (; *text != '\0'; text++)
		if (*text >= 'A' && *text <= 'Z')
			*text = (char)(*text - 'A' + 'a');
}
