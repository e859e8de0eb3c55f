import { describe, expect, it } from 'vitest'
import { judging } from './replay.test-support.js'

const { judge, missing } = await judging('scala')

/** Compilers are slow on a busy machine. */
const patience = { timeout: 600_000 }

const prompt = (head: string) => `object Main extends App {\n    /** it's «f» { */\n    def ${head} = {\n`
const verdict = (head: string, body: string, tests: string) =>
  judge({ trusted: prompt(head), script: `\n${tests}\n}\n`, code: `${prompt(head)}${body}\n    }` })

describe.skipIf(missing)('function problems in Scala', () => {
  it(
    'values keep their type, arguments are changed for the tests, exceptions have type and message',
    patience,
    async () => {
      const head = 'f(a : Any, b: collection.mutable.Buffer[Long] = null, c: Array[Int] = Array()) : Any'
      const tests = `
    val values = List[Any](1, 5L, 3.toShort, 7.toByte, 1.5, 0.1f, -0.0, true, 'ü', "a b%\\n", "", BigInt("123456789012345678901"), BigDecimal("1.50"),
      List(1, null, "x"), Nil, Set(3, 30, 17), Map("a" -> 1L), (1, "a"), (1L, 'c', null), Some(1L), None, Left("x"), Right(2),
      Vector(1.5), 1 to 3, collection.mutable.Map("k" -> List(2)), collection.mutable.Set(1), collection.mutable.ListBuffer("x"), null, ())
    for (one <- values) {
      val back = f(one)
      assert(one == back, one)
      assert(!one.isInstanceOf[Number] || one.getClass == back.getClass, one)
    }
    assert(f(Array(Array(1L), Array[Long]())).asInstanceOf[Array[Array[Long]]].map(_.toList).toList == List(List(1L), Nil))
    val b = collection.mutable.Buffer(2L)
    val c = Array(1, 2)
    f(-1, b, c)
    assert(b == Seq(2L, 9L) && c.toList == List(8, 2), b)
    val caught = try { f(-2); "none" } catch { case error: IllegalArgumentException => error.getMessage }
    assert(caught == "requirement failed: bad: é", caught)`
      const body = `      println(count)
      if (a == -1) { b += 9L; c(0) = 8 }
      require(a != -2, "bad: é")
      count += 1
      a
    }
    var count = 5
    class Lines
    if (scala.io.StdIn.readLine() != null) sys.exit(3)
    def unused = {`
      const seen = await verdict(head, body, tests)
      expect(seen, JSON.stringify(seen)).toMatchObject({ kind: 'passed', judged: 'out-of-process' })
    },
  )

  for (const [name, body, kind] of [
    [
      'a list that equals all',
      'return new All()\n}\nclass All extends Seq[Int] { def length = 1; def apply(i: Int) = i; def iterator = Iterator(7); override def equals(other: Any) = true\n',
      'wrong',
    ],
    ['no value of the type that is due', 'return "a"', 'compile-error'],
  ] as const)
    it(`programs that give ${name} do not pass`, patience, async () => {
      const seen = await verdict('f(a : Int) : Seq[Int]', body, 'assert(f(1) == List(2))\nassert(f(2) == List(3))')
      expect(seen.kind, JSON.stringify(seen)).toBe(kind)
    })
})
