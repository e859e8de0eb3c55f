import { describe, expect, it } from 'vitest'
import { judging } from './replay.test-support.js'

const { judge, missing } = await judging('perl')

const perl = (script: string, code: string) => judge({ trusted: '# f\nsub f {\n  my ($a) = @_;\n', script, code })

describe.skipIf(missing)('function problems in Perl', () => {
  it('values cross both ways as Perl tells them apart', async () => {
    const values = [
      ...['0', '-0.0', '42', '-9223372036854775808', '18446744073709551615', '0.1 + 0.2', '2**53', '9**9**9', '1e15'],
      ...["''", "'a b%41'", '"\\xe9"', '"\\x{263a}\\xe9"', '"\\xff\\x00"', "'007'", "'1e3'", "'0 but true'"],
      ...['undef', '!!0', '!!1', '[]', '[1, [undef, {}]]', "{ 'a b' => [1.5], '' => { x => undef } }"],
    ]
    const used = `my $n = '007'; { no warnings; my $sum = $n + 1 } my $m = 12; my $text = "$m"; my $s = 'x'; { no warnings; my $sum = $s + 1 }`
    const script = `use JSON::PP; my $json = JSON::PP->new->canonical->allow_nonref;
${used}
for my $value (${values.join(', ')}, $n, $m, $s) {
  my $got = f($value);
  next if $CupelReplay::guessed;
  die 'other: ' . $json->encode([$value, $got]) unless $json->encode([$got]) eq $json->encode([$value]) || !ref $value && "$got" eq "$value";
  die 'other bits' if !ref $value && defined $value && $value =~ /^[-0-9.e+]+$/ && pack('d', $got) ne pack('d', $value);
  die 'other truth' if !$got ne !$value;
}`
    const verdict = await perl(script, 'sub f { return $_[0] }')
    expect(verdict, JSON.stringify(verdict)).toMatchObject({ kind: 'passed', judged: 'out-of-process' })
  })

  it('lists are lists where the tests want one, and arguments are the caller’s own', async () => {
    const script = `my @all = f([3, 1]); die unless "@all" eq '3 1 list';
my @none = f([]); die if @none != 1;
my $one = f([3, 1]); die unless $one eq 'scalar';
my ($x, $list, $map) = (1, [1], { a => 1 }); f($x, $list, $map); die unless $x == 2 && "@$list" eq '1 9' && $map->{b}[0] == 2;`
    const code = `sub f {
  if (@_ == 3) { $_[0]++; push @{$_[1]}, 9; $_[2]{b} = [2]; return }
  return wantarray ? (@{$_[0]}, 'list') : 'scalar';
}`
    expect(await perl(script, code)).toMatchObject({ kind: 'passed' })
  })

  it('what dies keeps its words, and what it is not caught by fails', async () => {
    const script = `eval { f(1) }; die "no: $@" unless $@ eq "too far\\n"; eval { f(2) }; die "no: $@" unless $@ =~ /^Bad: bad/;`
    const code = `package Bad; use overload '""' => sub { 'bad' }; package main; sub f { die "too far\\n" if $_[0] == 1; die bless {}, 'Bad' }`
    expect(await perl(script, code)).toMatchObject({ kind: 'passed' })
    expect(await perl('f(1)', code)).toMatchObject({
      kind: 'runtime-error',
      exception: { type: 'die', message: 'too far\n' },
    })
  })

  it('references that stay behind equal nothing', async () => {
    for (const value of ['\\5', 'sub { 5 }', "bless([], 'A')", 'qr/5/', '\\*STDOUT'])
      expect(
        await perl(`use Data::Compare; die unless Compare(scalar f(), 5)`, `sub f { ${value} }`),
        value,
      ).toMatchObject({ kind: 'wrong' })
    expect(await perl('f(sub { 1 })', 'sub f { 1 }')).toMatchObject({ kind: 'infrastructure' })
    expect((await perl('f()', 'sub f { my $x = []; push @$x, $x; $x }')).kind).toBe('runtime-error')
  })

  it('a comparison of two values takes neither fewer nor more', async () => {
    const script = 'use Test::Deep; exit 1 unless eq_deeply(f(), [1])'
    expect(await perl(script, 'sub f { return [1] }')).toMatchObject({ kind: 'passed' })
    for (const answer of ['(1)', '()', '([1], [1])', '[2]', "['1', 1]"])
      expect((await perl(script, `sub f { return ${answer} }`)).kind, answer).toBe('wrong')
  })

  it('a source that is none is a compile error, one that fails while it is loaded is not', async () => {
    for (const code of ['sub f { ', 'use strict; sub f { $x }', 'use No::Such::Module; sub f { 1 }'])
      expect((await perl('f()', code)).kind, code).toBe('compile-error')
    expect((await perl('f()', 'die "at once"; sub f { 1 }')).kind).toBe('runtime-error')
    expect((await perl('f()', 'sub g { 1 }')).kind).toBe('runtime-error')
  })
})
