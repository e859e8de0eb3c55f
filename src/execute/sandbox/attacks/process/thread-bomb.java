// tries: to start threads until something breaks
// expect: ok, runtime-error, memory-limit, time-limit
// limits: cpu=4 wall=12 processes=48 memory=512
public class Main {
    public static void main(String[] args) {
        int count = 0;
        try {
            for (; count < 5000; count++) {
                Thread thread = new Thread(() -> {
                    try {
                        Thread.sleep(60000);
                    } catch (InterruptedException e) {
                    }
                });
                thread.setDaemon(true);
                thread.start();
            }
        } catch (Throwable refused) {
        }
        System.out.println(count < 48 ? "held" : "ESCAPED: " + count + " threads");
        Runtime.getRuntime().halt(0);
    }
}
