return { para = function() return 1 end }
