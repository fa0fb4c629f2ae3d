#include "transform.h"

#include <lauxlib.h>
#include <lua.h>
#include <string.h>

#include "script/regex.h"

static const char on_document[] = "document";

/* --- opening --- */

/* (transform) */
static int
register_all(lua_State *lua)
{
	struct transform *transform = lua_touserdata(lua, 1);

	nodes_register(lua, &transform->host);
	regex_register(lua, transform->patterns);
	return 0;
}

/* (table, transform): notes the names of its functions. */
static int
note_functions(lua_State *lua)
{
	struct transform *transform = lua_touserdata(lua, 2);
	const struct node_host *host = &transform->host;

	lua_settop(lua, 1);
	lua_pushnil(lua);
	while (lua_next(lua, 1) != 0) {
		const char *name = lua_type(lua, -2) == LUA_TSTRING
		    ? lua_tostring(lua, -2)
		    : NULL;

		if (name == NULL ||
		    (strcmp(name, on_document) != 0 &&
			!host->operations->is_element(host->tree, name)))
			return luaL_error(lua, "%s: no element has this name",
			    name ? name : luaL_typename(lua, -2));
		if (!lua_isfunction(lua, -1)) {
			transform->result = luaL_typename(lua, -1);
			transform->needed = "function";
			return 0;
		}
		map_put_text(&transform->functions, name, NULL);
		lua_pop(lua, 1);
	}
	return 0;
}

static int
report_result(const struct transform *transform, struct diag *diag)
{
	return diag_report(diag, DIAG_TRANSFORM_RESULT, transform->place,
	    transform->sandbox.name, transform->result, transform->needed,
	    NULL);
}

/* The chunk's result stays on the stack, the only thing there. */
static int
take_functions(struct transform *transform, struct diag *diag)
{
	lua_State *lua = transform->sandbox.lua;

	if (!lua_istable(lua, -1)) {
		transform->result = luaL_typename(lua, -1);
		transform->needed = "table";
		return report_result(transform, diag);
	}
	lua_pushcfunction(lua, note_functions);
	lua_pushvalue(lua, -2);
	lua_pushlightuserdata(lua, transform);
	if (sandbox_call(&transform->sandbox, 2, 0, transform->place, diag) !=
	    0)
		return -1;
	return transform->result == NULL ? 0 : report_result(transform, diag);
}

int
transform_open(struct transform *transform, const char *name, const char *text,
    size_t size, struct place place, void *tree,
    const struct node_operations *operations, struct diag *diag)
{
	lua_State *lua;

	memset(transform, 0, sizeof(*transform));
	transform->place = place;
	transform->patterns = regex_cache_new();
	transform->host =
	    (struct node_host){ .tree = tree, .operations = operations };
	sandbox_open(&transform->sandbox, name);
	lua = transform->sandbox.lua;
	lua_pushcfunction(lua, register_all);
	lua_pushlightuserdata(lua, transform);
	if (sandbox_call(&transform->sandbox, 1, 0, place, diag) == 0 &&
	    sandbox_run(&transform->sandbox, text, size, place, diag) == 0 &&
	    take_functions(transform, diag) == 0)
		return 0;
	transform_close(transform);
	return -1;
}

void
transform_close(struct transform *transform)
{
	sandbox_close(&transform->sandbox);
	regex_cache_free(transform->patterns);
	map_clear(&transform->functions);
	transform->patterns = NULL;
}

/* --- running --- */

/* The state of a run, for the protected call. */
struct run {
	struct transform *transform;
	const struct transform_document *document;
};

static void
set_text(lua_State *lua, const char *key, const char *value)
{
	lua_pushstring(lua, value);
	lua_setfield(lua, -2, key);
}

static void
push_parameters(lua_State *lua, const struct transform_document *document)
{
	lua_newtable(lua);
	for (size_t i = 0; i < document->parameter_count; i++) {
		const struct transform_parameter *parameter =
		    &document->parameters[i];

		lua_newtable(lua);
		set_text(lua, "value", parameter->value);
		lua_pushboolean(lua, parameter->is_default);
		lua_setfield(lua, -2, "default");
		lua_setfield(lua, -2, parameter->name);
	}
}

static void
push_document(lua_State *lua, const struct transform_document *document)
{
	lua_newtable(lua);
	set_text(lua, "lang", document->lang);
	lua_newtable(lua);
	set_text(lua, "id", document->handbook);
	set_text(lua, "title", document->title);
	set_text(lua, "class", document->class);
	lua_setfield(lua, -2, "handbook");
	push_parameters(lua, document);
	lua_setfield(lua, -2, "params");
	nodes_push(lua, document->root);
	lua_setfield(lua, -2, "root");
}

