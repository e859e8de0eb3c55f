-- tries: to change the interpreter that the next program gets
-- expect: ok
-- repeat: 3
-- limits: cpu=3 wall=8 memory=256
if mark or string.mark or ("").mark then print("ESCAPED: a mark of an earlier program") end
if math.max(1, 2) ~= 2 then print("ESCAPED: patched") end
print("held")
mark, string.mark = true, true
math.max = function() return 0 end
getmetatable("").__index.mark = true
print = nil
