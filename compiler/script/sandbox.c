#include "sandbox.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/list.h"
#include "base/embed.h"
#include "base/process_limits.h"

static const char fault_key[] = "sandbox.fault";

enum {
	TICK = 1000,   /* instructions between two looks */
	TICKS = 10000, /* looks a call may take: 10 million */
	MEMORY_LIMIT = 64 << 20,
	LONGEST_STRING = 1 << 20,
};

static void *
allocate(void *user, void *old, size_t old_size, size_t new_size)
{
	struct sandbox *sandbox = user;
	void *memory;

	if (old == NULL)
		old_size = 0; /* it is a type tag then */
	if (new_size == 0) {
		sandbox->memory -= old_size;
		free(old);
		return NULL;
	}
	if (new_size > old_size &&
	    sandbox->memory + (new_size - old_size) > sandbox->memory_limit) {
		sandbox->blown = "64 MB";
		return NULL;
	}
	memory = mem_resize(old, new_size);
	sandbox->memory += new_size - old_size;
	return memory;
}

static int
on_panic(lua_State *lua)
{
	static const char text[] = "vade: internal error in Lua\n";
	ssize_t written = write(STDERR_FILENO, text, sizeof(text) - 1);

	(void)written;
	(void)lua;
	_exit(70);
}

static struct sandbox *
sandbox_of(lua_State *lua)
{
	void *user;

	lua_getallocf(lua, &user);
	return user;
}