/* Puts the value on top beside an element, or notes that it is none. False
 * if so. */
static bool
place_item(lua_State *lua, struct transform *transform,
    struct node_handle anchor, bool after)
{
	const struct node_host *host = &transform->host;
	struct node_handle fresh;

	if (lua_type(lua, -1) == LUA_TSTRING) {
		nodes_refuse(lua,
		    host->operations->insert_text(host->tree, anchor,
			nodes_check_text(lua, lua_gettop(lua)), after));
		return true;
	}
	if (nodes_get(lua, -1, &fresh)) {
		nodes_refuse(lua,
		    host->operations->insert(host->tree, anchor, fresh, after));
		return true;
	}
	transform->result = luaL_typename(lua, -1);
	transform->needed = "element";
	return false;
}

static bool
is_handle(lua_State *lua, struct node_handle node)
{
	struct node_handle other;

	return nodes_get(lua, -1, &other) && other.index == node.index;
}

/* A list in the place of a node, which may be in the list itself. */
static void
replace_by_list(lua_State *lua, struct transform *transform,
    struct node_handle node)
{
	const struct node_host *host = &transform->host;
	lua_Integer count = (lua_Integer)lua_rawlen(lua, -1);
	lua_Integer own = count + 1;
	int list = lua_gettop(lua);
	bool good = true;

	for (lua_Integer i = 1; i <= count && own > count; i++) {
		lua_rawgeti(lua, list, i);
		if (is_handle(lua, node))
			own = i;
		lua_pop(lua, 1);
	}
	for (lua_Integer i = 1; good && i < own; i++) {
		lua_rawgeti(lua, list, i);
		good = place_item(lua, transform, node, false);
		lua_pop(lua, 1);
	}
	for (lua_Integer i = count; good && i > own; i--) {
		lua_rawgeti(lua, list, i);
		good = place_item(lua, transform, node, true);
		lua_pop(lua, 1);
	}
	sandbox_spend(lua, 10 * (size_t)count);
	if (good && own > count)
		nodes_refuse(lua, host->operations->discard(host->tree, node));
}

/* The function's result, on top: nil keeps. */
static void
take_result(lua_State *lua, struct transform *transform,
    struct node_handle node)
{
	const struct node_host *host = &transform->host;

	if (lua_isnil(lua, -1))
		return;
	if (!host->operations->is_alive(host->tree, node))
		luaL_error(lua, "a removed element cannot be replaced");
	if (lua_istable(lua, -1))
		replace_by_list(lua, transform, node);
	else if (!is_handle(lua, node) &&
	    place_item(lua, transform, node, false))
		nodes_refuse(lua, host->operations->discard(host->tree, node));
}

/* Stack: functions, run, document. */
static void
visit(lua_State *lua, struct transform *transform, struct node_handle node)
{
	const struct node_host *host = &transform->host;

	if (!host->operations->is_alive(host->tree, node))
		return;
	lua_pushstring(lua, host->operations->name(host->tree, node));
	lua_rawget(lua, 1);
	nodes_push(lua, node);
	lua_pushvalue(lua, 3);
	lua_call(lua, 2, 1);
	take_result(lua, transform, node);
	lua_settop(lua, 3);
}

/* (functions, run) */
static int
run_protected(lua_State *lua)
{
	const struct run *run = lua_touserdata(lua, 2);
	const struct transform_document *document = run->document;
	struct transform *transform = run->transform;

	/* A thousand more for each element: a large book is no fault. */
	transform->sandbox.ticks += (long)document->element_count;
	push_document(lua, document);
	for (size_t i = 0;
	     i < document->visit_count && transform->result == NULL; i++)
		visit(lua, transform, document->visits[i]);
	lua_pushstring(lua, on_document);
	if (lua_rawget(lua, 1) == LUA_TFUNCTION && transform->result == NULL) {
		lua_pushvalue(lua, 3);
		lua_call(lua, 1, 1);
		if (!lua_isnil(lua, -1)) {
			transform->result = luaL_typename(lua, -1);
			transform->needed = "nil";
		}
	}
	return 0;
}

int
transform_run(struct transform *transform,
    const struct transform_document *document, struct diag *diag)
{
	struct run run = { transform, document };
	lua_State *lua = transform->sandbox.lua;
	int rc;

	lua_pushcfunction(lua, run_protected);
	lua_pushvalue(lua, -2);
	lua_pushlightuserdata(lua, &run);
	transform->host.is_running = true;
	rc = sandbox_call(&transform->sandbox, 2, 0, transform->place, diag);
	transform->host.is_running = false;
	if (rc == 0 && transform->result != NULL)
		rc = report_result(transform, diag);
	return rc;
}
