/**
 * Text from models, programs and data files, made fit to be shown: cut to a length, and with everything that is not seen,
 * or that changes how its neighbours are seen, written out.
 * Not covered: letters that look like others.
 */

/** The beginning of a text, and how many characters (UTF-16 units) of it are left out. */
export interface Clipped {
  readonly text: string
  readonly leftOut: number
}

/** Never cuts a surrogate pair in two. */
export function clip(text: string, most: number): Clipped {
  if (text.length <= most) return { text, leftOut: 0 }
  const last = text.charCodeAt(most - 1)
  const end = last >= 0xd800 && last <= 0xdbff ? most - 1 : most
  return { text: text.slice(0, end), leftOut: text.length - end }
}

// Controls but tab and line feed; what is invisible or turns the direction of text; halves of pairs; no characters at all.
const unseen = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2028\u2029]/gu

/** `\u202e` becomes `⟦U+202E⟧`, an escape `␛`. Tabs and line feeds stay; carriage returns before a line feed go. */
export function visible(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(unseen, (character) => {
    const code = character.codePointAt(0) as number
    if (code < 0x20) return String.fromCodePoint(0x2400 + code)
    if (code === 0x7f) return '\u2421'
    return `⟦U+${code.toString(16).toUpperCase().padStart(4, '0')}⟧`
  })
}

/** One line of it. */
export function visibleLine(text: string, most = 200): string {
  const line = visible(text)
    .replace(/[\t\n ]+/g, ' ')
    .trim()
  const { text: shown, leftOut } = clip(line, most)
  return leftOut > 0 ? `${shown}…` : shown
}

/** What stands below a text that was cut. */
export function leftOutNote({ leftOut }: Clipped): string {
  return leftOut > 0 ? `… ${number(leftOut)} characters are left out` : ''
}

/** `16,400` */
export function number(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `1 problem`, `16,400 candidates` */
export function counted(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** A share of 1 as percent with one decimal. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

export function milliseconds(value: number): string {
  if (value < 1000) return `${Number(value.toPrecision(3))} ms`
  return `${Number((value / 1000).toPrecision(3))} s`
}

export function bytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let power = 0
  let rest = value
  while (rest >= 1024 && power < units.length - 1) {
    rest /= 1024
    power++
  }
  return `${Number(rest.toPrecision(rest >= 1000 ? 4 : 3))} ${units[power]}`
}
