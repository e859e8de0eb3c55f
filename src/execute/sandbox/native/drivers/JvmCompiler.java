import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * The driver of a warm compiler (javac, kotlinc or scalac): compiles one program after the other in a machine that is warm
 * already, and never runs a class of theirs. It lives in a sandbox like any program, because a compiler fed with hostile
 * sources is one.
 *
 * It ends, and the slow way decides, when a compile goes neither well nor wrong as usual: what a crash or a full heap has
 * left behind is not for the next program. Not covered: what hostile sources could do to a compiler that has a bug.
 *
 * Messages on descriptor 3 and answers on 4 are a decimal length, a newline and that many bytes. A message is, each as a
 * length, a newline and the bytes: the number of options, the options, and then names and contents of files by turns. An
 * answer is `ok` or `failed`, a newline, the length of what the compiler said, a newline, what it said, and what it made:
 * the classes of Java as a tar file, those of others as the jar that their compilers write.
 */
class JvmCompiler {
  static final Path work = Path.of("/tmp/work");
  static final Path classes = Path.of("/tmp/classes");
  static final Path jar = classes.resolve("out.jar");

  /** What the compiler has said of the program at hand. */
  static final ByteArrayOutputStream said = new ByteArrayOutputStream();
  static final PrintStream speech = new PrintStream(said, true, StandardCharsets.UTF_8);

  interface Kind {
    /** Whether it went well; throws where it cannot tell. */
    boolean run(String[] options) throws Exception;

    String warmUpFile();

    String warmUpSource();

    default List<String> warmUpOptions() {
      return List.of("-nowarn", "-d", jar.toString(), warmUpFile());
    }
  }

  static class Java implements Kind {
    final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

    public boolean run(String[] options) {
      List<String> all = new ArrayList<>(List.of("-proc:none"));
      all.addAll(List.of(options));
      int code = compiler.run(null, speech, speech, all.toArray(new String[0]));
      if (code > 2) throw new IllegalStateException("javac ended with " + code + ": " + said); // 1 is for errors in sources, 2 for those in options
      return code == 0;
    }

    public String warmUpFile() {
      return "Main.java";
    }

    public List<String> warmUpOptions() {
      return List.of("-d", classes.toString(), warmUpFile());
    }

    public String warmUpSource() {
      return "import java.util.*; public class Main { record P(int a, String b) {} enum E { A, B }\n"
        + "static <T extends Comparable<T>> T max(List<T> l) { return l.stream().max(Comparator.naturalOrder()).get(); }\n"
        + "public static void main(String[] a) { Scanner s = new Scanner(System.in); Map<String, Integer> m = new HashMap<>();\n"
        + "for (int i = 0; i < 3; i++) m.merge(\"x\" + i, i, Integer::sum); System.out.println(max(new ArrayList<>(m.values())));\n"
        + "switch (E.A) { case A: break; default: throw new IllegalStateException(); } } }";
    }
  }

  /** Found by name, because javac has started this without Kotlin as well. */
  static class Kotlin implements Kind {
    final Class<?> type;

    Kotlin() throws Exception {
      type = Class.forName("org.jetbrains.kotlin.cli.jvm.K2JVMCompiler");
    }

    public boolean run(String[] options) throws Exception {
      Object compiler = type.getConstructor().newInstance();
      Object code = type.getMethod("exec", PrintStream.class, String[].class).invoke(compiler, speech, options);
      if (code.toString().equals("OK")) return true;
      if (code.toString().equals("COMPILATION_ERROR")) return false;
      throw new IllegalStateException("kotlinc ended with " + code + ": " + said);
    }

    public String warmUpFile() {
      return "Main.kt";
    }

    public List<String> warmUpOptions() {
      return List.of("-nowarn", "-kotlin-home", "/usr/share/kotlin/kotlinc", "-d", jar.toString(), warmUpFile());
    }

