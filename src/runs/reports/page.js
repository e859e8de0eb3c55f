/**
 * The lists of an HTML report: filters, pages, one candidate in full. The page holds the data as JSON; everything of it
 * is shown as text, never as markup. Only one page of a list is in the document at a time.
 */
const data = JSON.parse(document.getElementById('data').textContent)
const { candidates, problems } = data
const perPage = 100
const get = (id) => document.getElementById(id)

/** An element with text and children; strings become text nodes. */
function make(name, properties = {}, ...children) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(properties))
    if (key === 'class') element.className = value
    else element.setAttribute(key, value)
  element.append(...children)
  return element
}

const count = (value) => value.toLocaleString('en')
const hashOf = (one) => `#candidate=${encodeURIComponent(problems[one.problem].id)}/${one.sample}`
const titleOf = (one) => `${problems[one.problem].id} · sample ${one.sample}`
const badge = (kind) => make('span', { class: `kind ${kind}` }, kind)

function milliseconds(value) {
  if (value === 0) return '–'
  return value < 1000 ? `${Number(value.toPrecision(3))} ms` : `${Number((value / 1000).toPrecision(3))} s`
}

function bytes(value) {
  if (value === 0) return '–'
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  const power = Math.min(units.length - 1, Math.floor(Math.log2(value) / 10))
  return `${Number((value / 1024 ** power).toPrecision(4))} ${units[power]}`
}

/** Shows one page of a list that may be long, with buttons for the others. */
function paged(body, nav, noun, rowOf) {
  let list = []
  let page = 0
  const status = make('span', { role: 'status' })
  const button = (text, step) => {
    const made = make('button', { type: 'button' }, text)
    made.addEventListener('click', () => draw(page + step))
    return made
  }
  const [back, forward] = [button('Previous page', -1), button('Next page', 1)]
  nav.append(back, status, forward)
  function draw(wanted) {
    const last = Math.max(0, Math.ceil(list.length / perPage) - 1)
    page = Math.min(last, Math.max(0, wanted))
    const from = page * perPage
    const shown = list.slice(from, from + perPage)
    body.replaceChildren(...shown.map(rowOf))
    const range = shown.length === 0 ? 'none' : `${count(from + 1)} to ${count(from + shown.length)}`
    status.textContent = `${range} of ${count(list.length)} ${noun}`
    back.disabled = page === 0
    forward.disabled = page === last
  }
  return {
    show(next) {
      list = next
      draw(0)
    },
  }
}

// ── the list of candidates ─────────────────────────────────────────────────
const search = get('search')
const kindFilter = get('kind')
const problemFilter = get('problem')
let matching = candidates
/** Lower-case text of each candidate, made when somebody searches for the first time. */
let haystack = null

const candidateList = paged(get('candidates'), get('candidate-pages'), 'candidates', (one) =>
  make(
    'tr',
    {},
    make('td', {}, make('a', { href: hashOf(one) }, titleOf(one))),
    make('td', {}, badge(one.kind), ...(one.expect && one.expect !== one.kind ? [` expected ${one.expect}`] : [])),
    make('td', { class: 'detail' }, (one.detail || one.evidence).slice(0, 120)),
    make('td', { class: 'right' }, one.tests),
    make('td', { class: 'right' }, milliseconds(one.cpuMs)),
    make('td', { class: 'right' }, bytes(one.peakBytes)),
  ),
)

function filter() {
  const wanted = search.value.toLowerCase()
  const kind = kindFilter.value
  const problem = problemFilter.value === '' ? -1 : Number(problemFilter.value)
  if (wanted !== '')
    haystack ??= candidates.map((one) =>
      [problems[one.problem].id, one.kind, one.detail, one.evidence, one.code ?? '', one.failed.join('\n'), one.origin]
        .join('\n')
        .toLowerCase(),
    )
  matching = candidates.filter(
    (one, i) =>
      (kind === '' || one.kind === kind) &&
      (problem < 0 || one.problem === problem) &&
      (wanted === '' || haystack[i].includes(wanted)),
  )
  candidateList.show(matching)
}

