/*
 * RELAX NG: reads a schema (the XML syntax) and says what of a tree it does
 * not allow. Used by load/ for sources and settings.
 * Invariant: the answers depend on the schema and the tree alone. A schema
 * remembers what it worked out for one tree (a lazy automaton over patterns
 * and names), so the next is faster, never different; what it remembers is
 * bounded by the schema, not by the trees.
 * Method: J. Clark, "An algorithm for RELAX NG validation", with the rests of
 * a start tag numbered instead of kept in the child's pattern: a child's state
 * does not depend on where it stands.
 */
#ifndef VADE_SCHEMA_SCHEMA_H
#define VADE_SCHEMA_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>

/* --- reading --- */

/* The bytes of a schema's file, lent while it is read; false: there is none of
 * this name. */
typedef bool
schema_open(void *context, const char *href, const char **bytes, size_t *size);

/* Why a schema cannot be read; it is for who wrote the schema, in English. */
struct schema_fault {
	char file[128];
	unsigned line;
	char text[256];
};

struct schema;

/*
 * Reads the schema of this name with all that it includes. open NULL: among
 * the files embedded in the program. The caller frees. NULL with *fault told:
 * not well-formed, not RELAX NG, a name defined nowhere, recursion without an
 * element, an unknown data type, a restriction of the specification's section
 * 7 broken, too large.
 */
struct schema *schema_read(const char *name, schema_open *open, void *context,
    struct schema_fault *fault);
void schema_free(struct schema *schema);

/* --- validating --- */

/* A name with its namespace, "" if it has none. */
struct schema_name {
	const char *ns;
	const char *local;
};

/* In the order in which the schema first names them. */
struct schema_names {
	const struct schema_name *items;
	size_t count;
};

enum schema_error_kind {
	SCHEMA_ELEMENT_UNKNOWN,    /* the schema has no element of this name */
	SCHEMA_ELEMENT_MISPLACED,  /* it has, but not here */
	SCHEMA_ELEMENT_TOO_EARLY,  /* `missing`, or one of `expected`, first */
	SCHEMA_ELEMENT_INCOMPLETE, /* it ends without `missing`/`expected` */
	SCHEMA_ELEMENT_VALUE,      /* its text is not what is wanted */
	SCHEMA_TEXT_NOT_ALLOWED,   /* text where only elements stand */
	SCHEMA_ATTRIBUTE_NOT_ALLOWED,
	SCHEMA_ATTRIBUTE_VALUE,
	SCHEMA_ATTRIBUTE_MISSING, /* `missing`, or one of `expected` */
	SCHEMA_TOO_LARGE,         /* the limit of states; nothing follows */
};

/* Lent to the report while it runs, with all that it points to. */
struct schema_error {
	enum schema_error_kind kind;
	/* The element that is unknown, misplaced, incomplete, or that holds
	 * the text or the attribute. */
	const xmlNode *node;
	const xmlNode *text;      /* the first that is not allowed, or NULL */
	const xmlAttr *attribute; /* NULL: it is not of one that is there */
	bool at_end;              /* its place is the end of node */
	/* What could stand here instead: elements, or attributes where the
	 * kind is of these; where something lacks, what would help. */
	struct schema_names expected;
	/* What must stand here, whichever way the content goes on. */
	struct schema_names missing;
	bool is_text_expected;
	bool is_end_expected;   /* the element around could end here */
	bool is_other_expected; /* any name of some namespace could stand here*/
	/* The expected name that is a slip of the pen away, else that of the
	 * schema; local NULL: none is. Of the same words in another namespace
	 * it is that. */
	struct schema_name nearest;
	/* Of a value: the words that are allowed, as the schema writes them,
	 * and the data types ("NMTOKEN", "anyURI"). */
	const char *const *values;
	size_t value_count;
	const char *const *types;
	size_t type_count;
	const char *nearest_value; /* NULL: none is near */
};

enum { SCHEMA_MOST_ERRORS = 10000 };

typedef void schema_report(void *context, const struct schema_error *error);

/*
 * Is what stands at root, an element, allowed by the schema? Reports the first
 * SCHEMA_MOST_ERRORS errors in document order (an incomplete element at its
 * end), each cause once; report may be NULL. Returns how many there are.
 * Time is linear in the nodes; nothing is changed. Whether an IDREF leads to an
 * ID is not asked.
 */
size_t schema_validate(struct schema *schema, const xmlNode *root,
    schema_report *report, void *context);

/* How large the automaton has become; for tests and measurements. */
struct schema_size {
	size_t patterns;
	size_t states;
	size_t transitions;
};

struct schema_size schema_size(const struct schema *schema);

#endif
