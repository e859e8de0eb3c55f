-- tries: to reach a server on the loopback of the host with any library there may be
-- expect: ok, runtime-error
-- limits: cpu=3 wall=8 memory=256
for _, name in ipairs({ "socket", "socket.core", "posix.sys.socket", "luasocket", "http.request" }) do
  local ok, library = pcall(require, name)
  if ok and library.tcp then
    local connected = library.tcp():connect("127.0.0.1", CANARY_PORT)
    if connected then print("ESCAPED: connected") end
  end
end
print("held")
