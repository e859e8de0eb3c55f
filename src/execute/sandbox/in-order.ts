/** Runs what a source gives, several at once, and yields in order; reads the source only as fast as things get done. */

/** At work or done and waiting for their turn. */
const atOnce = 64

export async function* inOrder<T, R>(
  source: AsyncIterable<T> | Iterable<T>,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const items = iteratorOf(source)
  const begun: Promise<R>[] = []
  let asked: Promise<{ item: IteratorResult<T> }> | null = null
  let ended = false
  try {
    for (;;) {
      if (!asked && !ended && begun.length < atOnce) {
        asked = Promise.resolve(items.next()).then((item) => ({ item }))
        asked.catch(() => {})
      }
      const [first] = begun
      if (!asked && !first) return
      // A result that is ready does not wait for a source that is slow.
      const next = await Promise.race([
        ...(first ? [first.then((result) => ({ result }))] : []),
        ...(asked ? [asked] : []),
      ])
      if ('result' in next) {
        begun.shift()
        yield next.result
        continue
      }
      asked = null
      ended = next.item.done === true
      if (next.item.done) continue
      const running = work(next.item.value)
      running.catch(() => {})
      begun.push(running)
    }
  } finally {
    if (!ended) await items.return?.()
  }
}

function iteratorOf<T>(source: AsyncIterable<T> | Iterable<T>): AsyncIterator<T> | Iterator<T> {
  return Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]()
}