const kinds = new Map()
for (const { kind } of candidates) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
for (const [kind, number] of kinds) kindFilter.append(make('option', { value: kind }, `${kind} (${count(number)})`))
problems.forEach(({ id }, i) => {
  problemFilter.append(make('option', { value: String(i) }, id))
})
let typing
search.addEventListener('input', () => {
  clearTimeout(typing)
  typing = setTimeout(filter, 150)
})
kindFilter.addEventListener('change', filter)
problemFilter.addEventListener('change', filter)
get('filters').addEventListener('submit', (event) => event.preventDefault())
get('filters').addEventListener('reset', () => setTimeout(filter))

// ── the list of problems ───────────────────────────────────────────────────
const problemList = paged(get('problems'), get('problem-pages'), 'problems', (problem) => {
  const link = make('button', { type: 'button', class: 'link' }, problem.id)
  link.addEventListener('click', () => {
    problemFilter.value = String(problems.indexOf(problem))
    filter()
    get('list').scrollIntoView()
  })
  const share = problem.judged > 0 ? `${((100 * problem.passed) / problem.judged).toFixed(1)} %` : '–'
  const cells = [problem.passed, problem.judged, share, problem.infrastructure, problem.missing]
  return make(
    'tr',
    {},
    make('td', {}, link),
    ...cells.map((cell) => make('td', { class: 'right' }, typeof cell === 'number' ? count(cell) : cell)),
  )
})

// ── one candidate ──────────────────────────────────────────────────────────
const detail = get('detail')

function textBlock(title, text, leftOut) {
  const note = leftOut > 0 ? [make('p', { class: 'note' }, `… ${count(leftOut)} characters are left out`)] : []
  return [make('h3', {}, title), make('pre', { tabindex: '0' }, text), ...note]
}

function showCandidate(one) {
  const at = matching.indexOf(one)
  const [before, after] = [matching[at - 1], at < 0 ? undefined : matching[at + 1]]
  const heading = make('h2', { tabindex: '-1' }, titleOf(one))
  const facts = [
    ['verdict', badge(one.kind)],
    ['expected', one.expect],
    ['what happened', one.detail],
    ['tests', one.tests],
    ['not passed', one.failed.join('\n')],
    ['CPU time', milliseconds(one.cpuMs)],
    ['wall-clock time', milliseconds(one.wallMs)],
    ['peak memory', bytes(one.peakBytes)],
    ['decided', one.judged],
    ['isolation', one.isolation],
    ['origin', one.origin],
  ].filter(([, value]) => value)
  detail.replaceChildren(
    make(
      'p',
      {},
      make('a', { href: '#list' }, 'Back to the list'),
      ...(before ? [' · ', make('a', { href: hashOf(before) }, 'Previous')] : []),
      ...(after ? [' · ', make('a', { href: hashOf(after) }, 'Next')] : []),
    ),
    heading,
    make('dl', {}, ...facts.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)])),
    ...(one.evidence === '' ? [] : textBlock('Evidence', one.evidence, one.evidenceLeftOut)),
    ...(one.code === null
      ? [make('p', { class: 'note' }, 'The program is not known here: see the remarks at the top.')]
      : textBlock('Program', one.code, one.codeLeftOut)),
  )
  detail.hidden = false
  heading.focus()
  detail.scrollIntoView()
}

function decoded(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function follow() {
  const found = /^#candidate=(.*)\/(\d+)$/.exec(location.hash)
  if (!found) {
    detail.hidden = true
    return
  }
  const [, id, sample] = found
  const one = candidates.find((each) => problems[each.problem].id === decoded(id) && each.sample === Number(sample))
  if (one) return showCandidate(one)
  detail.replaceChildren(make('p', {}, 'This report has no such candidate.'))
  detail.hidden = false
}

get('interactive').hidden = false
filter()
problemList.show(problems)
addEventListener('hashchange', follow)
follow()
