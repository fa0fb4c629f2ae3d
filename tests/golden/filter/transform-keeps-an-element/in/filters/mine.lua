-- The state is fresh in every handbook; within one, handles stay good.
local first
return {
  para = function(para, doc)
    if not first and not para.fixed then
      first = para
      return { element("para", "Before, in ", doc.handbook.id, " <&>."), para, element("para", "After.") }
    end
  end,
  document = function()
    if first then first:set("role", "seen") end
  end,
}
