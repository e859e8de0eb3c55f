# tries: to reach a server on the loopback of the host
# expect: ok
# limits: cpu=3 wall=8 memory=256
require 'socket'
['127.0.0.1', 'localhost', '::1'].each do |host|
  begin
    puts "ESCAPED: #{TCPSocket.new(host, CANARY_PORT).read(1)}"
  rescue SystemCallError, SocketError
  end
end
puts 'held'
