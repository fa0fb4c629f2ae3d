-- At night only the front line works.
return function(unit, reader)
  if reader.handbook == "guard-night" and not unit.level:has("F") then
    return false, "the night is for the front line"
  end
  return true
end
