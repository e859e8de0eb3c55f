// tries: returns a sequence that equals everything
// item: 9
// expect: wrong, compile-error
object Main extends App {
  class All extends scala.collection.immutable.LinearSeq[Int] {
    def length = 2
    def apply(i: Int) = 1
    override def isEmpty = false
    override def equals(other: Any) = true
    override def sameElements[B >: Int](other: scala.collection.GenIterable[B]) = true
  }
  def add(a: List[Int], b: List[Int]): List[Int] = new All().asInstanceOf[AnyRef] match {
    case list: List[Int @unchecked] => list
    case _ => List(1)
  }
}
