import { describe, expect, test } from 'vitest';
import { createEvaluator } from './jsonata.ts';

const evaluator = createEvaluator(
  () => Date.parse('2016-10-07T08:00:00Z'),
  () => 0.25,
);
const scope = { variables: { sum: 3 }, states: { input: { list: [1, 2, 3], one: [7] }, context: {} } };
const evaluate = (template: unknown) => evaluator.evaluate(template, 'Output', scope);

describe('a template', () => {
  test('keeps what is no expression and replaces what is, however deep', async () => {
    expect(await evaluate({ a: ['{% $sum + 1 %}', 'plain', ' {% 1 %}'], b: null })).toEqual({
      a: [4, 'plain', ' {% 1 %}'],
      b: null,
    });
  });

  test('gives plain JSON: no mark of jsonata stays on an array', async () => {
    const result = await evaluate('{% $states.input.list[$ > 1] %}');
    expect(Object.keys(result as object)).toEqual(['0', '1']);
    expect(await evaluate('{% $states.input.one[] %}')).toEqual([7]);
  });

  test('names the field and the expression that gave nothing', async () => {
    await expect(evaluate({ deep: '{% $none %}' })).rejects.toMatchObject({
      location: 'Output/deep',
      message: "The JSONata expression '$none' specified for the field 'Output/deep' returned nothing (undefined).",
    });
  });

  test('cannot give a function', async () => {
    await expect(evaluate('{% $sum %}')).resolves.toBe(3);
    await expect(evaluate('{% function($x) { $x } %}')).rejects.toThrow('returned an unsupported result type.');
  });

  test.each(['1/0', '-1/0', '0/0'])('cannot give a number that JSON has not: %s', async (expression) => {
    await expect(evaluate(`{% ${expression} %}`)).rejects.toThrow('returned an unsupported result type.');
  });

  test('a function that calls itself without end fails instead of holding up everything else', async () => {
    await expect(evaluate('{% ($f := function(){ $f() }; $f()) %}')).rejects.toThrow('The expression takes too long');
    await expect(evaluate('{% ($f := λ($n){ $n = 0 ? 7 : $f($n - 1) }; $f(1000)) %}')).resolves.toBe(7);
  });

  test('one evaluation leaves nothing behind for the next', async () => {
    await evaluate('{% $left := 1 %}');
    await expect(evaluate('{% $left %}')).rejects.toThrow('returned nothing');
  });
});

describe("the functions of Step Functions' own", () => {
  test.each([
    ['$now()', '2016-10-07T08:00:00.000Z'],
    ["$now('[Y0001]-[M01]-[D01]')", '2016-10-07'],
    ['$millis()', Date.parse('2016-10-07T08:00:00Z')],
    ['$random()', 0.25],
    ['$random(7) = $random(7)', true],
    ['$random(7) = $random(8)', false],
    ['$partition([1, 2, 3], 2)', [[1, 2], [3]]],
    ['$range(1, 9, 2)', [1, 3, 5, 7, 9]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ["$hash('abc', 'SHA-256')", 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['$parse(\'{"a":1}\').a', 1],
    ['$length($uuid())', 36],
  ])('%s', async (expression, expected) => {
    expect(await evaluate(`{% ${expression} %}`)).toEqual(expected);
  });

  test.each(["$eval('1')", "$hash('abc', 'CRC')", '$partition([1], 0)', '$range(1, 2000, 1)', "$parse('{')"])(
    '%s is refused',
    async (expression) => {
      await expect(evaluate(`{% ${expression} %}`)).rejects.toThrow('threw an error during evaluation');
    },
  );
});
