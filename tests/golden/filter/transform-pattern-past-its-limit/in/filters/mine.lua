-- A limit is no "no match", and a pcall does not hide it.
return {
  para = function(para)
    pcall(re.match, string.rep("a", 40) .. "!", "(a+)+$")
  end,
}
