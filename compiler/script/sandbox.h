/*
 * A Lua state for untrusted filters: text chunks only, no io, os, debug,
 * load, package, coroutine; memory and instruction limits; the same order of
 * iteration every time. Used by select_rule and transform.
 * Invariant: no call runs longer or takes more memory than its budget, and
 * what a chunk can reach outside its own state is only what C hands it.
 * Source of each refusal: research/security.md section 3.
 */
#ifndef VADE_SCRIPT_SANDBOX_H
#define VADE_SCRIPT_SANDBOX_H

#include <stddef.h>

#include "base/diag.h"

struct lua_State;

struct sandbox {
	struct lua_State *lua;
	size_t memory;       /* bytes in use */
	size_t memory_limit; /* bytes */
	long ticks;          /* of 1000 instructions, left in this call */
	size_t owed;         /* instructions of C, less than a tick */
	double deadline;     /* of this call, in seconds of processor time */
	const char *blown;   /* the limit that was passed, NULL = none */
	const char *name;    /* of the chunk, for messages; lent */
	struct place fault;  /* of the last sandbox_fail_at; file 0 = none */
};

/* Opens a state with the safe libraries. Never fails but by ending the
 * process when there is no memory at all. */
void sandbox_open(struct sandbox *sandbox, const char *name);
void sandbox_close(struct sandbox *sandbox);

/*
 * Loads a text chunk and runs it; its one result is left on the stack.
 * Returns 0, or -1 with V05xx reported at `place`.
 */
int sandbox_run(struct sandbox *sandbox, const char *text, size_t size,
    struct place place, struct diag *diag);

/*
 * Calls the function and arguments on the stack with a fresh budget; leaves
 * `results` values. Returns 0, or -1 with V05xx reported at `place` and the
 * stack as before the function was pushed.
 */
int sandbox_call(struct sandbox *sandbox, int arguments, int results,
    struct place place, struct diag *diag);

/* --- for bindings, inside a call --- */

/* Ends the call for a limit of a binding's own; a pcall does not shield. The
 * text names the limit ("100,000 elements"). Does not return. */
int sandbox_exhaust(struct lua_State *lua, const char *limit);
/* Raises the text on top of the stack as an error, to be reported at place. A
 * pcall gets the text alone. Does not return. */
int sandbox_fail_at(struct lua_State *lua, struct place place);
/* Takes the work of a loop in C from the budget; ends the call if that or the
 * processor time is spent. */
void sandbox_spend(struct lua_State *lua, size_t steps);

#endif
