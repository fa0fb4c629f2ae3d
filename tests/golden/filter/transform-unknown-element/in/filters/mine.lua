return { paragraph = function() end }
