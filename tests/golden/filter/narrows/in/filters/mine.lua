-- The open handbook shows nothing internal, and nothing for the police.
return function (unit, reader)
  return reader.handbook ~= "open" or not unit.role:has("police") or unit.role:has("school")
end
