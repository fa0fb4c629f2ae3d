-- Heads of schools do not follow module 1.
return function(unit, reader)
  return reader.handbook ~= "head" or unit.module:has("C0"), "heads of schools"
end
