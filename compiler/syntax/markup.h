/*
 * The tags of a file that libxml2 could not finish: which are open at a place,
 * and where each began. Used by wellformed, whose messages name the tag that
 * was opened and not only the place where that came to light.
 * Invariant: nothing is taken on trust; a file of any bytes has an answer, in
 * time linear in it.
 */
#ifndef VADE_SYNTAX_MARKUP_H
#define VADE_SYNTAX_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/source.h"

/* A stretch of the file: a name, or what is marked. */
struct stretch {
	size_t start;
	size_t len;
};

struct open_tag {
	struct stretch name;
	int indent; /* bytes before it on its line; -1 = more than space */
	/* A tag of the same name inside of it that was closed by an end tag
	 * indented as this one is: the one that is meant. len 0 = none. */
	struct stretch suspect;
	size_t suspect_end; /* where that end tag begins */
};

struct markup {
	const struct source *source;
	struct open_tag *open; /* the outermost first */
	size_t count;
	size_t capacity;
	size_t last;    /* where the last construct began: a '<' */
	bool is_inside; /* the place is inside of that */
};

/* Reads the file up to offset `to`. */
void markup_read(struct markup *markup, const struct source *source, size_t to);
void markup_clear(struct markup *markup);

/* What no tag is: how it begins, and how it ends. */
struct section {
	const char *start;
	const char *end;
};

/* The comment, CDATA section or instruction that begins there; NULL if none. */
const struct section *markup_section(const struct source *source, size_t at);
/* Behind what stands there, or a DOCTYPE; `at` if it is none of these. */
size_t markup_skip_section(const struct source *source, size_t at);
/* Behind the '>' of a tag, from behind its '<'; at the next '<' if it has none. */
size_t markup_skip_tag(const struct source *source, size_t at);
/* The name that stands at an offset; len 0 if none does. */
struct stretch markup_name(const struct source *source, size_t at);
bool
markup_is_same(const struct source *source, struct stretch a, struct stretch b);

/*
 * The next attribute of a start tag, at or behind *at, as far as the tag can
 * be read: its name. *at moves behind its value. false at the end.
 */
bool markup_next_attribute(const struct source *source, size_t *at,
    struct stretch *name);

#endif
