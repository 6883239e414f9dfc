/** Expressions by subject, each to be worth the same everywhere. Variables: `n` null, `five` 5, `half` 0.5, `xs`, `o`. */
export const feelTable: { readonly [subject: string]: string } = {
  conversions: `
date("2024-13-01")|date(2024, 2, 30)|date(-2024, 1, 1)|date("12024-01-01")|date(date and time("2024-01-01T10:00:00Z"))
time("24:00:00")|time("10:00")|time("T10:00")|time(10, 11, 12.5)|time(10, 11, 12, duration("PT1H"))|time(25, 0, 0)|time(date("2024-01-01"))
time(date and time("2024-01-01T10:00:00Z"))|time("10:00:00@Europe/Berlin")|date and time("2024-01-01")|date and time("2024-01-01T10:00")
date and time(date("2024-01-01"), time("10:00:00"))|date and time(date and time("2024-01-01T10:00:00"), "America/New_York")
date and time("20240101T10:00Z")|number("1,000.5", ",", ".")|number("1 500", " ")|number("1e3")|number(" 1")|number("abc")|number("1500,5", null, ",")
string(1.0)|string(1.10 + 1)|string(10/4)|string(6/2)|string(10**20)|string(0.0000001)|string(2**100)|string(sqrt(16))|string(null)|string(true)
string({c: 1, b: "x", a: [1, null]})|string(duration("-PT0.5S"))|string(date and time("2024-01-01T10:00:00.100Z"))|string(decimal(2, 2))
duration("P1Y14M")|duration("-P1DT2H")|duration("PT36H0.5S")|duration("P1Y2D")|duration("P")|duration("PT")|duration("P1W")|duration("-PT-5M")
years and months duration(date("2020-01-31"), date("2024-02-29"))|years and months duration(date("2024-02-29"), date("2020-01-31"))`,
  'booleans and null': `
not(1)|not(null)|true and null|false and null|true or null|1 and true|true or 1|null between 1 and 2|5 between 1 and 9|5 between 1 and "a"
if 1 then 2 else 3|if null then 1 else 2|is defined(n)|is defined(nothing.x)|get or else(n, 2)|get or else(five, 2)|n = null|nothing = null|n != 1
1 = "a"|[1] = ["a"]|{a: 1} = {a: "x"}|{a: 1, b: 2} = {b: 2, a: 1}|1 = 1.0|"a" < "b"|1 < "a"|true < false|n.x|nothing.x.y|and([true, null])|all(true, false)
any([false, null])|or(1)|all([])|any([])|assert(five, five = 5)|five instance of number|n instance of Any|five instance of Any|(function(x) x) instance of function
date("2024-01-01") instance of date|duration("P1D") instance of days and time duration|duration("P1Y") instance of years and months duration|"x" instance of string`,
  texts: String.raw`
substring("foobar", 3)|substring("foobar", -2)|substring("foobar", 3, 2)|substring("foobar", -2, 1)|substring("abc", 4)|substring("abc", 1, 99)|string length("😀")
upper case("straße")|lower case("ÄÖ")|substring before("foobar", "bar")|substring before("foobar", "x")|substring after("foobar", "ob")|substring after("foobar", "x")
contains("foobar", "ob")|contains("foo", "")|starts with("foo", "f")|ends with("foo", "oo")|starts with("a", null)|trim("  a b ")|is blank("")|is blank(" x")|is blank(null)
matches("foobar", "^fo*b")|matches("a", "[")|matches("ABC", "abc", "i")|matches("ab", "a b", "x")|matches("foobar", "o+b$")|replace("abc", "b", "$0$0")|replace("abc", "(a)", "[$1]")
replace("aBc", "b", "x", "i")|replace("a", "(", "b")|replace("abc", "b", "$5")|split("a;b;;", ";")|split("abc", "")|split("a1b", "\\d")|split("abc", "(")|extract("ref 1 and 22", "[0-9]+")
extract("ab", "x*")|extract("abc", "(")|to base64("hä")|string join(["a", "b"], ", ")|string join(["a", null, "b"], ",")|string join(["a"], ",", "<", ">")|string join(["a", 1])|string join([])
"a\nb\tc\"d\\e"|"\u0041"|"a" + "b"|"a" + 1|"für ✓ 漢"|string length(uuid())`,
  numbers: `
1/0|1/3*3|0.1 + 0.2|0.1 * 3|1.1 * 1.1|2**0.5|2**-1|-2**2|10**20|2**63|9223372036854775807|9223372036854775807 + 1|-9223372036854775808 - 1|12345678901234567890
9007199254740993|9007199254740993 * 3|9007199254740993 - 1 = 9007199254740992|99999999999 * 99999999999|modulo(-5.5, 3)|modulo(10, 4)|modulo(10, -4)|decimal(2.5, 0)|decimal(1.115, 2)|decimal(1, 2, "foo")|decimal(1.25, 1, "half_up")
round up(5.5, 0)|round down(-5.5, 0)|round half up(-2.5, 0)|round half down(2.5, 0)|floor(1.56, 1)|ceiling(1.51, 1)|floor(-1.5)|ceiling(-1.5)|odd(5.5)|odd(-3)|even(-2)|even(null)|sqrt(-1)|sqrt(16)|log(10)|exp(1)
abs(-1.5)|abs(duration("-P1D"))|abs(duration("-P1Y"))|-"a"|"a" ** 2|.5|--1|1 - -1|half + half|five / 2|random number() < 1|0 * -1|1.50`,
  lists: `
xs[2]|xs[-1]|xs[0]|xs[-4]|xs[1.5]|xs[item > 1]|xs[item = 2][1]|xs[even(item)]|xs[null]|5[1]|[][1]|[{a: 1}, {a: 2}][a = 2]|[{a: 1}, {b: 2}].a|[{a: [1, 2]}, {a: [3]}].a|[{item: 5}][item = 5]
count(xs)|count(null)|min(xs)|max(1, 5, 3)|min([])|max(["a", "b"])|min([1, "a"])|sum(xs)|sum([])|sum([1, null])|product(xs)|mean([1, 2, 2])|median([1, 2, 3, 4])|stddev([2, 4, 7, 5])|mode([1, 2, 2, 3, 3])|mode([])
list contains([1, null], null)|sublist(xs, 2)|sublist(xs, -2)|sublist(xs, 2, 5)|sublist(xs, 0)|append(xs, 4, 5)|append([1], [2])|concatenate([1], [2], 3)|insert before(xs, 1, 0)|insert before(xs, -1, 9)|remove(xs, 2)|remove(xs, -1)|reverse(xs)
index of([1, 2, 1], 1)|union([1, 2], [2, 3])|distinct values([1, 1.0, "1", null, null])|duplicate values([1, 1.0, "1", null, null])|flatten([[1, 2], [[3]], 4])|sort([3, 1, 2], function(a, b) a < b)|sort([3, 1, 2], function(a) a)
is empty([])|partition([1, 2, 3, 4, 5], 2)|partition(xs, 0)|for x in xs return x * 2|for x in [1, 2], y in [3, 4] return [x, y]|for i in 5..1 return i|for i in 1.5..3 return i|for i in 1..3 return partial|for x in n return x
some x in xs satisfies x > 2|every x in xs satisfies x > 2|some x in [1, 2], y in [2, 3] satisfies x = y|every x in [] satisfies x|for i in 1..5 return if i < 3 then i else sum(partial)`,
  contexts: `
o.a|o.missing|{a: 1, b: a + 1}|{a: {b: {c: 1}}}.a.b.c|{"b c": 2}.${'`b c`'}|{a+b: 1}|get value(o, "a")|get value(o, ["b", "c"])|get value(o, "x")|get value(o, 5)|context put(o, "z", 2)|context put(o, ["b", "d"], 2)|context put(o, [], 2)|context put({a: 1}, "a", null)
context merge({a: 1}, {b: 2}, {a: 3})|context merge([{a: 1}, {b: 2}])|put({a: 1}, "b", 2)|put all({a: 1}, {b: 2})|get entries({a: 1})|get entries(null)|context([{key: "a", value: 1}, {key: "b", value: 2}])|context([{key: "a"}])
{f: function(x) x + 1, r: f(1)}.r|{f: function(a, b) a - b, r: f(b: 1, a: 5)}.r|{f: function(x) x, g: f}|{c: {f: function(x) x + 1}, r: c.f(1)}.r|{f: function(f) f(1), r: f(function(x) x)}.r|foo(1)|substring(string: "foobar", start position: 3)|substring(foo: "x")|count([], 1)`,
  'dates and times': `
date("2024-01-31") + duration("P1M")|date("2024-01-31") - duration("PT1S")|date("2024-03-01") - date("2024-02-01")|time("10:00:00") - time("11:30:00")|time("23:00:00") + duration("PT2H")|time("10:00:00Z") - time("10:00:00+02:00")
duration("P1D") / 7|duration("P1D") / duration("PT1H")|duration("P1Y") / duration("P1M")|duration("P1Y") / 5|duration("P1D") * 1.9|3 * duration("P1M")|duration("P1D") + duration("P1M")|duration("P1Y") < duration("P13M")|duration("P1D") < duration("P1Y")
date and time("2024-01-01T10:00:00Z") = date and time("2024-01-01T11:00:00+01:00")|date and time("2024-01-01T10:00:00Z") < date and time("2024-01-01T11:00:00+01:00")|date and time("2024-01-01T10:00:00Z") < date and time("2024-01-01T11:00:00")
date and time("2024-03-31T02:30:00@Europe/Berlin")|date and time("2024-10-27T02:30:00@Europe/Berlin")|date and time("2024-03-31T01:30:00@Europe/Berlin") + duration("PT1H")|date and time("2024-03-30T02:30:00@Europe/Berlin") + duration("P1M")
date("2024-01-31").month|date("2024-01-31").weekday|date and time("2024-01-01T10:00:00@Europe/Berlin").timezone|date and time("2024-01-01T10:00:00+02:00").time offset|time("10:20:30").minute|duration("P1DT2H").hours|duration("P1Y2M").months|date("2024-01-31").foo
week of year(date("2024-12-30"))|day of year(date("2024-12-30"))|month of year(date("2024-12-30"))|day of week(date("2024-12-30"))|last day of month(date("2024-02-03"))|@"10:00"|@"P1D"|@"2024-01-01T00:00"|@"foo"|cycle(3, duration("PT1H"))|cycle("a")`,
  'ranges and tests': `
5 in [1..5]|5 in [1..5)|5 in ]1..5]|5 in (1, 2)|5 in (1, > 4)|5 in [1, 2, 5]|1 in "a"|nothing in (1, 2)|5 in (> 3, < 0)|"b" in ["a".."c"]|date("2024-01-15") in [date("2024-01-01")..date("2024-02-01")]|5 in (? > 3)
before(1, 2)|before([1..5], 6)|before([1..5), [5..6])|after(6, [1..5])|meets([1..5], [5..8])|met by([5..8], [1..5])|overlaps([1..5], [5..8])|overlaps before([1..5], [4..8])|overlaps after([4..8], [1..5])|finishes(5, [1..5])|finished by([1..5], 5)
includes([1..5], 5)|includes([1..5), 5)|includes([1..5], [2..3])|during(3, [1..5])|starts([1..2], [1..5])|started by([1..5], 1)|coincides([1..5], [1..5])|before(1, "a")|[1..5]`,
};

/** Expressions that end in a failure, or whose warnings are many. */
export const feelFaults: readonly string[] = [
  'substring("abc", 9)',
  'modulo(10, 0)',
  'stddev([1])',
  'log(0)',
  'meets(1, 2)',
  '? + 1',
  'assert(five, false)',
  'assert(n, n != null, "n is missing")',
  'nothing.g(1)',
  'foo(nothing, 1 + "a")',
  '[1, 2][x and true]',
  'null between 1 and 2',
  'date("2024-01-31").foo',
  'date and time("2024-01-01T10:00:00Z").foo',
  '{a: 1}.b',
  'n.b',
  '"a".b',
  '1 / 0',
  'duration("P1D") + duration("P1M")',
  'if 1 then 2 else 3',
  'sort([1, 2], function(a, b) a)',
  'number("x")',
  'cycle("a")',
  'string join(["a", 1])',
];
