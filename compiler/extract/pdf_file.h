/*
 * The objects of a PDF and their streams, whatever packs them. Used by what
 * reads PDFs for the audit.
 * Invariant: every byte of the file is in an object, a table of them, a
 * trailer or white space, and the tables lead to these objects and no others;
 * a file of which that does not hold is not read (pdf->why). So nobody's
 * program finds in it an object that was not looked at here. No object is
 * hidden by another of its number. Work and memory are bounded.
 * Source: ISO 32000-1, 7.5.
 *
 * No library is asked: those that there are (qpdf, poppler, mupdf) follow the
 * tables to what a page needs and mend what is broken, each in its own way;
 * none reads what no page needs any more, and none bounds what it unpacks.
 */
#ifndef VADE_EXTRACT_PDF_FILE_H
#define VADE_EXTRACT_PDF_FILE_H

#include "extract/pdf_syntax.h"
#include "extract/unread.h"

struct pdf_object {
	uint32_t number;
	size_t offset; /* in the file; SIZE_MAX if it is in a stream */
	struct pdf_span body;
	struct pdf_span data; /* of its stream, packed; NULL = none */
	bool read;            /* the stream, by whoever knows what it is */
};

struct pdf {
	const char *bytes;
	size_t size;
	enum unread why; /* the first reason that it is not all read */
	struct pdf_object *objects; /* by number */
	size_t count;
	size_t capacity;
	size_t sorted;             /* of them: the others are not found yet */
	struct pdf_span *trailers; /* dictionaries, and what startxref says */
	size_t trailer_count;
	size_t trailer_capacity;
	struct pdf_span *tables; /* of objects: where, and what they say */
	size_t table_count;
	size_t table_capacity;
	struct buf *packed; /* inflated streams of objects, which these lend */
	size_t packed_count;
	size_t packed_capacity;
	size_t work;     /* bytes looked at to find keys */
	size_t unpacked; /* bytes, together with what the caller had before */
};

enum { PDF_UNPACKED_MOST = 512 << 20 };

/* Finds all objects; pdf->why says whether that went well. The bytes are lent
 * to it. */
void pdf_open(struct pdf *pdf, const char *bytes, size_t size);
void pdf_clear(struct pdf *pdf);
/* Keeps the first reason; returns false, for who then gives up. */
bool pdf_refuse(struct pdf *pdf, enum unread why);

/* The object of that number, NULL if there is none. Lent. */
struct pdf_object *pdf_find(struct pdf *pdf, uint32_t number);
/* What a reference leads to; any other value is itself. *object, if asked for,
 * is the object it is the body of, or NULL. */
struct pdf_span
pdf_resolve(struct pdf *pdf, struct pdf_span value, struct pdf_object **object);
/* The value of a key, references followed. */
struct pdf_span
pdf_lookup(struct pdf *pdf, struct pdf_span dict, const char *key);
/* Whether the key has this name. */
bool pdf_has(struct pdf *pdf, struct pdf_span dict, const char *key,
    const char *name);
/*
 * Appends the bytes of a stream, unpacked. False, and pdf->why says so, if
 * they are packed in a way that is not read here, broken or too many.
 */
bool
pdf_stream(struct pdf *pdf, const struct pdf_object *object, struct buf *out);

#endif
