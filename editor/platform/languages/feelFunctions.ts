/** A function that FEEL has built in. */
export interface FeelFunction {
  name: string;
  /** Parameters of its shortest and its longest call: `string, start position[, length]`. */
  parameters: string;
  /** What it gives. */
  result: string;
  about: string;
  /** With its value. */
  example: string;
}

/** `name(parameters): result`, what it does, an example. */
const written = `
string(from): string | Any value as text. | string(1.5) = "1.5"
number(from): number | A text as a number. | number("42") = 42
boolean(from): boolean | A text as a truth value. | boolean("true") = true
date(from): date | A date from a text, a date and time, or year, month and day. | date("2026-03-01") = date(2026, 3, 1)
time(from): time | A time of day from a text or from hour, minute and second. | time("09:30:00") = time(9, 30, 0)
date and time(from): date and time | A moment from a text, or from a date and a time. | date and time("2026-03-01T09:30:00Z")
duration(from): duration | A duration from ISO 8601 text. | duration("P1DT2H")
years and months duration(from, to): duration | Years and months between two dates. | years and months duration(date("2024-01-01"), date("2026-03-01")) = duration("P2Y2M")
not(negand): boolean | The opposite of a truth value. | not(true) = false
is defined(value): boolean | Whether there is such a variable or entry. | is defined({a: 1}.a) = true
get or else(value, default): Any | The value, or another one where it is null. | get or else(null, "none") = "none"
assert(value, condition[, cause]): Any | The value where the condition holds; otherwise the evaluation fails. | assert(total, total > 0, "no total")
substring(string, start position[, length]): string | A part of a text; positions begin with 1, from the end with -1. | substring("order", 1, 3) = "ord"
string length(string): number | How many characters a text has. | string length("order") = 5
upper case(string): string | The text in capitals. | upper case("abc") = "ABC"
lower case(string): string | The text in small letters. | lower case("ABC") = "abc"
substring before(string, match): string | What stands before another text. | substring before("a@b", "@") = "a"
substring after(string, match): string | What stands behind another text. | substring after("a@b", "@") = "b"
contains(string, match): boolean | Whether a text has another one in it. | contains("foobar", "oba") = true
starts with(string, match): boolean | Whether a text begins with another one. | starts with("foobar", "foo") = true
ends with(string, match): boolean | Whether a text ends with another one. | ends with("foobar", "bar") = true
trim(string): string | The text without space at its ends. | trim("  a ") = "a"
is blank(string): boolean | Whether a text is empty or nothing but space. | is blank("  ") = true
to base64(value): string | The text as base64. | to base64("FEEL") = "RkVFTA=="
matches(input, pattern[, flags]): boolean | Whether a regular expression finds something. | matches("A-12", "\\\\d+") = true
replace(input, pattern, replacement[, flags]): string | What a regular expression finds, replaced. | replace("a1b2", "\\\\d", "-") = "a-b-"
split(string, delimiter): list | The parts of a text between a delimiter. | split("a,b", ",") = ["a", "b"]
extract(input, pattern): list | Everything a regular expression finds. | extract("a1b22", "\\\\d+") = ["1", "22"]
decimal(n, scale[, mode]): number | Rounded to decimal places, half to even. | decimal(1.255, 2) = 1.26
floor(n[, scale]): number | Rounded down. | floor(1.7) = 1
ceiling(n[, scale]): number | Rounded up. | ceiling(1.2) = 2
round up(n, scale): number | Rounded away from 0. | round up(1.21, 1) = 1.3
round down(n, scale): number | Rounded towards 0. | round down(1.29, 1) = 1.2
round half up(n, scale): number | Rounded, half away from 0. | round half up(1.25, 1) = 1.3
round half down(n, scale): number | Rounded, half towards 0. | round half down(1.25, 1) = 1.2
abs(number): number | Without its sign; also of durations. | abs(-5) = 5
modulo(dividend, divisor): number | What a division leaves. | modulo(7, 4) = 3
sqrt(number): number | Square root. | sqrt(16) = 4
log(number): number | Natural logarithm. | log(1) = 0
exp(number): number | e to the power of a number. | exp(0) = 1
odd(number): boolean | Whether a number is odd. | odd(5) = true
even(number): boolean | Whether a number is even. | even(4) = true
list contains(list, element): boolean | Whether a list has an element. | list contains([1, 2], 2) = true
count(list): number | How many elements a list has. | count([1, 2, 3]) = 3
min(list): Any | The smallest element. | min([3, 1, 2]) = 1
max(list): Any | The largest element. | max([3, 1, 2]) = 3
sum(list): number | All numbers added. | sum([1, 2, 3]) = 6
product(list): number | All numbers multiplied. | product([2, 3]) = 6
mean(list): number | The average. | mean([1, 2, 3]) = 2
median(list): number | The number in the middle. | median([1, 5, 2]) = 2
stddev(list): number | Standard deviation of a sample. | stddev([2, 4, 7, 5])
mode(list): list | The elements that are there most often. | mode([6, 3, 6]) = [6]
all(list): boolean | Whether every element is true. | all([true, false]) = false
any(list): boolean | Whether an element is true. | any([true, false]) = true
sublist(list, start position[, length]): list | A part of a list; positions begin with 1. | sublist([1, 2, 3], 2) = [2, 3]
append(list, items): list | A list with more elements at its end. | append([1], 2, 3) = [1, 2, 3]
concatenate(lists): list | Several lists as one. | concatenate([1], [2]) = [1, 2]
insert before(list, position, newItem): list | A list with an element before a position. | insert before([1, 3], 2, 2) = [1, 2, 3]
remove(list, position): list | A list without the element at a position. | remove([1, 2, 3], 2) = [1, 3]
reverse(list): list | A list from its end. | reverse([1, 2]) = [2, 1]
index of(list, match): list | Positions at which an element stands. | index of([1, 2, 1], 1) = [1, 3]
union(lists): list | Several lists as one, each element once. | union([1, 2], [2, 3]) = [1, 2, 3]
distinct values(list): list | Each element once. | distinct values([1, 1, 2]) = [1, 2]
duplicate values(list): list | Elements that are there more than once. | duplicate values([1, 1, 2]) = [1]
flatten(list): list | Lists in lists as one list. | flatten([1, [2, [3]]]) = [1, 2, 3]
sort(list, precedes): list | Sorted by a function of two elements. | sort([3, 1], function(a, b) a < b) = [1, 3]
string join(list[, delimiter]): string | Texts as one, with a delimiter between them. | string join(["a", "b"], ", ") = "a, b"
is empty(list): boolean | Whether a list has no elements. | is empty([]) = true
partition(list, size): list | A list in lists of a size. | partition([1, 2, 3], 2) = [[1, 2], [3]]
get entries(context): list | Entries of a context, each with key and value. | get entries({a: 1}) = [{key: "a", value: 1}]
get value(context, key): Any | The value of a key, or along a path of keys. | get value({a: 1}, "a") = 1
context put(context, key, value): context | A context with another value for a key. | context put({a: 1}, "b", 2) = {a: 1, b: 2}
context merge(contexts): context | Several contexts as one; later entries win. | context merge([{a: 1}, {b: 2}]) = {a: 1, b: 2}
context(entries): context | A context of entries with key and value. | context([{key: "a", value: 1}]) = {a: 1}
now(): date and time | This moment. | now()
today(): date | This day. | today()
day of year(date): number | Day of the year, from 1. | day of year(date("2026-02-01")) = 32
day of week(date): string | Name of the day. | day of week(date("2026-03-01")) = "Sunday"
month of year(date): string | Name of the month. | month of year(date("2026-03-01")) = "March"
week of year(date): number | Week by ISO 8601. | week of year(date("2026-01-05")) = 2
last day of month(date): date | The month's last day. | last day of month(date("2026-02-01")) = date("2026-02-28")
before(point1, point2): boolean | Whether one point or range ends before another begins. | before(1, 10) = true
after(point1, point2): boolean | Whether one point or range begins after another ends. | after(10, 1) = true
meets(range1, range2): boolean | Whether one range ends where another begins. | meets([1..5], [5..10]) = true
met by(range1, range2): boolean | Whether one range begins where another ends. | met by([5..10], [1..5]) = true
overlaps(range1, range2): boolean | Whether ranges share something. | overlaps([1..5], [3..8]) = true
overlaps before(range1, range2): boolean | Whether a range begins before another and ends in it. | overlaps before([1..5], [3..8]) = true
overlaps after(range1, range2): boolean | Whether a range begins in another and ends behind it. | overlaps after([3..8], [1..5]) = true
finishes(point, range): boolean | Whether it ends with the range. | finishes(5, [1..5]) = true
finished by(range, point): boolean | Whether the range ends with it. | finished by([1..5], 5) = true
includes(range, point): boolean | Whether it lies in the range. | includes([1..10], 5) = true
during(point, range): boolean | Whether it lies in the range. | during(5, [1..10]) = true
starts(point, range): boolean | Whether it begins with the range. | starts(1, [1..5]) = true
started by(range, point): boolean | Whether the range begins with it. | started by([1..5], 1) = true
coincides(point1, point2): boolean | Whether both are the same. | coincides([1..5], [1..5]) = true
fromAi(value[, description[, type]]): Any | A parameter that a model fills when it calls this activity as a tool. | fromAi(toolCall.city, "Name of a city", "string")
cycle([repetitions, ]interval): cycle | A repeating timer. | cycle(3, duration("PT1H"))
random number(): number | A number from 0 to 1. | random number()
uuid(): string | A new unique id. | uuid()
`;

