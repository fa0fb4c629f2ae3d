/*
 * Why the audit cannot read something. Used by what reads files for it.
 * Invariant: UNREAD_NOTHING, and it alone, means that all was read.
 */
#ifndef VADE_EXTRACT_UNREAD_H
#define VADE_EXTRACT_UNREAD_H

#include "base/diag.h"

enum unread {
	UNREAD_NOTHING,
#define UNREAD(name, en, es) UNREAD_##name,
#include "extract/unread.def"
#undef UNREAD
	UNREAD_COUNT,
};

/* The reason in words; "" for UNREAD_NOTHING. Lent. */
const char *unread_text(enum unread why, enum diag_language language);

#endif
