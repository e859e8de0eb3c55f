/** The languages that can be judged so. */
import { bash } from './bash.js'
import { cpp } from './cpp.js'
import { csharp } from './csharp.js'
import { d } from './d.js'
import type { Embedding } from './embedding.js'
import { java } from './java.js'
import { go } from './go.js'
import { javascript, typescript } from './javascript.js'
import { kotlin } from './kotlin.js'
import { lua } from './lua.js'
import { perl } from './perl.js'
import { php } from './php.js'
import { r } from './r.js'
import { racket } from './racket.js'
import { ruby } from './ruby.js'
import { scala } from './scala.js'
import { rust } from './rust.js'

const all: readonly Embedding[] = [
  ...[bash, cpp, csharp, d, go, java, javascript, kotlin, lua, perl, php, r, racket, ruby, rust, scala, typescript],
]

export const embeddings: ReadonlyMap<string, Embedding> = new Map(all.map((one) => [one.language, one]))
