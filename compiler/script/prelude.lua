-- The part of a filter's world that is written in Lua: sorted pairs, bounded
-- sort, and each_axis. Run once in every state before the filter, with the
-- raw functions as arguments; what it returns becomes the filter's globals.
-- Invariant: iteration order depends on keys alone, never on addresses.
local next, sort, type, error, tostring, unpack = ...
local most = 100000

local rank = { number = 1, string = 2, boolean = 3 }

local function before(a, b)
  local ra, rb = rank[type(a)] or 4, rank[type(b)] or 4
  if ra ~= rb then return ra < rb end
  if ra == 3 then return not a and b end
  return a < b
end

local function pairs(t)
  local keys = {}
  for key in next, t do
    if not rank[type(key)] then error("pairs: only numbers, strings and booleans are keys", 2) end
    keys[#keys + 1] = key
  end
  sort(keys, before)
  local i = 0
  return function()
    i = i + 1
    local key = keys[i]
    if key ~= nil then return key, t[key] end
  end
end

local function plainly(a, b) return a < b end

-- Always with a function of Lua's around it, so that every comparison is counted, one in C too.
local function bounded_sort(list, less)
  if #list > most then error("sort: more than " .. tostring(most) .. " items", 2) end
  if less == nil then return sort(list, plainly) end
  return sort(list, function(a, b) return (less(a, b)) end)
end

-- Marks a rule that judges every axis by itself, for all readers at once: it
-- is called once per distinct set of an axis, so its cost does not multiply.
local function each_axis(rule)
  return { per_axis = true, select = rule }
end

return pairs, bounded_sort, each_axis