    public String warmUpSource() {
      return "import java.util.*\ndata class P(val a: Int, val b: String)\nenum class E { A, B }\n"
        + "sealed class S { class X(val v: Int) : S(); object Y : S() }\n"
        + "fun <T : Comparable<T>> top(l: List<T>): T? = l.sortedBy { it }.lastOrNull()\n"
        + "fun of(s: S): Int = when (s) { is S.X -> s.v; S.Y -> 0 }\n"
        + "fun main(args: Array<String>) { val m = mutableMapOf<String, Int>()\n"
        + "for (i in 0 until 3) m[\"x$i\"] = (m[\"x$i\"] ?: 0) + i\n"
        + "val (a, b) = P(1, readLine() ?: \"\"); println(\"$a $b ${top(m.values.toList())} ${of(S.X(2))} ${E.A}\")\n"
        + "val s = Scanner(System.`in`); while (s.hasNext()) println(s.next().map { it.toInt() }.filter { it > 2 }.sum()) }\n";
    }
  }

  /** Its compiler starts afresh for each program; only its machine is warm. */
  static class Scala implements Kind {
    final Class<?> type;

    Scala() throws Exception {
      System.setErr(speech); // it takes this one when it is loaded, and keeps it
      type = Class.forName("scala.tools.nsc.Main");
    }

    public boolean run(String[] options) throws Exception {
      type.getMethod("process", String[].class).invoke(null, (Object) options);
      Object reporter = type.getMethod("reporter").invoke(null);
      String text = said.toString(StandardCharsets.UTF_8);
      // how it tells of its own defects
      if (text.contains("reconstructed args:") || text.contains("\n\tat ")) throw new IllegalStateException(text);
      return !(boolean) reporter.getClass().getMethod("hasErrors").invoke(reporter);
    }

    public String warmUpFile() {
      return "Main.scala";
    }

    public String warmUpSource() {
      return "import scala.collection.mutable\ncase class P(a: Int, b: String)\nsealed trait S\ncase class X(v: Int) extends S\n"
        + "case object Y extends S\nobject Main { def top[T: Ordering](l: List[T]): Option[T] = l.sorted.lastOption\n"
        + "def of(s: S): Int = s match { case X(v) => v; case Y => 0 }\n"
        + "def main(args: Array[String]): Unit = { val m = mutable.Map[String, Int]()\n"
        + "for (i <- 0 until 3; k = s\"x$i\") m(k) = m.getOrElse(k, 0) + i\n"
        + "val lines = scala.io.Source.stdin.getLines().map(_.split(\" \").map(_.toInt).sum).toList\n"
        + "val P(a, b) = P(1, f\"${2.5}%.1f\"); println(s\"$a $b ${top(m.values.toList)} ${of(X(2))} $lines\") } }\n";
    }
  }

  public static void main(String[] arguments) throws Exception {
    DataInputStream requests = new DataInputStream(new java.io.BufferedInputStream(new FileInputStream("/proc/self/fd/3")));
    FileOutputStream answers = new FileOutputStream("/proc/self/fd/4");
    Kind kind = switch (arguments[0]) {
      case "java" -> new Java();
      case "kotlin" -> new Kotlin();
      default -> new Scala();
    };
    warmUp(kind);
    answer(answers, "ready".getBytes(StandardCharsets.UTF_8));
    while (true) {
      byte[] message = read(requests);
      if (message == null) System.exit(0);
      try {
        answer(answers, compile(kind, message));
      } catch (Throwable unusual) {
        Runtime.getRuntime().halt(1);
      }
    }
  }

  /** The first compile of a machine takes ten times as long as the tenth. */
  static void warmUp(Kind kind) throws Exception {
    for (int i = 0; i < 4; i++) {
      Files.createDirectories(work);
      Files.createDirectories(classes);
      Files.write(work.resolve(kind.warmUpFile()), kind.warmUpSource().getBytes(StandardCharsets.UTF_8));
      if (!kind.run(kind.warmUpOptions().toArray(new String[0]))) throw new IllegalStateException(said.toString());
      clean();
    }
  }

