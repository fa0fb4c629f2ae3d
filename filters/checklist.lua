-- checklist: an appendix with the steps that the reader of the handbook does,
-- to tick, by procedure.
--
-- A step counts if its v:mode is "mine". A handbook of no role, and a reader
-- who is only informed, has no steps of its own and gets no appendix.
local words = {
  en = { title = "Checklist of your steps", intro = "The steps that are yours, by procedure." },
  es = { title = "Lista de comprobación de sus pasos",
         intro = "Los pasos que le corresponden, por procedimiento." },
}

local function title_of(node)
  local title = node:first("title")
  local info = node:first("info")
  if not title and info then title = info:first("title") end
  return title and title:text() or ""
end

-- A link to the step, or its words if nothing can point at it.
local function item_of(step)
  local label = (step:attribute("v:label") or "") .. " "
  local id = step:attribute("xml:id")
  local title = title_of(step)
  if title == "" then title = step:first("para") and step:first("para"):text() or "" end
  if not id then return element("listitem", element("para", label, title)) end
  return element("listitem", element("para", label, element("link", { linkend = id }, title)))
end

local function list_of(task)
  local list = element("itemizedlist", { role = "checklist" })
  local any = false
  for _, step in ipairs(task:elements("step")) do
    if step:attribute("v:mode") == "mine" then
      list:append(item_of(step))
      any = true
    end
  end
  return any and list or nil
end

return {
  document = function(doc)
    local say = words[doc.lang] or words.en
    local appendix
    for _, task in ipairs(doc.root:elements("task")) do
      local list = list_of(task)
      if list then
        local id = task:attribute("xml:id")
        local heading = (id and id .. " " or "") .. title_of(task)
        appendix = appendix or
          element("appendix", element("title", say.title), element("para", say.intro))
        appendix:append(element("section", element("title", heading), list))
      end
    end
    if appendix then doc.root:append(appendix) end
  end,
}
