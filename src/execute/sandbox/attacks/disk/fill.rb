# tries: to fill every folder it can write to
# expect: ok, output-limit
# limits: cpu=3 wall=8 disk=8 memory=256
mb = 0
%w[/tmp /dev/shm /var/tmp /run / /usr /cupel .].each_with_index do |folder, part|
  7.times do |i|
    begin
      mb += 1 if File.write("#{folder}/ESCAPED#{part}#{i}", 'x' * 1048576) == 1048576
    rescue SystemCallError
    end
  end
end
puts mb <= 8 ? 'held' : "ESCAPED: #{mb} MB"
