/*
 * The output formats that a handbook can have: a row of format.def each.
 * Used by load (handbooks.xml), publish (what is kept), emit and cli.
 * Invariant: a set of formats is a bit per row; 0 means "not said".
 */
#ifndef VADE_MODEL_FORMAT_H
#define VADE_MODEL_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum format {
#define FORMAT(id, name, suffix, is_default, emit, word, english, spanish)     \
	FORMAT_##id,
#include "format.def"
#undef FORMAT
	FORMAT_COUNT
};

struct format_row {
	const char *name;
	const char *suffix; /* "" = a folder of that name */
	bool is_default;
	const char *word;       /* its name for readers: key of ui.def */
	const char *summary[2]; /* English, Spanish */
};

extern const struct format_row formats[FORMAT_COUNT];

/* The row of a name of len bytes; FORMAT_COUNT if there is none. */
enum format format_find(const char *name, size_t len);
/* The row with the name nearest to a misspelt one, by name; NULL if none is
 * near. Lent. */
const char *format_nearest(const char *name);
/* The set of the formats that are made when nobody says which. */
uint32_t format_defaults(void);
/*
 * Where a format of a handbook is, from the shelf's folder: "ID/LANG/html" or
 * "ID/LANG/ID.LANG.txt". The caller frees.
 */
char *format_path(enum format format, const char *handbook, const char *lang);

/* What two languages can stand in side by side. */
#define FORMATS_FACING ((uint32_t)1 << FORMAT_HTML | 1u << FORMAT_SINGLE)
/* What is made of the pages of html.xsl. */
#define FORMATS_PAGES (FORMATS_FACING | (uint32_t)1 << FORMAT_EPUB)
/* What Typst lays out; of these, what is made for whoever acts in a role. */
#define FORMATS_CARDS ((uint32_t)1 << FORMAT_CARD | 1u << FORMAT_CARD_A4)
#define FORMATS_TYPST                                                          \
	((uint32_t)1 << FORMAT_PDF | 1u << FORMAT_PDFA |                       \
	    1u << FORMAT_BULLETIN | FORMATS_CARDS)

static inline bool
format_in(uint32_t set, enum format format)
{
	return (set >> format & 1) != 0;
}

#endif
