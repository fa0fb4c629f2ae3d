#include "select_rule.h"

#include <lauxlib.h>
#include <lua.h>
#include <string.h>

#include "base/alloc.h"
#include "base/bits.h"
#include "base/text.h"

/* A set of leaves as Lua sees it: meets, has, names. */
struct lua_set {
	const struct axis *axis;
	uint64_t leaves[];
};

static const char set_type[] = "set";

/* The readers that are judged at once, and those of them that were chosen. */
struct lua_readers {
	const struct axis *axis;
	const uint64_t *const *values;
	size_t count;
};

struct lua_chosen {
	size_t count;
	uint64_t bits[];
};

static const char readers_type[] = "readers";
static const char chosen_type[] = "chosen";

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

/* readers:that_meet(set) -> the readers whose values meet the set. */
static int
readers_that_meet(lua_State *lua)
{
	const struct lua_readers *readers =
	    luaL_checkudata(lua, 1, readers_type);
	const struct lua_set *set = check_set(lua, 2);
	size_t size = bits_words(readers->count) * sizeof(uint64_t);
	struct lua_chosen *chosen;

	if (set->axis != readers->axis)
		return luaL_error(lua, "that_meet: a set of another axis");
	chosen = lua_newuserdatauv(lua, sizeof(*chosen) + size, 0);
	luaL_setmetatable(lua, chosen_type);
	chosen->count = readers->count;
	memset(chosen->bits, 0, size);
	for (size_t i = 0; i < readers->count; i++)
		if (bits_meet(set->leaves, readers->values[i],
			set->axis->words))
			bits_set(chosen->bits, i);
	return 1;
}

static void
register_type(lua_State *lua, const char *type, const luaL_Reg *methods)
{
	luaL_newmetatable(lua, type);
	lua_newtable(lua);
	luaL_setfuncs(lua, methods, 0);
	lua_setfield(lua, -2, "__index");
	lua_pushboolean(lua, 0);
	lua_setfield(lua, -2, "__metatable");
	lua_pop(lua, 1);
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

	static const luaL_Reg of_readers[] = {
		{ "that_meet", readers_that_meet },
		{ NULL, NULL },
	};
	static const luaL_Reg of_chosen[] = { { NULL, NULL } };

	register_type(lua, set_type, methods);
	register_type(lua, readers_type, of_readers);
	register_type(lua, chosen_type, of_chosen);
	return 0;
}

/* (the chunk's result) -> what should be the function, and per_axis. Runs
 * inside the protected call: the table may have metamethods. */
static int
pick_function(lua_State *lua)
{
	if (!lua_istable(lua, 1)) {
		lua_pushboolean(lua, 0);
		return 2;
	}
	lua_getfield(lua, 1, "select");
	lua_getfield(lua, 1, "per_axis");
	return 2;
}

/* The chunk's result becomes the function that is called. */
static int
take_function(struct select_rule *rule, struct diag *diag)
{
	lua_State *lua = rule->sandbox.lua;
	const char *type = luaL_typename(lua, -1);

	lua_pushcfunction(lua, pick_function);
	lua_insert(lua, -2);
	if (sandbox_call(&rule->sandbox, 1, 2, rule->place, diag) != 0)
		return -1;
	rule->per_axis = lua_toboolean(lua, -1);
	lua_pop(lua, 1);
	if (lua_isfunction(lua, -1))
		return 0;
	return diag_report(diag, DIAG_FILTER_RESULT, rule->place,
	    rule->sandbox.name, type, "function", NULL);
}

int
select_rule_open(struct select_rule *rule, const char *name, const char *text,
    size_t size, struct place place, struct diag *diag)
{
	memset(rule, 0, sizeof(*rule));
	rule->place = place;
	sandbox_open(&rule->sandbox, name);
	lua_pushcfunction(rule->sandbox.lua, register_sets);
	if (sandbox_call(&rule->sandbox, 0, 0, place, diag) == 0 &&
	    sandbox_run(&rule->sandbox, text, size, place, diag) == 0 &&
	    take_function(rule, diag) == 0)
		return 0;
	select_rule_close(rule);
	return -1;
}

void
select_rule_close(struct select_rule *rule)
{
	sandbox_close(&rule->sandbox);
}

static void
push_set(lua_State *lua, const struct select_rule_set *set)
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
push_all(lua_State *lua, const struct select_rule_set *sets, size_t count)
{
	lua_createtable(lua, 0, (int)count);
	for (size_t i = 0; i < count; i++) {
		push_set(lua, &sets[i]);
		lua_setfield(lua, -2, sets[i].axis->id);
	}
}

