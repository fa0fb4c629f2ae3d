local secret = io.open("/etc/passwd")
return function (unit, reader) return true end
