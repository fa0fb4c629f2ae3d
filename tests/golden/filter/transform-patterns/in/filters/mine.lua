local lines = {}
local function say(...)
  local words = { ... }
  for i = 1, select("#", ...) do words[i] = tostring(words[i]) end
  lines[#lines + 1] = table.concat(words, " ")
end

local function fails(f, ...)
  local ok, why = pcall(f, ...)
  say(ok, why)
end

say(re.match("EDU-O-01", "^([A-Z]+)-([GPO])-(\\d+)$"))
say(re.match("ñandú", "\\w+"))
say(re.match("x", "y"))
say(re.match("b", "(a)|(b)"))
say(re.find("call 112 now", "\\d+"))
say(re.find("call 112 now", "(\\d)(\\d)"))
say(re.gsub("2026-12-01", "(\\d+)-(\\d+)-(\\d+)", "$3/$2/${1} $$"))
say(re.gsub("one two", "\\w+", function(word) if word ~= "two" then return word:upper() end end))
say(re.gsub("áé", "", "·"))
say(re.gsub("aaa", "a", function(a) return (re.gsub("aa", "a", "b")) end))
for key, value in re.gmatch("a=1, b=2", "(\\w)=(\\w)") do say(key, value) end
fails(re.match, "x", "(")
fails(re.match, "x", "\\C")
fails(re.match, "\xff", "x")
fails(re.gsub, "x", "x", "$1")
fails(re.gsub, "x", "x", function() return {} end)

return {
  document = function(doc)
    doc.root:first("chapter"):append(
      element("section", element("title", "Patterns"), element("screen", table.concat(lines, "\n"))))
  end,
}
