// tries: to read a file of the host, by name, by address, and to list its folder
// expect: ok
// limits: cpu=6 wall=20 memory=512
import java.nio.file.*;

public class Main {
    interface Attempt {
        Object run() throws Exception;
    }

    static void tries(String what, Attempt attempt) {
        try {
            System.out.println("ESCAPED: " + what + " " + attempt.run());
        } catch (Throwable refused) {
        }
    }

    public static void main(String[] args) {
        tries("read", () -> Files.readString(Path.of("CANARY_FILE")));
        tries("url", () -> new String(new java.net.URL("file:CANARY_FILE").openStream().readAllBytes()));
        tries("list", () -> Files.list(Path.of("CANARY_FOLDER")).toList());
        tries("write", () -> Files.writeString(Path.of("CANARY_FOLDER/ESCAPED"), "x"));
        System.out.println("held");
    }
}
