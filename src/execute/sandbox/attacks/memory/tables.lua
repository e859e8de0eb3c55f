-- tries: to double a string and a table until nothing is left
-- expect: memory-limit
-- limits: cpu=4 wall=10 memory=128
local all, x = {}, "xxxxxxxxxxxxxxxx"
while true do
  x = x .. x
  all[#all + 1] = x .. #all
end
