/*
 * A growing byte buffer: text, pages, records. Used by everything that
 * builds output.
 * Invariant: data[size] is a zero byte once anything was added, so data is
 * also a C string; data is NULL while nothing was.
 */
#ifndef VADE_BASE_BUF_H
#define VADE_BASE_BUF_H

#include <stddef.h>
#include <stdint.h>

struct buf {
	char *data;
	size_t size;     /* bytes in use */
	size_t capacity; /* bytes held */
};

void buf_clear(struct buf *buf); /* frees; buf is empty and usable again */
void buf_add(struct buf *buf, const void *bytes, size_t size);
void buf_add_text(struct buf *buf, const char *text);
/* White space becomes one blank, also across calls, and none at the start. */
void buf_add_folded(struct buf *buf, const char *words);
/* The characters of special, all ASCII, as what escapes says stands for them. */
void buf_add_escaped(struct buf *buf, const char *text, const char *special,
    const char *const escapes[128]);
void buf_add_char(struct buf *buf, char c);
/* One more of a list: ", " stands before all but the first. */
void buf_add_listed(struct buf *buf, const char *word);
/* A character; what is none (a surrogate, too large) becomes U+FFFD. */
void buf_add_utf8(struct buf *buf, uint32_t c);
void buf_add_format(struct buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Little-endian on every machine: the wire format of publish/wire. */
void buf_add_u32(struct buf *buf, uint32_t value);
/* Room for size more bytes; returns where they start. */
char *buf_reserve(struct buf *buf, size_t size);
/* Gives the bytes to the caller, who frees them; never NULL. */
char *buf_take(struct buf *buf);
/* The text so far, "" while empty; lent until the next change. */
const char *buf_text(const struct buf *buf);

#endif
