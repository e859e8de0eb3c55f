/** Cuts a completion at the earliest of the stop sequences, as a provider would have done. */

/** The text before the first occurrence of any stop sequence; '' if one stands at the start. Empty stops are ignored. */
export function cutAtStops(text: string, stops: readonly string[]): string {
  let end = text.length
  for (const stop of stops) {
    if (stop === '') continue
    const at = text.indexOf(stop)
    if (at >= 0 && at < end) end = at
  }
  return text.slice(0, end)
}
