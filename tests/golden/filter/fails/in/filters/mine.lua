return function (unit, reader)
  return unit.rank:has("police")
end