static double
processor_seconds(void)
{
	struct timespec now = { 0 };

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Takes the work of a loop in C from the budget; the next look sees it. */
static void
spend(lua_State *lua, lua_Integer steps)
{
	sandbox_of(lua)->ticks -= (long)(steps / TICK);
}

int
sandbox_exhaust(lua_State *lua, const char *limit)
{
	struct sandbox *sandbox = sandbox_of(lua);

	if (sandbox->blown == NULL)
		sandbox->blown = limit;
	return luaL_error(lua, "past the limit of %s", limit);
}

void
sandbox_spend(lua_State *lua, size_t steps)
{
	struct sandbox *sandbox = sandbox_of(lua);

	sandbox->owed += steps;
	if (sandbox->owed < TICK)
		return;
	sandbox->ticks -= (long)(sandbox->owed / TICK);
	sandbox->owed %= TICK;
	if (sandbox->ticks <= 0)
		sandbox_exhaust(lua, "10,000,000");
	if (processor_seconds() >= sandbox->deadline)
		sandbox_exhaust(lua, LIMIT_GUEST_TEXT);
}

static void
on_tick(lua_State *lua, lua_Debug *activation)
{
	struct sandbox *sandbox = sandbox_of(lua);

	if (--sandbox->ticks > 0 && processor_seconds() < sandbox->deadline)
		return;
	/* A pcall must not shield: every further instruction ends it again. */
	if (sandbox->blown == NULL)
		sandbox->blown =
		    sandbox->ticks > 0 ? LIMIT_GUEST_TEXT : "10,000,000";
	sandbox->ticks = 0;
	lua_sethook(lua, on_tick, LUA_MASKCOUNT, 1);
	lua_getinfo(lua, "Sl", activation);
	luaL_error(lua, "%s:%d: too many instructions", activation->short_src,
	    activation->currentline);
}

/* --- the safe library --- */

/* string.find, for plain text only: a pattern may take for ever. What it costs
 * is counted, for it may be the comparison of a sort. */
static int
find_plain(lua_State *lua)
{
	enum { BYTES_A_STEP = 16 };
	size_t size;
	size_t needle_size;
	const char *text = luaL_checklstring(lua, 1, &size);
	const char *needle = luaL_checklstring(lua, 2, &needle_size);
	const char *at;

	sandbox_spend(lua, (size + needle_size) / BYTES_A_STEP);
	at = memmem(text, size, needle, needle_size);
	if (at == NULL)
		return 0;
	lua_pushinteger(lua, at - text + 1);
	lua_pushinteger(lua, at - text + (lua_Integer)needle_size);
	return 2;
}

static int
repeat(lua_State *lua)
{
	size_t size;
	const char *text = luaL_checklstring(lua, 1, &size);
	lua_Integer count = luaL_checkinteger(lua, 2);
	luaL_Buffer buffer;

	if (count < 0 || size == 0)
		count = 0;
	if (size > 0 && (size_t)count > LONGEST_STRING / size)
		return luaL_error(lua, "rep: the result is too long");
	luaL_buffinit(lua, &buffer);
	for (lua_Integer i = 0; i < count; i++)
		luaL_addlstring(&buffer, text, size);
	luaL_pushresult(&buffer);
	return 1;
}

/* table.insert and table.remove on what a table really holds: the stock ones
 * believe __len, and would count up to it in C. */
static int
insert(lua_State *lua)
{
	lua_Integer end;
	lua_Integer at;

	luaL_checktype(lua, 1, LUA_TTABLE);
	if (lua_gettop(lua) != 2 && lua_gettop(lua) != 3)
		return luaL_error(lua, "insert: wrong number of arguments");
	end = (lua_Integer)lua_rawlen(lua, 1) + 1;
	at = lua_gettop(lua) == 2 ? end : luaL_checkinteger(lua, 2);
	luaL_argcheck(lua, at >= 1 && at <= end, 2, "position out of bounds");
	spend(lua, end - at);
	for (lua_Integer i = end; i > at; i--) {
		lua_rawgeti(lua, 1, i - 1);
		lua_rawseti(lua, 1, i);
	}
	lua_rawseti(lua, 1, at);
	return 0;
}

static int
remove_at(lua_State *lua)
{
	lua_Integer size;
	lua_Integer at;

	luaL_checktype(lua, 1, LUA_TTABLE);
	size = (lua_Integer)lua_rawlen(lua, 1);
	at = luaL_optinteger(lua, 2, size);
	luaL_argcheck(lua,
	    (at >= 1 && at <= size + 1) || (size == 0 && at == 0), 2,
	    "position out of bounds");
	lua_rawgeti(lua, 1, at);
	spend(lua, size - at);
	for (lua_Integer i = at; i < size; i++) {
		lua_rawgeti(lua, 1, i + 1);
		lua_rawseti(lua, 1, i);
	}
	if (at >= 1 && at <= size) {
		lua_pushnil(lua);
		lua_rawseti(lua, 1, size);
	}
	return 1;
}

/* tostring that never shows an address, which differs from run to run. */
static int
to_string(lua_State *lua)
{
	luaL_checkany(lua, 1);
	switch (lua_type(lua, 1)) {
	case LUA_TNIL:
	case LUA_TBOOLEAN:
	case LUA_TNUMBER:
	case LUA_TSTRING:
		break;
	default:
		if (luaL_getmetafield(lua, 1, "__tostring") == LUA_TNIL) {
			lua_pushstring(lua, luaL_typename(lua, 1));
			return 1;
		}
		lua_pop(lua, 1);
	}
	luaL_tolstring(lua, 1, NULL);
	return 1;
}

/* setmetatable without the fields that run code behind our back. */
static int
set_metatable(lua_State *lua)
{
	static const char *const refused[] = { "__gc", "__mode", "__close",
		"__metatable" };

	luaL_checktype(lua, 1, LUA_TTABLE);
	luaL_checktype(lua, 2, LUA_TTABLE);
	for (size_t i = 0; i < COUNT(refused); i++) {
		lua_pushstring(lua, refused[i]);
		if (lua_rawget(lua, 2) != LUA_TNIL)
			return luaL_error(lua, "setmetatable: %s is refused",
			    refused[i]);
		lua_pop(lua, 1);
	}
	lua_settop(lua, 2);
	lua_setmetatable(lua, 1);
	return 1;
}

static const char *const base_names[] = { "assert", "error", "ipairs", "select",
	"tonumber", "type", "pcall", "rawequal", "rawget", "rawlen", "rawset" };
static const char *const string_names[] = { "byte", "char", "len", "lower",
	"upper", "sub", "reverse" };
static const char *const table_names[] = { "concat", "unpack" };
static const char *const math_names[] = { "abs", "ceil", "floor", "fmod", "max",
	"min", "tointeger", "type", "ult", "huge", "maxinteger", "mininteger",
	"pi" };
static const char *const utf8_names[] = { "char", "codepoint", "len", "offset",
	"charpattern" };

/* Copies the named fields of the library table on top into a new table,
 * which takes its place. */
static void
keep_fields(lua_State *lua, const char *const *names, size_t count)
{
	lua_createtable(lua, 0, (int)count);
	for (size_t i = 0; i < count; i++) {
		lua_getfield(lua, -2, names[i]);
		lua_setfield(lua, -2, names[i]);
	}
	lua_remove(lua, -2);
}

#define KEEP(lua, names) keep_fields(lua, names, COUNT(names))

static void
open_library(lua_State *lua, const char *name, lua_CFunction open)
{
	luaL_requiref(lua, name, open, 0);
}

/* The private table that strings are indexed with. */
static void
seal_strings(lua_State *lua)
{
	lua_pushliteral(lua, "");
	if (!lua_getmetatable(lua, -1))
		lua_createtable(lua, 0, 2);
	open_library(lua, LUA_STRLIBNAME, luaopen_string);
	KEEP(lua, string_names);
	lua_pushcfunction(lua, find_plain);
	lua_setfield(lua, -2, "find");
	lua_pushcfunction(lua, repeat);
	lua_setfield(lua, -2, "rep");
	lua_setfield(lua, -2, "__index");
	lua_pushboolean(lua, 0);
	lua_setfield(lua, -2, "__metatable");
	lua_setmetatable(lua, -2);
	lua_pop(lua, 1);
}

static void
add_libraries(lua_State *lua)
{
	open_library(lua, LUA_STRLIBNAME, luaopen_string);
	KEEP(lua, string_names);
	lua_pushcfunction(lua, find_plain);
	lua_setfield(lua, -2, "find");
	lua_pushcfunction(lua, repeat);
	lua_setfield(lua, -2, "rep");
	lua_setfield(lua, -2, "string");
	open_library(lua, LUA_MATHLIBNAME, luaopen_math);
	KEEP(lua, math_names);
	lua_setfield(lua, -2, "math");
	open_library(lua, LUA_UTF8LIBNAME, luaopen_utf8);
	KEEP(lua, utf8_names);
	lua_setfield(lua, -2, "utf8");
	open_library(lua, LUA_TABLIBNAME, luaopen_table);
	KEEP(lua, table_names);
	lua_pushcfunction(lua, insert);
	lua_setfield(lua, -2, "insert");
	lua_pushcfunction(lua, remove_at);
	lua_setfield(lua, -2, "remove");
	lua_setfield(lua, -2, "table");
}

/* Runs the prelude, which knows the raw functions, and keeps its results in
 * the table of globals on top of the stack. */
static void
add_prelude(lua_State *lua)
{
	static const char *const raw[] = { "next", NULL, "type", "error",
		"tostring", NULL };
	const struct embedded *prelude = embedded_find("prelude.lua");
	int globals = lua_gettop(lua);

	if (prelude == NULL ||
	    luaL_loadbufferx(lua, prelude->bytes, prelude->size, "=prelude",
		"t") != LUA_OK)
		on_panic(lua);
	for (size_t i = 0; i < COUNT(raw); i++) {
		if (raw[i] != NULL) {
			lua_getglobal(lua, raw[i]);
			continue;
		}
		open_library(lua, LUA_TABLIBNAME, luaopen_table);
		lua_getfield(lua, -1, i == 1 ? "sort" : "unpack");
		lua_remove(lua, -2);
	}
	lua_call(lua, 6, 3);
	lua_setfield(lua, globals, "each_axis");
	lua_getfield(lua, globals, "table");
	lua_insert(lua, -2);
	lua_setfield(lua, -2, "sort");
	lua_pop(lua, 1);
	lua_setfield(lua, globals, "pairs");
}

/* Replaces the globals by a table that holds only what is safe. */
static int
build_world(lua_State *lua)
{
	open_library(lua, LUA_GNAME, luaopen_base);
	KEEP(lua, base_names);
	lua_pushcfunction(lua, set_metatable);
	lua_setfield(lua, -2, "setmetatable");
	lua_pushcfunction(lua, to_string);
	lua_setfield(lua, -2, "tostring");
	add_libraries(lua);
	seal_strings(lua);
	add_prelude(lua);
	lua_pushvalue(lua, -1);
	lua_setfield(lua, -2, LUA_GNAME);
	lua_rawseti(lua, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
	lua_pushnil(lua);
	lua_setfield(lua, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
	return 0;
}

void
sandbox_open(struct sandbox *sandbox, const char *name)
{
	memset(sandbox, 0, sizeof(*sandbox));
	sandbox->memory_limit = MEMORY_LIMIT;
	sandbox->name = name;
	sandbox->lua = lua_newstate(allocate, sandbox);
	if (sandbox->lua == NULL)
		_exit(3);
	lua_atpanic(sandbox->lua, on_panic);
	lua_setwarnf(sandbox->lua, NULL, NULL);
	lua_pushcfunction(sandbox->lua, build_world);
	if (lua_pcall(sandbox->lua, 0, 0, 0) != LUA_OK)
		on_panic(sandbox->lua);
}

void
sandbox_close(struct sandbox *sandbox)
{
	if (sandbox->lua != NULL)
		lua_close(sandbox->lua);
	sandbox->lua = NULL;
}

/* --- running --- */

/* The number of the source that the filter's text is, 0 if it is built in. */
static uint32_t
find_source(const struct sandbox *sandbox, const struct sources *sources)
{
	for (uint32_t i = 1; sources != NULL && i <= sources->count; i++)
		if (strcmp(sources_get(sources, i)->path, sandbox->name) == 0)
			return i;
	return 0;
}

/* Lua says "name:line: text": moves *text over that, and *place to the line
 * if the filter is a file of the project. */
static void
locate_error(const struct sandbox *sandbox, const struct sources *sources,
    struct place *place, const char **text)
{
	size_t len = strlen(sandbox->name);
	uint32_t file = find_source(sandbox, sources);
	const struct source *source;
	const char *at;
	char *end;
	unsigned long line;

	if (file == 0 || strncmp(*text, sandbox->name, len) != 0 ||
	    (*text)[len] != ':')
		return;
	line = strtoul(*text + len + 1, &end, 10);
	if (line == 0 || strncmp(end, ": ", 2) != 0)
		return;
	source = sources_get(sources, file);
	at = source->bytes;
	for (; line > 1; line--) {
		const char *next = memchr(at, '\n',
		    source->size - (size_t)(at - source->bytes));

		if (next == NULL)
			break;
		at = next + 1;
	}
	at += strspn(at, " \t");
	*place = (struct place){ file, (uint32_t)(at - source->bytes),
		(uint32_t)strcspn(at, "\r\n") };
	*text = end + 2;
}

/* Is the error on top of the stack the one that was raised at a place? */
static bool
is_fault(const struct sandbox *sandbox)
{
	bool is;

	lua_getfield(sandbox->lua, LUA_REGISTRYINDEX, fault_key);
	is = sandbox->fault.file != 0 && lua_rawequal(sandbox->lua, -1, -2);
	lua_pop(sandbox->lua, 1);
	return is;
}

static int
report_limit(const struct sandbox *sandbox, struct place place,
    struct diag *diag)
{
	return diag_report(diag, DIAG_FILTER_LIMIT, place, sandbox->name,
	    sandbox->blown, NULL);
}

/* Reports the error object on top of the stack and drops it. */
static int
report_error(struct sandbox *sandbox, int status, struct place place,
    struct diag *diag)
{
	const char *text = lua_type(sandbox->lua, -1) == LUA_TSTRING
	    ? lua_tostring(sandbox->lua, -1)
	    : "error";

	if (is_fault(sandbox))
		place = source_tag_place(diag->sources, sandbox->fault);
	else
		locate_error(sandbox, diag->sources, &place, &text);
	if (sandbox->blown != NULL)
		report_limit(sandbox, place, diag);
	else if (status == LUA_ERRSYNTAX)
		diag_report(diag, DIAG_FILTER_SYNTAX, place, text, NULL);
	else
		diag_report(diag, DIAG_FILTER_FAILED, place, text, NULL);
	lua_pop(sandbox->lua, 1);
	return -1;
}

int
sandbox_fail_at(lua_State *lua, struct place place)
{
	sandbox_of(lua)->fault = place;
	lua_pushvalue(lua, -1);
	lua_setfield(lua, LUA_REGISTRYINDEX, fault_key);
	return lua_error(lua);
}

int
sandbox_call(struct sandbox *sandbox, int arguments, int results,
    struct place place, struct diag *diag)
{
	int status;

	sandbox->ticks = TICKS;
	/* For work on long strings, which is one instruction. */
	sandbox->deadline = processor_seconds() + LIMIT_GUEST_SECONDS;
	sandbox->blown = NULL;
	sandbox->fault = (struct place){ 0 };
	lua_sethook(sandbox->lua, on_tick, LUA_MASKCOUNT, TICK);
	duty_guest(diag->duty, sandbox->name);
	limit_guest_start();
	status = lua_pcall(sandbox->lua, arguments, results, 0);
	limit_guest_stop();
	duty_guest(diag->duty, NULL);
	lua_sethook(sandbox->lua, NULL, 0, 0);
	if (status != LUA_OK)
		return report_error(sandbox, status, place, diag);
	if (sandbox->blown == NULL)
		return 0;
	/* A chunk that shielded itself with pcall has still failed. */
	lua_pop(sandbox->lua, results);
	return report_limit(sandbox, place, diag);
}

int
sandbox_run(struct sandbox *sandbox, const char *text, size_t size,
    struct place place, struct diag *diag)
{
	owned char *chunk = mem_format("=%s", sandbox->name);
	int status = luaL_loadbufferx(sandbox->lua, text, size, chunk, "t");

	if (status != LUA_OK)
		return report_error(sandbox, status, place, diag);
	return sandbox_call(sandbox, 0, 1, place, diag);
}
