/**
 * Five figures of how like a program is to its reference, as the study of ODEX takes them, of one pair at a time. Each is 0 to 100.
 * The words are those of `codeWords`; BLEU cuts names at underscores too (as the tokenizer of mteval does), ROUGE takes
 * letters and digits alone, and CodeBLEU's trees are of the programs as they are.
 */
import type { Parse, SyntaxLanguage } from '../../code/index.js'
import { corpusBleu } from './bleu.js'
import { chrf } from './chrf.js'
import { codeBleu } from './codebleu.js'
import { meteor } from './meteor.js'
import { rougeL } from './rouge.js'
import { codeWords, plainWords } from './words.js'

export const similarities = ['BLEU', 'ROUGE-L', 'METEOR', 'chrF', 'CodeBLEU'] as const
export type Similarity = (typeof similarities)[number]

/** `syntax` is null for a language without trees, and then there is no CodeBLEU. */
export function similarityOf(
  reference: string,
  text: string,
  syntax: { readonly language: SyntaxLanguage; readonly parse: Parse } | null,
): Readonly<Record<Similarity, number | null>> {
  const [wanted, given] = [codeWords(reference), codeWords(text)]
  const [wantedLine, givenLine] = [wanted.join(' '), given.join(' ')]
  const apart = (words: readonly string[]) => words.flatMap((word) => word.split(/(_)/)).filter((word) => word !== '')
  return {
    BLEU: corpusBleu([apart(wanted)], [apart(given)]),
    'ROUGE-L': 100 * rougeL(plainWords(wantedLine), plainWords(givenLine)),
    METEOR: 100 * meteor(wanted, given),
    chrF: chrf(wantedLine, givenLine),
    CodeBLEU: syntax && codeBleu([reference], [text], { ...syntax, words: codeWords }).codeBleu,
  }
}
