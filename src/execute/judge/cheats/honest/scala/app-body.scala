// honest: has an App of its own with a body, a main elsewhere, prints without a line end and reads its input
object Main extends App {
  var count = 0
  print("loaded")
  assert(Console.in.readLine() == null)
  def add(a: List[Int], b: List[Int]): List[Int] = { count += offset; print(count); a ++ b }
  val offset = 3
}
object Other { def main(args: Array[String]): Unit = println(Main.add(Nil, Nil)) }
