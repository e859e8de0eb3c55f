// tries: to run code in the compiler by an annotation processor of its own
// expect: ok, compile-error
// limits: cpu=6 wall=20 memory=512
import java.util.Set;
import javax.annotation.processing.*;
import javax.lang.model.element.TypeElement;

@SupportedAnnotationTypes("*")
public class Main extends AbstractProcessor {
    static {
        System.out.println(System.getenv("CANARY_VARIABLE") == null ? "held" : "ESCAPED");
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        throw new Error("ESCAPED: inside the compiler");
    }

    public static void main(String[] args) {
    }
}
