return function(doc) end