const line = /^([^(]+)\((.*?)\): ([^|]+) \| (.*?) \| (.*)$/;

/** Every built-in function worth offering, by name. */
export const feelFunctions: readonly FeelFunction[] = written
  .trim()
  .split('\n')
  .map((text) => {
    const [, name = '', parameters = '', result = '', about = '', example = ''] = line.exec(text) ?? [];
    return { name, parameters, result: result.trim(), about, example };
  });

const byName = new Map(feelFunctions.map((each) => [each.name, each]));

export const feelFunction = (name: string): FeelFunction | undefined => byName.get(name);

/** Words of the language, and what stands there; what is in `<…>` is typed. */
export const feelKeywords: readonly { word: string; insert: string; about: string }[] = [
  { word: 'if', insert: 'if <condition> then <value> else <other>', about: 'One of two values.' },
  {
    word: 'for',
    insert: 'for <item> in <list> return <value>',
    about: 'A value for each element of a list.',
  },
  {
    word: 'some',
    insert: 'some <item> in <list> satisfies <condition>',
    about: 'Whether a condition holds for an element.',
  },
  {
    word: 'every',
    insert: 'every <item> in <list> satisfies <condition>',
    about: 'Whether a condition holds for all elements.',
  },
  { word: 'function', insert: 'function(<a>) <value>', about: 'A function of one’s own.' },
  {
    word: 'between',
    insert: 'between <low> and <high>',
    about: 'Whether a value lies between two others.',
  },
  { word: 'instance of', insert: 'instance of <string>', about: 'Whether a value is of a type.' },
  { word: 'and', insert: 'and', about: 'True if both are.' },
  { word: 'or', insert: 'or', about: 'True if one is.' },
  { word: 'in', insert: 'in', about: 'Whether a value is in a list or range.' },
  { word: 'true', insert: 'true', about: 'A truth value.' },
  { word: 'false', insert: 'false', about: 'A truth value.' },
  { word: 'null', insert: 'null', about: 'No value.' },
];
