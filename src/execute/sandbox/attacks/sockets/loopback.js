// tries: to reach a server on the loopback of the host
// expect: ok, runtime-error
// limits: cpu=4 wall=10 memory=256
const said = (what) => (data) => console.log('ESCAPED:', what, String(data))
const quiet = () => {}
const tries = (attempt) => {
  try {
    const made = attempt()
    if (made && made.on) made.on('error', quiet)
    if (made && made.catch) made.catch(quiet)
  } catch {}
}
tries(() => require('net').connect(CANARY_PORT, '127.0.0.1').on('data', said('net')))
tries(() => require('http').get('http://127.0.0.1:CANARY_PORT/', said('http')))
tries(() => require('dgram').createSocket('udp4').send('x', CANARY_PORT, '127.0.0.1'))
tries(() => require('net').connect('\0CANARY_SOCKET').on('data', said('abstract')))
tries(() => fetch('http://127.0.0.1:CANARY_PORT/').then((answer) => answer.text()).then(said('fetch')))
tries(() => new WebSocket('ws://127.0.0.1:CANARY_PORT/'))
setTimeout(() => {
  console.log('held')
  process.exit(0)
}, 300)
