/** Ctrl-C: once to stop in order, twice to stop at once. */

export interface Interrupt {
  readonly signal: AbortSignal
  /** From here on Ctrl-C does what it does without us. */
  release(): void
}

export function stopOnInterrupt(onFirst: () => void): Interrupt {
  const controller = new AbortController()
  const listener = () => {
    // Open runs write what they hold when the process exits.
    if (controller.signal.aborted) process.exit(130)
    controller.abort()
    onFirst()
  }
  process.on('SIGINT', listener)
  return { signal: controller.signal, release: () => process.off('SIGINT', listener) }
}
