import type { Branch, Machine, State } from '../step-functions/definition.ts';

export type GraphNode = { id: string; label: string; type: State['Type'] | 'Start'; isWaiting: boolean };
/** `kind`: the ordinary way, an error that is caught, or the way into a branch. */
export type GraphEdge = { from: string; to: string; kind: 'next' | 'catch' | 'branch'; isBothWays: boolean };
export type StateGraph = { nodes: GraphNode[]; edges: GraphEdge[] };

/** Where an execution comes from; no state has a name so short. */
const start = '/';

/**
 * The states of a definition and the ways between them. Two ways that lead back and forth between the same two states
 * become one that points both ways: a hub with ten spokes stays readable.
 */
export function stateGraph(machine: Machine): StateGraph {
  const nodes: GraphNode[] = [];
  const ways = new Map<string, GraphEdge>();

  const add = (from: string, to: string, kind: GraphEdge['kind']): void => {
    const back = from === to ? undefined : ways.get(`${to}→${from}`);
    if (back !== undefined && back.kind === kind) back.isBothWays = true;
    else if (!ways.has(`${from}→${to}`)) ways.set(`${from}→${to}`, { from, to, kind, isBothWays: false });
  };
  const walk = (branch: Branch, prefix: string): void => {
    for (const [name, state] of Object.entries(branch.States)) {
      const id = prefix + name;
      const isWaiting = state.Type === 'Task' && state.Resource.endsWith('.waitForTaskToken');
      nodes.push({ id, label: name, type: state.Type, isWaiting });
      for (const to of nextOf(state)) add(id, prefix + to, 'next');
      for (const to of caughtBy(state)) add(id, prefix + to, 'catch');
      for (const [index, inner] of branchesOf(state).entries()) {
        const within = `${id}/${index}/`;
        walk(inner, within);
        add(id, within + inner.StartAt, 'branch');
      }
    }
  };
  nodes.push({ id: start, label: '', type: 'Start', isWaiting: false });
  add(start, machine.StartAt, 'next');
  walk(machine, '');
  return { nodes, edges: [...ways.values()] };
}

function nextOf(state: State): string[] {
  if (state.Type === 'Choice') {
    const all = [...state.Choices.map(({ Next }) => Next), ...(state.Default === undefined ? [] : [state.Default])];
    return [...new Set(all)];
  }
  return 'Next' in state && state.Next !== undefined ? [state.Next] : [];
}

const caughtBy = (state: State): string[] =>
  'Catch' in state ? [...new Set((state.Catch ?? []).map(({ Next }) => Next))] : [];

function branchesOf(state: State): Branch[] {
  if (state.Type === 'Parallel') return state.Branches;
  return state.Type === 'Map' ? [state.ItemProcessor] : [];
}
