// tries: to reach a server on the loopback of the host
// expect: ok
// limits: cpu=6 wall=20 memory=512
import java.net.*;

public class Main {
    public static void main(String[] args) {
        try {
            new Socket("127.0.0.1", CANARY_PORT);
            System.out.println("ESCAPED: connected");
        } catch (Throwable refused) {
        }
        try {
            new ServerSocket(0);
            System.out.println("ESCAPED: a server");
        } catch (Throwable refused) {
        }
        System.out.println("held");
    }
}
