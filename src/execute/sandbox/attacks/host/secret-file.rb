# tries: to read a file of the host by its full name and by loading it
# expect: ok
# limits: cpu=3 wall=8 memory=256
[-> { File.read('CANARY_FILE') }, -> { IO.popen(['cat', 'CANARY_FILE'], err: :close).read.then { |text| raise IOError if text.empty?; text } }, -> { load 'CANARY_FILE' }, -> { Dir.children('CANARY_FOLDER') }].each do |attempt|
  begin
    puts "ESCAPED: #{attempt.call}"
  rescue SystemCallError, LoadError, IOError
  end
end
puts 'held'
