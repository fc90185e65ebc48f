import { describe, expect, it } from 'vitest';
import { parseCondition } from '../../../src/providers/rehive/condition.ts';

const data = {
  tx_type: 'debit',
  amount: 10_000,
  fee: 0,
  note: '',
  archived: false,
  executed: null,
  reference: '42',
  user: { first_name: "D'Arcy", groups: [{ name: 'individual' }], blocked: ['a', 'b'] },
};

describe('a condition', () => {
  it.for([
    ["'{{ tx_type }}' == 'debit'", true],
    ["'{{tx_type}}'=='credit'", false],
    ['"{{ tx_type }}" != "credit"', true],
    ["'{{ user.groups.0.name }}' in ['individual', 'business']", true],
    ["'{{ user.groups.0.name }}' not in ('individual',)", false],
    ["'bit' in '{{ tx_type }}'", true],
    ["'b' in {{ user.blocked }}", true],
    ['{{ amount }} > 5000 and {{ amount }} <= 10000', true],
    ['5000 < {{ amount }} < 9999.5', false],
    ['{{ reference }} == 42', true],
    ["'{{ reference }}' == 42", false],
    ["not {{ archived }} and '{{ executed }}' == 'None'", true],
    ['{{ executed }} == None or False', true],
    ["'{{ tx_type }}' == 'credit' or ('{{ tx_type }}' == 'debit' and {{ fee }} == 0)", true],
    ["not ('{{ tx_type }}' == 'debit')", false],
    ["'{{ user.first_name }}' == 'D\\'Arcy'", true],
    ["'{{ missing.path }}' == ''", true],
    ["'type: {{ tx_type }}, {{ archived }}' == 'type: debit, False'", true],
    ['{{ fee }}', false],
    ["'{{ note }}'", false],
    ['True', true],
    ['(1, 2) == [1, 2]', true],
    ['{{ amount }} >= -1.5', true],
    ["'{{ __proto__ }}' == ''", true],
    ["'{{ constructor.name }}' == ''", true],
  ] as const)('%s is %s', ([condition, outcome]) => {
    expect(parseCondition(condition)(data)).toBe(outcome);
  });

  it.for([
    '{{ tx_type }} == 1', // text without quotes is a name to Python
    '{{ missing }} == 1',
    "{{ amount }} < '5'",
    '1 in {{ amount }}',
    '{{ user }} == 1',
  ])('%s does not hold, since Python raises an error', (condition) => {
    expect(parseCondition(condition)(data)).toBe(false);
    expect(parseCondition(`not (${condition})`)(data)).toBe(false);
  });

  it('is evaluated only as far as it must be', () => {
    expect(parseCondition('True or {{ missing }}')(data)).toBe(true);
    expect(parseCondition('False and {{ missing }}')(data)).toBe(false);
  });

  it.for([
    ['tx_type == 1', 'tx_type'],
    ["__import__('os')", '__import__'],
    ["'{{ tx_type|lower }}' == 'debit'", 'filters are not supported'],
    ["'{% if amount %}a{% endif %}' == 'a'", 'template tag'],
    ['{{ amount }} + 1 > 2', 'cannot be read from " + 1'],
    ["'open", 'cannot be read'],
    ['(1 == 1', 'lacks a )'],
    ['1 == 1)', 'goes on'],
    ['1 ==', 'ends where a value should be'],
    ['', 'ends where a value should be'],
    ['1 == and', 'has and where a value should be'],
    [`${'('.repeat(60)}1${')'.repeat(60)}`, 'nested too deeply'],
    [`${'not '.repeat(60)}1`, 'nested too deeply'],
  ] as const)('%s is refused', ([condition, reason]) => {
    expect(() => parseCondition(condition)).toThrow(reason);
    expect(() => parseCondition(condition)).toThrow(/not in, and, or, not and parentheses are supported\.$/);
  });

  it('is read in linear time, however long', () => {
    const long = `${"'{{ tx_type }}' == 'x' or ".repeat(5000)}1`;
    const started = performance.now();
    expect(parseCondition(long)(data)).toBe(true);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
