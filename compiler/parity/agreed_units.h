/*
 * units.tsv: what two languages agreed on, unit for unit (DESIGN section 9).
 * It lies beside the source of a language; where two languages share a folder
 * it is units.LANG.tsv. Read and written by vade i18n, read by a release.
 * Form: a line per unit and other language, seven fields parted by tabs:
 *   unit         "EDU-O-01.s1/2"
 *   words        digest of its words, 16 hex digits
 *   language     the other
 *   counterpart  its place among the units of the same id there; "-": none
 *   words        digest of the counterpart's words, or "-"
 *   reason       why it has none, or why numbers differ; else empty
 *   text         the counterpart's words, of units on which safety hangs
 * A line that begins with # is a comment.
 * Invariant: an agreement is of words that somebody had before him; what
 * cannot be read as one is an error, never skipped.
 */
#ifndef VADE_PARITY_AGREED_UNITS_H
#define VADE_PARITY_AGREED_UNITS_H

#include "load/xml.h"
#include "model/project.h"
#include "model/translation_unit.h"

struct agreed {
	const char *scope; /* strings are lent by text */
	uint32_t position;
	const char *digest;
	const char *lang;
	uint32_t counterpart; /* 0 = it has none, and reason says why */
	const char *counterpart_digest;
	const char *reason; /* "" = none */
	const char *words;  /* of the counterpart; "" = not kept */
};

struct agreed_units {
	char *path; /* from the root; owned */
	bool is_written;
	struct agreed *rows;
	size_t count;
	size_t capacity;
	char *text; /* owned */
};

/* The agreements of a language of the project, none if there is no file yet.
 * 0, or -1 with V0124 or what kept the file from being read reported. */
int agreed_units_read(struct agreed_units *agreement,
    const struct project *project, size_t tree, struct xml_reader *reader);

/*
 * Writes the file anew from rows, whole or not at all. 0, or -1 with V0302 (the
 * usual message of a file that cannot be written) reported.
 */
int agreed_units_write(const struct agreed_units *agreement,
    const struct file_root *root, const struct agreed *rows, size_t count,
    struct diag *diag);

#endif
