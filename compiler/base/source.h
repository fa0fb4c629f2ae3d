/*
 * The bytes of every file that was read, and places in them. Used by load to
 * remember where an element stands and by diag to show the line.
 * Invariant: a source's bytes never change or move once it was added, and
 * place {file, offset} is always inside them.
 */
#ifndef VADE_BASE_SOURCE_H
#define VADE_BASE_SOURCE_H

#include <stddef.h>
#include <stdint.h>

enum { SOURCE_STRETCH = 4096 };

/* A byte of a source. */
struct position {
	uint32_t line;         /* from 1 */
	uint32_t column;       /* from 1, in characters */
	uint32_t column_utf16; /* from 1, in UTF-16 units (LSP) */
	size_t line_start;     /* byte offset */
};

struct source {
	char *path;  /* relative to the project folder, as shown to people */
	char *bytes; /* UTF-8, zero-terminated */
	size_t size;
	unsigned char digest[16]; /* XXH3-128 of the bytes, against mix-ups */
	/* Where each stretch of SOURCE_STRETCH bytes begins, but the first; line 0
	 * = nobody has asked yet. */
	struct position *stretches;
};

struct sources {
	struct source **files;
	size_t count;
	size_t capacity;
};

/* A stretch of a source; file counts from 1, 0 = nowhere. */
struct place {
	uint32_t file;
	uint32_t offset; /* bytes */
	uint32_t len;    /* bytes; 0 = a point */
};

void sources_clear(struct sources *sources);
/* Takes path and bytes. Returns the file number for a place. */
uint32_t
sources_add_take(struct sources *sources, char *path, char *bytes, size_t size);
const struct source *sources_get(const struct sources *sources, uint32_t file);
/* Line and column of a byte: what is before it is stepped over once, however
 * often is asked. */
struct position source_position(const struct source *source, size_t offset);
/* The bytes of the line that starts at an offset, without its end. */
size_t source_line_size(const struct source *source, size_t line_start);

/*
 * The place of a token inside an attribute of the start tag at *tag; of the
 * whole value if token is NULL; of the tag's name if the attribute is not
 * written there. name is as written, prefix included.
 */
struct place source_attribute_place(const struct sources *sources,
    struct place tag, const char *name, const char *token);
/* The place of the attribute's name there; of the tag's name if it is not
 * written there. */
struct place source_attribute_name_place(const struct sources *sources,
    struct place tag, const char *name);
/* The place of a token in the words behind the start tag at *tag, up to the
 * next tag; of the tag's name if it is not there, or NULL. */
struct place source_content_place(const struct sources *sources,
    struct place tag, const char *token);
/* The place of the element's name in the start tag at *tag. */
struct place source_tag_place(const struct sources *sources, struct place tag);

#endif
