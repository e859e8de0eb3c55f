# Both sides in Perl: `serve` answers calls for the candidate, `call` stands in for its functions in the tests. A scalar is a
# number where it was used as one and writes itself as it is written, else text: Perl itself sees no other difference (see the
# README of the folder above).
package CupelReplay;
use strict;
use warnings;

our ($mark, @lines, $out);
# Whether the program's first statement was reached.
our $compiled = 0;
# From the first guess on nothing decides: the script goes on as far as it comes, to show which calls it makes.
our $guessed = 0;
my $calls = 0;

# Read before the program runs, which may read its input too; it finds it empty.
sub begin {
  binmode STDIN;
  ($mark, @lines) = split /\n/, do { local $/; scalar <STDIN> };
  # WebAssembly has no copies of open files.
  open $out, '>&', \*STDOUT or $out = *STDOUT{IO};
  binmode $out;
  close STDIN;
  open STDIN, '<', \'' or die "no empty input: $!";
}

sub send_line {
  # Not by `print`, which a program's $, and $\ change.
  my $text = "\n$mark $_[0]\n";
  while (length $text) {
    my $written = syswrite $out, $text;
    defined $written or exit 1;
    $text = substr $text, $written;
  }
}

sub text {
  my ($value) = @_;
  $value =~ s/([^!-~]|%)/sprintf '%%%02x', ord $1/ge;
  return $value;
}

sub scalar_token {
  my ($value) = @_;
  # First of all, since reckoning with a number can change how it is written.
  my $written = "$value";
  my $wide = $written =~ /[^\x00-\xff]/;
  no warnings;
  # Text has no bits in common with none; a number has the number nought.
  if (!$wide && length((my $none = '') & $value)) {
    my $bits = unpack 'H16', pack 'd>', $value;
    return 'f' if $written eq '';
    # Minus nought is written like the other.
    return "d$bits" if $bits =~ /\A80{15}\z/;
    return "i$written" if $written =~ /\A(?:0|-?[1-9][0-9]{0,19})\z/ && 0 + $written eq $written;
    return "d$bits" if unpack('d>', pack 'H16', $bits) eq $written;
  }
  return 'b' . text($written) if !$wide && $written =~ /[^\x00-\x7f]/;
  utf8::encode($written);
  return 's' . text($written);
}

sub put {
  my ($value, $made, $depth) = @_;
  die "the value is nested too deeply to cross, or contains itself\n" if $depth > 390;
  my $kind = ref $value;
  if (!defined $value) { push @$made, 'n' }
  elsif ($kind eq '') { push @$made, scalar_token($value) }
  elsif ($kind eq 'ARRAY') {
    push @$made, '[' . @$value;
    put($_, $made, $depth + 1) for @$value;
  }
  elsif ($kind eq 'HASH') {
    my @keys = sort keys %$value;
    push @$made, 'M' . @keys;
    for my $key (@keys) {
      put("$key", $made, $depth + 1);
      put($value->{$key}, $made, $depth + 1);
    }
  }
  else { utf8::encode($kind); push @$made, '?' . text($kind) }
}

sub tokens {
  my @made;
  put($_[0], \@made, 0);
  return join ' ', @made;
}

sub untext {
  my $text = substr $_[0], 1;
  $text =~ s/%u....|%(..)/defined $1 ? chr hex $1 : '?'/ge;
  utf8::decode($text) if $_[0] !~ /\Ab/;
  return $text;
}

sub take {
  my ($tokens) = @_;
  my $token = shift @$tokens;
  my ($kind, $rest) = (substr($token, 0, 1), substr $token, 1);
  return undef if $kind eq 'n' || $kind eq 'u';
  return !!1 if $kind eq 't';
  return !!0 if $kind eq 'f';
  return 0 + $rest if $kind eq 'i' || $kind eq 'I';
  return unpack 'd>', pack 'H16', $rest if $kind eq 'd';
  return untext($token) if $kind =~ /[sbcy]/;
  # What stayed with the candidate: it is no other reference's equal.
  return bless {kind => untext($token)}, 'CupelReplay::Opaque' if $kind eq '?';
  return {map { my $key = take($tokens); ($key => take($tokens)) } 1 .. $rest} if $kind eq 'M' || $kind eq '{';
  return [map { take($tokens) } 1 .. $rest];
}

sub failure {
  my ($error) = @_;
  my $kind = ref $error || 'die';
  my $message = eval { substr "$error", 0, 2000 };
  $message = '' unless defined $message;
  utf8::encode($_) for $kind, $message;
  return 'e s' . text($kind) . ' s' . text($message);
}

# `@name` is a call that wants a list: its value is a tuple of all that it gives.
sub serve {
  my ($name) = @_;
  my $code = \&{"main::$name"};
  for my $line (@lines) {
    my @asked = split / /, $line;
    my $wants_list = untext(shift @asked) =~ /\A@/;
    my $reply;
    my $fine = eval {
      my $args = take(\@asked);
      my @before = map { tokens($_) } @$args;
      # `die` with nothing that is true would look like none.
      my @got = $wants_list ? $code->(@$args) : scalar $code->(@$args);
      $reply = 'v ' . ($wants_list ? join ' ', '(' . @got, map { tokens($_) } @got : tokens($got[0]));
      for my $i (0 .. $#$args) {
        my $after = tokens($args->[$i]);
        $reply .= " m $i $after" if $after ne $before[$i];
      }
      1;
    };
    send_line($fine ? $reply : failure($@));
  }
}

# `$args` holds the caller's own scalars.
sub call {
  my ($name, $args, $wants_list) = @_;
  my $asked = eval { join ' ', 's' . ($wants_list ? '@' : '') . text($name), '(' . @$args, map { tokens($_) } @$args };
  my $stuck = defined $asked ? $asked =~ / \?/ ? 'the tests pass a value that cannot cross' : undef : $@;
  if (defined $stuck) {
    send_line('x s' . text($stuck));
    exit 78;
  }
  my $at = 2 * $calls++;
  my $known = defined $lines[$at] && $lines[$at] eq $asked && defined $lines[$at + 1];
  $guessed ||= !$known;
  send_line(($known ? 'c r ' : 'c g ') . $asked);
  return if !$known;
  my @reply = split / /, $lines[$at + 1];
  if (shift @reply eq 'e') {
    my ($kind, $message) = map { untext($_) } @reply;
    die $kind eq 'die' ? $message : "$kind: $message\n";
  }
  my $value = take(\@reply);
  while (@reply) {
    shift @reply;
    my $which = shift @reply;
    my ($old, $new) = ($args->[$which], take(\@reply));
    if (ref $old eq 'ARRAY' && ref $new eq 'ARRAY') { @$old = @$new }
    elsif (ref $old eq 'HASH' && ref $new eq 'HASH') { %$old = %$new }
    else { eval { $args->[$which] = $new } }
  }
  return $wants_list && ref $value eq 'ARRAY' ? @$value : $value;
}

1;
