/*
 * Who may read what before and now: of each pair of elements, the handbooks that
 * gained it and those that lost it. Used by the question of changes.
 * Invariant: handbooks are the same if their ids are; one that only one version
 * has, gains or loses nothing here, and is named once.
 */
#ifndef VADE_QUERY_READER_CHANGES_H
#define VADE_QUERY_READER_CHANGES_H

#include <jansson.h>

#include "diff/change.h"

struct reader_changes {
	const struct edition *old; /* lent */
	const struct edition *new; /* lent */
	size_t *partners;          /* per new handbook: its old one, SIZE_MAX */
	struct map memo;           /* two reaches: number of a set */
	struct map sets;           /* bits: gained, then lost; 0 = nobody */
};

void reader_changes_open(struct reader_changes *readers,
    const struct edition *old, const struct edition *new);
void reader_changes_close(struct reader_changes *readers);

/* Ids of handbooks that only one version has. */
json_t *reader_changes_new_handbooks(const struct reader_changes *readers);
json_t *reader_changes_gone_handbooks(const struct reader_changes *readers);

/*
 * The elements whose readers changed, each where it begins: {"unit", "place",
 * "gained", "lost", "through"}.
 */
json_t *reader_changes_list(struct reader_changes *readers,
    const struct changes *changes, enum diag_language ui);

/* {"name", "was", "now"} */
json_t *attribute_change_json(const struct attribute_change *attribute);

/* Does a handbook of the new edition show a change, before or now? */
bool reader_changes_shows(const struct reader_changes *readers,
    const struct match *match, const struct change *change, size_t handbook);

#endif
