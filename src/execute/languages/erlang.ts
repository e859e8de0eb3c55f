import { defineLanguage } from '../../kernel/index.js'
import { beamFlags, onBeam } from './beam.js'

/** A file without a module is a script, whose first line is free. */
const build = [
  'mkdir /tmp/beams && cp "$@" /tmp/beams',
  'if grep -q "^ *-module" "$1"; then erlc -o /tmp/beams "$@"; else escript -s "$1"; fi >&2',
  'tar -cf out -C /tmp/beams .',
].join(' && ')

/** Which of main/1, main/0 and start/0 there is; what it returns is nobody's business. */
const begin = `
  M = list_to_atom(os:getenv("ERL_MAIN")),
  {module, M} = code:ensure_loaded(M),
  Known = [F || F <- [{main, 1}, {main, 0}, {start, 0}], erlang:function_exported(M, element(1, F), element(2, F))],
  try case Known of
    [{main, 1} | _] -> M:main(init:get_plain_arguments());
    [{main, 0} | _] -> M:main();
    [{start, 0} | _] -> M:start();
    [] -> io:put_chars(standard_error, "there is no main/1, main/0 or start/0\\n"), halt(127)
  end of _ -> halt(0)
  catch C:R:S -> io:format(standard_error, "~ts", [erl_error:format_exception(C, R, S)]), halt(1) end.`

const start = [
  'mkdir /tmp/beams && tar -xf out -C /tmp/beams',
  'ERL_MAIN=$1 file=$2',
  'shift 2',
  'export ERL_MAIN',
  `if [ -f "/tmp/beams/$ERL_MAIN.beam" ]; then exec erl -noshell -pa /tmp/beams -eval '${begin}' -extra "$@"`,
  'else exec escript -c "/tmp/beams/$(basename "$file")" "$@"; fi',
].join('\n')

export default defineLanguage({
  name: 'erlang',
  title: 'Erlang',
  summary: 'Erlang; starts main/1 (with the arguments), main/0 or start/0 of the entry',
  extensions: ['erl', 'escript'],
  aliases: ['erl'],
  file: 'main.erl',
  native: {
    ...onBeam,
    probe: ['erl', '-noshell', '-eval', 'io:format("Erlang/OTP ~s~n", [erlang:system_info(otp_release)]), halt().'],
    install: { apt: 'erlang-base' },
    env: { ERL_FLAGS: beamFlags, ERL_CRASH_DUMP_SECONDS: '0' },
    names: (source) => {
      const module = /^[ \t]*-module\(\s*'?([\w@]+)'?\s*\)/m.exec(source)?.[1]
      return module ? { file: `${module}.erl`, main: module } : {}
    },
    compile: ['sh', '-c', build, 'erlc', '{files}'],
    run: ['sh', '-c', start, 'erl', '{main}', '{file}'],
  },
})
