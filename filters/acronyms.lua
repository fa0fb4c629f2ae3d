-- acronyms: the first time that a handbook uses an acronym or abbreviation of
-- its glossary, the words it stands for come before it, in brackets after.
--
-- The glossary says so by a glossentry that has both: a glossterm with the
-- words and an acronym or abbrev. In the text the acronym is an acronym or
-- abbrev element. Titles, warnings and lists of references stay as they are.
local skipped = { "title", "subtitle", "titleabbrev", "info", "glossentry", "bibliography",
                  "bibliolist", "index", "indexterm" }
local stands_for
local seen = {}

local function read_glossary(doc)
  stands_for = {}
  for _, entry in ipairs(doc.root:elements("glossentry")) do
    local short = entry:first("acronym") or entry:first("abbrev")
    local term = entry:first("glossterm")
    if short and term then stands_for[short:text()] = term:text() end
  end
end

local function expand(node, doc)
  if not stands_for then read_glossary(doc) end
  local short = node:text()
  if not stands_for[short] or seen[short] or node.fixed then return nil end
  for _, name in ipairs(skipped) do
    if node:ancestor(name) then return nil end
  end
  seen[short] = true
  return { stands_for[short] .. " (", node, ")" }
end

return { acronym = expand, abbrev = expand }
