return {
  document = function(doc)
    local inner = element('phrase', 'x')
    for _ = 1, 500 do
      inner = element('phrase', inner)
    end
    doc.root:first('chapter'):append(element('para', inner))
  end,
}
