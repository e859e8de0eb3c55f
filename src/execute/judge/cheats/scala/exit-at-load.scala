// tries: ends the process with success while its object is made
// item: 13
// expect: runtime-error
object Main extends App {
  sys.exit(0)
  def add(a: List[Int], b: List[Int]): List[Int] = Nil
}
