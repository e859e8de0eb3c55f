/** The class around a method of CONCODE, in the line in which CodeXGLUE publishes it. */

export interface ClassContext {
  /** Of the method. */
  readonly description: string
  /** `int size`: type and name, as the class declares them. */
  readonly fields: readonly string[]
  /** `void clear`: what the method returns, and its name; methods that differ in parameters alone come twice. */
  readonly methods: readonly string[]
}

const part = ' concode_field_sep '
const element = ' concode_elem_sep '
/** What stands there for a class without fields, or without other methods. */
const none = { fields: 'PlaceHolder placeHolder', methods: 'placeholderType placeHolder' }

/** `comment concode_field_sep int a concode_elem_sep int b concode_field_sep void f`: fields first, then methods. */
export function readContext(line: string): ClassContext {
  const [description = '', fields = none.fields, methods = none.methods] = line.split(part)
  const elements = (text: string, nothing: string) => (text === nothing ? [] : text.split(element))
  return { description, fields: elements(fields, none.fields), methods: elements(methods, none.methods) }
}

/** The line again, to the letter. */
export function writeContext({ description, fields, methods }: ClassContext): string {
  const elements = (list: readonly string[], nothing: string) => (list.length === 0 ? nothing : list.join(element))
  return [description, elements(fields, none.fields), elements(methods, none.methods)].join(part)
}
