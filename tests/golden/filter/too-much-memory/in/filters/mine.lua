return function (unit, reader)
  local text = "0123456789abcdef"
  local list = {}
  while true do list[#list + 1] = text:rep(10000) end
end
