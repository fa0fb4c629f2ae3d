-- Work on long strings, one instruction each: nearly the 5 s of a call.
return {
  document = function()
    local long = ("a"):rep(1 << 20)
    while true do long:upper() end
  end,
}
