#include "nodes.h"

#include <lauxlib.h>
#include <lua.h>
#include <string.h>

#include "base/text.h"
#include "script/sandbox.h"

enum { MOST_MADE = 100000, MOST_WRITTEN = 16 << 20 };

static const char node_type[] = "node";
static const char host_key[] = "nodes.host";

static struct node_host *
host_of(lua_State *lua)
{
	struct node_host *host;

	lua_getfield(lua, LUA_REGISTRYINDEX, host_key);
	host = lua_touserdata(lua, -1);
	lua_pop(lua, 1);
	return host;
}

void
nodes_push(lua_State *lua, struct node_handle node)
{
	struct node_handle *handle;

	if (node.index == 0) {
		lua_pushnil(lua);
		return;
	}
	handle = lua_newuserdatauv(lua, sizeof(*handle), 0);
	*handle = node;
	luaL_setmetatable(lua, node_type);
}

bool
nodes_get(lua_State *lua, int at, struct node_handle *node)
{
	const struct node_handle *handle = luaL_testudata(lua, at, node_type);
	const struct node_host *host = host_of(lua);

	if (handle == NULL || !host->operations->is_alive(host->tree, *handle))
		return false;
	*node = *handle;
	return true;
}

static struct node_handle
check_node(lua_State *lua, const struct node_host *host, int at)
{
	const struct node_handle *handle = luaL_checkudata(lua, at, node_type);

	if (!host->is_running ||
	    !host->operations->is_alive(host->tree, *handle))
		luaL_error(lua, "the element is no longer in the document");
	return *handle;
}

/* Characters that XML 1.0 can hold (section 2.2). */
static bool
is_xml_text(const char *text, size_t size)
{
	size_t bad;

	if (!text_is_utf8(text, size, &bad))
		return false;
	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c < ' ' && c != '\t' && c != '\n' && c != '\r')
			return false;
		if (c == 0xef && (unsigned char)text[i + 1] == 0xbf &&
		    (unsigned char)text[i + 2] >= 0xbe)
			return false; /* U+FFFE, U+FFFF */
	}
	return true;
}

const char *
nodes_check_text(lua_State *lua, int at)
{
	struct node_host *host = host_of(lua);
	size_t size;
	const char *text = luaL_checklstring(lua, at, &size);

	if (!is_xml_text(text, size))
		luaL_argerror(lua, at,
		    "not UTF-8, or a control character that XML cannot hold");
	sandbox_spend(lua, size);
	host->written += size;
	if (host->written > MOST_WRITTEN)
		sandbox_exhaust(lua, "16 MB");
	return text;
}

void
nodes_refuse(lua_State *lua, const char *refusal)
{
	if (refusal != NULL)
		luaL_error(lua, "%s", refusal);
}

/* --- reading --- */

static int
node_attribute_get(lua_State *lua)
{
	struct node_host *host = host_of(lua);
	struct node_handle node = check_node(lua, host, 1);

	lua_pushstring(lua,
	    host->operations->attribute(host->tree, node,
		luaL_checkstring(lua, 2)));
	return 1;
}

static int
node_text(lua_State *lua)
{
	struct node_host *host = host_of(lua);
	struct node_handle node = check_node(lua, host, 1);
	const char *text = host->operations->text(host->tree, node);

	lua_pushstring(lua, text);
	sandbox_spend(lua, strlen(text));
	return 1;
}

static int
node_children(lua_State *lua)
{
	struct node_host *host = host_of(lua);
	struct node_handle node = check_node(lua, host, 1);
	lua_Integer count = 0;

	lua_newtable(lua);
	node = host->operations->relative(host->tree, node, NODE_FIRST, node);
	while (node.index != 0) {
		nodes_push(lua, node);
		lua_rawseti(lua, -2, ++count);
		sandbox_spend(lua, 10);
		node = host->operations->relative(host->tree, node, NODE_NEXT,
		    node);
	}
	return 1;
}

static int
node_parent(lua_State *lua)
{
	struct node_host *host = host_of(lua);
	struct node_handle node = check_node(lua, host, 1);

	nodes_push(lua,
	    host->operations->relative(host->tree, node, NODE_PARENT, node));
	return 1;
}

/* node:ancestor("task"): the nearest element around it of that name. */
static int
node_ancestor(lua_State *lua)
{
	struct node_host *host = host_of(lua);
	struct node_handle node = check_node(lua, host, 1);
	const char *name = luaL_checkstring(lua, 2);

	do
		node = host->operations->relative(host->tree, node, NODE_PARENT,
		    node);
	while (node.index != 0 &&
	    strcmp(host->operations->name(host->tree, node), name) != 0);
	nodes_push(lua, node);
	return 1;
}

