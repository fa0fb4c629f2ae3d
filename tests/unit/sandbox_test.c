/* script/sandbox: what a filter cannot reach, and what stops it. */
#include "unit.h"

#include <lauxlib.h>
#include <lua.h>

#include "script/sandbox.h"

/*
 * Runs a chunk. Its result as text is left in *result ("nil" for nil, "!" and
 * the codes reported if it failed); lent until the next call.
 */
static const char *
run_bytes(const char *chunk, size_t size)
{
	static char result[512];
	struct sandbox sandbox;
	struct diag diag = { 0 };

	alarm(600); /* no chunk may hold us */
	sandbox_open(&sandbox, "filters/x.lua");
	if (sandbox_run(&sandbox, chunk, size, (struct place){ 0 }, &diag) !=
	    0) {
		snprintf(result, sizeof(result), "!%s", unit_codes(&diag));
		CHECK(lua_gettop(sandbox.lua) == 0, "the stack is as before");
	} else {
		CHECK(lua_gettop(sandbox.lua) == 1, "one result");
		switch (lua_type(sandbox.lua, -1)) {
		case LUA_TSTRING:
		case LUA_TNUMBER:
			snprintf(result, sizeof(result), "%s",
			    lua_tostring(sandbox.lua, -1));
			break;
		case LUA_TBOOLEAN:
			snprintf(result, sizeof(result), "%s",
			    lua_toboolean(sandbox.lua, -1) ? "true" : "false");
			break;
		default:
			snprintf(result, sizeof(result), "%s",
			    lua_typename(sandbox.lua,
				lua_type(sandbox.lua, -1)));
		}
		CHECK(diag.count == 0, "%s with %s", chunk, unit_codes(&diag));
	}
	sandbox_close(&sandbox);
	alarm(0);
	CHECK(sandbox.memory == 0, "%zu bytes were not given back",
	    sandbox.memory);
	diag_clear(&diag);
	return result;
}

static const char *
run(const char *chunk)
{
	return run_bytes(chunk, strlen(chunk));
}

static void
forbidden_globals_are_nil(void)
{
	static const char *const names[] = { "io", "os", "debug", "load",
		"loadstring", "loadfile", "dofile", "require", "package",
		"coroutine", "xpcall", "collectgarbage", "next", "print",
		"warn", "module", "setfenv", "getfenv", "newproxy", "arg",
		"rawiter", "_ENV_", "string.dump", "string.format",
		"string.gsub", "string.gmatch", "string.match", "string.pack",
		"string.unpack", "string.packsize", "math.random",
		"math.randomseed", "table.move", "table.pack", "_G.io",
		"_G.load", "_G._LOADED", "_G.package" };

	for (size_t i = 0; i < COUNT(names); i++) {
		char *chunk = mem_format("return %s", names[i]);

		CHECK_TEXT(run(chunk), "nil", "%s", names[i]);
		free(chunk);
	}
}

/* Exactly these globals: a new one must be thought about. */
static void
the_globals_are_these(void)
{
	CHECK_TEXT(run("local s = '' for k in pairs(_G) do s = s .. k .. ' ' "
		       "end return s"),
	    "_G assert each_axis error ipairs math pairs pcall rawequal "
	    "rawget rawlen rawset select setmetatable string table tonumber "
	    "tostring type utf8 ",
	    "globals");
}

