/*
 * Masks: which handbooks show what, a bit per (reach, handbook). Used by
 * project and by every question of who reads what.
 * Invariant: a bit is set only if the clearance allows it, decided in C
 * before any Lua, and every rule said yes; after a failure nothing is built.
 */
#ifndef VADE_SELECT_MASK_H
#define VADE_SELECT_MASK_H

#include "load/xml.h"
#include "model/project.h"
#include "select/element_readers.h"

struct masks {
	uint64_t *bits; /* reach-major: words per reach */
	size_t words;
	size_t reach_count;
	size_t questions; /* asked of Lua */
};

/*
 * Decides every reach for every handbook. The order of questions is canonical
 * (by the content of sets, not by where they stand); `reverse` turns it
 * round, which must not change an answer. 0, or -1 with V05xx reported.
 */
int masks_compute(struct masks *masks, const struct reaches *reaches,
    const struct project *project, struct xml_reader *reader, bool reverse,
    struct diag *diag);
void masks_clear(struct masks *masks);

static inline bool
masks_show(const struct masks *masks, uint32_t reach, size_t handbook)
{
	return (masks->bits[reach * masks->words + handbook / 64] >>
		   (handbook % 64)) &
	    1;
}

#endif
