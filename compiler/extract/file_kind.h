/*
 * What may be in a build, and how each kind of file is read. Used by audit.
 * Invariant: a file is of a kind only if both its name and its bytes say so;
 * any other is a finding. Whoever adds a kind of file to a build adds its row.
 */
#ifndef VADE_EXTRACT_FILE_KIND_H
#define VADE_EXTRACT_FILE_KIND_H

#include "extract/unread.h"

#include <stddef.h>

enum audit_kind {
	AUDIT_TEXT,    /* UTF-8 without control characters, read as it is */
	AUDIT_PICTURE, /* only counted, if the reader may see its source */
	AUDIT_PACKED,  /* read by unpack */
	AUDIT_STRANGE, /* not read */
};

/* By bytes alone, for what has no name. */
enum audit_kind audit_kind_of(const char *bytes, size_t size);
/* Why a file of this name with these bytes is not read as its kind is; "" is
 * no name. */
enum unread audit_kind_check(const char *name, const char *bytes, size_t size);

#endif
