/*
 * Axes: by what, and for whom, content differs (DESIGN section 5). Used by
 * every stage from load on.
 * Invariant: the values of a tree stand in pre-order, so a value's subtree is
 * the leaf range [index, subtree_end); every value owns the leaf of its own
 * index, and a set of readers is a set of leaves.
 */
#ifndef VADE_MODEL_AXES_H
#define VADE_MODEL_AXES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/source.h"
#include "model/lang_text.h"

enum axis_kind { AXIS_TREE, AXIS_SET, AXIS_ORDERED };

enum { AXIS_NONE = -1 };

struct axis_value {
	char *id;
	struct lang_text label;
	int parent;           /* index of the parent value, AXIS_NONE = top */
	uint32_t subtree_end; /* one past the last value below it */
	char *requires;       /* tokens, NULL = none */
	char *mark;           /* the letter of step labels, NULL = none */
	char *security;       /* its default clearance, NULL = none */
	char *levels;         /* tokens of the level axis, for labels */
	struct place place;
	struct place accept; /* says that it may be unused; else nowhere */
};

struct axis_group {
	char *id;
	struct lang_text label;
	char *values; /* tokens; resolved when parsed as an expression */
	uint64_t *leaves;
	struct place place;
	struct place accept;
};

struct axis_party {
	char *id;
	struct lang_text label;
	struct place place;
	struct place accept;
};

struct axis {
	char *id;
	char *attribute; /* local name */
	bool is_vade;    /* the attribute is in urn:vademecum:1 */
	enum axis_kind kind;
	bool is_clearance;
	struct lang_text label;
	struct axis_value *values;
	size_t value_count;
	size_t value_capacity;
	struct axis_group *groups;
	size_t group_count;
	size_t group_capacity;
	struct axis_party *parties;
	size_t party_count;
	size_t party_capacity;
	struct map names; /* of values, groups, parties: kind and index */
	size_t words;     /* 64-bit words in a set of leaves */
	struct place place;
};

struct axes {
	struct axis *axes;
	size_t count;
	size_t capacity;
	int clearance; /* index of the clearance axis, AXIS_NONE */
	int role;      /* index of the tree with id "role", AXIS_NONE */
};

void axes_init(struct axes *axes);
void axes_clear(struct axes *axes);
/* AXIS_NONE if there is none with that id. */
int axes_find(const struct axes *axes, const char *id);
/* The axis of roles; NULL without one. */
const struct axis *axes_role(const struct axes *axes);
/* Its attribute as authors write it: "audience", "v:territory". Lent. */
const char *axis_attribute_name(const struct axis *axis, char name[64]);

/*
 * Adds a value, group or party under a parent (AXIS_NONE = top; values only).
 * Takes nothing: id is copied. Returns NULL if the axis has the name already;
 * then *other is the place of the first. Lent until the next addition.
 */
struct axis_value *axis_add_value(struct axis *axis, const char *id, int parent,
    struct place place, struct place *other);
struct axis_group *axis_add_group(struct axis *axis, const char *id,
    struct place place, struct place *other);
struct axis_party *axis_add_party(struct axis *axis, const char *id,
    struct place place, struct place *other);
/* Ends the subtree of a value at the values added so far. */
void axis_end_value(struct axis *axis, size_t value);

/* The rank that a role reads by itself; the lowest if it says none, or one that
 * is not declared. */
int axes_default_rank(const struct axes *axes, const struct axis_value *value);
int axis_find_value(const struct axis *axis, const char *id, size_t len);
const struct axis_group *
axis_find_group(const struct axis *axis, const char *id, size_t len);
const struct axis_party *
axis_find_party(const struct axis *axis, const char *id, size_t len);
/* The label of a value, group or party named by a token; the token itself if
 * there is none. Lent. */
const char *
axis_label(const struct axis *axis, const char *token, const char *lang);
/* The sector of a value of a tree: the branch below the root that it is on;
 * in a tree of several roots, its root. */
int axis_sector(const struct axis *axis, int value);
/* The nearest declared name to a misspelt token, NULL if none is near. */
const char *axis_nearest(const struct axis *axis, const char *token);

#endif
