-- One call, a square of a million steps that PCRE2 does not count.
return {
  document = function()
    pcall(re.find, ("a"):rep(1 << 20), "a++[bc]")
  end,
}
