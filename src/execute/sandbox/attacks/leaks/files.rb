# tries: to leave files for the next program
# expect: ok
# repeat: 3
# limits: cpu=3 wall=8 memory=256
places = %w[/tmp /dev/shm . /tmp/work]
places.each { |place| puts "ESCAPED: #{place}" if File.exist?("#{place}/left") }
places.each do |place|
  begin
    File.write("#{place}/left", 'left')
  rescue SystemCallError
  end
end
puts 'held'
