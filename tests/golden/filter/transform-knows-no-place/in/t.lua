-- What a transform learns of an element's place, by all that it is told.
return {
  document = function(doc)
    local said = {}
    for _, key in ipairs({ "line", "column", "file", "offset", "place" }) do
      local ok, text = pcall(function() return doc.root[key] end)
      said[#said + 1] = tostring(ok) .. " " .. tostring(text)
    end
    for _, para in ipairs(doc.root:elements("para")) do
      local _, text = pcall(para.fail, para, "words")
      said[#said + 1] = tostring(text) .. " " .. tostring(para)
    end
    for _, text in ipairs(said) do
      doc.root:first("chapter"):append(element("para", text))
    end
  end,
}
