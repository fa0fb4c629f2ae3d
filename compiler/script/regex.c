#include "regex.h"

#include <lauxlib.h>
#include <lua.h>
#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "base/alloc.h"
#include "base/map.h"
#include "script/sandbox.h"

enum {
	MOST_PATTERNS = 256,
	LONGEST_PATTERN = 4096,
	DEEPEST_PARENTHESES = 100,
	MOST_STEPS = 1000000,
	DEEPEST = 10000,
	HEAP_KIB = 16384,
	LONGEST_SUBJECT = 1 << 20,
	MOST_GROUPS = 32,
};

struct pattern {
	pcre2_code *code;
	int groups;
};

struct regex_cache {
	struct map texts; /* pattern -> index into patterns */
	struct pattern patterns[MOST_PATTERNS];
	pcre2_compile_context *compile;
	pcre2_match_context *match;
	/* One for all patterns: it keeps the heap of its largest match. */
	pcre2_match_data *data;
};

/* Our own copy of where groups lie: a function that is called in between may
 * use the same pattern. */
struct found {
	int count;
	PCRE2_SIZE at[2 * (MOST_GROUPS + 1)];
};

static void *
allocate(PCRE2_SIZE size, void *user)
{
	(void)user;
	return mem_alloc(size);
}

static void
release(void *memory, void *user)
{
	(void)user;
	free(memory);
}

struct regex_cache *
regex_cache_new(void)
{
	struct regex_cache *cache = mem_alloc(sizeof(*cache));
	pcre2_general_context *memory =
	    pcre2_general_context_create(allocate, release, NULL);

	cache->compile = pcre2_compile_context_create(memory);
	cache->match = pcre2_match_context_create(memory);
	cache->data = pcre2_match_data_create(MOST_GROUPS + 1, memory);
	pcre2_general_context_free(memory);
	pcre2_set_max_pattern_length(cache->compile, LONGEST_PATTERN);
	pcre2_set_parens_nest_limit(cache->compile, DEEPEST_PARENTHESES);
	pcre2_set_match_limit(cache->match, MOST_STEPS);
	pcre2_set_depth_limit(cache->match, DEEPEST);
	pcre2_set_heap_limit(cache->match, HEAP_KIB);
	return cache;
}

void
regex_cache_free(struct regex_cache *cache)
{
	if (cache == NULL)
		return;
	for (size_t i = 0; i < cache->texts.count; i++)
		pcre2_code_free(cache->patterns[i].code);
	pcre2_match_data_free(cache->data);
	map_clear(&cache->texts);
	pcre2_compile_context_free(cache->compile);
	pcre2_match_context_free(cache->match);
	free(cache);
}

/* --- patterns and matches --- */

static int
refuse_pattern(lua_State *lua, int error, PCRE2_SIZE at)
{
	char text[128];

	pcre2_get_error_message(error, (PCRE2_UCHAR *)text, sizeof(text));
	return luaL_error(lua, "pattern: %s (character %d)", text, (int)at + 1);
}

/* The compiled pattern at a place of the stack. */
static const struct pattern *
check_pattern(lua_State *lua, struct regex_cache *cache, int at)
{
	size_t size;
	const char *text = luaL_checklstring(lua, at, &size);
	const struct map_entry *entry = map_get(&cache->texts, text, size);
	struct pattern pattern = { 0 };
	PCRE2_SIZE offset;
	uint32_t groups;
	int error;

	if (entry != NULL)
		return &cache->patterns[entry - cache->texts.entries];
	if (cache->texts.count == MOST_PATTERNS)
		sandbox_exhaust(lua, "256 patterns");
	sandbox_spend(lua, 100 * size);
	pattern.code = pcre2_compile((PCRE2_SPTR)text, size,
	    PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C, &error, &offset,
	    cache->compile);
	if (pattern.code == NULL)
		refuse_pattern(lua, error, offset);
	pcre2_pattern_info(pattern.code, PCRE2_INFO_CAPTURECOUNT, &groups);
	if (groups > MOST_GROUPS) {
		pcre2_code_free(pattern.code);
		luaL_error(lua, "pattern: more than %d groups", MOST_GROUPS);
	}
	pattern.groups = (int)groups;
	map_put(&cache->texts, text, size, NULL);
	cache->patterns[cache->texts.count - 1] = pattern;
	return &cache->patterns[cache->texts.count - 1];
}

