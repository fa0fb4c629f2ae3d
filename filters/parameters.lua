-- parameters: an appendix that lists the values which an agency may set, with
-- the value in force, whether the agency or the manual gave it, and where the
-- handbook uses it. A handbook that shows none gets no appendix.
local words = {
  en = { title = "Values that the agency sets", name = "Name", value = "Value", from = "Given by",
         used = "Used in", default = "the manual", agency = "the agency" },
  es = { title = "Valores que fija el organismo", name = "Nombre", value = "Valor",
         from = "Lo da", used = "Se usa en", default = "el manual", agency = "el organismo" },
}

-- The nearest element around the phrase that a link can name.
local function holder_of(phrase)
  local node = phrase:parent()
  while node and not node:attribute("xml:id") do node = node:parent() end
  return node and node:attribute("xml:id")
end

-- By name: the ids of what uses it, each once, in the order of the document.
local function uses_of(root)
  local uses = {}
  for _, phrase in ipairs(root:elements("phrase")) do
    local name = phrase:attribute("v:param")
    local id = name and holder_of(phrase)
    if id then
      local list = uses[name] or {}
      uses[name] = list
      if not list[id] then
        list[id] = true
        list[#list + 1] = id
      end
    end
  end
  return uses
end

local function links_to(ids)
  local entry = element("entry")
  for i, id in ipairs(ids or {}) do
    if i > 1 then entry:append(", ") end
    entry:append(element("link", { linkend = id }, id))
  end
  return entry
end

local function row(...)
  local made = element("row")
  for _, cell in ipairs({ ... }) do
    made:append(type(cell) == "string" and element("entry", cell) or cell)
  end
  return made
end

return {
  document = function(doc)
    local say = words[doc.lang] or words.en
    local uses = uses_of(doc.root)
    local body = element("tbody")
    local any = false
    for name, param in pairs(doc.params) do
      body:append(row(name, param.value, param.default and say.default or say.agency,
        links_to(uses[name])))
      any = true
    end
    if not any then return end
    doc.root:append(element("appendix", element("title", say.title),
      element("informaltable",
        element("tgroup", { cols = "4" },
          element("thead", row(say.name, say.value, say.from, say.used)), body))))
  end,
}
