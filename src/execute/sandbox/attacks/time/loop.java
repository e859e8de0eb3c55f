// tries: to compute for ever in threads that swallow everything
// expect: time-limit
// limits: cpu=2 wall=10 memory=512 processes=64
public class Main {
    public static void main(String[] args) {
        for (int i = 0; i < 4; i++)
            new Thread(() -> {
                for (long n = 0;; n++) {
                }
            }).start();
    }
}
