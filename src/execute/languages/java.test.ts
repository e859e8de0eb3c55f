import { describe, expect, it } from 'vitest'
import { javaNames } from './java.js'

const main = 'public static void main(String[] args) {}'

describe('the names Java wants', () => {
  it.each<[string, string, ReturnType<typeof javaNames>]>([
    ['a public class', `public class Greeting { ${main} }`, { file: 'Greeting.java', main: 'Greeting' }],
    ['no public class', `class A { } class B { ${main} }`, { main: 'B' }],
    ['a helper before', `class Node { int x; }\npublic class Tree { ${main} }`, { file: 'Tree.java', main: 'Tree' }],
    ['main beside the public class', `public class A { } class B { ${main} }`, { file: 'A.java', main: 'B' }],
    ['a package', `package a.b . c ;\npublic class D { ${main} }`, { file: 'D.java', main: 'a.b.c.D' }],
    [
      'a generic final class',
      `@X("{") public final class G<T extends A<T>> extends H<T> implements I { ${main} }`,
      { file: 'G.java', main: 'G' },
    ],
    ['an annotation of its own', `@interface A { } public class B { ${main} }`, { file: 'B.java', main: 'B' }],
    [
      'an interface with main',
      `public interface I { static void main(String... args) {} }`,
      { file: 'I.java', main: 'I' },
    ],
    [
      'a record',
      `record P(int x, int y) { } class M { final static synchronized void main(String args[]) {} }`,
      { main: 'M' },
    ],
    ['an enum', `public enum E { A, B; ${main} }`, { file: 'E.java', main: 'E' }],
    ['letters of any kind', `public class Größe { ${main} }`, { file: 'Größe.java', main: 'Größe' }],
    ['nothing that could start', `public class A { }`, { file: 'A.java', main: 'A' }],
    ['no class', `int x;`, {}],
  ])('%s', (_, source, names) => {
    expect(javaNames(source)).toEqual(names)
  })

  it('are not taken from comments, texts and inner classes', () => {
    const source = `
// public class Comment {
/* public class Block { */
/** {@code public class Doc} */
import java.util.*;
public class Real {
  static final String TEXT = "public class Text { \\" ";
  static final char OPEN = '{', QUOTE = '\\'', DOUBLE = '"';
  static final String LONG = """
    public class Long { "quoted" \\""" {
    """;
  public static class Inner { ${main} }
  ${main}
}
class Other { }`
    expect(javaNames(source)).toEqual({ file: 'Real.java', main: 'Real' })
  })
})
