/** Text in markup: HTML, SVG and XML 1.0, between tags and in quoted attributes. */
import { visible, visibleLine } from './text.js'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** What is invisible or forbidden in XML is written out first; nothing of the text can end a tag or an attribute. */
export function markup(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => entities[character] as string)
}

/** The same on one line, cut to a length. */
export function markupLine(text: string, most?: number): string {
  return markup(visibleLine(text, most))
}