/* What a question needs, for the protected call that builds it: running out
 * of memory there is the filter's failure. */
struct question {
	const struct select_rule_set *unit;
	const struct select_rule_set *reader;
	size_t count;
	const char *handbook;
	const struct lua_readers *readers; /* of each_axis, else NULL */
};

/* (function, question) -> the function's answer and reason. */
static int
ask_protected(lua_State *lua)
{
	const struct question *question = lua_touserdata(lua, 2);

	lua_settop(lua, 1);
	push_all(lua, question->unit, question->count);
	push_all(lua, question->reader, question->count);
	lua_pushstring(lua, question->handbook);
	lua_setfield(lua, -2, "handbook");
	lua_call(lua, 2, 2);
	return 2;
}

static int
ask_axis_protected(lua_State *lua)
{
	const struct question *question = lua_touserdata(lua, 2);
	struct lua_readers *readers;

	lua_settop(lua, 1);
	readers = lua_newuserdatauv(lua, sizeof(*readers), 0);
	*readers = *question->readers;
	luaL_setmetatable(lua, readers_type);
	lua_pushvalue(lua, 1);
	lua_createtable(lua, 0, 2);
	lua_pushstring(lua, question->unit->axis->id);
	lua_setfield(lua, -2, "axis");
	push_set(lua, question->unit);
	lua_setfield(lua, -2, "reach");
	lua_pushvalue(lua, 2);
	lua_call(lua, 2, 1);
	/* A rule that kept the readers finds nobody in them later. */
	readers->count = 0;
	readers->values = NULL;
	return 1;
}

/* Leaves the results on the stack. */
static int
ask(struct select_rule *rule, lua_CFunction protected,
    const struct question *question, int results, struct diag *diag)
{
	lua_State *lua = rule->sandbox.lua;

	lua_pushcfunction(lua, protected);
	lua_pushvalue(lua, -2);
	lua_pushlightuserdata(lua, (void *)(uintptr_t)question);
	return sandbox_call(&rule->sandbox, 2, results, rule->place, diag);
}

static int
report_answer(struct select_rule *rule, const char *needed, struct diag *diag)
{
	return diag_report(diag, DIAG_FILTER_RESULT, rule->place,
	    rule->sandbox.name, luaL_typename(rule->sandbox.lua, -1), needed,
	    NULL);
}

int
select_rule_ask_axis(struct select_rule *rule, const struct axis *axis,
    const uint64_t *leaves, const uint64_t *const *values, size_t count,
    uint64_t *chosen, struct diag *diag)
{
	struct select_rule_set unit = { axis, leaves, 0 };
	struct lua_readers readers = { axis, values, count };
	struct question question = { &unit, NULL, 1, NULL, &readers };
	const struct lua_chosen *answer;
	int rc = 0;

	if (ask(rule, ask_axis_protected, &question, 1, diag) != 0)
		return -1;
	answer = luaL_testudata(rule->sandbox.lua, -1, chosen_type);
	if (answer == NULL || answer->count != count)
		rc = report_answer(rule, "readers:that_meet(…)", diag);
	else
		memcpy(chosen, answer->bits,
		    bits_words(count) * sizeof(*chosen));
	lua_pop(rule->sandbox.lua, 1);
	return rc;
}

/* The reason on the stack, if it is a text that can be shown. */
static char *
reason_dup(lua_State *lua)
{
	size_t size;
	size_t bad;
	const char *text = lua_type(lua, -1) == LUA_TSTRING
	    ? lua_tolstring(lua, -1, &size)
	    : NULL;

	return text != NULL && text_is_utf8(text, size, &bad) ? mem_dup(text)
							      : NULL;
}

int
select_rule_ask_reason(struct select_rule *rule,
    const struct select_rule_set *unit, const struct select_rule_set *reader,
    size_t count, const char *handbook, char **reason, struct diag *diag)
{
	struct question question = { unit, reader, count, handbook, NULL };
	lua_State *lua = rule->sandbox.lua;
	int answer;

	if (ask(rule, ask_protected, &question, 2, diag) != 0)
		return -1;
	if (reason != NULL)
		*reason = reason_dup(lua);
	lua_pop(lua, 1);
	answer = lua_isboolean(lua, -1) ? lua_toboolean(lua, -1)
					: report_answer(rule, "boolean", diag);
	lua_pop(lua, 1);
	return answer;
}

int
select_rule_ask(struct select_rule *rule, const struct select_rule_set *unit,
    const struct select_rule_set *reader, size_t count, const char *handbook,
    struct diag *diag)
{
	return select_rule_ask_reason(rule, unit, reader, count, handbook, NULL,
	    diag);
}
