import { describe, expect, test } from 'vitest';
import { machineSchema } from '../step-functions/definition.ts';
import { drawGraph } from './draw-graph.ts';
import { stateGraph } from './state-graph.ts';

const task = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' };
const machine = machineSchema.parse({
  QueryLanguage: 'JSONata',
  StartAt: 'Route',
  States: {
    Route: { Type: 'Choice', Choices: [{ Condition: true, Next: 'Ask' }], Default: 'Both' },
    Ask: {
      ...task,
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Next: 'Route',
      Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Climb' }],
    },
    Climb: { ...task, Next: 'Route' },
    Both: {
      Type: 'Parallel',
      Branches: [{ StartAt: 'Left', States: { Left: { ...task, End: true } } }],
      Next: 'Over',
    },
    Over: { Type: 'Succeed' },
  },
});
const graph = stateGraph(machine);
const dark = { entered: new Map<string, number>(), ways: new Set<string>(), standing: new Map<string, number>() };

describe('the graph of a definition', () => {
  test('has a node for each state, those inside of branches too, and says which wait for an answer', () => {
    expect(graph.nodes.map(({ label }) => label).sort()).toEqual(['', 'Ask', 'Both', 'Climb', 'Left', 'Over', 'Route']);
    expect(graph.nodes.filter(({ isWaiting }) => isWaiting).map(({ label }) => label)).toEqual(['Ask']);
  });

  test('has every way once: by choice, onward, by a caught error, into a branch; there and back is one', () => {
    const ways = graph.edges.map(({ from, to, kind, isBothWays }) => `${from} ${isBothWays ? '↔' : '→'} ${to} ${kind}`);
    expect(ways.sort()).toEqual([
      '/ → Route next',
      'Ask → Climb catch',
      'Both → Both/0/Left branch',
      'Both → Over next',
      'Climb → Route next',
      'Route → Both next',
      'Route ↔ Ask next',
    ]);
  });
});

describe('its picture', () => {
  const boxes = (svg: string) =>
    [...svg.matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g)].map((found) =>
      found.slice(1).map(Number),
    );

  test('lets no two states overlap', () => {
    const all = boxes(drawGraph(graph, dark, 'x').text);
    expect(all).toHaveLength(6);
    for (const [index, [x = 0, y = 0, width = 0, height = 0]] of all.entries()) {
      for (const [left = 0, top = 0, wide = 0, high = 0] of all.slice(index + 1)) {
        expect(x + width <= left || left + wide <= x || y + height <= top || top + high <= y).toBe(true);
      }
    }
  });

  test('lights up the way that was gone, in either direction, and marks where it stands', () => {
    const lit = drawGraph(
      graph,
      {
        entered: new Map([
          ['Route', 2],
          ['Ask', 1],
        ]),
        ways: new Set(['→Route', 'Ask→Route']),
        standing: new Map([['Route', 1]]),
      },
      'x',
    ).text;
    expect(lit.match(/class="edge [^"]*lit/g)).toHaveLength(2);
    expect(lit).toMatch(/class="node choice lit here"/);
    expect(lit).toMatch(/class="node task waits lit"/);
    expect(lit).toContain('×2');
    expect(drawGraph(graph, dark, 'x').text).not.toMatch(/class="[^"]*(lit|here)"/);
  });

  test('escapes what it shows', () => {
    expect(drawGraph(graph, dark, '"><script>').text).not.toContain('<script>');
  });
});
