// tries: shadows assert and what the tests are written with
// item: 12
// expect: wrong
object Main extends App {
  def assert(holds: => Boolean, message: => Any = ""): Unit = ()
  object cupel { object Tests { def check(holds: Boolean): Unit = () } }
  override def delayedInit(body: => Unit): Unit = ()
  def add(a: List[Int], b: List[Int]): List[Int] = Nil
}
