-- A comparison in C is work too.
return {
  document = function()
    local long, list = ("a"):rep(1 << 20), {}
    for i = 1, 100000 do list[i] = long end
    pcall(table.sort, list, string.find)
  end,
}
