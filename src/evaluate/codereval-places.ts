/**
 * Where the folder of the user has the projects of CoderEval and their tests: as in the published image, whose
 * `/home/travis/builds` may be that folder.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** A folder to judge in, and files in it. */
export interface CoderEvalPlace {
  readonly folder: string
  /** The file whose function is replaced. */
  readonly path: string
  /** The program whose exit status decides; none where the file itself is it, or where it is not there. */
  readonly test?: string
}

/** Tests of these lie in their project although they have the name of one that stands alone. */
const inProject = new Set([
  'neo4j-_meta-deprecated',
  'neo4j-work-query-unit_of_work',
  'neo4j-_work-query-unit_of_work',
  'krake-krake-controller-kubernetes-hooks-on',
])

/**
 * Python: the test is a copy of the file with a main program behind it, `query_unit_of_work_passk_validte.py` beside
 * `query.py`, or `standalone/neo4j-query-unit_of_work.py`; the copy is what is changed and run.
 */
export function pythonPlace(folder: string, project: string, path: string, name: string): CoderEvalPlace {
  const stem = path.replace(/\.py$/, '')
  const alone = `${stem.replaceAll('/', '-')}-${name}`
  const roots = [folder, join(folder, 'repos')]
  for (const root of roots)
    if (!inProject.has(alone) && existsSync(join(root, 'standalone', `${alone}.py`)))
      return { folder: join(root, 'standalone'), path: `${alone}.py` }
  const home = projectFolder(folder, project)
  const test = `${stem}_${name}_passk_validte.py`
  const source = existsSync(join(home, 'src', test)) ? `src/${test}` : test
  if (existsSync(join(home, source))) return { folder: home, path: source }
  return { folder: home, path: test }
}

/** Java: a file of the package wherever the project has it, but not among tests. */
export function javaPlace(folder: string, project: string, file: string): CoderEvalPlace {
  const home = projectFolder(folder, project)
  const found = filesBelow(home).filter((path) => path === file || path.endsWith(`/${file}`))
  const [path = `src/main/java/${file}`] = found.filter((each) => !/(?:^|\/)src\/test\//.test(each))
  return { folder: home, path }
}

/** `tests/ID/NewTestFile.java`, beside the projects. */
export function javaTest(folder: string, id: string): string | null {
  const path = join(folder, 'tests', id, 'NewTestFile.java')
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}

function projectFolder(folder: string, project: string): string {
  const names = [project.replaceAll('/', '---'), project.replaceAll('/', '__'), basename(project)]
  const places = [folder, join(folder, 'repos')].flatMap((root) => names.map((name) => join(root, name)))
  return places.find((place) => existsSync(place)) ?? (places[0] as string)
}

const listed = new Map<string, string[]>()

/** Once for each project: many problems are of one. */
function filesBelow(home: string): string[] {
  const known = listed.get(home)
  if (known) return known
  if (!existsSync(home)) return []
  const entries = readdirSync(home, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.java'))
  const paths = files.map(({ parentPath, name }) => join(parentPath, name).slice(home.length + 1)).sort()
  listed.set(home, paths)
  return paths
}

/** `src/main/java` of `src/main/java/org/a/B.java` in `org.a`. */
export function sourceRoot(path: string, packageName: string): string {
  const folder = dirname(path)
  const inside = packageName.replaceAll('.', '/')
  if (folder === inside) return '.'
  return inside !== '' && folder.endsWith(`/${inside}`) ? folder.slice(0, -inside.length - 1) : folder
}
