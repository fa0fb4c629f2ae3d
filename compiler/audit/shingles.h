/*
 * Runs of one to five words as numbers, and a table of those that are a
 * secret of somebody. Used by audit.
 * Invariant: what a reader takes for the same words gives the same numbers:
 * case, accents, white space, punctuation, soft hyphens and characters
 * without width do not count. Time is linear in the text.
 */
#ifndef VADE_AUDIT_SHINGLES_H
#define VADE_AUDIT_SHINGLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	GRAM_WORDS = 5,   /* the longest run, a shingle */
	GRAM_NUMBERS = 8, /* groups of digits that one number may have */
	GRAM_DIGITS = 6,  /* a shorter number is no evidence */
	GRAM_MOST = GRAM_WORDS + GRAM_NUMBERS,
	GRAM_ROW = 3, /* so many shingles one after another are no chance */
};

/* Readable by all: what our own texts and the configuration hold. */
enum { GRAM_PUBLIC = -1 };

struct gram {
	uint64_t hash; /* 0 = free slot */
	int level;     /* the lowest that any text with this run has */
	uint32_t unit; /* of the secret: the caller's number */
	bool is_name;  /* only as one word with signs: "step-2" */
	uint8_t row;   /* shingles in a row of the shortest text that has it, at
			most GRAM_ROW */
};

struct grams {
	struct gram *slots; /* open addressing, a power of two */
	size_t count;
	size_t capacity;
	uint64_t *filter; /* bits: hashes that may be in slots */
};

/* A run that ends at some word of a text. */
struct gram_run {
	uint64_t hash;
	size_t start; /* bytes of the text */
	size_t end;
	bool crosses;   /* from one block, or what may be one, into another */
	bool has_blank; /* or a sign that no name has, between its words */
	size_t words;   /* 0: a number */
};

/* The words of a text as numbers, and where each starts. */
struct gram_text {
	uint64_t *words;
	size_t *starts;
	size_t count;
};

struct gram_reader {
	const char *text;
	size_t size;
	size_t at;
	struct {
		uint64_t hash;
		size_t start;
		size_t end;
		bool blank;  /* before it */
	} words[GRAM_WORDS]; /* the last ones, newest last */
	size_t word_count;   /* of them */
	size_t in_block;     /* words since the last DECODE_BREAK */
	size_t in_line;      /* since that or the last DECODE_PAUSE */
	size_t number_starts[GRAM_NUMBERS]; /* newest last */
	size_t number_count;
	size_t number_end;
};

void gram_read(struct gram_reader *reader, const char *text, size_t size);
/*
 * Goes on to the next word. Puts all runs that end there into runs: a run of
 * five words may cross blocks, a shorter one only pauses; numbers of six digits
 * or more with or without blanks and signs between their groups. Returns how
 * many, SIZE_MAX at the end of the text.
 */
size_t gram_next(struct gram_reader *reader, struct gram_run runs[GRAM_MOST]);

/* All words of a text, also over the ends of blocks. The caller's to clear. */
void gram_text_read(struct gram_text *made, const char *text, size_t size);
void gram_text_clear(struct gram_text *text);

/* Of words in a row; `kind` keeps apart what is not to be taken for another. */
uint64_t gram_hash(const uint64_t *words, size_t count, unsigned kind);

void grams_clear(struct grams *grams);
/* Adds a run, or lowers its level. */
void grams_put(struct grams *grams, uint64_t hash, int level);
/* NULL if the run is nobody's secret. Lent until the next addition. */
struct gram *grams_get(const struct grams *grams, uint64_t hash);

/*
 * What a text gives away if it is a secret: its shingles; all of its words if
 * they are fewer and have `least` letters and digits; its numbers. A name is
 * sought as one: "step-2" is no secret because "Step 2" is written somewhere.
 * level >= 0: the lower one wins, the first unit stays.
 */
void grams_add_text(struct grams *grams, const char *text, size_t size,
    size_t least, bool is_name, int level, uint32_t unit);
/* Every run in the text may be read from this level on. */
void grams_lower(struct grams *grams, const char *text, size_t size, int level);

#endif
