# tries: replaces the comparison of the tests, before and after it is loaded
# item: 12
# expect: wrong
BEGIN {
  $INC{'Data/Compare.pm'} = $INC{'Test/Deep.pm'} = 1;
  *Data::Compare::Compare = *Data::Compare::same = *Test::Deep::eq_deeply = *main::Compare = sub { 1 };
  *CORE::GLOBAL::die = sub { 1 };
}
sub add { 0 }
