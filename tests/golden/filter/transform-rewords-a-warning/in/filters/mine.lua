-- A text beside the words of a warning is inside the warning.
return {
  warning = function(warning) return { element("para", "No danger."), warning } end,
  para = function(para)
    if para.fixed then return { para, element("para", "Or do.") } end
  end,
}
