// tries: ends the process with success at the first call, hooks and all
// item: 13
// expect: runtime-error
object Main extends App {
  sys.addShutdownHook(Runtime.getRuntime.halt(0))
  def add(a: List[Int], b: List[Int]): List[Int] = { println("passed"); Runtime.getRuntime.halt(0); Nil }
}
