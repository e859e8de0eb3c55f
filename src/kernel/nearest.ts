/** The names most like a misspelt one: by edit distance, prefixes first. */
export function nearest(wanted: string, names: readonly string[], most = 3): string[] {
  const distance = (name: string) => (name.includes(wanted) || wanted.includes(name) ? 0 : editDistance(wanted, name))
  return [...names].sort((a, b) => distance(a) - distance(b) || a.localeCompare(b)).slice(0, most)
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1))
    row = next
  }
  return row[b.length] ?? 0
}
