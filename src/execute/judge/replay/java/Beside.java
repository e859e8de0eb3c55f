package cupel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** The script's main beside the program: how it ended, and with the word only that it came to its end. */
public final class Beside {
  private static final Lines lines = new Lines();

  private Beside() {}

  public static void run(Class<?> script, String word) throws Throwable {
    try {
      Method main = main(script);
      main.setAccessible(true);
      main.invoke(null, main.getParameterCount() == 0 ? new Object[0] : new Object[] {new String[0]});
      lines.send("d " + word + " 1");
      lines.end(0);
    } catch (InvocationTargetException thrown) {
      Throwable error = thrown.getCause();
      if (error instanceof OutOfMemoryError) throw error;
      String message = error.getMessage() == null ? "" : error.getMessage();
      if (error instanceof AssertionError) lines.send("a s" + Values.text(message));
      else lines.send("e s" + Values.text(error.getClass().getSimpleName()) + " s" + Values.text(message));
      error.printStackTrace();
      lines.end(3);
    }
  }

  private static Method main(Class<?> script) throws NoSuchMethodException {
    for (Method method : script.getDeclaredMethods()) if (method.getName().equals("main")) return method;
    throw new NoSuchMethodException("main");
  }
}
