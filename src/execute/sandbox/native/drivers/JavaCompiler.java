import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
 * The driver of a warm javac: compiles one program after the other in a machine that is warm already, and never runs a
 * class of theirs (annotation processing is off). It lives in a sandbox like any program, because a compiler fed with
 * hostile sources is one.
 *
 * Messages on descriptor 3 and answers on 4 are a decimal length, a newline and that many bytes. A message is, each as a
 * length, a newline and the bytes: the number of options, the options, and then names and contents of files by turns. An
 * answer is `ok` or `failed`, a newline, the length of what the compiler said, a newline, what it said, and the classes as
 * a tar file.
 */
class JavaCompilerDriver {
  static final Path work = Path.of("/tmp/work");
  static final Path classes = Path.of("/tmp/classes");
  static final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

  public static void main(String[] arguments) throws IOException {
    DataInputStream requests = new DataInputStream(new java.io.BufferedInputStream(new FileInputStream("/proc/self/fd/3")));
    FileOutputStream answers = new FileOutputStream("/proc/self/fd/4");
    warmUp();
    answer(answers, "ready".getBytes(StandardCharsets.UTF_8));
    while (true) {
      byte[] message = read(requests);
      if (message == null) return;
      answer(answers, compile(message));
    }
  }

  /** The first compile of a machine takes ten times as long as the tenth. */
  static void warmUp() throws IOException {
    String source = "import java.util.*; public class Main { record P(int a, String b) {} enum E { A, B }\n"
      + "static <T extends Comparable<T>> T max(List<T> l) { return l.stream().max(Comparator.naturalOrder()).get(); }\n"
      + "public static void main(String[] a) { Scanner s = new Scanner(System.in); Map<String, Integer> m = new HashMap<>();\n"
      + "for (int i = 0; i < 3; i++) m.merge(\"x\" + i, i, Integer::sum); System.out.println(max(new ArrayList<>(m.values())));\n"
      + "switch (E.A) { case A: break; default: throw new IllegalStateException(); } } }";
    for (int i = 0; i < 4; i++) {
      Files.createDirectories(work);
      Files.write(work.resolve("Main.java"), source.getBytes(StandardCharsets.UTF_8));
      run(List.of("-d", classes.toString(), "Main.java"), new ByteArrayOutputStream());
      clean();
    }
  }

  static byte[] compile(byte[] message) throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    boolean good;
    byte[] made = new byte[0];
    try {
      Parts parts = new Parts(message);
      int count = Integer.parseInt(parts.text());
      List<String> options = new ArrayList<>();
      for (int i = 0; i < count; i++) options.add(parts.text());
      while (parts.more()) {
        Path path = work.resolve(parts.text()).normalize();
        if (!path.startsWith(work)) throw new IOException("a file outside");
        Files.createDirectories(path.getParent());
        Files.write(path, parts.bytes());
      }
      good = run(options, said);
      if (good) made = tar();
    } finally {
      clean();
    }
    answer.write((good ? "ok\n" : "failed\n").getBytes(StandardCharsets.UTF_8));
    answer.write((said.size() + "\n").getBytes(StandardCharsets.UTF_8));
    said.writeTo(answer);
    answer.write(made);
    return answer.toByteArray();
  }

  static boolean run(List<String> options, OutputStream said) throws IOException {
    Files.createDirectories(classes);
    List<String> all = new ArrayList<>(List.of("-proc:none"));
    all.addAll(options);
    return compiler.run(null, said, said, all.toArray(new String[0])) == 0;
  }

  static void clean() throws IOException {
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
