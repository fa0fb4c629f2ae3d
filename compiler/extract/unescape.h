/*
 * A file's bytes as its readers' programs see them: entities, numeric
 * references, percent, JSON and CSS escapes undone, tags taken away. Used by
 * audit, which must find words whatever they are wrapped in.
 * Invariant: at[i] is the byte of the file that text[i] came from, and it
 * never falls, so every finding has a place in the file.
 */
#ifndef VADE_EXTRACT_UNESCAPE_H
#define VADE_EXTRACT_UNESCAPE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Stands in a text where one block ends and another begins. */
#define DECODE_BREAK '\x1e'
/* Where one may: a line that ends early, two strings of a list. A few words may
 * go on over it, five only if more follow. */
#define DECODE_PAUSE '\x1f'

struct decoded {
	char *text; /* not ended by a zero */
	uint32_t *at;
	size_t size;
};

enum decode_tags {
	DECODE_JOIN, /* inline tags vanish: se<b>cr</b>et is one word */
	DECODE_PART, /* they part words: a<br>b is two; comments are text */
};

/* The bytes as they are. Each of these is the caller's to clear. */
void decode_raw(struct decoded *decoded, const char *bytes, size_t size);
void decode_clear(struct decoded *decoded);
/* Undoes escapes in place, and what they hid, a few layers deep. */
void decode_escapes(struct decoded *decoded);
/* A copy without tags; a tag of a block leaves DECODE_BREAK. */
void decode_tags(struct decoded *decoded, const struct decoded *from,
    enum decode_tags tags);
/* The comma between two quoted strings is a pause, the bar of a column parts
 * blocks: also in a text that holds a '<'. */
void decode_lists(struct decoded *decoded);
/* In plain text, an empty line and a rule part blocks; a line that ends
 * although the next word had room is a pause. */
void decode_lines(struct decoded *decoded);
/* A tag begins and ends with a pause: its words do not go on in the text. */
void decode_edges(struct decoded *decoded);
/*
 * Steps over the next base64 part ("data:…;base64,…") from *at on. Its bytes
 * go to `bytes`; returns the part's offset, or SIZE_MAX if there is none.
 */
size_t
decode_base64(const char *text, size_t size, size_t *at, struct buf *bytes);

#endif
