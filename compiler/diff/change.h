/*
 * What changed between two versions, as a list. Made from a match; knows nothing
 * of output.
 * Invariant: every word that one version has and the other has not is in
 * exactly one change; the list is empty only if both say and mark the same.
 * Changes stand in the order of the new version, what went before what came.
 */
#ifndef VADE_DIFF_CHANGE_H
#define VADE_DIFF_CHANGE_H

#include "diff/hunks.h"
#include "diff/match.h"

enum change_op {
#define OP(name, data) OP_##name,
#include "diff/change.def"
	OPS,
};

enum change_class {
#define CLASS(name, data) CLASS_##name,
#include "diff/change.def"
	CLASSES,
};

enum change_flag {
#define FLAG(name, data, critical) FLAG_##name,
#include "diff/change.def"
	FLAGS,
};

enum urgency {
#define URGENCY(name, data) URGENCY_##name,
#include "diff/change.def"
	URGENCIES,
};

/* An attribute that only one side has, or has with another value. */
struct attribute_change {
	const xmlAttr *old; /* NULL: it is new */
	const xmlAttr *new; /* NULL: it is gone */
	enum change_class class;
};

struct change {
	unsigned ops; /* a bit per change_op */
	unsigned classes;
	unsigned flags;
	enum urgency urgency;
	uint32_t old_node; /* NODE_NONE: it was not there */
	uint32_t new_node; /* NODE_NONE: it is gone */
	struct hunks hunks;
	struct attribute_change *attributes; /* owned */
	size_t attribute_count;
	size_t attribute_capacity;
};

struct changes {
	const struct match *match; /* lent */
	struct change *items;
	size_t count;
	size_t capacity;
};

/* changes_clear frees. */
void changes_make(struct changes *changes, const struct match *match);
void changes_clear(struct changes *changes);

/* The words of the data: "insert", "technical", "number", "critical". */
const char *change_op_name(enum change_op op);
const char *change_class_name(enum change_class class);
const char *change_flag_name(enum change_flag flag);
const char *urgency_name(enum urgency urgency);

static inline bool
change_is(const struct change *change, enum change_op op)
{
	return (change->ops >> op & 1) != 0;
}

#endif
