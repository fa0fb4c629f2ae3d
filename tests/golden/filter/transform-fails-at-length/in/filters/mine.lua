-- A message of a megabyte is cut.
return {
  document = function(doc)
    error(("long "):rep(200000))
  end,
}
