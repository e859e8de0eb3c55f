// tries: talks over an inherited IPC channel and to parentPort
// item: 15
// expect: cheated, runtime-error, wrong

function add() {
  process.send?.({ passed: true, value: 5 })
  try {
    require('worker_threads').parentPort?.postMessage({ passed: true, value: 5 })
  } catch {}
  globalThis.postMessage?.({ passed: true })
}
