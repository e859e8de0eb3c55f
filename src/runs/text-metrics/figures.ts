/** BLEU and CodeBLEU of a run whose candidates are programs that are compared word for word and not run (CONCODE). */
import { openSyntax, type SyntaxLanguage, syntaxLanguages } from '../../code/index.js'
import { byBlanks, codeBleu, type CodeBleu, corpusBleu } from '../../evaluate/index.js'
import type { Benchmark, JudgedProblem } from '../../kernel/index.js'
import { readHeader } from '../header.js'
import { judgedTexts, type LeftOut } from './judged-texts.js'

/** Over all judged candidates whose program is still there, as one corpus; 0 to 100. */
export interface TextFigures extends CodeBleu {
  readonly candidates: number
  readonly bleu: number
  /** Judged, and not in these figures. */
  readonly leftOut: number
}

/** By language; undefined where a benchmark's programs are run, or where no tree of their language can be had. */
export async function textFigures(
  dir: string,
  benchmark: Benchmark,
  problems: ReadonlyMap<string, JudgedProblem>,
): Promise<Readonly<Record<string, TextFigures>> | undefined> {
  const compared = new Map([...problems].filter(([, judged]) => languageOf(judged) !== null))
  const header = compared.size > 0 ? readHeader(dir) : undefined
  if (!header) return undefined
  const corpora = new Map<SyntaxLanguage, { references: string[]; texts: string[] }>()
  const left: LeftOut = { infrastructure: 0, withoutReference: 0, tooLong: 0, withoutText: 0 }
  for await (const one of judgedTexts({ dir, header, benchmark, problems: compared }, left)) {
    if (typeof one === 'string') continue
    const language = languageOf(one.judged) as SyntaxLanguage
    const corpus = corpora.get(language) ?? { references: [], texts: [] }
    corpora.set(language, corpus)
    corpus.references.push(one.reference)
    corpus.texts.push(one.text)
  }
  const leftOut = left.withoutReference + left.tooLong + left.withoutText
  const figures: Record<string, TextFigures> = {}
  for (const [language, { references, texts }] of corpora)
    figures[language] = {
      candidates: texts.length,
      bleu: corpusBleu(references.map(byBlanks), texts.map(byBlanks)),
      ...codeBleu(references, texts, { language, parse: await openSyntax(language) }),
      leftOut,
    }
  return corpora.size === 0 ? undefined : figures
}

/** An answer that is right if all its words are: of a language with trees it is a program. */
function languageOf({ problem, suite }: JudgedProblem): SyntaxLanguage | null {
  if (suite.kind !== 'answer' || suite.comparison.kind !== 'text' || !suite.comparison.anySpace) return null
  return syntaxLanguages.find((language) => language === problem.language) ?? null
}
