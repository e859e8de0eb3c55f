/** Porter's algorithm for suffix stripping (1980), as published: not the later changes of its author or of NLTK. */

/** One suffix and what takes its place; `when` says what must be left in front of it. */
interface Rule {
  readonly suffix: string
  readonly to: string
  readonly when?: (stem: string) => boolean
}

const measured = (least: number) => (stem: string) => measure(stem) > least

const rules = (when: (stem: string) => boolean, list: string): readonly Rule[] =>
  list.split(' ').map((rule) => {
    const [suffix = '', to = ''] = rule.split('>')
    return { suffix, to, when }
  })

const plurals = rules(() => true, 'sses>ss ies>i ss>ss s>')
const second = rules(
  measured(0),
  'ational>ate tional>tion enci>ence anci>ance izer>ize abli>able alli>al entli>ent eli>e ousli>ous ization>ize ation>ate ator>ate alism>al iveness>ive fulness>ful ousness>ous aliti>al iviti>ive biliti>ble',
)
const third = rules(measured(0), 'icate>ic ative> alize>al iciti>ic ical>ic ful> ness>')
const fourth: readonly Rule[] = [
  ...rules(measured(1), 'al> ance> ence> er> ic> able> ible> ant> ement> ment> ent> ou> ism> ate> iti> ous> ive> ize>'),
  { suffix: 'ion', to: '', when: (stem) => measure(stem) > 1 && /[st]$/.test(stem) },
]

/** No word of a language is longer; what a program holds may be. */
const longest = 64

/** Of a word in small letters. Words of up to two letters stay, as in the author's own program. */
export function stem(word: string): string {
  if (word.length <= 2 || word.length > longest) return word
  let now = apply(plurals, word)
  now = pastAndProgressive(now)
  if (now.endsWith('y') && hasVowel(now.slice(0, -1))) now = `${now.slice(0, -1)}i`
  now = apply(fourth, apply(third, apply(second, now)))
  if (now.endsWith('e')) {
    const rest = now.slice(0, -1)
    if (measure(rest) > 1 || (measure(rest) === 1 && !endsShort(rest))) now = rest
  }
  return measure(now) > 1 && now.endsWith('ll') ? now.slice(0, -1) : now
}

/** The longest suffix that is there decides, also when its condition does not hold. */
function apply(list: readonly Rule[], word: string): string {
  let best: Rule | undefined
  for (const rule of list)
    if (word.endsWith(rule.suffix) && rule.suffix.length > (best?.suffix.length ?? 0)) best = rule
  if (!best) return word
  const rest = word.slice(0, word.length - best.suffix.length)
  return best.when?.(rest) === false ? word : rest + best.to
}

function pastAndProgressive(word: string): string {
  if (word.endsWith('eed')) return measure(word.slice(0, -3)) > 0 ? word.slice(0, -1) : word
  const suffix = ['ed', 'ing'].find((one) => word.endsWith(one) && hasVowel(word.slice(0, -one.length)))
  if (!suffix) return word
  const rest = word.slice(0, -suffix.length)
  if (/(?:at|bl|iz)$/.test(rest)) return `${rest}e`
  if (endsDouble(rest) && !/[lsz]$/.test(rest)) return rest.slice(0, -1)
  return measure(rest) === 1 && endsShort(rest) ? `${rest}e` : rest
}

function isConsonant(word: string, i: number): boolean {
  if ('aeiou'.includes(word[i] as string)) return false
  return word[i] !== 'y' || i === 0 || !isConsonant(word, i - 1)
}

const hasVowel = (word: string) => [...word].some((_, i) => !isConsonant(word, i))

/** How often consonants follow vowels. */
function measure(word: string): number {
  let count = 0
  for (let i = 1; i < word.length; i++) if (isConsonant(word, i) && !isConsonant(word, i - 1)) count++
  return count
}

const endsDouble = (word: string) =>
  word.length > 1 && word.at(-1) === word.at(-2) && isConsonant(word, word.length - 1)

/** Consonant, vowel, consonant, and the last is none of w, x and y. */
function endsShort(word: string): boolean {
  const last = word.length - 1
  return (
    last >= 2 &&
    isConsonant(word, last) &&
    !isConsonant(word, last - 1) &&
    isConsonant(word, last - 2) &&
    !/[wxy]$/.test(word)
  )
}
