package Storable;
# The part of Storable that programs use and that needs no C: deep copies.
# Does not cover: freeze, thaw, store, retrieve, hooks.
use strict;
use warnings;
use Scalar::Util qw(blessed reftype);
our $VERSION = '3.37';
our @EXPORT_OK = qw(dclone);
use Exporter 'import';

sub dclone { return _copy($_[0], {}) }

sub _copy {
    my ($value, $seen) = @_;
    return $value unless ref $value;
    return $seen->{$value} if exists $seen->{$value};
    my $type = reftype $value;
    my $copy;
    if ($type eq 'HASH') {
        $seen->{$value} = $copy = {};
        bless $copy, blessed $value if blessed $value;
        $copy->{$_} = _copy($value->{$_}, $seen) for keys %$value;
        return $copy;
    }
    if ($type eq 'ARRAY') {
        $seen->{$value} = $copy = [];
        bless $copy, blessed $value if blessed $value;
        push @$copy, _copy($_, $seen) for @$value;
        return $copy;
    }
    if ($type eq 'SCALAR' || $type eq 'REF') {
        my $inner;
        $seen->{$value} = $copy = \$inner;
        $inner = _copy($$value, $seen);
        bless $copy, blessed $value if blessed $value;
        return $copy;
    }
    die "Can't store $type items\n" if $type eq 'CODE' || $type eq 'GLOB';
    return $value;
}

1;
