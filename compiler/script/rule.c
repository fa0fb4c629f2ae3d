#include "rule.h"

#include <lauxlib.h>
#include <lua.h>
#include <string.h>

#include "base/bits.h"

/* A set of leaves as Lua sees it: meets, has, names. */
struct lua_set {
	const struct axis *axis;
	uint64_t leaves[];
};

static const char set_type[] = "set";

static const struct lua_set *
check_set(lua_State *lua, int at)
{
	return luaL_checkudata(lua, at, set_type);
}

static int
set_meets(lua_State *lua)
{
	const struct lua_set *a = check_set(lua, 1);
	const struct lua_set *b = check_set(lua, 2);

	if (a->axis != b->axis)
		return luaL_error(lua, "meets: two sets of different axes");
	lua_pushboolean(lua, bits_meet(a->leaves, b->leaves, a->axis->words));
	return 1;
}

static int
set_has(lua_State *lua)
{
	const struct lua_set *set = check_set(lua, 1);
	size_t len;
	const char *id = luaL_checklstring(lua, 2, &len);
	int value = axis_find_value(set->axis, id, len);

	if (value == AXIS_NONE)
		return luaL_error(lua, "has: %s is not declared", id);
	lua_pushboolean(lua, bits_get(set->leaves, (size_t)value));
	return 1;
}

static int
set_names(lua_State *lua)
{
	const struct lua_set *set = check_set(lua, 1);
	lua_Integer count = 0;

	lua_newtable(lua);
	for (size_t i = 0; i < set->axis->value_count; i++) {
		if (!bits_get(set->leaves, i))
			continue;
		lua_pushstring(lua, set->axis->values[i].id);
		lua_rawseti(lua, -2, ++count);
	}
	return 1;
}

static int
register_sets(lua_State *lua)
{
	static const luaL_Reg methods[] = {
		{ "meets", set_meets },
		{ "has", set_has },
		{ "names", set_names },
		{ NULL, NULL },
	};

	luaL_newmetatable(lua, set_type);
	luaL_newlib(lua, methods);
	lua_setfield(lua, -2, "__index");
	lua_pushboolean(lua, 0);
	lua_setfield(lua, -2, "__metatable");
	return 0;
}

/* The chunk's result becomes the function that is called. */
static int
take_function(struct rule *rule, struct diag *diag)
{
	lua_State *lua = rule->sandbox.lua;
	const char *type = luaL_typename(lua, -1);

	if (lua_istable(lua, -1)) {
		lua_getfield(lua, -1, "per_axis");
		rule->per_axis = lua_toboolean(lua, -1);
		lua_pop(lua, 1);
		lua_getfield(lua, -1, "select");
		lua_remove(lua, -2);
	}
	if (lua_isfunction(lua, -1))
		return 0;
	return diag_report(diag, DIAG_FILTER_RESULT, rule->place,
	    rule->sandbox.name, type, "function", NULL);
}

int
rule_open(struct rule *rule, const char *name, const char *text, size_t size,
    struct place place, struct diag *diag)
{
	memset(rule, 0, sizeof(*rule));
	rule->place = place;
	sandbox_open(&rule->sandbox, name);
	lua_pushcfunction(rule->sandbox.lua, register_sets);
	if (sandbox_call(&rule->sandbox, 0, 0, place, diag) == 0 &&
	    sandbox_run(&rule->sandbox, text, size, place, diag) == 0 &&
	    take_function(rule, diag) == 0)
		return 0;
	rule_close(rule);
	return -1;
}

void
rule_close(struct rule *rule)
{
	sandbox_close(&rule->sandbox);
}

static void
push_set(lua_State *lua, const struct rule_set *set)
{
	size_t size = set->axis->words * sizeof(uint64_t);
	struct lua_set *copy;

	if (set->leaves == NULL) {
		lua_pushstring(lua, set->axis->values[set->rank].id);
		return;
	}
	copy = lua_newuserdatauv(lua, sizeof(*copy) + size, 0);
	copy->axis = set->axis;
	memcpy(copy->leaves, set->leaves, size);
	luaL_setmetatable(lua, set_type);
}

static void
push_axis(lua_State *lua, const struct rule_set *set, const char *field)
{
	lua_createtable(lua, 0, 2);
	lua_pushstring(lua, set->axis->id);
	lua_setfield(lua, -2, "axis");
	push_set(lua, set);
	lua_setfield(lua, -2, field);
}

static void
push_all(lua_State *lua, const struct rule_set *sets, size_t count)
{
	lua_createtable(lua, 0, (int)count);
	for (size_t i = 0; i < count; i++) {
		push_set(lua, &sets[i]);
		lua_setfield(lua, -2, sets[i].axis->id);
	}
}

/* What a question needs, for the protected call that builds it. */
struct question {
	const struct rule_set *unit;
	const struct rule_set *reader;
	size_t count;
	const char *handbook; /* NULL: about one axis */
};

/* (function, question) -> the function's result. Runs inside the protected
 * call, so that running out of memory here is the filter's failure. */
static int
ask_protected(lua_State *lua)
{
	const struct question *question = lua_touserdata(lua, 2);

	lua_settop(lua, 1);
	if (question->handbook == NULL) {
		push_axis(lua, question->unit, "reach");
		push_axis(lua, question->reader, "values");
	} else {
		push_all(lua, question->unit, question->count);
		push_all(lua, question->reader, question->count);
		lua_pushstring(lua, question->handbook);
		lua_setfield(lua, -2, "handbook");
	}
	lua_call(lua, 2, 1);
	return 1;
}

static int
ask(struct rule *rule, const struct question *question, struct diag *diag)
{
	lua_State *lua = rule->sandbox.lua;
	int answer;

	lua_pushcfunction(lua, ask_protected);
	lua_pushvalue(lua, -2);
	lua_pushlightuserdata(lua, (void *)(uintptr_t)question);
	if (sandbox_call(&rule->sandbox, 2, 1, rule->place, diag) != 0)
		return -1;
	if (!lua_isboolean(lua, -1))
		answer = diag_report(diag, DIAG_FILTER_RESULT, rule->place,
		    rule->sandbox.name, luaL_typename(lua, -1), "true | false",
		    NULL);
	else
		answer = lua_toboolean(lua, -1);
	lua_pop(lua, 1);
	return answer;
}

int
rule_ask_axis(struct rule *rule, const struct rule_set *unit,
    const struct rule_set *reader, struct diag *diag)
{
	struct question question = { unit, reader, 1, NULL };

	return ask(rule, &question, diag);
}

int
rule_ask(struct rule *rule, const struct rule_set *unit,
    const struct rule_set *reader, size_t count, const char *handbook,
    struct diag *diag)
{
	struct question question = { unit, reader, count, handbook };

	return ask(rule, &question, diag);
}
