// The script's Main beside the program: how it ended, and with the word only that it came to its end.
using System;
using System.Linq;
using System.Reflection;

namespace CupelReplay {
  class AssertionFailed : Exception { public AssertionFailed(string message) : base(message) { } }

  static class Beside {
    public static void Run(string word) {
      int lines = Lines.All.Count;
      var any = BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public;
      var main = Assembly.GetExecutingAssembly().GetTypes().SelectMany(type => type.GetMethods(any)).First(one => one.Name == "CupelScriptMain");
      try {
        main.Invoke(null, main.GetParameters().Length == 0 ? null : new object[] {new string[0]});
      } catch (TargetInvocationException thrown) {
        var error = thrown.InnerException;
        if (error is OutOfMemoryException) throw;
        string told = Values.Text(error.Message ?? "");
        Lines.Send(error is AssertionFailed ? "a s" + told : "e s" + Values.Text(error.GetType().Name) + " s" + told);
        Console.Error.WriteLine(error);
        Environment.Exit(3);
      }
      Lines.Send("d " + word + " 1");
      Environment.Exit(0);
    }

    public static void Assert(bool holds, params object[] about) {
      if (!holds) throw new AssertionFailed("assertion failed: " + string.Join(" ", about));
    }
  }
}
