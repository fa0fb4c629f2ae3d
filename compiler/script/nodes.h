/*
 * Elements of a document as Lua sees them: handles with methods, and
 * element() to make new ones. Used by transform; the tree itself is behind
 * struct node_operations (filter/node_edit).
 * Invariant: Lua never holds a pointer into the tree; the handle of an
 * element that is gone raises an error, whatever is done with it. Where an
 * element stands in the sources is never told to Lua: text that the reader may
 * not see moves it.
 */
#ifndef VADE_SCRIPT_NODES_H
#define VADE_SCRIPT_NODES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/source.h"

struct lua_State;

/* index 0 = no element. A slot of another generation is gone. */
struct node_handle {
	uint32_t index;
	uint32_t generation;
};

enum node_relation {
	NODE_PARENT,
	NODE_FIRST,    /* child */
	NODE_NEXT,     /* sibling */
	NODE_FOLLOWING /* in document order below the root given */
};

/*
 * What a tree can do. Only DocBook elements exist here. Texts that are given
 * are lent until the next operation. Operations that change return NULL when
 * done, else why not, and then nothing has changed.
 */
struct node_operations {
	bool (*is_element)(const void *tree, const char *name);
	bool (*is_alive)(const void *tree, struct node_handle node);
	bool (*is_fixed)(const void *tree, struct node_handle node);
	const char *(*name)(const void *tree, struct node_handle node);
	/* NULL if absent; "xml:id" and "v:label" are names too. */
	const char *(
	    *attribute)(void *tree, struct node_handle node, const char *name);
	const char *(*text)(void *tree, struct node_handle node);
	/* For messages only; nowhere for what a filter made. */
	struct place (*place)(const void *tree, struct node_handle node);
	struct node_handle (*relative)(void *tree, struct node_handle node,
	    enum node_relation relation, struct node_handle root);
	/* The index-th value that the element reaches on an axis: NULL past
	 * the last; *known tells if there is such an axis. */
	const char *(*axis)(void *tree, struct node_handle node,
	    const char *axis, size_t *from, bool *known);
	const char *(
	    *create)(void *tree, const char *name, struct node_handle *made);
	const char *(*set)(void *tree, struct node_handle node,
	    const char *name, const char *value);
	const char *(*replace_text)(void *tree, struct node_handle node,
	    const char *text);
	const char *(*append)(void *tree, struct node_handle parent,
	    struct node_handle child);
	const char *(*append_text)(void *tree, struct node_handle parent,
	    const char *text);
	/* Before or after an element; only what is new. */
	const char *(*insert)(void *tree, struct node_handle anchor,
	    struct node_handle fresh, bool after);
	const char *(*insert_text)(void *tree, struct node_handle anchor,
	    const char *text, bool after);
	const char *(*remove)(void *tree, struct node_handle node);
	/* As remove, for a function's result: what it may take away is checked
	 * when the filter has run. */
	const char *(*discard)(void *tree, struct node_handle node);
};

struct node_host {
	void *tree;
	const struct node_operations *operations;
	bool is_running; /* elements exist only then */
	size_t made;     /* elements */
	size_t written;  /* bytes of text */
};

/* Registers handles, and element() as a global. host is lent to the state. */
void nodes_register(struct lua_State *lua, struct node_host *host);
/* Pushes a handle; nil for none. */
void nodes_push(struct lua_State *lua, struct node_handle node);
/* The live handle at a place of the stack; false if it is none. */
bool nodes_get(struct lua_State *lua, int at, struct node_handle *node);
/* The text at a place of the stack, fit for XML, else a Lua error. */
const char *nodes_check_text(struct lua_State *lua, int at);
/* Raises a refusal as a Lua error; 0, no results, if it is NULL. */
int nodes_refuse(struct lua_State *lua, const char *refusal);

#endif
