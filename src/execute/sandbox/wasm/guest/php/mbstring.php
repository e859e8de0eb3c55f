<?php
// The functions of mbstring that programs use most, for UTF-8: this build of PHP comes without the extension.
// Covers: the functions below; letters of Latin, Greek and Cyrillic in changes of case.
// Does not cover: other encodings than UTF-8 and ISO-8859-1, widths of East Asian characters, mb_ereg.
function mb_str_split(string $string, int $length = 1, ?string $encoding = null): array
{
    $chars = preg_split('//u', $string, -1, PREG_SPLIT_NO_EMPTY);
    if ($chars === false) $chars = str_split($string);
    return $length === 1 ? $chars : array_map('implode', array_chunk($chars, $length));
}
function mb_strlen(string $string, ?string $encoding = null): int
{
    return $encoding === '8bit' ? strlen($string) : count(mb_str_split($string));
}
function mb_substr(string $string, int $start, ?int $length = null, ?string $encoding = null): string
{
    return implode('', array_slice(mb_str_split($string), $start, $length));
}
function mb_strpos(string $haystack, string $needle, int $offset = 0, ?string $encoding = null): int|false
{
    if ($offset < 0) $offset += mb_strlen($haystack);
    $at = strpos($haystack, $needle, strlen(mb_substr($haystack, 0, $offset)));
    return $at === false ? false : mb_strlen(substr($haystack, 0, $at));
}
function mb_strrpos(string $haystack, string $needle, int $offset = 0, ?string $encoding = null): int|false
{
    $at = strrpos($haystack, $needle, $offset);
    return $at === false ? false : mb_strlen(substr($haystack, 0, $at));
}
function mb_stripos(string $haystack, string $needle, int $offset = 0, ?string $encoding = null): int|false
{
    return mb_strpos(mb_strtolower($haystack), mb_strtolower($needle), $offset);
}
function mb_strstr(string $haystack, string $needle, bool $before = false, ?string $encoding = null): string|false
{
    return strstr($haystack, $needle, $before);
}
function mb_substr_count(string $haystack, string $needle, ?string $encoding = null): int
{
    return substr_count($haystack, $needle);
}
function mb_ord(string $string, ?string $encoding = null): int|false
{
    $b = array_values(unpack('C*', mb_substr($string, 0, 1)));
    return match (count($b)) {
        0 => throw new ValueError('mb_ord(): Argument #1 ($string) must not be empty'),
        1 => $b[0],
        2 => ($b[0] & 31) << 6 | $b[1] & 63,
        3 => ($b[0] & 15) << 12 | ($b[1] & 63) << 6 | $b[2] & 63,
        default => ($b[0] & 7) << 18 | ($b[1] & 63) << 12 | ($b[2] & 63) << 6 | $b[3] & 63,
    };
}
function mb_chr(int $code, ?string $encoding = null): string|false
{
    if ($code < 128) return chr($code);
    if ($code < 2048) return chr(192 | $code >> 6) . chr(128 | $code & 63);
    if ($code < 65536) return chr(224 | $code >> 12) . chr(128 | $code >> 6 & 63) . chr(128 | $code & 63);
    return chr(240 | $code >> 18) . chr(128 | $code >> 12 & 63) . chr(128 | $code >> 6 & 63) . chr(128 | $code & 63);
}
/** Small letters by their capital ones. */
function cupel_letters(): array
{
    static $letters = null;
    if ($letters !== null) return $letters;
    foreach (range(65, 90) as $c) $letters[chr($c)] = chr($c + 32);
    foreach ([[0xC0, 0xDE, 32], [0x391, 0x3AB, 32], [0x410, 0x42F, 32], [0x400, 0x40F, 80]] as [$from, $to, $by])
        for ($c = $from; $c <= $to; $c++) if ($c !== 0xD7 && $c !== 0x3A2) $letters[mb_chr($c)] = mb_chr($c + $by);
    foreach ([[0x100, 0x136], [0x14A, 0x176], [0x460, 0x480], [0x48A, 0x4BE], [0x1E00, 0x1E94]] as [$from, $to])
        for ($c = $from; $c <= $to; $c += 2) $letters[mb_chr($c)] = mb_chr($c + 1);
    foreach ([0x139, 0x13B, 0x13D, 0x13F, 0x141, 0x143, 0x145, 0x147, 0x179, 0x17B, 0x17D] as $c)
        $letters[mb_chr($c)] = mb_chr($c + 1);
    $letters["\u{178}"] = "\u{FF}";
    return $letters;
}
function mb_strtolower(string $string, ?string $encoding = null): string
{
    return strtr($string, cupel_letters());
}
function mb_strtoupper(string $string, ?string $encoding = null): string
{
    return strtr($string, ['ß' => 'SS', 'ς' => 'Σ'] + array_flip(cupel_letters()));
}
function mb_ucfirst(string $string, ?string $encoding = null): string
{
    return mb_strtoupper(mb_substr($string, 0, 1)) . mb_substr($string, 1);
}
function mb_lcfirst(string $string, ?string $encoding = null): string
{
    return mb_strtolower(mb_substr($string, 0, 1)) . mb_substr($string, 1);
}
define('MB_CASE_UPPER', 0);
define('MB_CASE_LOWER', 1);
define('MB_CASE_TITLE', 2);
function mb_convert_case(string $string, int $mode, ?string $encoding = null): string
{
    if ($mode === MB_CASE_UPPER) return mb_strtoupper($string);
    $low = mb_strtolower($string);
    return $mode === MB_CASE_LOWER ? $low : preg_replace_callback('/\p{L}+/u', fn ($m) => mb_ucfirst($m[0]), $low);
}
function mb_check_encoding(array|string|null $value = null, ?string $encoding = null): bool
{
    return is_string($value) && preg_match('//u', $value) === 1;
}
function mb_detect_encoding(string $string, array|string|null $encodings = null, bool $strict = false): string|false
{
    return preg_match('/[\x80-\xff]/', $string) === 0 ? 'ASCII' : (mb_check_encoding($string) ? 'UTF-8' : false);
}
function mb_convert_encoding(array|string $string, string $to, array|string|null $from = null): array|string|false
{
    $latin = '/^(ISO-8859-1|latin1|Windows-1252)$/i';
    if (is_string($from) && preg_match($latin, $from)) return implode('', array_map(fn ($c) => mb_chr(ord($c)), str_split($string)));
    if (preg_match($latin, $to)) return implode('', array_map(fn ($c) => mb_ord($c) < 256 ? chr(mb_ord($c)) : '?', mb_str_split($string)));
    return $string;
}
function mb_internal_encoding(?string $encoding = null): string|bool
{
    return $encoding === null ? 'UTF-8' : true;
}
function mb_regex_encoding(?string $encoding = null): string|bool
{
    return $encoding === null ? 'UTF-8' : true;
}
function mb_language(?string $language = null): string|bool
{
    return $language === null ? 'neutral' : true;
}
function mb_strwidth(string $string, ?string $encoding = null): int
{
    return mb_strlen($string);
}
function mb_strimwidth(string $string, int $start, int $width, string $marker = '', ?string $encoding = null): string
{
    $part = mb_substr($string, $start);
    return mb_strlen($part) <= $width ? $part : mb_substr($part, 0, $width - mb_strlen($marker)) . $marker;
}
function mb_str_pad(string $string, int $length, string $pad = ' ', int $type = STR_PAD_RIGHT, ?string $encoding = null): string
{
    return str_pad($string, $length + strlen($string) - mb_strlen($string), $pad, $type);
}
function mb_trim(string $string, ?string $characters = null, ?string $encoding = null): string
{
    $class = $characters === null ? '\s\0\x{a0}\x{200b}' : preg_quote($characters, '/');
    return preg_replace("/^[$class]+|[$class]+$/u", '', $string);
}
