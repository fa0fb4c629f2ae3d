local first = true
return function (unit, reader)
  local answer = first
  first = false
  return answer
end
