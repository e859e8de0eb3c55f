/** One exercise of ours in each language, in the shape of Exercism's tracks: half of a number, which must not be odd. */
type Row = { name: string; files: Record<string, string> }

const config = (solution: string[], test: string[], example: string[], more = {}) =>
  JSON.stringify({ authors: [], files: { solution, test, example, ...more }, blurb: 'Halve it.' })

function exercise(solution: string[], test: string[], example: string[], files: Record<string, string>): Row {
  return {
    name: 'half-of-it',
    files: {
      '.docs/instructions.md': '# Instructions\n\nHalve an even number; refuse an odd one.\n',
      '.docs/instructions.append.md': '# More\n\nSay «odd» in the error.\n',
      '.meta/config.json': config(solution, test, example),
      ...files,
    },
  }
}

export const python = exercise(['half_of_it.py'], ['half_of_it_test.py'], ['.meta/example.py'], {
  'half_of_it.py': 'def half(number):\n    pass\n',
  'half_of_it_test.py': `import unittest

from half_of_it import (
    half,
)


class HalfOfItTest(unittest.TestCase):
    def test_even(self):
        self.assertEqual(half(8), 4)

    def test_several(self):
        for number in (0, 2, 10):
            with self.subTest(number=number):
                self.assertEqual(half(number), number // 2)

    def test_odd(self):
        with self.assertRaises(ValueError) as err:
            half(3)
        self.assertEqual(err.exception.args[0], "odd")
`,
  '.meta/example.py':
    'def half(number):\n    if number % 2:\n        raise ValueError("odd")\n    return number // 2\n',
})

export const go = exercise(['half_of_it.go'], ['half_of_it_test.go'], ['.meta/example.go'], {
  'go.mod': 'module halfofit\n\ngo 1.18\n',
  'half_of_it.go': 'package halfofit\n\nfunc Half(number int) (int, error) {\n\tpanic("Please implement")\n}\n',
  'half_of_it_test.go': `package halfofit

import "testing"

func TestHalf(t *testing.T) {
	for _, tc := range testCases {
		t.Run(tc.description, func(t *testing.T) {
			got, err := Half(tc.number)
			if tc.expectError != (err != nil) || got != tc.expected {
				t.Fatalf("Half(%d) = %d, %v", tc.number, got, err)
			}
		})
	}
}
`,
  'cases_test.go': `package halfofit

var testCases = []struct {
	description string
	number, expected int
	expectError bool
}{
	{"an even number", 8, 4, false},
	{"an odd number", 3, 0, true},
}
`,
  '.meta/example.go':
    'package halfofit\n\nimport "errors"\n\nfunc Half(number int) (int, error) {\n\tif number%2 != 0 {\n\t\treturn 0, errors.New("odd")\n\t}\n\treturn number / 2, nil\n}\n',
})

export const rust = exercise(['src/lib.rs', 'Cargo.toml'], ['tests/half-of-it.rs'], ['.meta/example.rs'], {
  'Cargo.toml': '[package]\nname = "half-of-it"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\n',
  'src/lib.rs': 'pub fn half(number: i32) -> Option<i32> {\n    todo!("halve {number}")\n}\n',
  'tests/half-of-it.rs': `use half_of_it::half;

#[test]
fn even() {
    assert_eq!(half(8), Some(4));
}

#[test]
#[ignore]
fn odd() {
    assert_eq!(half(3), None);
}
`,
  '.meta/example.rs': 'pub fn half(number: i32) -> Option<i32> {\n    (number % 2 == 0).then_some(number / 2)\n}\n',
})

export const javascript = exercise(['half-of-it.js'], ['half-of-it.spec.js'], ['.meta/proof.ci.js'], {
  'package.json': '{"devDependencies": {"jest": "^29.7.0"}, "type": "module"}',
  'half-of-it.js': "export const half = (number) => {\n  throw new Error('Remove this line')\n}\n",
  'half-of-it.spec.js': `import { describe, expect, test, xtest } from '@jest/globals'
import { half } from './half-of-it'

describe('half', () => {
  test('of an even number', () => {
    expect(half(8)).toEqual(4)
  })

  xtest('of an odd number', () => {
    expect(() => half(3)).toThrow(new Error('odd'))
  })

  xtest.each([[2, 1], [4, 2]])('of %d', (number, expected) => {
    expect(half(number)).toBe(expected)
  })
})
`,
  '.meta/proof.ci.js':
    "export const half = (number) => {\n  if (number % 2 !== 0) throw new Error('odd')\n  return number / 2\n}\n",
})

