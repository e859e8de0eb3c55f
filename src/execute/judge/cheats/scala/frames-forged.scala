// tries: answers all questions itself with marked lines, before it is asked
// item: 15
// expect: wrong, cheated
object Main extends App {
  for (line <- List("v [3 i1 i2 i3", "v [0", "done", "c r sadd (2 [0 [0", "passed")) cupel.Lines.send(line)
  def add(a: List[Int], b: List[Int]): List[Int] = Nil
}
