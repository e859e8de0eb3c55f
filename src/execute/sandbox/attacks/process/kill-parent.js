// tries: to kill its parent, process 1 and a process of the host by its number
// expect: runtime-error, ok
// needs: pid-ns or signal-scope
for (const pid of [1, CANARY_PID, process.ppid])
  for (const signal of ['SIGTERM', 'SIGKILL'])
    try {
      process.kill(pid, signal)
    } catch {}
console.log('held')