static int
node_first(lua_State *lua)
{
	struct node_host *host = host_of(lua);
	struct node_handle node = check_node(lua, host, 1);
	const char *name = luaL_checkstring(lua, 2);

	node = host->operations->relative(host->tree, node, NODE_FIRST, node);
	while (node.index != 0 &&
	    strcmp(host->operations->name(host->tree, node), name) != 0) {
		sandbox_spend(lua, 10);
		node = host->operations->relative(host->tree, node, NODE_NEXT,
		    node);
	}
	nodes_push(lua, node);
	return 1;
}

/* node:elements("step"): all below it of that name, in document order. */
static int
node_elements(lua_State *lua)
{
	struct node_host *host = host_of(lua);
	struct node_handle root = check_node(lua, host, 1);
	struct node_handle node = root;
	const char *name = luaL_checkstring(lua, 2);
	lua_Integer count = 0;

	lua_newtable(lua);
	while ((node = host->operations->relative(host->tree, node,
		    NODE_FOLLOWING, root))
		   .index != 0) {
		sandbox_spend(lua, 10);
		if (strcmp(host->operations->name(host->tree, node), name) != 0)
			continue;
		nodes_push(lua, node);
		lua_rawseti(lua, -2, ++count);
	}
	return 1;
}

/* node:axis("role"): the values it is for, a list. */
static int
node_axis(lua_State *lua)
{
	struct node_host *host = host_of(lua);
	struct node_handle node = check_node(lua, host, 1);
	const char *axis = luaL_checkstring(lua, 2);
	const char *value;
	size_t from = 0;
	bool known = true;
	lua_Integer count = 0;

	lua_newtable(lua);
	while ((value = host->operations->axis(host->tree, node, axis, &from,
		    &known)) != NULL) {
		lua_pushstring(lua, value);
		lua_rawseti(lua, -2, ++count);
		sandbox_spend(lua, 10);
	}
	if (!known)
		return luaL_error(lua, "axis: there is no axis %s", axis);
	return 1;
}

/* --- changing --- */

static int
node_set(lua_State *lua)
{
	struct node_host *host = host_of(lua);
	struct node_handle node = check_node(lua, host, 1);
	const char *name = luaL_checkstring(lua, 2);
	const char *value = nodes_check_text(lua, 3);

	nodes_refuse(lua, host->operations->set(host->tree, node, name, value));
	return 0;
}

static int
node_replace_text(lua_State *lua)
{
	struct node_host *host = host_of(lua);
	struct node_handle node = check_node(lua, host, 1);

	nodes_refuse(lua,
	    host->operations->replace_text(host->tree, node,
		nodes_check_text(lua, 2)));
	return 0;
}

/* Appends the text or new element at `at`. */
static void
append_item(lua_State *lua, struct node_host *host, struct node_handle node,
    int at)
{
	if (lua_type(lua, at) == LUA_TSTRING ||
	    lua_type(lua, at) == LUA_TNUMBER)
		nodes_refuse(lua,
		    host->operations->append_text(host->tree, node,
			nodes_check_text(lua, at)));
	else
		nodes_refuse(lua,
		    host->operations->append(host->tree, node,
			check_node(lua, host, at)));
}

static int
node_append(lua_State *lua)
{
	struct node_host *host = host_of(lua);
	struct node_handle node = check_node(lua, host, 1);

	luaL_checkany(lua, 2);
	append_item(lua, host, node, 2);
	return 0;
}

static int
node_insert_before(lua_State *lua)
{
	struct node_host *host = host_of(lua);
	struct node_handle node = check_node(lua, host, 1);

	nodes_refuse(lua,
	    host->operations->insert(host->tree, node, check_node(lua, host, 2),
		false));
	return 0;
}

static int
node_remove(lua_State *lua)
{
	struct node_host *host = host_of(lua);
	struct node_handle node = check_node(lua, host, 1);

	nodes_refuse(lua, host->operations->remove(host->tree, node));
	return 0;
}

/* --- making --- */

/* The first key of the table at 2 after `last`, by bytes: the order of a
 * table is not the same in every run. The table keeps the key alive. */
static const char *
next_key(lua_State *lua, const char *last)
{
	const char *best = NULL;

	lua_pushnil(lua);
	while (lua_next(lua, 2) != 0) {
		const char *key;

		lua_pop(lua, 1);
		if (lua_type(lua, -1) != LUA_TSTRING)
			luaL_error(lua, "element: an attribute has no name");
		key = lua_tostring(lua, -1);
		if ((last == NULL || strcmp(key, last) > 0) &&
		    (best == NULL || strcmp(key, best) < 0))
			best = key;
		sandbox_spend(lua, 10);
	}
	return best;
}

