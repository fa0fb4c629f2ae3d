/*
 * A version of a book as the readers of one clearance may have it: its blocks
 * as nodes, their words as tokens. Made from a book; compared by match.
 * Invariant: what is above the rank was never there: no node, hash, weight or
 * token tells of it. Nodes stand in document order, so those below node n are
 * n + 1 .. end, and their tokens one stretch; the root is node 0.
 */
#ifndef VADE_DIFF_VERSION_TOKENS_H
#define VADE_DIFF_VERSION_TOKENS_H

#include <stdint.h>

#include "diff/vocabulary.h"
#include "project/sources_and_readers.h"

enum { NODE_NONE = UINT32_MAX };

struct version_node {
	const xmlNode *source;
	uint32_t name; /* of the element, in the vocabulary */
	uint32_t parent;
	uint32_t end;    /* behind the last node below */
	uint32_t tokens; /* its own: tokens .. tokens + token_count */
	uint32_t token_count;
	uint32_t tokens_end; /* of those below too */
	uint32_t weight;     /* words, with those below */
	uint64_t whole;      /* hash of all that is said and marked */
	uint64_t text;       /* of names and words, not of attributes */
	uint64_t words;      /* of words alone */
};

/* A word, number or mark, or a tag of an element in a sentence. */
struct token {
	uint32_t term;     /* in the vocabulary */
	bool spaced;       /* white space stands before it */
	const xmlNode *in; /* the element that holds it: for whom it is */
};

/* Does a reader see an element of the book? */
typedef bool version_filter(const void *context, const xmlNode *node);

struct version {
	const struct edition *edition; /* lent */
	const struct book *book;       /* lent */
	int rank;
	version_filter *shows;         /* NULL: all that the rank allows */
	const void *context;           /* lent */
	struct vocabulary *vocabulary; /* lent; of both versions */
	struct version_node *nodes;
	size_t count;
	size_t capacity;
	struct token *tokens;
	size_t token_count;
	size_t token_capacity;
};

/*
 * Reads the version whose edition, book, rank, filter and vocabulary are set;
 * version_clear frees. It is empty (count 0) if nothing of the book is for that
 * reader. Linear in the book.
 */
void version_read(struct version *version);
void version_clear(struct version *version);

/*
 * Do two parts say and mark the same, byte for byte? Asked where their hashes
 * agree, so that nobody hides a change behind a hash that he made agree.
 */
bool version_is_same(const struct version *old, uint32_t old_node,
    const struct version *new, uint32_t new_node);
/* The first node after the siblings before: NODE_NONE at the end. */
uint32_t version_first_child(const struct version *version, uint32_t node);
uint32_t version_next_sibling(const struct version *version, uint32_t node);

#endif
