-- What a filter can read.
return {
  document = function(doc)
    local lines = { doc.lang, doc.handbook.id, doc.handbook.title, doc.handbook.class }
    for name, param in pairs(doc.params) do
      lines[#lines + 1] = name .. " = " .. param.value .. " " .. tostring(param.default)
    end
    for _, name in ipairs({ "para", "step", "warning" }) do
      for _, node in ipairs(doc.root:elements(name)) do
        lines[#lines + 1] = tostring(node) .. " " ..
          table.concat(node:axis("role"), ",") .. " " .. table.concat(node:axis("class"), ",") .. " " ..
          (node:attribute("v:mode") or "-") .. " " .. tostring(node.fixed) .. " in " .. node:parent().name ..
          " of " .. #node:parent():children() .. ": " .. node:text()
      end
    end
    local root = doc.root
    lines[#lines + 1] = tostring(root == root:first("chapter"):parent()) .. " " .. tostring(root:parent())
    root:first("chapter"):append(
      element("section", element("title", "Read"), element("screen", table.concat(lines, "\n"))))
  end,
}
