/** The script's main beside the program: how it ended, and with the word only that it came to its end. */
package cupel

fun beside(word: String, script: () -> Unit) {
    Lines.all
    try {
        script()
    } catch (error: OutOfMemoryError) {
        throw error
    } catch (error: Throwable) {
        val message = error.message ?: ""
        Lines.send(if (error is AssertionError) "a s${text(message)}" else "e s${text(error.javaClass.simpleName)} s${text(message)}")
        error.printStackTrace()
        Lines.end(3)
    }
    Lines.send("d $word 1")
    Lines.end(0)
}
