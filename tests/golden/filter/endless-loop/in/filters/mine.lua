return function (unit, reader)
  while true do end
end
