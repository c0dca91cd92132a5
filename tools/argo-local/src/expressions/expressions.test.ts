import { describe, expect, it } from 'vitest';
import { evaluateCondition, evaluateExpression } from './evaluate-expression.ts';
import { fillTags } from './fill-tags.ts';
import { shouldExecute } from './should-execute.ts';

const variables = new Map([
  ['workflow.name', 'wf'],
  ['inputs.parameters', '[]'],
  ['inputs.parameters.tag', 'v1.2'],
  ['inputs.parameters.my-list', '[1,{"a":"b"}]'],
  ['steps.build-it.outputs.result', '7'],
  ['lastRetry.exitCode', '75'],
  ['lastRetry.status', 'Failed'],
]);

describe('evaluateExpression', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['2 ** 3 - -1', 9],
    ['\'a\' + "b"', 'ab'],
    ['inputs.parameters.tag', 'v1.2'],
    ["inputs['parameters']['tag'] startsWith 'v'", true],
    ["asInt(steps['build-it'].outputs.result) % 4", 3],
    ["jsonpath(inputs.parameters['my-list'], '$[1].a')", 'b'],
    ["sprig.trimPrefix('v', inputs.parameters.tag)", '1.2'],
    ["sprig.default('x', '')", 'x'],
    ["lastRetry.status == 'Failed' ? 'again' : 'no'", 'again'],
    ["asInt(lastRetry.exitCode) in [75, 137, 143] || lastRetry.status == 'Error'", true],
    ["not ('v' in ['w']) and 'v1' matches '^v\\\\d'", true],
    ['toJson({a: [1, nil]})', '{"a":[1,null]}'],
    ['toJson({b: "<&>", a: 1})', String.raw`{"a":1,"b":"\u003c\u0026\u003e"}`],
    ['len(split("a,b", ","))', 2],
  ])('%s is %j', (expression, value) => {
    expect(evaluateExpression(expression, variables)).toEqual(value);
  });

  it.each([
    ['filter([1], {# > 0})', 'the function filter is not supported here'],
    ['1..3', 'ranges (..) are not supported here'],
    ['inputs.parameters.tag | upper()', 'pipes (|) are not supported here'],
    ['let x = 1; x', 'variables are not supported here'],
    ['inputs.parameters.nope', 'there is no nope'],
    ['lastRetry.exitCode > 3', 'compares different types; use asInt()'],
    ["asInt('many')", 'asInt wants a number, but got "many"'],
    ["'open", 'has a text that is not closed'],
    ['2 ** 3 % 5', '% wants whole numbers'],
    ["jsonpath(workflow.name, '$.a[*].b')", 'only names and positions are supported here'],
    ['inputs.parameters.tag()', 'only functions can be called'],
  ])('refuses %s', (expression, message) => {
    expect(() => evaluateExpression(expression, variables)).toThrow(message);
  });

  it('wants yes or no where only that has a meaning', () => {
    expect(() => evaluateCondition('1 + 1', variables)).toThrow('"1 + 1" is 2, which is neither true nor false');
  });
});

describe('shouldExecute', () => {
  it.each([
    [undefined, true],
    ['heads == heads', true],
    ["'refs/tags/v1' =~ '^refs/tags/'", true],
    ['"refs/heads/x" !~ "^refs/tags/"', true],
    ['2 >= 10', false],
    ["'2' == 2", false],
    ['snd in (snd, prd) && !(a == b)', true],
    ['false || true', true],
    ["'' != ''", false],
  ])('%s is %j', (when, value) => {
    expect(shouldExecute(when)).toBe(value);
  });

  it.each([
    ['my-app == my-app', 'wants numbers, found "my" and "app"; try quotes'],
    ['== yes', 'try wrapping the affected expression in quotes'],
    ['yes', 'expected true or false from "yes", got "yes"'],
    ['a b == c', 'did not expect "b"'],
  ])('refuses %s', (when, message) => {
    expect(() => shouldExecute(when)).toThrow(message);
  });
});

describe('fillTags', () => {
  it('fills names and expressions, and looks at no value twice', () => {
    const hostile = new Map([...variables, ['inputs.parameters.x', '{{workflow.name}}']]);

    expect(fillTags('{{ workflow.name }}-{{inputs.parameters.x}}-{{=asInt("2") + 1}}', hostile)).toBe(
      'wf-{{workflow.name}}-3',
    );
  });

  it.each([
    ['{{nobody}}', '{{nobody}} has no value'],
    ['{{open', 'has a tag that is not closed'],
    ['{{a{{b}}}}', 'has a tag within a tag'],
  ])('refuses %s', (text, message) => {
    expect(() => fillTags(text, variables)).toThrow(message);
  });
});