  static byte[] compile(Kind kind, byte[] message) throws Exception {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    Parts parts = new Parts(message);
    int count = Integer.parseInt(parts.text());
    String[] options = new String[count];
    for (int i = 0; i < count; i++) options[i] = parts.text();
    while (parts.more()) {
      Path path = work.resolve(parts.text()).normalize();
      if (!path.startsWith(work)) throw new IOException("a file outside");
      Files.createDirectories(path.getParent());
      Files.write(path, parts.bytes());
    }
    Files.createDirectories(classes);
    boolean good = kind.run(options);
    byte[] made = !good ? new byte[0] : kind instanceof Java ? tar() : Files.readAllBytes(jar);
    answer.write((good ? "ok\n" : "failed\n").getBytes(StandardCharsets.UTF_8));
    answer.write((said.size() + "\n").getBytes(StandardCharsets.UTF_8));
    said.writeTo(answer);
    answer.write(made);
    clean();
    return answer.toByteArray();
  }

  static void clean() throws IOException {
    said.reset();
    for (Path root : List.of(work, classes)) {
      if (!Files.exists(root)) continue;
      Files.walkFileTree(root, new SimpleFileVisitor<>() {
        @Override public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
          Files.delete(file);
          return FileVisitResult.CONTINUE;
        }
        @Override public FileVisitResult postVisitDirectory(Path folder, IOException error) throws IOException {
          if (!folder.equals(root)) Files.delete(folder);
          return FileVisitResult.CONTINUE;
        }
      });
    }
  }

  /** All files below the folder of classes, in ustar. */
  static byte[] tar() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<Path> files;
    try (var found = Files.walk(classes)) {
      files = found.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      byte[] content = Files.readAllBytes(file);
      byte[] name = classes.relativize(file).toString().getBytes(StandardCharsets.UTF_8);
      if (name.length > 99) { // the name of the next entry, as GNU tar writes long ones
        header(out, "././@LongLink".getBytes(StandardCharsets.UTF_8), name.length + 1, 'L');
        padded(out, java.util.Arrays.copyOf(name, name.length + 1));
      }
      header(out, java.util.Arrays.copyOf(name, Math.min(name.length, 99)), content.length, '0');
      padded(out, content);
    }
    out.write(new byte[1024]);
    return out.toByteArray();
  }

  static void header(ByteArrayOutputStream out, byte[] name, long size, char type) {
    byte[] block = new byte[512];
    put(block, 0, name);
    put(block, 100, "0000644\0" + "0000000\0" + "0000000\0" + String.format("%011o\0", size) + "00000000000\0        " + type);
    put(block, 257, "ustar  \0");
    int sum = 0;
    for (byte b : block) sum += b & 0xff;
    put(block, 148, String.format("%06o\0 ", sum));
    out.write(block, 0, block.length);
  }

  static void padded(ByteArrayOutputStream out, byte[] content) {
    out.write(content, 0, content.length);
    out.write(new byte[(512 - content.length % 512) % 512], 0, (512 - content.length % 512) % 512);
  }

  static void put(byte[] block, int at, String text) {
    put(block, at, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static void put(byte[] block, int at, byte[] bytes) {
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }

  static void answer(FileOutputStream out, byte[] message) throws IOException {
    out.write((message.length + "\n").getBytes(StandardCharsets.UTF_8));
    out.write(message);
    out.flush();
  }

  static byte[] read(DataInputStream in) throws IOException {
    int size = 0;
    for (int letter; (letter = in.read()) != '\n'; size = size * 10 + letter - '0') if (letter < 0) return null;
    byte[] message = new byte[size];
    in.readFully(message);
    return message;
  }

  /** A message, cut into the parts it is made of. */
  static class Parts {
    final byte[] message;
    int at = 0;

    Parts(byte[] message) {
      this.message = message;
    }

    boolean more() {
      return at < message.length;
    }

    byte[] bytes() {
      int size = 0;
      for (; message[at] != '\n'; at++) size = size * 10 + message[at] - '0';
      at += 1 + size;
      return java.util.Arrays.copyOfRange(message, at - size, at);
    }

    String text() {
      return new String(bytes(), StandardCharsets.UTF_8);
    }
  }
}
