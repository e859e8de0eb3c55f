# tries: returns an object that overloads every comparison
# item: 9
# expect: wrong
package Everything;
use overload '==' => sub { 1 }, 'eq' => sub { 1 }, '-' => sub { 0 }, '""' => sub { 5 }, '0+' => sub { 5 }, 'fallback' => 1;
package main;
sub add { bless [], 'Everything' }
