<?php
/*
 * Both sides in PHP: `serve` answers calls for the candidate, `call` stands in for its functions in the tests.
 * An array is a list where its keys are those of one, else a map (see the README of the folder above).
 */
namespace CupelReplay;

class CannotCross extends \Exception {}

/** What stayed with the candidate: it equals nothing. */
final class Opaque {
  public function __construct(private string $kind) {}
  public function __call($name, $args) { throw new \TypeError("the candidate gave a $this->kind, which cannot leave its process"); }
  public function __get($name) { throw new \TypeError("the candidate gave a $this->kind, which cannot leave its process"); }
}

function lines(): array {
  static $lines = null;
  return $lines ??= explode("\n", file_get_contents('php://stdin'));
}

function out(string $line): void {
  // What the program printed and PHP still keeps comes first.
  while (ob_get_level() > 0) ob_end_flush();
  static $stream = null;
  $stream ??= fopen('php://stdout', 'wb');
  fwrite($stream, "\n" . lines()[0] . " $line\n");
  fflush($stream);
}

function text(string $value): string {
  return preg_replace_callback('/[^!-~]|%/', fn($byte) => sprintf('%%%02x', ord($byte[0])), $value);
}

function put($value, array &$out, int $depth = 0): void {
  if ($depth > 390) throw new CannotCross('the value is nested too deeply to cross, or contains itself');
  if ($value === null) $out[] = 'n';
  elseif (is_bool($value)) $out[] = $value ? 't' : 'f';
  elseif (is_int($value)) $out[] = "i$value";
  elseif (is_float($value)) $out[] = 'd' . bin2hex(pack('E', $value));
  elseif (is_string($value)) $out[] = 's' . text($value);
  elseif (is_array($value)) {
    $list = array_is_list($value);
    $out[] = ($list ? '[' : 'M') . count($value);
    foreach ($value as $key => $item) {
      if (!$list) put($key, $out, $depth + 1);
      put($item, $out, $depth + 1);
    }
  } elseif ($value instanceof \stdClass) {
    $fields = get_object_vars($value);
    $out[] = '{' . count($fields);
    foreach ($fields as $name => $item) {
      put((string) $name, $out, $depth + 1);
      put($item, $out, $depth + 1);
    }
  } else $out[] = '?' . text(get_debug_type($value));
}

function tokens($value): string {
  $out = [];
  put($value, $out);
  return implode(' ', $out);
}

function untext(string $token): string {
  return preg_replace_callback('/%u....|%(..)/', fn($found) => isset($found[1]) ? chr(hexdec($found[1])) : '?', substr($token, 1));
}

function take(array $tokens, int &$at) {
  $token = $tokens[$at++];
  $rest = substr($token, 1);
  switch ($token[0]) {
    case 'n': case 'u': return null;
    case 't': return true;
    case 'f': return false;
    case 'i': case 'I': return is_int($rest + 0) ? $rest + 0 : (float) $rest;
    case 'd': return unpack('E', hex2bin($rest))[1];
    case 's': case 'c': case 'b': case 'y': return untext($token);
    case '?': return new Opaque(untext($token));
  }
  $made = [];
  for ($i = 0; $i < (int) $rest; $i++) {
    if ($token[0] === 'M' || $token[0] === '{') {
      $key = take($tokens, $at);
      $made[$key] = take($tokens, $at);
    } else $made[] = take($tokens, $at);
  }
  return $token[0] === '{' ? (object) $made : $made;
}

/** `$call` takes the arguments by reference and gives what the program gives for them. */
function serve(callable $call): void {
  foreach (array_slice(lines(), 1) as $line) {
    if ($line === '') continue;
    try {
      $tokens = explode(' ', $line);
      $at = 1;
      $args = take($tokens, $at);
      $before = array_map(tokens(...), $args);
      $value = $call($args);
      $reply = 'v ' . tokens($value);
      foreach ($args as $i => $arg) {
        $after = tokens($arg);
        if ($after !== $before[$i]) $reply .= " m $i $after";
      }
      out($reply);
    } catch (\Throwable $error) {
      out('e s' . text(get_class($error)) . ' s' . text(substr($error->getMessage(), 0, 2000)));
    }
  }
}

/** The arguments are references to the caller's own variables. */
function call(string $name, array $args) {
  static $calls = 0;
  try {
    $asked = 's' . text($name) . ' (' . substr(tokens(array_values($args)), 1);
    if (str_contains($asked, ' ?')) throw new CannotCross('the tests pass a value that cannot cross');
  } catch (CannotCross $error) {
    out('x s' . text($error->getMessage()));
    exit(78);
  }
  $at = 1 + 2 * $calls++;
  $reply = (lines()[$at] ?? '') === $asked ? lines()[$at + 1] : null;
  out('c ' . ($reply === null ? 'g ' : 'r ') . $asked);
  if ($reply === null) return null;
  $tokens = explode(' ', $reply);
  if ($tokens[0] === 'e') {
    $kind = untext($tokens[1]);
    $message = untext($tokens[2]);
    throw is_subclass_of($kind, \Exception::class) ? new $kind($message) : new \RuntimeException("$kind: $message");
  }
  $at = 1;
  $value = take($tokens, $at);
  while ($at < count($tokens)) {
    $which = (int) $tokens[$at + 1];
    $at += 2;
    $args[$which] = take($tokens, $at);
  }
  return $value;
}

/** The program with the tests behind it. */
function beside(string $file): void {
  lines();
  \mt_srand(1);
  try {
    require $file;
  } catch (\AssertionError $error) {
    out('a s' . text(substr($error->getMessage(), 0, 2000)));
    exit(1);
  } catch (\Throwable $error) {
    out('e s' . text(get_class($error)) . ' s' . text(substr($error->getMessage(), 0, 2000)));
    exit(1);
  }
}
