package POSIX;
# The part of POSIX that programs use and that needs no C. strftime is that of Time::Piece.
# Does not cover: processes, signals, terminals, locale, files by descriptor.
use strict;
use warnings;
use Exporter 'import';
our $VERSION = '2.20';

use constant {
    INT_MAX => 2147483647, INT_MIN => -2147483648, UINT_MAX => 4294967295,
    SHRT_MAX => 32767, SHRT_MIN => -32768, CHAR_BIT => 8, CHAR_MAX => 127, CHAR_MIN => -128, UCHAR_MAX => 255,
    LONG_MAX => 9223372036854775807, LONG_MIN => -9223372036854775807 - 1, ULONG_MAX => 18446744073709551615,
    DBL_MAX => 1.7976931348623157e308, DBL_MIN => 2.2250738585072014e-308, DBL_EPSILON => 2.220446049250313e-16,
    DBL_DIG => 15, DBL_MANT_DIG => 53, FLT_MAX => 3.40282346638528859812e38, FLT_MIN => 1.17549435082228750797e-38,
    FLT_EPSILON => 1.1920928955078125e-07, RAND_MAX => 2147483647,
    EXIT_SUCCESS => 0, EXIT_FAILURE => 1, BUFSIZ => 8192, EOF => -1, PATH_MAX => 4096,
    ENOENT => 44, EINTR => 27, EAGAIN => 6, EACCES => 2, EEXIST => 20, EINVAL => 28,
    LC_ALL => 6, LC_NUMERIC => 1, LC_CTYPE => 0, WNOHANG => 1,
    SEEK_SET => 0, SEEK_CUR => 1, SEEK_END => 2,
    M_PI => 3.14159265358979323846, M_E => 2.7182818284590452354, M_SQRT2 => 1.41421356237309504880,
};

sub floor { my $n = int $_[0]; return $n > $_[0] ? $n - 1 : $n }
sub ceil { my $n = int $_[0]; return $n < $_[0] ? $n + 1 : $n }
sub trunc { return int $_[0] }
sub round { return $_[0] < 0 ? -floor(-$_[0] + 0.5) : floor($_[0] + 0.5) }
sub lround { return round($_[0]) }
sub rint { my $r = floor($_[0] + 0.5); return $r - $_[0] == 0.5 && $r % 2 ? $r - 1 : $r }
sub fmod { my ($x, $y) = @_; return $x - $y * int($x / $y) }
sub pow { return $_[0]**$_[1] }
sub fabs { return abs $_[0] }
sub fmax { return $_[0] > $_[1] ? $_[0] : $_[1] }
sub fmin { return $_[0] < $_[1] ? $_[0] : $_[1] }
sub cbrt { return $_[0] < 0 ? -((-$_[0])**(1 / 3)) : $_[0]**(1 / 3) }
sub log10 { return log($_[0]) / log(10) }
sub log2 { return log($_[0]) / log(2) }
sub log1p { return log(1 + $_[0]) }
sub expm1 { return exp($_[0]) - 1 }
sub tan { return sin($_[0]) / cos($_[0]) }
sub asin { return atan2($_[0], sqrt(1 - $_[0] * $_[0])) }
sub acos { return atan2(sqrt(1 - $_[0] * $_[0]), $_[0]) }
sub atan { return atan2($_[0], 1) }
sub sinh { return (exp($_[0]) - exp(-$_[0])) / 2 }
sub cosh { return (exp($_[0]) + exp(-$_[0])) / 2 }
sub tanh { my ($p, $m) = (exp $_[0], exp -$_[0]); return ($p - $m) / ($p + $m) }
sub ldexp { return $_[0] * 2**$_[1] }
sub modf { my $whole = int $_[0]; return ($_[0] - $whole, $whole) }
sub frexp {
    my $x = shift;
    return (0, 0) if $x == 0;
    my $e = floor(log2(abs $x)) + 1;
    my $m = $x / 2**$e;
    ($m, $e) = ($m / 2, $e + 1) if abs $m >= 1;
    return ($m, $e);
}
sub isnan { return $_[0] != $_[0] }
sub isinf { return $_[0] == 9**9**9 || $_[0] == -9**9**9 }
sub isfinite { return !isnan($_[0]) && !isinf($_[0]) }
sub signbit { return $_[0] < 0 || sprintf('%g', $_[0]) =~ /^-/ ? 1 : 0 }
sub copysign { return signbit($_[1]) ? -abs $_[0] : abs $_[0] }

sub strtol {
    my ($text, $base) = @_;
    $base ||= $text =~ /^\s*[-+]?0x/i ? 16 : $text =~ /^\s*[-+]?0/ ? 8 : 10;
    $text =~ s/^\s*([-+]?)(?:0x(?=[0-9a-f]))?//i if $base == 16;
    my $sign = defined $1 ? $1 : '';
    $sign = $1 if $base != 16 && $text =~ s/^\s*([-+]?)//;
    my $value = 0;
    while ($text =~ /^([0-9a-z])/i) {
        my $digit = index '0123456789abcdefghijklmnopqrstuvwxyz', lc $1;
        last if $digit >= $base;
        $value = $value * $base + $digit;
        substr($text, 0, 1) = '';
    }
    $value = -$value if $sign eq '-';
    return wantarray ? ($value, length $text) : $value;
}
sub strtod {
    my $text = shift;
    my $value = $text =~ s/^\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)//i ? $1 + 0 : 0;
    return wantarray ? ($value, length $text) : $value;
}
sub strtoul { return strtol(@_) }
sub strstr { return index $_[0], $_[1] }
sub toupper { return uc $_[0] }
sub tolower { return lc $_[0] }
sub isatty { return 0 }
sub getpid { return $$ }
sub _exit { CORE::exit($_[0]) }
sub abort { die "abort\n" }
sub setlocale { return 'C' }
sub strerror { local $! = $_[0]; return "$!" }
sub errno { return $! + 0 }
sub clock { return int((times)[0] * 1_000_000) }
sub difftime { return $_[0] - $_[1] }
sub ctime { return scalar(localtime $_[0]) . "\n" }
sub mktime { require Time::Local; my @t = @_[0 .. 5]; return Time::Local::timelocal_modern(@t[0 .. 4], $t[5] + 1900) }
sub strftime {
    my ($format, @t) = @_;
    require Time::Local;
    require Time::Piece;
    my $epoch = Time::Local::timegm_modern(@t[0 .. 4], $t[5] + 1900);
    return scalar Time::Piece::gmtime($epoch)->strftime($format);
}

my @own = grep { defined &{"POSIX::$_"} && !/^(_|import$|BEGIN$)/ } do { no strict 'refs'; keys %POSIX:: };
our @EXPORT = grep { !/^(round|trunc|lround|rint|log2|log1p|expm1|cbrt|fmax|fmin|isnan|isinf|isfinite|signbit|copysign|M_)/ } @own;
our @EXPORT_OK = @own;
our %EXPORT_TAGS = (
    map { $_ => [@own] }
        qw(limits_h float_h math_h math_h_c99 stdlib_h errno_h fcntl_h unistd_h time_h sys_wait_h locale_h ctype_h string_h)
);

1;
