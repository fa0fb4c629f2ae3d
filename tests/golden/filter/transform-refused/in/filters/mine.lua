-- Each of these is refused, and nothing has changed then.
local function try(list, what, f, ...)
  local ok, why = pcall(f, ...)
  list:append(element("listitem", element("para", what, ": ", ok and "done" or why)))
end

return {
  document = function(doc)
    local root = doc.root
    local step = root:elements("step")[1]
    local warning = root:elements("warning")[1]
    local para = root:elements("para")[1]
    local list = element("itemizedlist")
    try(list, "remove a step", step.remove, step)
    try(list, "remove what holds one", step.remove, root:elements("section")[1])
    try(list, "remove a warning", step.remove, warning)
    try(list, "remove its words", step.remove, warning:first("para"))
    try(list, "reword a warning", step.replace_text, warning:first("para"), "x")
    try(list, "add to a warning", step.append, warning, element("para", "x"))
    try(list, "empty a step", step.replace_text, step, "x")
    try(list, "empty a task", step.replace_text, step:ancestor("task"), "x")
    try(list, "remove the root", step.remove, root)
    try(list, "stand beside the root", step.insert_before, root, element("para"))
    try(list, "set an axis", para.set, para, "audience", "police")
    try(list, "set a v: attribute", para.set, para, "v:label", "9")
    try(list, "set an id", para.set, para, "xml:id", "x")
    try(list, "make a safeguard", element, "important", { role = "safeguard" })
    try(list, "make a step", element, "step")
    try(list, "make a warning", element, "warning")
    try(list, "make what DocBook has not", element, "script")
    try(list, "move an element", step.append, root, para)
    local inner = element("para")
    try(list, "be inside itself", inner.append, inner, inner)
    try(list, "write a control character", para.replace_text, para, "\1")
    try(list, "write what is not UTF-8", para.replace_text, para, "\xff")
    try(list, "a field that is not there", function() return para.pointer end)
    try(list, "set a field", function() para.name = "x" end)
    try(list, "an axis that is not there", para.axis, para, "rank")
    local gone = root:elements("para")[1]
    local phrase = element("phrase", "x")
    gone:append(phrase)
    phrase:remove()
    try(list, "use what is gone", function() return phrase:text() end)
    try(list, "put back what is gone", para.append, para, phrase)
    root:first("chapter"):append(element("section", element("title", "Refused"), list))
  end,
}
