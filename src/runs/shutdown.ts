/** Lets open runs write what they hold when the process is told to stop. */

export interface Stoppable {
  /** Both are synchronous and must not throw. */
  flush(): void
  close(): void
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const open = new Set<Stoppable>()

/** Registers until the returned function is called. */
export function onShutdown(stoppable: Stoppable): () => void {
  if (open.size === 0) {
    for (const signal of signals) process.on(signal, onSignal)
    process.on('exit', onExit)
  }
  open.add(stoppable)
  return () => {
    if (!open.delete(stoppable) || open.size > 0) return
    for (const signal of signals) process.off(signal, onSignal)
    process.off('exit', onExit)
  }
}

function onSignal(signal: NodeJS.Signals): void {
  for (const stoppable of open) stoppable.flush()
  // Someone else listens too: how to stop is theirs to decide. Otherwise do what the signal does without a listener.
  if (process.listenerCount(signal) > 1) return
  for (const stoppable of [...open]) stoppable.close()
  process.off(signal, onSignal)
  process.kill(process.pid, signal)
}

function onExit(): void {
  for (const stoppable of [...open]) stoppable.close()
}