export const java = exercise(
  ['src/main/java/HalfOfIt.java'],
  ['src/test/java/HalfOfItTest.java'],
  ['.meta/src/reference/java/HalfOfIt.java'],
  {
    'build.gradle': 'plugins {\n  id "java"\n}\n',
    'src/main/java/HalfOfIt.java':
      'class HalfOfIt {\n    int half(int number) {\n        throw new UnsupportedOperationException("Delete this");\n    }\n}\n',
    'src/test/java/HalfOfItTest.java': `import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

public class HalfOfItTest {
    @Test
    @DisplayName("an even number")
    public void even() {
        assertThat(new HalfOfIt().half(8)).isEqualTo(4);
    }

    @Disabled("Remove to run test")
    @Test
    @DisplayName("an odd number")
    public void odd() {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new HalfOfIt().half(3)).withMessage("odd");
    }
}
`,
    '.meta/src/reference/java/HalfOfIt.java':
      'class HalfOfIt {\n    int half(int number) {\n        if (number % 2 != 0) throw new IllegalArgumentException("odd");\n        return number / 2;\n    }\n}\n',
  },
)

/** What the tests use of Catch, with its JUnit report: the real header takes ten seconds to compile. */
const catchHeader = `#pragma once
#include <fstream>
#include <functional>
#include <string>
#include <utility>
#include <vector>
struct Failed {};
inline std::vector<std::pair<std::string, std::function<void()>>>& cases() { static std::vector<std::pair<std::string, std::function<void()>>> all; return all; }
struct Added { Added(const char* name, std::function<void()> body) { cases().emplace_back(name, body); } };
#define JOIN2(a, b) a##b
#define JOIN(a, b) JOIN2(a, b)
#define TEST_CASE(name) static void JOIN(test_, __LINE__)(); static Added JOIN(added_, __LINE__)(name, JOIN(test_, __LINE__)); static void JOIN(test_, __LINE__)()
#define REQUIRE(...) do { if (!(__VA_ARGS__)) throw Failed(); } while (0)
`
const catchMain = `#include "catch.hpp"
int main(int, char** argv) {
  std::string lines;
  int failures = 0;
  for (auto& [name, body] : cases()) {
    bool failed = false;
    try { body(); } catch (...) { failed = true; }
    failures += failed;
    lines += "<testcase classname=\\"tests.global\\" name=\\"" + name + "\\">" + (failed ? "<failure/>" : "") + "</testcase>";
  }
  std::ofstream(argv[4]) << "<testsuites><testsuite name=\\"tests\\" errors=\\"0\\" failures=\\"" << failures << "\\" tests=\\"" << cases().size() << "\\">" << lines << "</testsuite></testsuites>";
  return failures;
}
`

export const cpp = exercise(
  ['half_of_it.cpp', 'half_of_it.h'],
  ['half_of_it_test.cpp'],
  ['.meta/example.cpp', '.meta/example.h'],
  {
    'CMakeLists.txt': 'set_target_properties(x PROPERTIES CXX_STANDARD 17 COMPILE_FLAGS "-Wall -Wextra -Werror")\n',
    'half_of_it.cpp': '#include "half_of_it.h"\n\nnamespace half_of_it {\n\n}\n',
    'half_of_it.h': '#pragma once\n\nnamespace half_of_it {\n\n}\n',
    'half_of_it_test.cpp': `#include "half_of_it.h"
#ifdef EXERCISM_TEST_SUITE
#include <catch2/catch.hpp>
#else
#include "test/catch.hpp"
#endif

TEST_CASE("an even number")
{
    REQUIRE(half_of_it::half(8) == 4);
}

#if defined(EXERCISM_RUN_ALL_TESTS)
TEST_CASE("an odd number")
{
    REQUIRE(half_of_it::half(3) == -1);
}
#endif
`,
    'test/catch.hpp': catchHeader,
    'test/tests-main.cpp': catchMain,
    '.meta/example.cpp':
      '#include "half_of_it.h"\n\nnamespace half_of_it {\nint half(int number) { return number % 2 == 0 ? number / 2 : -1; }\n}\n',
    '.meta/example.h': '#pragma once\n\nnamespace half_of_it {\nint half(int number);\n}\n',
  },
)
