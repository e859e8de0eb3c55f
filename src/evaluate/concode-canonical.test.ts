import { describe, expect, it } from 'vitest'
import { openSyntax } from '../code/index.js'
import { canonicalMethod } from './concode-canonical.js'
import { readContext, writeContext } from './concode-context.js'

const parse = await openSyntax('java')
const canonical = (source: string) => canonicalMethod(source, parse)

describe('a Java method in the form of CONCODE', () => {
  it('has names by the order of declarations, no texts, and a blank between all words', () => {
    const source = `/** Joins them. */
  @Override public static <T extends Comparable<T>> Map<String, List<T>> group(final List<T> all, int... sizes)
      throws IOException, Other {
    Map<String, List<T>> found = new HashMap<>(); // empty
    int i = 0, n = all.size();
    for (T one : all) if (n >> 1 > i++) found.put("a \\" b" + one, null); else break;
    try (Reader in = open()) { log.debug('x'); } catch (IOException | Other e) { throw new Error("", e); }
    return found;
  }`
    expect(canonical(source)).toBe(
      'Map < String , List < T >> function ( final List < T > arg0 , int ... arg1 ) { Map < String , List < T >> loc0 = new HashMap < > ( ) ; int loc1 = 0 , loc2 = arg0 . size ( ) ; for ( T loc3 : arg0 ) if ( loc2 >> 1 > loc1 ++ ) loc0 . put ( "srini_string" + loc3 , null ) ; else break ; try ( Reader loc4 = open ( ) ) { log . debug ( \'x\' ) ; } catch ( IOException | Other loc5 ) { throw new Error ( "srini_string" , loc5 ) ; } return loc0 ; }',
    )
  })

  it('renames what is called like a variable by its letters, but no member of this and no parameter of a lambda', () => {
    expect(canonical('void set(int size) { this.size = size; other.size = size(); use(x -> x + size); }')).toBe(
      'void function ( int arg0 ) { this . size = arg0 ; other . arg0 = arg0 ( ) ; use ( x -> x + arg0 ) ; }',
    )
    expect(canonical('Runnable f(int a) { return new B() { public void run(int c) { int d = a + c; } }; }')).toBe(
      'Runnable function ( int arg0 ) { return new B ( ) { public void run ( int arg1 ) { int loc0 = arg0 + arg1 ; } } ; }',
    )
  })

  it('is its own form, and keeps two signs apart that stand apart', () => {
    const method = 'List < Set < int [ ] > > function ( int arg0 [ ] ) { return a > > b ; }'
    expect(() => canonical(method)).toThrow(/not one method of Java/)
    const right = 'List < Set < int [ ] > > function ( int arg0 [ ] ) { return arg0 >>> 2 ; }'
    expect(canonical(right)).toBe(right)
  })

  it.each(['', 'int x;', 'class A { void f() { } }', 'void f() { } void g() { }', 'void f( {', 'f() { }'])(
    'refuses %j',
    (source) => {
      expect(() => canonical(source)).toThrow(/not one method of Java/)
    },
  )
})

describe('the class around a method', () => {
  it('[system 149.a] is read from a line and written to the same line again', () => {
    const line =
      'resets it concode_field_sep Map<K,? extends V> _map concode_elem_sep int n concode_field_sep void clear concode_elem_sep void clear'
    const context = {
      description: 'resets it',
      fields: ['Map<K,? extends V> _map', 'int n'],
      methods: ['void clear', 'void clear'],
    }
    expect(readContext(line)).toEqual(context)
    expect(writeContext(context)).toBe(line)
    const bare = 'x concode_field_sep PlaceHolder placeHolder concode_field_sep placeholderType placeHolder'
    expect(readContext(bare)).toEqual({ description: 'x', fields: [], methods: [] })
    expect(writeContext(readContext(bare))).toBe(bare)
  })
})
