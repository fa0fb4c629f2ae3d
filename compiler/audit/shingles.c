#include "shingles.h"

#include <stdlib.h>
#include <string.h>

#include <xxhash.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "base/text.h"
#include "extract/unescape.h"

enum {
	FILTER_BITS = 1 << 20,
	FIRST_SLOTS = 1 << 12,
	NUMBER_DIGITS = 32, /* no number has more */
	GAP = 2,            /* characters between groups of a number */
};

/* --- characters --- */

/* Without width, or only there to break a line or mark an accent. */
static bool
is_unseen(uint32_t c)
{
	return c == 0xad || (c >= 0x300 && c <= 0x36f) || c == 0x34f ||
	    c == 0x61c || c == 0x180e || (c >= 0x200b && c <= 0x200f) ||
	    (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
	    (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff ||
	    (c >= 0xe0000 && c <= 0xe0fff);
}

/* What a character counts as: a letter or digit, 0 = it parts words. */
static uint32_t
fold(uint32_t c)
{
	if (c >= 0xff01 && c <= 0xff5e) /* full width */
		c -= 0xfee0;
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
		return c;
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + 'a';
	if (c < 0xc0 || c == 0xd7 || c == 0xf7)
		return 0;
	if (text_base_letter(c) != 0)
		return (unsigned char)text_base_letter(c);
	if ((c >= 0x391 && c <= 0x3a9) || (c >= 0x410 && c <= 0x42f))
		return c + 32; /* Greek, Cyrillic */
	if ((c >= 0x2000 && c <= 0x2bff) || (c >= 0x3000 && c <= 0x3003) ||
	    c == 0xfffd)
		return 0;
	return c;
}

/* --- reading --- */

/* A word as it is read. */
struct word {
	uint64_t hash;
	size_t start;
	size_t end;
	size_t gap;  /* characters between it and the word before */
	bool breaks; /* a block ended in between */
	bool pauses; /* or may have ended */
	bool blank;  /* something is in between that is in no name */
	bool is_number;
};

void
gram_read(struct gram_reader *reader, const char *text, size_t size)
{
	memset(reader, 0, sizeof(*reader));
	reader->text = text;
	reader->size = size;
}

/* The next character and its length. */
static size_t
next_character(const struct gram_reader *reader, uint32_t *c)
{
	const char *at = reader->text + reader->at;

	if ((unsigned char)*at < 0x80) {
		*c = (unsigned char)*at;
		return 1;
	}
	return text_decode(at, reader->size - reader->at, c);
}

static void
skip_gap(struct gram_reader *reader, struct word *word)
{
	while (reader->at < reader->size) {
		uint32_t c;
		size_t len = next_character(reader, &c);

		if (fold(c) != 0 && !is_unseen(c))
			return;
		word->breaks |= c == DECODE_BREAK;
		word->pauses |= c == DECODE_BREAK || c == DECODE_PAUSE;
		word->gap += !is_unseen(c);
		word->blank |= c > 0x7f ? !is_unseen(c)
					: strchr("-._:@/%", (int)c) == NULL;
		reader->at += len;
	}
}

/* FNV-1a over the folded characters; runs of words are hashed by xxHash. */
static bool
read_word(struct gram_reader *reader, struct word *word)
{
	*word = (struct word){ .hash = 0xcbf29ce484222325, .is_number = true };
	skip_gap(reader, word);
	if (reader->at >= reader->size)
		return false;
	word->start = reader->at;
	while (reader->at < reader->size) {
		uint32_t c;
		size_t len = next_character(reader, &c);

		if (!is_unseen(c)) {
			c = fold(c);
			if (c == 0)
				break;
			word->hash = (word->hash ^ c) * 0x100000001b3;
			word->is_number &= c >= '0' && c <= '9';
		}
		reader->at += len;
	}
	word->end = reader->at;
	return true;
}

static void
take_word(struct gram_reader *reader, const struct word *word)
{
	if (reader->word_count == GRAM_WORDS) {
		memmove(reader->words, reader->words + 1,
		    (GRAM_WORDS - 1) * sizeof(*reader->words));
		reader->word_count--;
	}
	reader->words[reader->word_count].hash = word->hash;
	reader->words[reader->word_count].start = word->start;
	reader->words[reader->word_count].end = word->end;
	reader->words[reader->word_count].blank = word->blank;
	reader->word_count++;
	reader->in_block = word->breaks ? 1 : reader->in_block + 1;
	reader->in_line = word->pauses ? 1 : reader->in_line + 1;
}

static void
take_number(struct gram_reader *reader, const struct word *word)
{
	if (!word->is_number || word->breaks || word->gap > GAP)
		reader->number_count = 0;
	if (!word->is_number)
		return;
	if (reader->number_count == GRAM_NUMBERS) {
		memmove(reader->number_starts, reader->number_starts + 1,
		    (GRAM_NUMBERS - 1) * sizeof(*reader->number_starts));
		reader->number_count--;
	}
	reader->number_starts[reader->number_count++] = word->start;
	reader->number_end = word->end;
}

/* Never 0, which marks a free slot. */
static uint64_t
hash_bytes(const void *bytes, size_t size, uint64_t seed)
{
	uint64_t hash = XXH3_64bits_withSeed(bytes, size, seed);

	return hash != 0 ? hash : 1;
}

/* The digits from start on as one number; 0 if they are too few or many. */
static uint64_t
hash_number(const struct gram_reader *reader, size_t start)
{
	char digits[NUMBER_DIGITS];
	size_t count = 0;

	for (size_t i = start; i < reader->number_end;) {
		uint32_t c;

		i += text_decode(reader->text + i, reader->size - i, &c);
		c = fold(c);
		if (c < '0' || c > '9')
			continue;
		if (count == NUMBER_DIGITS)
			return 0;
		digits[count++] = (char)c;
	}
	return count >= GRAM_DIGITS ? hash_bytes(digits, count, 1) : 0;
}

size_t
gram_next(struct gram_reader *reader, struct gram_run runs[GRAM_MOST])
{
	uint64_t hashes[GRAM_WORDS];
	size_t count = 0;
	size_t joined = 0; /* from this word on there are no blanks */
	struct word word;

	if (!read_word(reader, &word))
		return SIZE_MAX;
	take_word(reader, &word);
	take_number(reader, &word);
	for (size_t i = 0; i < reader->word_count; i++) {
		hashes[i] = reader->words[i].hash;
		if (i > 0 && reader->words[i].blank)
			joined = i;
	}
	for (size_t i = 0; i < reader->word_count; i++) {
		size_t words = reader->word_count - i;

		if (words < GRAM_WORDS && words > reader->in_block)
			continue;
		runs[count++] = (struct gram_run){
			hash_bytes(hashes + i, words * sizeof(*hashes), 0),
			reader->words[i].start,
			word.end,
			words == GRAM_WORDS && words > reader->in_line,
			i < joined,
			words,
		};
	}
	for (size_t i = 0; word.is_number && i < reader->number_count; i++) {
		size_t start = reader->number_starts[i];
		uint64_t hash = hash_number(reader, start);

		if (hash != 0)
			runs[count++] = (struct gram_run){ hash, start,
				word.end, false, false, 0 };
	}
	return count;
}

void
gram_text_read(struct gram_text *made, const char *text, size_t size)
{
	struct gram_reader reader;
	struct word word;
	size_t words_capacity = 0;
	size_t starts_capacity = 0;

	*made = (struct gram_text){ 0 };
	gram_read(&reader, text, size);
	while (read_word(&reader, &word)) {
		made->words = mem_grow(made->words, made->count,
		    &words_capacity, sizeof(*made->words));
		made->starts = mem_grow(made->starts, made->count,
		    &starts_capacity, sizeof(*made->starts));
		made->words[made->count] = word.hash;
		made->starts[made->count++] = word.start;
	}
}

void
gram_text_clear(struct gram_text *text)
{
	free(text->words);
	free(text->starts);
	*text = (struct gram_text){ 0 };
}

uint64_t
gram_hash(const uint64_t *words, size_t count, unsigned kind)
{
	return hash_bytes(words, count * sizeof(*words), kind);
}

/* --- the table --- */

void
grams_clear(struct grams *grams)
{
	free(grams->slots);
	free(grams->filter);
	memset(grams, 0, sizeof(*grams));
}

/* Where the hash is, or would be. */
static struct gram *
find_slot(const struct grams *grams, uint64_t hash)
{
	size_t at = hash & (grams->capacity - 1);

	while (grams->slots[at].hash != 0 && grams->slots[at].hash != hash)
		at = (at + 1) & (grams->capacity - 1);
	return &grams->slots[at];
}

static void
grow(struct grams *grams)
{
	struct grams old = *grams;

	grams->capacity = old.capacity > 0 ? 2 * old.capacity : FIRST_SLOTS;
	grams->slots = mem_array(grams->capacity, sizeof(*grams->slots));
	for (size_t i = 0; i < old.capacity; i++)
		if (old.slots[i].hash != 0)
			*find_slot(grams, old.slots[i].hash) = old.slots[i];
	free(old.slots);
	if (grams->filter == NULL)
		grams->filter =
		    mem_array(bits_words(FILTER_BITS), sizeof(*grams->filter));
}

static void
add(struct grams *grams, const struct gram *added)
{
	struct gram *gram;

	if (2 * (grams->count + 1) > grams->capacity)
		grow(grams);
	gram = find_slot(grams, added->hash);
	if (gram->hash == 0) {
		*gram = *added;
		grams->count++;
		bits_set(grams->filter, (added->hash >> 40) % FILTER_BITS);
		return;
	}
	if (added->level < gram->level)
		gram->level = added->level;
	if (added->row < gram->row)
		gram->row = added->row;
	gram->is_name &= added->is_name;
}

void
grams_put(struct grams *grams, uint64_t hash, int level)
{
	add(grams, &(struct gram){ .hash = hash, .level = level });
}

struct gram *
grams_get(const struct grams *grams, uint64_t hash)
{
	struct gram *gram;

	if (grams->count == 0 ||
	    !bits_get(grams->filter, (hash >> 40) % FILTER_BITS))
		return NULL;
	gram = find_slot(grams, hash);
	return gram->hash != 0 ? gram : NULL;
}

static size_t
count_letters(const char *text, size_t size)
{
	size_t count = 0;

	for (size_t i = 0; i < size;) {
		uint32_t c;

		i += text_decode(text + i, size - i, &c);
		count += fold(c) != 0 && !is_unseen(c);
	}
	return count;
}

/* How many shingles in a row are the whole text, 1 to GRAM_ROW. */
static uint8_t
count_row(const char *text, size_t size)
{
	struct gram_reader reader;
	struct word word;
	uint8_t words = 0;

	gram_read(&reader, text, size);
	while (words < GRAM_WORDS + GRAM_ROW - 1 && read_word(&reader, &word))
		words++;
	return words > GRAM_WORDS ? words - GRAM_WORDS + 1 : 1;
}

void
grams_add_text(struct grams *grams, const char *text, size_t size, size_t least,
    bool is_name, int level, uint32_t unit)
{
	struct gram gram = { 0, level, unit, is_name, count_row(text, size) };
	struct gram_reader reader;
	struct gram_run runs[GRAM_MOST];
	struct gram_run whole = { 0 };
	size_t words = 0;
	size_t count;

	gram_read(&reader, text, size);
	while ((count = gram_next(&reader, runs)) != SIZE_MAX) {
		/* The longest run of words comes first, numbers last. */
		size_t word_runs = reader.word_count < reader.in_block
		    ? reader.word_count
		    : reader.in_block;

		words++;
		whole = runs[0];
		gram.is_name = is_name;
		gram.hash = runs[0].hash;
		if (reader.word_count == GRAM_WORDS) {
			add(grams, &gram);
			if (word_runs < GRAM_WORDS)
				word_runs++;
		}
		gram.is_name = false;
		for (size_t i = word_runs; i < count; i++) {
			gram.hash = runs[i].hash;
			add(grams, &gram);
		}
	}
	gram.is_name = is_name;
	gram.hash = whole.hash;
	if (words > 0 && words < GRAM_WORDS && reader.in_block == words &&
	    count_letters(text, size) >= least)
		add(grams, &gram);
}

void
grams_lower(struct grams *grams, const char *text, size_t size, int level)
{
	struct gram_reader reader;
	struct gram_run runs[GRAM_MOST];
	size_t count;

	gram_read(&reader, text, size);
	while ((count = gram_next(&reader, runs)) != SIZE_MAX)
		for (size_t i = 0; i < count; i++) {
			struct gram *gram = grams_get(grams, runs[i].hash);

			if (gram != NULL && level < gram->level)
				gram->level = level;
		}
}
