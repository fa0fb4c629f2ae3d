return function (unit, reader)
  while true do pcall(function () while true do end end) end
end
