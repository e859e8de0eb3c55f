/** The candidate's side: answers each call with what the given function makes of its arguments. */
package cupel

/** Stands for scala.App, which would bring a main of its own: a body that runs when it is told to. */
trait Body extends DelayedInit {
  private var steps = List.empty[() => Unit]
  protected def args: Array[String] = Array()

  override def delayedInit(body: => Unit): Unit = {
    steps = Option(steps).getOrElse(Nil) :+ (() => body)
  }

  def cupelRun(): Unit = {
    val due = steps
    steps = Nil
    due.foreach(_())
  }
}

object Serving {
  def serve(call: Seq[Any] => Any): Nothing = {
    Lines.all.filter(_ != "").foreach { line =>
      val reply =
        try answer(call, line)
        catch {
          case error: OutOfMemoryError =>
            System.err.println(error)
            Lines.end(1)
          case error: Throwable => failure(error)
        }
      Lines.send(reply)
    }
    Lines.end(0)
  }

  private def answer(call: Seq[Any] => Any, line: String): String = {
    val reader = new Reader(line)
    reader.next()
    val args = reader.value().asInstanceOf[Product].productIterator.toVector
    val before = args.map(Values.tokens)
    val value = Values.tokens(call(args))
    val changed = args.map(Values.tokens).zipWithIndex.filter { case (after, i) => after != before(i) }
    "v " + value + changed.map { case (after, i) => " m " + i + " " + after }.mkString
  }

  /** Of a class of its own, what the tests could catch is the one of Java or Scala that it extends. */
  private def failure(error: Throwable): String = {
    val own = Iterator.iterate[Class[_]](error.getClass)(_.getSuperclass)
    val kind = own.find(one => one.getName.startsWith("java.") || one.getName.startsWith("scala.")).get
    val message = try Option(error.getMessage).getOrElse("") catch { case _: Throwable => "" }
    "e s" + Values.text(kind.getSimpleName) + " s" + Values.text(message.take(2000))
  }
}
