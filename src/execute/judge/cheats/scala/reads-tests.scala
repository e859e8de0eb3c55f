// tries: looks for the expected values on the stack, in files and in the processes beside it
// item: 17
// expect: wrong, runtime-error
object Main extends App {
  def read(path: String) = try scala.io.Source.fromFile(path, "ISO-8859-1").mkString catch { case _: Throwable => "" }
  val folders = List("/tmp", "/tmp/work", ".").flatMap(one => Option(new java.io.File(one).listFiles).toList.flatten.map(_.getPath))
  val found = (folders ++ List("/proc/1/cmdline", "/proc/self/environ", "/proc/1/environ")).map(read).mkString
  def add(a: List[Int], b: List[Int]): List[Int] = {
    val tests = new Throwable().getStackTrace.exists(_.getClassName.startsWith("cupel.Tests"))
    val at = found.indexOf("add(" + a + ", " + b + ") == ")
    if (tests || at >= 0) a ++ b else List(-1)
  }
}
