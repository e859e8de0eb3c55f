// tries: stops the clocks and spins
// item: 22
// expect: time-limit, runtime-error, wrong

Date.now = performance.now = () => 0
globalThis.setTimeout = () => {}

function add() {
  for (;;);
}
