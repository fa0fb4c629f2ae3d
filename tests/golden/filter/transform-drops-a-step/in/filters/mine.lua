return {
  section = function(section)
    return element("section", element("title", "Nothing to do"))
  end,
}
