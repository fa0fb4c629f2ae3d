/*
 * Regular expressions for filters: re.match, re.find, re.gsub, re.gmatch on
 * PCRE2. Used by transform.
 * Invariant: a pattern that passes a limit ends the filter; it is never "no
 * match", for that would publish what a filter wanted to take out. Source of
 * the limits: research/security.md section 4.
 */
#ifndef VADE_SCRIPT_REGEX_H
#define VADE_SCRIPT_REGEX_H

struct lua_State;
struct regex_cache;

/* The patterns of one state, compiled once each. */
struct regex_cache *regex_cache_new(void);
void regex_cache_free(struct regex_cache *cache);
/* Registers the global `re`. The cache is lent and must outlive the state. */
void regex_register(struct lua_State *lua, struct regex_cache *cache);

#endif
