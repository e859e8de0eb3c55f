package main

/* The side of the tests: the stand-in's calls, and a `testing.T`. From the first guess on nothing decides. */

import (
	"fmt"
	"os"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"sync"
)

var cupelGiven = cupelRead()
var cupelCalls = 0
var cupelGuessed = false
var cupelTurn sync.Mutex

/* Asks for one call; results and arguments are pointers to where the values are. */
func cupelCall(name string, results []interface{}, args []interface{}) {
	cupelTurn.Lock()
	defer cupelTurn.Unlock()
	asked := cupelWriter{strange: cupelCannotCross}
	asked.token(cupelText('s', name))
	asked.token("(" + strconv.Itoa(len(args)))
	for _, arg := range args {
		asked.put(reflect.ValueOf(arg).Elem(), 0)
	}
	line := strings.Join(asked.out, " ")
	at := 2 * cupelCalls
	cupelCalls++
	if at+1 >= len(cupelGiven.lines) || cupelGiven.lines[at] != line {
		cupelGuessed = true
		cupelGiven.send("c g " + line)
		return
	}
	cupelGiven.send("c r " + line)
	in := cupelReader{tokens: strings.Split(cupelGiven.lines[at+1], " "), at: 1}
	if in.tokens[0] == "e" {
		kind, message := cupelUntext(in.next()), cupelUntext(in.next())
		panic(cupelRaised{kind, message})
	}
	defer func() {
		if thrown := recover(); thrown != nil {
			cupelFailed(fmt.Sprint(thrown))
		}
	}()
	if len(results) == 0 {
		in.next()
	} else if len(results) > 1 {
		if token := in.next(); token != "("+strconv.Itoa(len(results)) {
			panic(cupelMismatch("the candidate gave " + token + " where " + strconv.Itoa(len(results)) + " results are due"))
		}
	}
	for _, result := range results {
		in.take(reflect.ValueOf(result).Elem())
	}
	for in.more() {
		in.next()
		if which, err := strconv.Atoi(in.next()); err == nil && which < len(args) {
			in.take(reflect.ValueOf(args[which]).Elem())
		} else {
			panic(cupelMismatch("the candidate changed an argument that is none"))
		}
	}
}

/* What the candidate panicked with. */
type cupelRaised struct{ kind, message string }

func (raised cupelRaised) Error() string { return raised.kind + ": " + raised.message }

/* It is the tests' own value that cannot be told to another process. */
func cupelCannotCross(what string) string {
	cupelGiven.send("x " + cupelText('s', what))
	os.Exit(0)
	return ""
}

/* The first failure ends the run, so that the last call is the one that it is about. */
func cupelFailed(message string) { cupelStop(message, 1) }

func cupelStop(message string, code int) {
	if cupelGuessed {
		return
	}
	os.Stderr.WriteString(strings.ReplaceAll(strings.TrimSpace(message), "\n", " ") + "\n")
	os.Exit(code)
}

/* Deferred by the functions of the test script: what panics after a guess must not keep later calls from being seen. */
func cupelGoOn() {
	if cupelGuessed {
		recover()
	}
}

func cupelTests(tests ...func()) {
	for _, test := range tests {
		cupelRun(test)
	}
}

func cupelRun(test func()) {
	defer func() {
		switch thrown := recover().(type) {
		case nil, cupelSkipped:
		case runtime.Error:
			cupelStop("panic: "+thrown.Error(), 2)
		default:
			cupelStop("panic: "+fmt.Sprint(thrown), 2)
		}
	}()
	test()
}

type cupelSkipped struct{}

type cupelT struct {
	name    string
	cleanup []func()
}

func (t *cupelT) Run(name string, test func(t *cupelT)) bool {
	inner := &cupelT{name: name}
	cupelRun(func() { test(inner) })
	for i := len(inner.cleanup); i > 0; i-- {
		cupelRun(inner.cleanup[i-1])
	}
	return true
}

func (t *cupelT) Cleanup(f func())                        { t.cleanup = append(t.cleanup, f) }
func (t *cupelT) Name() string                            { return t.name }
func (t *cupelT) Helper()                                 {}
func (t *cupelT) Parallel()                               {}
func (t *cupelT) Failed() bool                            { return false }
func (t *cupelT) Skipped() bool                           { return false }
func (t *cupelT) Log(args ...interface{})                 {}
func (t *cupelT) Logf(format string, args ...interface{}) {}
func (t *cupelT) Error(args ...interface{})               { cupelFailed(fmt.Sprint(args...)) }
func (t *cupelT) Errorf(format string, args ...interface{}) {
	cupelFailed(fmt.Sprintf(format, args...))
}
func (t *cupelT) Fail()                                     { cupelFailed("the test failed") }
func (t *cupelT) FailNow()                                  { t.stop("the test failed") }
func (t *cupelT) Fatal(args ...interface{})                 { t.stop(fmt.Sprint(args...)) }
func (t *cupelT) Fatalf(format string, args ...interface{}) { t.stop(fmt.Sprintf(format, args...)) }
func (t *cupelT) Skip(args ...interface{})                  { panic(cupelSkipped{}) }
func (t *cupelT) Skipf(format string, args ...interface{})  { panic(cupelSkipped{}) }
func (t *cupelT) SkipNow()                                  { panic(cupelSkipped{}) }

/* A test that is over is over, also after a guess: what follows counts on what was asked for. */
func (t *cupelT) stop(message string) {
	cupelFailed(message)
	panic(cupelSkipped{})
}
