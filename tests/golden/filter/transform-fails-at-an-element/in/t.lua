return {
  para = function(para)
    if para:text() == "Open to all." then pcall(para.fail, para, "not this one") end
    if para:text() == "Closed at night." then para:fail("closed doors have a page of their own") end
  end,
}
