% Runs a program file as `swipl -q -g GOAL -t halt FILE -- ARGS` does.
% Covers: argv, the environment, initialization/1 and /2, the exit codes of failure and of errors.
% Does not cover: the toplevel, options of the command line.
:- module(cupel_start, [cupel_start/5]).

cupel_start(File, Arguments, Environment, Goal, Bytes) :-
    set_prolog_flag(argv, Arguments),
    set_prolog_flag(stack_limit, Bytes),
    prompt(_, ''),
    forall(member(Name-Value, Environment), setenv(Name, Value)),
    run(load_files(user:File, [])),
    run(user:Goal),
    findall(Main, system:'$init_goal'(when(main), Main, _), Mains),
    (   append(_, [Last], Mains)
    ->  run(Last)
    ;   true
    ),
    halt(0).

run(Goal) :-
    (   catch_with_backtrace(Goal, Error, true)
    ->  (   var(Error)
        ->  true
        ;   ended(Error)
        )
    ;   print_message(error, format("goal failed: ~p", [Goal])),
        halt(1)
    ).

ended(unwind(halt(Code))) :-
    !,
    halt(Code).
ended(Error) :-
    print_message(error, unhandled_exception(Error)),
    halt(2).
