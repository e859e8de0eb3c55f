# tries: to open files until the machine has no descriptor left
# expect: ok
# limits: cpu=2 wall=6 memory=256
kept = []
begin
  kept << File.open('/dev/null') while kept.size < 5000
rescue SystemCallError
end
count = kept.size
kept.each(&:close)
puts count <= 256 ? 'held' : "ESCAPED: #{count} open files"
