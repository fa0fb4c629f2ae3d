return function (unit, reader) return 1 end