static void
chunks_that_work(void)
{
	static const struct {
		const char *chunk;
		const char *result;
	} rows[] = {
		{ "return 1 + 1", "2" },
		{ "return 'a' .. 'b'", "ab" },
		{ "return ('abc'):sub(2, 2) .. ('x'):rep(3)", "bxxx" },
		{ "return ('a.b'):find('.')", "2" },
		{ "return ('abc'):find('%a')", "nil" },
		{ "local a, b = ('xabc'):find('abc') return a .. '-' .. b",
		    "2-4" },
		{ "return ('x'):rep(0) .. ('x'):rep(-5) .. ('').rep('', 9)",
		    "" },
		{ "return ('ÑU'):len() .. utf8.len('ÑU')", "32" },
		{ "return math.max(1, 7, 3)", "7" },
		{ "return select('#', table.unpack({ 1, 2, 3 }))", "3" },
		{ "local t = { 1, 2, 3 } table.insert(t, 4) "
		  "table.insert(t, 1, 0) return table.concat(t, ' ')",
		    "0 1 2 3 4" },
		{ "local t = { 1, 2, 3 } local a, b = table.remove(t), "
		  "table.remove(t, 1) return a .. b .. table.concat(t, ' ')",
		    "312" },
		{ "return table.remove({})", "nil" },
		{ "return table.remove({ 1, 2 }, 3)", "nil" },
		{ "return select(2, pcall(table.remove, { 1 }, 3)) ~= nil",
		    "true" },
		{ "return pcall(table.remove, { 1 }, 3)", "false" },
		{ "return pcall(table.insert, { 1 }, 3, 1)", "false" },
		{ "return pcall(table.insert, { 1 }, 0, 1)", "false" },
		{ "return pcall(table.insert, { 1 })", "false" },
		{ "return pcall(table.insert, { 1 }, 1, 2, 3)", "false" },
		{ "local t = { 3, 1, 2 } table.sort(t) "
		  "return table.concat(t)",
		    "123" },
		{ "local t = { 3, 1, 2 } table.sort(t, function(a, b) "
		  "return a > b end) return table.concat(t)",
		    "321" },
		{ "return setmetatable({}, { __index = { a = 5 } }).a", "5" },
		{ "return pcall(error, 'x')", "false" },
		{ "return rawequal({}, {})", "false" },
		{ "local n = 0 for i = 1, 100000 do n = n + i end return n",
		    "5000050000" },
		{ "return", "nil" },
		{ "", "nil" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_TEXT(run(rows[i].chunk), rows[i].result, "%s",
		    rows[i].chunk);
}

static void
pairs_goes_in_order_of_keys(void)
{
	static const struct {
		const char *chunk;
		const char *result;
	} rows[] = {
		{ "{}", "" },
		{ "{ b = 1, a = 2, c = 3 }", "a b c " },
		{ "{ 'x', 'y', b = 1, a = 2 }", "1 2 a b " },
		{ "{ [10] = 1, [9] = 1, [-1] = 1, [1.5] = 1 }",
		    "-1 1.5 9 10 " },
		{ "{ [true] = 1, [false] = 1, z = 1, [3] = 1 }",
		    "3 z false true " },
		{ "{ ['ñ'] = 1, Z = 1, a = 1, [''] = 1 }", " Z a ñ " },
		{ "setmetatable({ b = 1 }, { __pairs = function() "
		  "return nil end })",
		    "b " },
		{ "setmetatable({ b = 1 }, { __index = { c = 1 } })", "b " },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		char *chunk = mem_format("local s = '' for k in pairs(%s) do "
					 "s = s .. tostring(k) .. ' ' end "
					 "return s",
		    rows[i].chunk);

		CHECK_TEXT(run(chunk), rows[i].result, "%s", rows[i].chunk);
		free(chunk);
	}
	CHECK_TEXT(run("for k in pairs({ [{}] = 1 }) do end"), "!V0502",
	    "a table as key has no order");
	CHECK_TEXT(run("for k in pairs({ [pairs] = 1 }) do end"), "!V0502",
	    "nor has a function");
	CHECK_TEXT(run("for k in pairs(nil) do end"), "!V0502", "nil");
}

static void
each_axis_marks_a_rule(void)
{
	CHECK_TEXT(run("local r = each_axis(type) return tostring(r.per_axis) "
		       ".. tostring(r.select == type)"),
	    "truetrue", "each_axis");
}

static void
failures_are_reported(void)
{
	static const char *const rows[][2] = {
		{ "return (", "!V0501" },
		{ "x = = 1", "!V0501" },
		{ "goto nowhere", "!V0501" },
		{ "error('x')", "!V0502" },
		{ "error({})", "!V0502" },
		{ "error()", "!V0502" },
		{ "error(setmetatable({}, { __tostring = function() "
		  "while true do end end }))",
		    "!V0502" },
		{ "return io.open('/etc/passwd')", "!V0502" },
		{ "return nothing.at.all", "!V0502" },
		{ "local s = '' return s.x.y", "!V0502" },
		{ "return {} < {}", "!V0502" },
		{ "string.rep = nil ; return ('x'):rep(2)", "xx" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_TEXT(run(rows[i][0]), rows[i][1], "%s", rows[i][0]);
}

static int
add_bytes(lua_State *lua, const void *bytes, size_t size, void *buf)
{
	(void)lua;
	buf_add(buf, bytes, size);
	return 0;
}

static void
bytecode_is_refused(void)
{
	struct buf whole = { 0 };
	lua_State *lua;
	/* A chunk of Lua 5.4: signature, version, format. */
	static const char head[] = "\x1bLua\x54\0\x19\x93\r\n\x1a\n";

	CHECK_TEXT(run_bytes(head, sizeof(head) - 1), "!V0501", "bytecode");
	CHECK_TEXT(run_bytes("\x1b", 1), "!V0501", "its first byte");
	/* A whole one, which would run if it were taken. */
	lua = luaL_newstate();
	assert_int_equal(luaL_loadstring(lua, "return 1"), LUA_OK);
	assert_int_equal(lua_dump(lua, add_bytes, &whole, 0), 0);
	CHECK_TEXT(run_bytes(whole.data, whole.size), "!V0501", "a whole one");
	buf_clear(&whole);
	lua_close(lua);
	CHECK_TEXT(run("# a first line of a script\nreturn 1"), "!V0501",
	    "a line for the shell");
}

static void
metatables_hold_no_traps(void)
{
	static const char *const rows[][2] = {
		{ "setmetatable({}, { __gc = function() end })", "!V0502" },
		{ "setmetatable({}, { __gc = true })", "!V0502" },
		{ "setmetatable({}, { __close = function() end })", "!V0502" },
		{ "setmetatable({}, { __mode = 'k' })", "!V0502" },
		{ "setmetatable({}, { __metatable = 1 })", "!V0502" },
		{ "setmetatable('', {})", "!V0502" },
		{ "setmetatable({}, nil)", "!V0502" },
		/* hidden behind another table it would not count anyway */
		{ "setmetatable({}, setmetatable({}, { __index = { __gc = "
		  "function() end } })) return 1",
		    "1" },
		/* strings cannot be tampered with */
		{ "return getmetatable == nil or getmetatable('') == false",
		    "true" },
		{ "('').x = 1", "!V0502" },
		{ "local m = string ; m.upper = function() return 'hacked' "
		  "end return ('a'):upper()",
		    "A" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_TEXT(run(rows[i][0]), rows[i][1], "%s", rows[i][0]);
}

static void
addresses_are_not_shown(void)
{
	static const char *const rows[][2] = {
		{ "return tostring({})", "table" },
		{ "return tostring(print == nil and pairs)", "function" },
		{ "return tostring(setmetatable({}, { __name = 'x' }))",
		    "table" },
		{ "return tostring(setmetatable({}, { __tostring = "
		  "function() return 'mine' end }))",
		    "mine" },
		{ "return tostring(nil) .. tostring(true) .. tostring(1.5) "
		  ".. tostring('s')",
		    "niltrue1.5s" },
		{ "return tostring()", "!V0502" },
		{ "return select(2, pcall(tostring, setmetatable({}, "
		  "{ __tostring = function() return {} end })))",
		    "'__tostring' must return a string" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_TEXT(run(rows[i][0]), rows[i][1], "%s", rows[i][0]);
}

/* Each of these ends by a limit, and by no other error. */
static void
endless_work_is_stopped(void)
{
	static const char *const chunks[] = {
		"while true do end",
		"repeat until false",
		"for i = 1, math.huge do end",
		"local function f() return f() end f()",
		"while true do pcall(function() while true do end end) end",
		"pcall(function() while true do end end) return true",
		"local function f() pcall(f) return f() end f()",
		"pcall(pcall, pcall, function() while true do end end) "
		"return 1",
		"local t = setmetatable({}, { __len = function() "
		"while true do end end }) return #t",
		"for i = 1, 1e9 do local s = ('x'):rep(1000) end",
		"local t = {} for i = 1, 100000 do t[i] = 1e5 - i end "
		"while true do table.sort(t, function(a, b) return a > b end) "
		"end",
	};

	for (size_t i = 0; i < COUNT(chunks); i++)
		CHECK_TEXT(run(chunks[i]), "!V0503", "%s", chunks[i]);
}

/* Loops inside C functions, where no instruction is counted. */
static void
long_loops_in_c_are_bounded(void)
{
	static const char *const rows[][2] = {
		{ "return ('').rep('', math.maxinteger)", "" },
		{ "local t = setmetatable({}, { __len = function() "
		  "return 1 << 62 end }) table.insert(t, 1, 0) return #t > 1",
		    "true" },
		{ "local t = setmetatable({}, { __len = function() "
		  "return 1 << 62 end }) table.remove(t) return 1",
		    "1" },
		{ "return table.unpack({}, 1, 1 << 40)", "!V0502" },
		{ "return table.concat({}, '', 1, 1 << 40)", "!V0502" },
		{ "local t = setmetatable({ 2, 1 }, { __len = function() "
		  "return 1 << 40 end }) table.sort(t)",
		    "!V0502" },
		{ "local t = {} for i = 1, 100001 do t[i] = i end "
		  "table.sort(t)",
		    "!V0502" },
		{ "local t = {} for i = 1, 200000 do t[i] = i end "
		  "while true do table.insert(t, 1, 0) table.remove(t, 1) "
		  "end",
		    "!V0503" },
		/* one instruction, megabytes of work */
		{ "local function long() local s = ('x'):rep(1 << 20) "
		  "for i = 1, 3 do s = s .. s end return s end "
		  "local a, b, n = long(), long(), 0 "
		  "while true do if a == b then n = n + 1 end end",
		    "!V0503" },
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_TEXT(run(rows[i][0]), rows[i][1], "%s", rows[i][0]);
}

static void
memory_bombs_are_stopped(void)
{
	static const char *const rows[][2] = {
		{ "return ('x'):rep(1 << 30)", "!V0502" },
		{ "return ('x'):rep(math.maxinteger)", "!V0502" },
		{ "return ('xy'):rep((1 << 63) - 1)", "!V0502" },
		{ "return #('x'):rep(1 << 20)", "1048576" },
		{ "return ('x'):rep((1 << 20) + 1)", "!V0502" },
		{ "local s = 'x' while true do s = s .. s end", "!V0503" },
		{ "local t = {} for i = 1, 1e9 do t[i] = i end", "!V0503" },
		{ "local t = {} while true do t = { t } end", "!V0503" },
		{ "local t = {} for i = 1, 1e7 do t[i] = {} end", "!V0503" },
		{ "local t = {} pcall(function() for i = 1, 1e9 do t[i] = "
		  "{} end end) return 1",
		    "!V0503" },
		{ "local t = {} for i = 1, 1e6 do t['k' .. i] = "
		  "('x'):rep(100) end",
		    "!V0503" },
		{ "return table.concat({ ('x'):rep(1 << 20) }, 'x')", NULL },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *result = run(rows[i][0]);

		if (rows[i][1] != NULL)
			CHECK_TEXT(result, rows[i][1], "%s", rows[i][0]);
	}
}

static void
deep_recursion_is_an_error(void)
{
	struct buf deep = { 0 };
	static const char *const chunks[] = {
		"local function f() return 1 + f() end return f()",
		"local function f() pcall(f) end f() error('x')",
		"local t = setmetatable({}, {}) local function f() "
		"return #setmetatable({}, { __len = f }) end return f()",
		"local t = setmetatable({}, { __index = function(t, k) "
		"return t[k .. ''] end }) return t.x",
		"local s = {} for i = 1, 300 do s = setmetatable({}, "
		"{ __index = s }) end return s.x.y",
	};

	for (size_t i = 0; i < COUNT(chunks); i++) {
		const char *result = run(chunks[i]);

		CHECK(strcmp(result, "!V0502") == 0 ||
			strcmp(result, "!V0503") == 0,
		    "%s: %s", chunks[i], result);
	}
	buf_add_text(&deep, "return ");
	for (int i = 0; i < 400000; i++)
		buf_add_char(&deep, '(');
	CHECK_TEXT(run(buf_text(&deep)), "!V0502", "400,000 parentheses");
	buf_clear(&deep);
}

/* The message says which limit it was. */
static void
limits_are_named(void)
{
	static const char *const rows[][2] = {
		{ "while true do end", "10,000,000" },
		{ "pcall(function() while true do end end)", "10,000,000" },
		{ "local t = {} while true do t = { t } end", "64 MB" },
		{ "local t = {} pcall(function() while true do t = { t } end "
		  "end)",
		    "64 MB" },
		{ "local t = {} pcall(function() while true do t = { t } end "
		  "end) error('x')",
		    "64 MB" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sandbox sandbox;
		struct diag diag = { 0 };

		sandbox_open(&sandbox, "x.lua");
		sandbox_run(&sandbox, rows[i][0], strlen(rows[i][0]),
		    (struct place){ 0 }, &diag);
		CHECK(diag.count == 1 &&
			strstr(diag.records[0].text, rows[i][1]) != NULL &&
			strstr(diag.records[0].text, "x.lua") != NULL,
		    "%s: %s", rows[i][0],
		    diag.count ? diag.records[0].text : "nothing");
		sandbox_close(&sandbox);
		diag_clear(&diag);
	}
}

/* A state that hit a limit is usable again, with a fresh budget. */
static void
every_call_has_its_own_budget(void)
{
	static const char loop[] = "while true do end";
	static const char work[] = "local n = 0 for i = 1, 2000000 do n = n + "
				   "1 end return n";
	struct sandbox sandbox;
	struct diag diag = { 0 };

	sandbox_open(&sandbox, "x.lua");
	CHECK(sandbox_run(&sandbox, loop, sizeof(loop) - 1, (struct place){ 0 },
		  &diag) == -1,
	    "a loop");
	for (int i = 0; i < 4; i++) {
		CHECK(sandbox_run(&sandbox, work, sizeof(work) - 1,
			  (struct place){ 0 }, &diag) == 0,
		    "work %d: %s", i, unit_codes(&diag));
		lua_settop(sandbox.lua, 0);
	}
	sandbox_close(&sandbox);
	diag_clear(&diag);
}

/* A full state, with every last byte in use, still ends in a report. */
static void
the_last_byte_of_memory(void)
{
	static const char chunk[] =
	    "keep = {} local n = 0 "
	    "pcall(function() while true do keep = { keep } end end) "
	    "pcall(function() while true do n = n + 1 "
	    "keep = { n .. 'x', keep } end end) "
	    "return true";
	size_t before = 0;

	for (size_t limit = 100000; limit < 100200; limit += 8) {
		struct sandbox sandbox;
		struct diag diag = { 0 };

		sandbox_open(&sandbox, "x.lua");
		before = sandbox.memory;
		sandbox.memory_limit = before + limit;
		CHECK(sandbox_run(&sandbox, chunk, sizeof(chunk) - 1,
			  (struct place){ 0 }, &diag) == -1,
		    "limit %zu", limit);
		CHECK_TEXT(unit_codes(&diag), "V0503", "limit %zu", limit);
		sandbox_close(&sandbox);
		diag_clear(&diag);
	}
}

static void
two_states_share_nothing(void)
{
	struct sandbox a;
	struct sandbox b;
	struct diag diag = { 0 };
	static const char set[] = "x = 1 string.y = 2 return 1";
	static const char get[] = "return x == nil and string.y == nil";

	sandbox_open(&a, "a.lua");
	sandbox_open(&b, "b.lua");
	sandbox_run(&a, set, sizeof(set) - 1, (struct place){ 0 }, &diag);
	sandbox_run(&b, get, sizeof(get) - 1, (struct place){ 0 }, &diag);
	CHECK(lua_toboolean(b.lua, -1), "what one set, the other has not");
	sandbox_close(&a);
	sandbox_close(&b);
	diag_clear(&diag);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(forbidden_globals_are_nil),
		UNIT(the_globals_are_these),
		UNIT(chunks_that_work),
		UNIT(pairs_goes_in_order_of_keys),
		UNIT(each_axis_marks_a_rule),
		UNIT(failures_are_reported),
		UNIT(bytecode_is_refused),
		UNIT(metatables_hold_no_traps),
		UNIT(addresses_are_not_shown),
		UNIT(endless_work_is_stopped),
		UNIT(long_loops_in_c_are_bounded),
		UNIT(memory_bombs_are_stopped),
		UNIT(deep_recursion_is_an_error),
		UNIT(limits_are_named),
		UNIT(every_call_has_its_own_budget),
		UNIT(the_last_byte_of_memory),
		UNIT(two_states_share_nothing),
	};

	return cmocka_run_group_tests_name("script/sandbox", tests, NULL, NULL);
}
