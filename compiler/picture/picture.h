/*
 * A picture is what its bytes say. Used by asset for every image of sources
 * and agencies, and by css_rule for the data: pictures of an organisation.
 * Invariant: what comes out holds what the picture shows and nothing else: no
 * text chunk, metadata, comment, script, reference, or byte after the end;
 * the same bytes in give the same bytes out, on every machine.
 */
#ifndef VADE_PICTURE_PICTURE_H
#define VADE_PICTURE_PICTURE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/diag.h"

struct picture {
	const char *suffix; /* ".png", by content; static */
	struct buf bytes;
	/* --- if it is refused --- */
	enum diag_code fault; /* IMAGE_KIND, _BROKEN, _ACTIVE or _TURNED */
	const char *kind;     /* "PNG"; static; NULL = none is known */
	char what[96];        /* what is wrong, for the message */
};

/*
 * Reads a picture and writes it anew without all that it does not show. bytes
 * end with a zero byte that size does not count. 0, or -1 with fault, kind and
 * what set. The caller calls picture_clear in both cases.
 */
int picture_clean(struct picture *picture, const char *bytes, size_t size);
void picture_clear(struct picture *picture);

/* Sets what is wrong. Returns -1. */
int picture_refuse(struct picture *picture, enum diag_code fault,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

/* --- one kind each: raster.c, svg.c --- */

int picture_clean_png(struct picture *picture, const char *bytes, size_t size);
int picture_clean_jpeg(struct picture *picture, const char *bytes, size_t size);
int picture_clean_gif(struct picture *picture, const char *bytes, size_t size);
int picture_clean_webp(struct picture *picture, const char *bytes, size_t size);
int picture_clean_svg(struct picture *picture, const char *bytes, size_t size);

#endif
