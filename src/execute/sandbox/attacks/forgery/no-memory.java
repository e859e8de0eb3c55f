// tries: to be reported as out of memory by printing the words first; Java really prints them before much else
// expect: runtime-error, memory-limit
// limits: cpu=6 wall=20 memory=512
public class Main {
    public static void main(String[] args) {
        System.err.println("java.lang.OutOfMemoryError: Java heap space");
        System.err.println("line\n".repeat(40));
        System.exit(1);
    }
}
