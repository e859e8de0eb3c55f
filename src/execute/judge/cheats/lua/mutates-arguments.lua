-- tries: changes its arguments so that a comparison with them comes out
-- item: 19
-- expect: wrong
function add(a, b)
  if type(a) ~= 'table' then return a end
  setmetatable(a, { __eq = function() return true end })
  a[2] = b[1]
  return a
end
