/**
 * Values to tokens and back. Generics know nothing of Int or Long while a program runs, so what is no Int, Double, String,
 * List, Set, Map or tuple says in front what it is.
 */
package cupel

import scala.collection.mutable

class CannotCross(message: String) extends RuntimeException(message)

/** What stayed with the candidate. */
class Opaque(name: String) {
  override def toString = "<" + name + ">"
}

object Values {
  private val primitives: Map[Class[_], String] = Map(
    classOf[Int] -> "Int", classOf[Long] -> "Long", classOf[Short] -> "Short", classOf[Byte] -> "Byte",
    classOf[Double] -> "Double", classOf[Float] -> "Float", classOf[Boolean] -> "Boolean", classOf[Char] -> "Char",
    classOf[String] -> "String")
  private val named: Map[String, Class[_]] = primitives.map(_.swap)

  def text(value: String): String = {
    val out = new StringBuilder
    var i = 0
    while (i < value.length) {
      val code = value.codePointAt(i)
      i += Character.charCount(code)
      if (code > 0x20 && code < 0x7f && code != '%') out += code.toChar
      else if (code >= 0xd800 && code <= 0xdfff) out ++= "%u" + Integer.toHexString(code)
      else new String(Character.toChars(code)).getBytes("UTF-8").foreach(byte => out ++= "%%%02x".format(byte & 0xff))
    }
    out.toString
  }

  def untext(token: String): String = {
    val out = new StringBuilder
    val bytes = new java.io.ByteArrayOutputStream
    var i = 1
    while (i < token.length) {
      if (token(i) != '%') {
        bytes.write(token(i))
        i += 1
      } else if (token(i + 1) == 'u') {
        out ++= bytes.toString("UTF-8") += Integer.parseInt(token.substring(i + 2, i + 6), 16).toChar
        bytes.reset()
        i += 6
      } else {
        bytes.write(Integer.parseInt(token.substring(i + 1, i + 3), 16))
        i += 3
      }
    }
    out.append(bytes.toString("UTF-8")).toString
  }

  private def nameOf(item: Class[_]): String =
    if (item.isArray) "Array[" + nameOf(item.getComponentType) + "]" else primitives.getOrElse(item, "Any")

  private def classNamed(name: String): Class[_] =
    if (!name.startsWith("Array[")) named.getOrElse(name, classOf[Object])
    else java.lang.reflect.Array.newInstance(classNamed(name.substring(6, name.length - 1)), 0).getClass

  def array(name: String, items: List[Any]): Any = {
    val made = java.lang.reflect.Array.newInstance(classNamed(name).getComponentType, items.size)
    items.zipWithIndex.foreach { case (item, i) => java.lang.reflect.Array.set(made, i, item) }
    made
  }

  def tokens(value: Any): String = {
    val made = new mutable.ArrayBuffer[String]
    put(value, made, 0)
    made.mkString(" ")
  }

  private def put(value: Any, made: mutable.ArrayBuffer[String], depth: Int): Unit = {
    if (depth > 390) throw new CannotCross("the value is nested too deeply to cross, or holds itself")
    def group(kind: String, items: Iterable[Any]): Unit = {
      val at = made.size
      made += ""
      var count = 0
      items.foreach { item => put(item, made, depth + 1); count += 1 }
      made(at) = kind + count
    }
    def pairs(kind: String, map: collection.Map[_, _]): Unit = {
      made += kind + map.size
      map.foreach { case (key, item) => put(key, made, depth + 1); put(item, made, depth + 1) }
    }
    def double(value: Double) = "d%016x".format(java.lang.Double.doubleToRawLongBits(value))
    value match {
      case null => made += "n"
      case _: Unit => made += "u"
      case it: Boolean => made += (if (it) "t" else "f")
      case it: Int => made += "i" + it
      case it: Long => made += ":Long i" + it
      case it: Short => made += ":Short i" + it
      case it: Byte => made += ":Byte i" + it
      case it: Double => made += double(it)
      case it: Float => made += ":Float " + double(it.toDouble)
      case it: Char => made += "c" + text(it.toString)
      case it: String => made += "s" + text(it)
      case it: BigInt => made += "I" + it
      case it: BigDecimal => made += ":BigDecimal s" + it
      case it: Option[_] => group(":Option [", it.toList)
      case Left(it) => group(":Left (", List(it))
      case Right(it) => group(":Right (", List(it))
      case it: Array[_] => group(":" + nameOf(it.getClass) + " [", it.toList)
      case it: mutable.Map[_, _] => pairs(":mutable.Map M", it)
      case it: collection.Map[_, _] => pairs("M", it)
      case it: mutable.Set[_] => group(":mutable.Set <", it.toList)
      case it: collection.Set[_] => group("<", it.toList)
      case it: List[_] => group("[", it)
      case it: mutable.ListBuffer[_] => group(":ListBuffer [", it)
      case it: mutable.Buffer[_] => group(":ArrayBuffer [", it)
      case it: collection.Seq[_] => group(":Vector [", it)
      case it: Product if it.getClass.getName.matches("""scala\.Tuple\d+(\$.*)?""") => group("(", it.productIterator.toList)
      case it => made += "?" + text(it.getClass.getName)
    }
  }
}

class Reader(line: String) {
  private val tokens = line.split(" ")
  private var at = 0

  def more: Boolean = at < tokens.length

  def next(): String = {
    at += 1
    tokens(at - 1)
  }

  def value(): Any = {
    var token = next()
    val mark = if (token.startsWith(":")) token.drop(1) else ""
    if (mark != "") token = next()
    val rest = token.drop(1)
    token.head match {
      case 'n' => null
      case 'u' => ()
      case 't' => true
      case 'f' => false
      case 'i' => mark match {
        case "Long" => rest.toLong
        case "Short" => rest.toShort
        case "Byte" => rest.toByte
        case _ => rest.toInt
      }
      case 'd' =>
        val double = java.lang.Double.longBitsToDouble(java.lang.Long.parseUnsignedLong(rest, 16))
        if (mark == "Float") double.toFloat else double
      case 'I' => BigInt(rest)
      case 's' => if (mark == "BigDecimal") BigDecimal(Values.untext(token)) else Values.untext(token)
      case 'c' => Values.untext(token).head
      case '?' => new Opaque(Values.untext(token))
      case 'M' =>
        val pairs = List.fill(rest.toInt)((value(), value()))
        if (mark == "mutable.Map") mutable.LinkedHashMap(pairs: _*) else Map(pairs: _*)
      case '<' =>
        val items = List.fill(rest.toInt)(value())
        if (mark == "mutable.Set") mutable.LinkedHashSet(items: _*) else Set(items: _*)
      case '(' => product(mark, List.fill(rest.toInt)(value()))
      case '[' => listed(mark, List.fill(rest.toInt)(value()))
    }
  }

  private def product(mark: String, items: List[Any]): Any = mark match {
    case "Left" => Left(items.head)
    case "Right" => Right(items.head)
    case _ =>
      val made = Class.forName("scala.Tuple" + items.size).getConstructors.maxBy(_.getParameterTypes.length)
      made.newInstance(items.map(_.asInstanceOf[Object]): _*)
  }

  private def listed(mark: String, items: List[Any]): Any = mark match {
    case "Option" => items.headOption
    case "Vector" => items.toVector
    case "ListBuffer" => mutable.ListBuffer(items: _*)
    case "ArrayBuffer" => mutable.ArrayBuffer(items: _*)
    case "" => items
    case _ => Values.array(mark, items)
  }
}