static const char *
check_subject(lua_State *lua, int at, size_t *size)
{
	const char *subject = luaL_checklstring(lua, at, size);

	if (*size > LONGEST_SUBJECT)
		luaL_argerror(lua, at, "longer than 1 MB");
	return subject;
}

static int
fail_match(lua_State *lua, int error)
{
	char text[128];

	switch (error) {
	case PCRE2_ERROR_MATCHLIMIT:
		return sandbox_exhaust(lua, "1,000,000 steps of a pattern");
	case PCRE2_ERROR_DEPTHLIMIT:
		return sandbox_exhaust(lua, "10,000 levels of a pattern");
	case PCRE2_ERROR_HEAPLIMIT:
		return sandbox_exhaust(lua, "16 MB of a pattern");
	default:
		pcre2_get_error_message(error, (PCRE2_UCHAR *)text,
		    sizeof(text));
		return luaL_error(lua, "match: %s", text);
	}
}

/* Looks from an offset on. False for no match; a limit raises. */
static bool
look(lua_State *lua, const struct regex_cache *cache,
    const struct pattern *pattern, const char *subject, size_t size,
    size_t from, uint32_t options, struct found *found)
{
	const PCRE2_SIZE *at;
	int count;

	sandbox_spend(lua, 100 + (size - from));
	count = pcre2_match(pattern->code, (PCRE2_SPTR)subject, size, from,
	    options, cache->data, cache->match);
	if (count == PCRE2_ERROR_NOMATCH)
		return false;
	if (count < 0)
		fail_match(lua, count);
	at = pcre2_get_ovector_pointer(cache->data);
	found->count = pattern->groups + 1;
	for (int i = 0; i < 2 * found->count; i++)
		found->at[i] = i < 2 * count ? at[i] : PCRE2_UNSET;
	/* \K inside a look-around may set the start past the end. */
	if (found->at[0] > found->at[1])
		luaL_error(lua, "match: it ends before it begins");
	return true;
}

/* One group; nil if it took no part. */
static void
push_group(lua_State *lua, const char *subject, const struct found *found,
    int group)
{
	PCRE2_SIZE start = found->at[2 * group];
	PCRE2_SIZE end = found->at[2 * group + 1];

	if (start == PCRE2_UNSET || start > end)
		lua_pushnil(lua);
	else
		lua_pushlstring(lua, subject + start, end - start);
}

/* The groups, or the whole match if the pattern has none. */
static int
push_groups(lua_State *lua, const char *subject, const struct found *found)
{
	luaL_checkstack(lua, found->count, "too many groups");
	if (found->count == 1) {
		push_group(lua, subject, found, 0);
		return 1;
	}
	for (int i = 1; i < found->count; i++)
		push_group(lua, subject, found, i);
	return found->count - 1;
}

/* Where a search goes on behind a match: an empty one steps over a character.
 */
static size_t
go_on(const char *subject, size_t size, const struct found *found)
{
	size_t at = found->at[1];

	if (found->at[0] != at)
		return at;
	at++;
	while (at < size && ((unsigned char)subject[at] & 0xc0) == 0x80)
		at++;
	return at;
}

/* --- the functions --- */

static struct regex_cache *
cache_of(lua_State *lua)
{
	return lua_touserdata(lua, lua_upvalueindex(1));
}

static bool
find_first(lua_State *lua, const char **subject, struct found *found)
{
	struct regex_cache *cache = cache_of(lua);
	const struct pattern *pattern;
	size_t size;

	*subject = check_subject(lua, 1, &size);
	pattern = check_pattern(lua, cache, 2);
	return look(lua, cache, pattern, *subject, size, 0, 0, found);
}

static int
regex_match(lua_State *lua)
{
	const char *subject;
	struct found found;

	if (!find_first(lua, &subject, &found))
		return 0;
	return push_groups(lua, subject, &found);
}

/* First and last byte, as string.find, then the groups. */
static int
regex_find(lua_State *lua)
{
	const char *subject;
	struct found found;

	if (!find_first(lua, &subject, &found))
		return 0;
	lua_pushinteger(lua, (lua_Integer)found.at[0] + 1);
	lua_pushinteger(lua, (lua_Integer)found.at[1]);
	return found.count == 1 ? 2 : 2 + push_groups(lua, subject, &found);
}

