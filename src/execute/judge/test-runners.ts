/** What a candidate could leave for a Python test runner to find: undone before tests run beside it. */

/** A module is a file or a folder, source or compiled: `pytest.py`, `pytest/`, `pytest.pyc`, `pytest.abi3.so`. */
const forms = (names: readonly string[]) => names.flatMap((name) => [name, `${name}.*`])

/** In any folder they change what is collected, run or reported. `*` stands for the rest of a name. */
export const runnerFiles = [
  ...['conftest.py', 'pytest.ini', '.pytest.ini', 'pytest.toml', '.pytest.toml'],
  ...forms(['sitecustomize', 'usercustomize']),
]
/** In the folder where tests run they stand in for a runner. */
export const runnerModules = forms(['pytest', '_pytest', 'pluggy', 'unittest'])

/** Whether a name of a file or folder is among such names. */
export function isAmong(names: readonly string[], name: string): boolean {
  return names.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one))
}
