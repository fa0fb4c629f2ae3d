-- Takes away what is for the guard alone.
return function(unit, reader)
  return unit.role:has("clerk"), "not for the clerk"
end
