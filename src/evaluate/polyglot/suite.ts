/** What an exercise holds, and what its language makes of it. */
import type { FileTree, RepositorySuite } from '../../kernel/index.js'

export interface Exercise {
  /** As the candidate finds it. */
  readonly files: FileTree
  readonly solution: readonly string[]
  readonly test: readonly string[]
  /** With `.meta` and `.docs`. */
  readonly all: FileTree
}

export type ExerciseSuite = Pick<RepositorySuite, 'command' | 'report'> &
  Partial<Pick<RepositorySuite, 'tests' | 'restored' | 'reportFiles' | 'runner' | 'unavailable'>>
