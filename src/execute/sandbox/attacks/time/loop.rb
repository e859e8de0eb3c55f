# tries: to compute for ever and to survive every exception
# expect: time-limit
# limits: cpu=0.5 wall=4 memory=256
begin
  loop { }
rescue Exception
  retry
end
