// tries: to print without end
// expect: output-limit
// limits: cpu=6 wall=20 output=65536 memory=512
public class Main {
    public static void main(String[] args) {
        while (true) System.out.println("x".repeat(1000));
    }
}
