-- tries: to compute for ever, in a coroutine and behind pcall
-- expect: time-limit
-- limits: cpu=0.5 wall=4 memory=256
while true do pcall(coroutine.wrap(function() while true do end end)) end
