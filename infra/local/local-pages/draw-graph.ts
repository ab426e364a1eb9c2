import { Graph, layout } from '@dagrejs/dagre';
import { Html, html } from './html.ts';
import type { GraphEdge, GraphNode, StateGraph } from './state-graph.ts';

/** What is lit up on a graph, by the states' own names. */
export type Lit = {
  /** How often a state was entered. */
  entered: ReadonlyMap<string, number>;
  /** `from→to`, by names. */
  ways: ReadonlySet<string>;
  /** Where somebody stands now, and how many. */
  standing: ReadonlyMap<string, number>;
};

type Point = { x: number; y: number };
const high = 40;
const widthOf = ({ label, type }: GraphNode): number => (type === 'Start' ? 16 : Math.max(96, 34 + label.length * 8));
const one = (value: number): string => value.toFixed(1);

/** The definition as a picture. It is laid out here and needs no script; `name` is what a screen reader says of it. */
export function drawGraph(graph: StateGraph, lit: Lit, name: string): Html {
  const sheet = new Graph({ multigraph: true });
  sheet.setGraph({ rankdir: 'LR', nodesep: 18, ranksep: 70, marginx: 12, marginy: 12, ranker: 'longest-path' });
  for (const node of graph.nodes)
    sheet.setNode(node.id, { width: widthOf(node), height: node.type === 'Start' ? 16 : high });
  for (const { from, to, kind } of graph.edges) sheet.setEdge(from, to, {}, kind);
  layout(sheet);
  const { width = 0, height = 0 } = sheet.graph();
  const labels = new Map(graph.nodes.map(({ id, label }) => [id, label]));
  const edges = graph.edges.map((edge) => {
    const { points = [] } = sheet.edge(edge.from, edge.to, edge.kind);
    return drawEdge(edge, points, isLit(edge, labels, lit));
  });
  const nodes = graph.nodes.map((node) => {
    const { x = 0, y = 0 } = sheet.node(node.id);
    return drawNode(node, { x, y }, lit);
  });
  return html`<svg class="graph" role="img" aria-label="${name}" width="${Math.ceil(width)}" height="${Math.ceil(height)}"
 viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}" xmlns="http://www.w3.org/2000/svg">
<defs>${arrow('arrow')}${arrow('arrow-lit')}</defs>${edges}${nodes}</svg>`;
}

const arrow = (id: string): Html =>
  html`<marker id="${id}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z"/></marker>`;

function isLit({ from, to, isBothWays }: GraphEdge, labels: ReadonlyMap<string, string>, { ways }: Lit): boolean {
  const [start = '', end = ''] = [labels.get(from), labels.get(to)];
  return ways.has(`${start}→${end}`) || (isBothWays && ways.has(`${end}→${start}`));
}

function drawEdge({ kind, isBothWays }: GraphEdge, points: readonly Point[], isOnWay: boolean): Html {
  const marker = isOnWay ? 'arrow-lit' : 'arrow';
  return html`<path class="edge ${kind}${isOnWay ? ' lit' : ''}" d="${curve(points)}" marker-end="url(#${marker})"${
    isBothWays ? new Html(` marker-start="url(#${marker})"`) : ''
  }/>`;
}

/** A line through the layout's points, rounded at each of them. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const steps = rest.map((point, index) => {
    const next = rest[index + 1];
    if (next === undefined) return `L${one(point.x)} ${one(point.y)}`;
    const middle = { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${one(point.x)} ${one(point.y)} ${one(middle.x)} ${one(middle.y)}`;
  });
  return `M${one(first.x)} ${one(first.y)}${steps.join('')}`;
}

function drawNode(node: GraphNode, { x, y }: Point, { entered, standing }: Lit): Html {
  if (node.type === 'Start') return html`<circle class="start" cx="${one(x)}" cy="${one(y)}" r="7"/>`;
  const width = widthOf(node);
  const [times, here] = [entered.get(node.label) ?? 0, standing.get(node.label) ?? 0];
  const classes = ['node', node.type.toLowerCase(), node.isWaiting && 'waits', times > 0 && 'lit', here > 0 && 'here'];
  const badge = here > 1 || (here > 0 && times === 0) ? String(here) : times > 1 ? `×${times}` : '';
  return html`<g class="${classes.filter(Boolean).join(' ')}"><rect x="${one(x - width / 2)}" y="${one(y - high / 2)}" width="${width}" height="${high}" rx="${
    node.type === 'Choice' ? 20 : 6
  }"/><text x="${one(x)}" y="${one(y + 5)}">${node.label}</text>${
    badge !== '' && html`<text class="badge" x="${one(x - width / 2 + 4)}" y="${one(y - high / 2 - 3)}">${badge}</text>`
  }</g>`;
}