/* "$1", "${12}" and "$$" of a replacement. */
static void
add_expanded(lua_State *lua, luaL_Buffer *out, const char *subject,
    const struct found *found)
{
	const char *text = lua_tostring(lua, 3);

	for (; *text != '\0'; text++) {
		long group;
		char *end;

		if (*text != '$') {
			luaL_addchar(out, *text);
			continue;
		}
		text++;
		if (*text == '$') {
			luaL_addchar(out, '$');
			continue;
		}
		if (*text == '{')
			group = strtol(text + 1, &end, 10);
		else
			group = *text - '0';
		if ((*text == '{' && *end != '}') || group < 0 ||
		    group >= found->count || group > 9 + 90 * (*text == '{'))
			luaL_error(lua, "gsub: a $ that names no group");
		if (*text == '{')
			text = end;
		if (found->at[2 * group] != PCRE2_UNSET)
			luaL_addlstring(out, subject + found->at[2 * group],
			    found->at[2 * group + 1] - found->at[2 * group]);
	}
}

/* What a function gives for the groups; nil and false keep the match. */
static void
add_called(lua_State *lua, luaL_Buffer *out, const char *subject,
    const struct found *found)
{
	lua_pushvalue(lua, 3);
	lua_call(lua, push_groups(lua, subject, found), 1);
	if (!lua_toboolean(lua, -1)) {
		lua_pop(lua, 1);
		luaL_addlstring(out, subject + found->at[0],
		    found->at[1] - found->at[0]);
		return;
	}
	if (!lua_isstring(lua, -1))
		luaL_error(lua, "gsub: the function gave a %s",
		    luaL_typename(lua, -1));
	luaL_addvalue(out);
}

static int
regex_gsub(lua_State *lua)
{
	struct regex_cache *cache = cache_of(lua);
	size_t size;
	const char *subject = check_subject(lua, 1, &size);
	const struct pattern *pattern = check_pattern(lua, cache, 2);
	bool calls = lua_isfunction(lua, 3);
	lua_Integer count = 0;
	struct found found;
	size_t copied = 0;
	size_t from = 0;
	luaL_Buffer out;

	if (!calls)
		luaL_checkstring(lua, 3);
	lua_settop(lua, 3);
	luaL_buffinit(lua, &out);
	while (from <= size &&
	    look(lua, cache, pattern, subject, size, from, 0, &found)) {
		/* A look-behind with \K may reach back over what was done. */
		if (found.at[0] < copied)
			return luaL_error(lua, "match: it overlaps the last");
		luaL_addlstring(&out, subject + copied, found.at[0] - copied);
		if (calls)
			add_called(lua, &out, subject, &found);
		else
			add_expanded(lua, &out, subject, &found);
		copied = found.at[1];
		from = go_on(subject, size, &found);
		count++;
	}
	luaL_addlstring(&out, subject + copied, size - copied);
	luaL_pushresult(&out);
	lua_pushinteger(lua, count);
	return 2;
}

/* Upvalues: cache, subject, pattern, offset. */
static int
next_match(lua_State *lua)
{
	struct regex_cache *cache = cache_of(lua);
	size_t size;
	const char *subject = lua_tolstring(lua, lua_upvalueindex(2), &size);
	const struct pattern *pattern =
	    check_pattern(lua, cache, lua_upvalueindex(3));
	size_t from = (size_t)lua_tointeger(lua, lua_upvalueindex(4));
	struct found found;

	if (from > size ||
	    !look(lua, cache, pattern, subject, size, from, 0, &found))
		return 0;
	lua_pushinteger(lua, (lua_Integer)go_on(subject, size, &found));
	lua_replace(lua, lua_upvalueindex(4));
	return push_groups(lua, subject, &found);
}

static int
regex_gmatch(lua_State *lua)
{
	size_t size;

	check_subject(lua, 1, &size);
	check_pattern(lua, cache_of(lua), 2);
	lua_settop(lua, 2);
	lua_pushvalue(lua, lua_upvalueindex(1));
	lua_insert(lua, 1);
	lua_pushinteger(lua, 0);
	lua_pushcclosure(lua, next_match, 4);
	return 1;
}

void
regex_register(lua_State *lua, struct regex_cache *cache)
{
	static const luaL_Reg functions[] = {
		{ "match", regex_match },
		{ "find", regex_find },
		{ "gsub", regex_gsub },
		{ "gmatch", regex_gmatch },
		{ NULL, NULL },
	};

	lua_newtable(lua);
	lua_pushlightuserdata(lua, cache);
	luaL_setfuncs(lua, functions, 1);
	lua_setglobal(lua, "re");
}
