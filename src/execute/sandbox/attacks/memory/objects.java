// tries: to fill the heap with objects and to catch every error on the way
// expect: memory-limit, runtime-error, time-limit
// limits: cpu=6 wall=20 memory=256
import java.util.ArrayList;

public class Main {
    public static void main(String[] args) {
        ArrayList<byte[]> all = new ArrayList<>();
        while (true) {
            try {
                all.add(new byte[1 << 20]);
            } catch (OutOfMemoryError refused) {
                if (all.size() > 600) System.out.println("ESCAPED: " + all.size() + " MB");
                throw refused;
            }
        }
    }
}