static void
set_attributes(lua_State *lua, struct node_host *host, struct node_handle made)
{
	const char *key = NULL;

	while ((key = next_key(lua, key)) != NULL) {
		lua_getfield(lua, 2, key);
		nodes_refuse(lua,
		    host->operations->set(host->tree, made, key,
			nodes_check_text(lua, lua_gettop(lua))));
		lua_pop(lua, 1);
	}
}

/* element("para", { role = "x" }, "text", element(…)); the attributes may be
 * left out. */
static int
make_element(lua_State *lua)
{
	struct node_host *host = host_of(lua);
	const char *name = luaL_checkstring(lua, 1);
	int last = lua_gettop(lua);
	struct node_handle made;
	int next = 2;

	if (!host->is_running)
		return luaL_error(lua, "element: there is no document yet");
	if (++host->made > MOST_MADE)
		return sandbox_exhaust(lua, "100,000 elements");
	sandbox_spend(lua, 100);
	nodes_refuse(lua, host->operations->create(host->tree, name, &made));
	luaL_checkstack(lua, 8, "element");
	if (next <= last && lua_istable(lua, next)) {
		set_attributes(lua, host, made);
		next++;
	}
	for (; next <= last; next++)
		append_item(lua, host, made, next);
	nodes_push(lua, made);
	return 1;
}

/* --- the type --- */

/* Fields first; else a method. */
static int
node_index(lua_State *lua)
{
	struct node_host *host = host_of(lua);
	struct node_handle node = check_node(lua, host, 1);
	const char *key = luaL_checkstring(lua, 2);

	if (strcmp(key, "name") == 0) {
		lua_pushstring(lua, host->operations->name(host->tree, node));
	} else if (strcmp(key, "fixed") == 0) {
		lua_pushboolean(lua,
		    host->operations->is_fixed(host->tree, node));
	} else {
		lua_pushvalue(lua, 2);
		lua_rawget(lua, lua_upvalueindex(1));
		if (lua_isnil(lua, -1))
			return luaL_error(lua, "an element has no field %s%s",
			    key,
			    strcmp(key, "line") == 0 || strcmp(key, "file") == 0
				? ": what is wrong with it is said by "
				  "fail(text)"
				: "");
	}
	return 1;
}

static int
node_equals(lua_State *lua)
{
	const struct node_handle *a = luaL_testudata(lua, 1, node_type);
	const struct node_handle *b = luaL_testudata(lua, 2, node_type);

	lua_pushboolean(lua,
	    a != NULL && b != NULL && a->index == b->index &&
		a->generation == b->generation);
	return 1;
}

static int
node_to_string(lua_State *lua)
{
	struct node_host *host = host_of(lua);
	struct node_handle node = check_node(lua, host, 1);

	lua_pushfstring(lua, "<%s>", host->operations->name(host->tree, node));
	return 1;
}

static int
node_new_index(lua_State *lua)
{
	return luaL_error(lua, "an element has no fields to set; see set()");
}

/* Ends the filter with a message at the element. Whoever catches the error
 * learns the words, not the place. */
static int
node_fail(lua_State *lua)
{
	struct node_host *host = host_of(lua);
	struct node_handle node = check_node(lua, host, 1);

	luaL_checkstring(lua, 2);
	lua_settop(lua, 2);
	return sandbox_fail_at(lua, host->operations->place(host->tree, node));
}

static const luaL_Reg methods[] = {
	{ "ancestor", node_ancestor },
	{ "append", node_append },
	{ "attribute", node_attribute_get },
	{ "axis", node_axis },
	{ "children", node_children },
	{ "elements", node_elements },
	{ "fail", node_fail },
	{ "first", node_first },
	{ "insert_before", node_insert_before },
	{ "parent", node_parent },
	{ "remove", node_remove },
	{ "replace_text", node_replace_text },
	{ "set", node_set },
	{ "text", node_text },
	{ NULL, NULL },
};

static const luaL_Reg metamethods[] = {
	{ "__eq", node_equals },
	{ "__newindex", node_new_index },
	{ "__tostring", node_to_string },
	{ NULL, NULL },
};

void
nodes_register(lua_State *lua, struct node_host *host)
{
	lua_pushlightuserdata(lua, host);
	lua_setfield(lua, LUA_REGISTRYINDEX, host_key);
	luaL_newmetatable(lua, node_type);
	luaL_setfuncs(lua, metamethods, 0);
	lua_newtable(lua);
	luaL_setfuncs(lua, methods, 0);
	lua_pushcclosure(lua, node_index, 1);
	lua_setfield(lua, -2, "__index");
	lua_pushboolean(lua, 0);
	lua_setfield(lua, -2, "__metatable");
	lua_pop(lua, 1);
	lua_pushcfunction(lua, make_element);
	lua_setglobal(lua, "element");
}
