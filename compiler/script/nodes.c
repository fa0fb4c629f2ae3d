#include "nodes.h"

#include <lauxlib.h>
#include <lua.h>
#include <string.h>

#include "base/list.h"
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

int
nodes_refuse(lua_State *lua, const char *refusal)
{
	return refusal == NULL ? 0 : luaL_error(lua, "%s", refusal);
}

/* --- reading --- */

/* What a method is called with: the element before its colon is alive. */
typedef int
method_call(lua_State *lua, struct node_host *host, struct node_handle node);

static struct node_handle
relative(const struct node_host *host, struct node_handle node,
    enum node_relation relation, struct node_handle root)
{
	return host->operations->relative(host->tree, node, relation, root);
}

/* Pushes the list of the elements on the way from root, first one step and
 * then others until the way ends, or only the first of them (nil if there is
 * none); name, if any, is the name that they must have. */
static int
push_way(lua_State *lua, const struct node_host *host, struct node_handle root,
    const enum node_relation way[2], const char *name, bool all)
{
	struct node_handle node = relative(host, root, way[0], root);
	lua_Integer count = 0;

	if (all)
		lua_newtable(lua);
	for (; node.index != 0; node = relative(host, node, way[1], root)) {
		sandbox_spend(lua, 10);
		if (name != NULL &&
		    strcmp(host->operations->name(host->tree, node), name) != 0)
			continue;
		if (!all)
			break;
		nodes_push(lua, node);
		lua_rawseti(lua, -2, ++count);
	}
	if (!all)
		nodes_push(lua, node);
	return 1;
}

static const enum node_relation children[] = { NODE_FIRST, NODE_NEXT };
static const enum node_relation around[] = { NODE_PARENT, NODE_PARENT };
static const enum node_relation below[] = { NODE_FOLLOWING, NODE_FOLLOWING };

static int
node_attribute_get(lua_State *lua, struct node_host *host,
    struct node_handle node)
{
	lua_pushstring(lua,
	    host->operations->attribute(host->tree, node,
		luaL_checkstring(lua, 2)));
	return 1;
}

static int
node_text(lua_State *lua, struct node_host *host, struct node_handle node)
{
	const char *text = host->operations->text(host->tree, node);

	lua_pushstring(lua, text);
	sandbox_spend(lua, strlen(text));
	return 1;
}

static int
node_children(lua_State *lua, struct node_host *host, struct node_handle node)
{
	return push_way(lua, host, node, children, NULL, true);
}

static int
node_parent(lua_State *lua, struct node_host *host, struct node_handle node)
{
	return push_way(lua, host, node, around, NULL, false);
}

/* node:ancestor("task"): the nearest element around it of that name. */
static int
node_ancestor(lua_State *lua, struct node_host *host, struct node_handle node)
{
	return push_way(lua, host, node, around, luaL_checkstring(lua, 2),
	    false);
}

static int
node_first(lua_State *lua, struct node_host *host, struct node_handle node)
{
	return push_way(lua, host, node, children, luaL_checkstring(lua, 2),
	    false);
}

/* node:elements("step"): all below it of that name, in document order. */
static int
node_elements(lua_State *lua, struct node_host *host, struct node_handle node)
{
	return push_way(lua, host, node, below, luaL_checkstring(lua, 2), true);
}

/* node:axis("role"): the values it is for, a list. */
static int
node_axis(lua_State *lua, struct node_host *host, struct node_handle node)
{
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

static int
node_to_string(lua_State *lua, struct node_host *host, struct node_handle node)
{
	lua_pushfstring(lua, "<%s>", host->operations->name(host->tree, node));
	return 1;
}

/* Ends the filter with a message at the element. Whoever catches the error
 * learns the words, not the place. */
static int
node_fail(lua_State *lua, struct node_host *host, struct node_handle node)
{
	luaL_checkstring(lua, 2);
	lua_settop(lua, 2);
	return sandbox_fail_at(lua, host->operations->place(host->tree, node));
}

/* --- changing --- */

static int
node_set(lua_State *lua, struct node_host *host, struct node_handle node)
{
	const char *name = luaL_checkstring(lua, 2);
	const char *value = nodes_check_text(lua, 3);

	return nodes_refuse(lua,
	    host->operations->set(host->tree, node, name, value));
}

static int
node_replace_text(lua_State *lua, struct node_host *host,
    struct node_handle node)
{
	return nodes_refuse(lua,
	    host->operations->replace_text(host->tree, node,
		nodes_check_text(lua, 2)));
}

/* Appends the text or new element at `at`. */
static int
append_item(lua_State *lua, struct node_host *host, struct node_handle node,
    int at)
{
	if (lua_type(lua, at) == LUA_TSTRING ||
	    lua_type(lua, at) == LUA_TNUMBER)
		return nodes_refuse(lua,
		    host->operations->append_text(host->tree, node,
			nodes_check_text(lua, at)));
	return nodes_refuse(lua,
	    host->operations->append(host->tree, node,
		check_node(lua, host, at)));
}

static int
node_append(lua_State *lua, struct node_host *host, struct node_handle node)
{
	luaL_checkany(lua, 2);
	return append_item(lua, host, node, 2);
}

static int
node_insert_before(lua_State *lua, struct node_host *host,
    struct node_handle node)
{
	return nodes_refuse(lua,
	    host->operations->insert(host->tree, node, check_node(lua, host, 2),
		false));
}

static int
node_remove(lua_State *lua, struct node_host *host, struct node_handle node)
{
	return nodes_refuse(lua, host->operations->remove(host->tree, node));
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
node_new_index(lua_State *lua)
{
	return luaL_error(lua, "an element has no fields to set; see set()");
}

static const struct method {
	const char *name;
	method_call *call;
} methods[] = {
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
	{ "__tostring", node_to_string },
};

static int
call_method(lua_State *lua)
{
	const struct method *method = lua_touserdata(lua, lua_upvalueindex(1));
	struct node_host *host = host_of(lua);

	return method->call(lua, host, check_node(lua, host, 1));
}

/* Adds a method to the table on top of the stack. */
static void
add_method(lua_State *lua, const struct method *method)
{
	lua_pushlightuserdata(lua, (void *)method);
	lua_pushcclosure(lua, call_method, 1);
	lua_setfield(lua, -2, method->name);
}

static const luaL_Reg metamethods[] = {
	{ "__eq", node_equals },
	{ "__newindex", node_new_index },
	{ NULL, NULL },
};

void
nodes_register(lua_State *lua, struct node_host *host)
{
	size_t count = COUNT(methods) - 1;

	lua_pushlightuserdata(lua, host);
	lua_setfield(lua, LUA_REGISTRYINDEX, host_key);
	luaL_newmetatable(lua, node_type);
	luaL_setfuncs(lua, metamethods, 0);
	add_method(lua, &methods[count]);
	lua_newtable(lua);
	for (size_t i = 0; i < count; i++)
		add_method(lua, &methods[i]);
	lua_pushcclosure(lua, node_index, 1);
	lua_setfield(lua, -2, "__index");
	lua_pushboolean(lua, 0);
	lua_setfield(lua, -2, "__metatable");
	lua_pop(lua, 1);
	lua_pushcfunction(lua, make_element);
	lua_setglobal(lua, "element");
}
