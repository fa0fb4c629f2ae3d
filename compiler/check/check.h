/*
 * Is what the sources say sound (DESIGN section 6)? Used by the front, for all
 * handbooks at once, on the reaches and masks, without building.
 * Invariant: rules.def names every rule, and when it is asked; a rule reads
 * and reports, it changes nothing. One language is enough for what attributes
 * say, for parity has compared them.
 */
#ifndef VADE_CHECK_CHECK_H
#define VADE_CHECK_CHECK_H

#include "base/map.h"
#include "load/xml.h"
#include "project/sources_and_readers.h"

enum check_when {
	CHECK_ALWAYS = 1,
	CHECK_RELEASE = 2,
	CHECK_SELDOM = 4,
	CHECK_WHOLE = 8,
	CHECK_GAPS = 16,
};

/* What all rules share. */
struct checks {
	const struct edition *edition;
	struct xml_reader *reader; /* for filters that are asked anew */
	const struct book *book;   /* the first language */
	const struct axis *role;   /* NULL = the project declares none */
	struct map met;            /* acceptances that met a finding */
};

/* Asks the rules of `when` (enum check_when, added). 0, or -1 with an error
 * reported; warnings and notes are no failure. */
int checks_run(const struct edition *edition, struct xml_reader *reader,
    unsigned when);

#define RULE(codes, when, run) void run(struct checks *checks);
#include "rules.def"
#undef RULE

/* The place of an attribute of an element, or of a token in it; of the
 * element's name if the attribute is NULL or not written. */
struct place checks_place(const struct checks *checks, const xmlNode *node,
    const char *attribute, const char *token);

/* Adds the leaves of the roles that v: attributes of an element name, as in "lead
 * with"; the element may be NULL. */
void checks_add_roles(const struct checks *checks, const xmlNode *node,
    const char *attributes, uint64_t *leaves);

/* May the role itself (its own leaf, with its own clearance) read the element? */
bool
checks_can_read(const struct checks *checks, size_t value, const xmlNode *node);

/*
 * Has the author accepted this finding here, with `v:accept="CODE …"
 * v:reason="…"` (DESIGN section 4)? Then it is not to be reported. Only a
 * warning about an element can be accepted, and there only.
 */
bool
accept_covers(struct checks *checks, const xmlNode *node, enum diag_code code);

/* The hand-off block of a step after another, first after the step itself;
 * not those of steps inside it. NULL if there is none. Lent. */
const xmlNode *handoffs_block(const xmlNode *step, const xmlNode *after);

#endif
