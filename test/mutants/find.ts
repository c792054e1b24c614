import { type Node, type Program, parseSync, Visitor } from 'oxc-parser';

/** A place of a rule's source where a mutant can be switched on while it runs. */
export interface Mutant {
  /** Its number in `globalThis.mutant`. */
  readonly number: number;
  /** `guard`: never leaves. `operand`: one of `a || b` counts for nothing. `term`: one of `a && b` holds always. */
  readonly kind: 'guard' | 'operand' | 'term' | 'safe' | 'severity' | 'about';
  readonly line: number;
  readonly text: string;
}

interface Spot {
  readonly kind: Mutant['kind'];
  readonly start: number;
  readonly end: number;
  readonly mutated: (text: string) => string;
}

/** The source with every mutant in it, asleep, and what they are. */
export function mutantsIn(file: string, source: string, first: number): { mutants: Mutant[]; code: string } {
  const spots = spotsIn(parseSync(file, source).program);
  const mutants = spots.map(({ kind, start, end }, i) => ({
    number: first + i,
    kind,
    line: source.slice(0, start).split('\n').length,
    text: source.slice(start, end).replace(/\s+/g, ' '),
  }));
  return { mutants, code: woven(source, spots, first) };
}

/** Each spot becomes `(mutant === 7 ? mutated : (written))`; spots may hold others. */
function woven(source: string, spots: readonly Spot[], first: number): string {
  const numbered = spots.map((spot, i) => ({ spot, number: first + i }));
  const write = (from: number, to: number, inside: typeof numbered): string => {
    let text = '';
    let at = from;
    for (const outer of inside.filter(({ spot }) => !inside.some(other => holds(other.spot, spot)))) {
      const inner = inside.filter(({ spot }) => holds(outer.spot, spot));
      const written = write(outer.spot.start, outer.spot.end, inner);
      text += source.slice(at, outer.spot.start);
      text += `(globalThis.mutant === ${outer.number} ? ${outer.spot.mutated(written)} : (${written}))`;
      at = outer.spot.end;
    }
    return text + source.slice(at, to);
  };
  return write(0, source.length, numbered);
}

const holds = (outer: Spot, inner: Spot) => outer !== inner && outer.start <= inner.start && inner.end <= outer.end;

function spotsIn(program: Program): Spot[] {
  const spots = new Map<string, Spot>();
  const add = (kind: Spot['kind'], { start, end }: { start: number; end: number }, mutated: Spot['mutated']) => {
    const key = `${start}-${end}`;
    if (!spots.has(key)) spots.set(key, { kind, start, end, mutated });
  };
  const parts = (node: Node): void => {
    let inner = bare(node);
    while (inner.type === 'UnaryExpression' && inner.operator === '!') inner = bare(inner.argument);
    if (inner.type !== 'LogicalExpression' || inner.operator === '??') return;
    for (const side of [inner.left, inner.right]) {
      const isSame = bare(side).type === 'LogicalExpression' && 'operator' in side && side.operator === inner.operator;
      if (!isSame && inner.operator === '||') add('operand', side, () => 'false');
      if (!isSame && inner.operator === '&&') add('term', side, () => 'true');
      parts(side);
    }
  };
  const patterns = new Set<number>();
  const makers = new Set<string>();
  const depth = { functions: 0 };
  const enter = () => {
    depth.functions++;
  };
  const leave = () => {
    depth.functions--;
  };
  new Visitor({
    FunctionDeclaration: enter,
    'FunctionDeclaration:exit': leave,
    FunctionExpression: enter,
    'FunctionExpression:exit': leave,
    ArrowFunctionExpression: node => {
      enter();
      if (node.expression) parts(node.body);
    },
    'ArrowFunctionExpression:exit': leave,
    IfStatement: node => {
      if (isExit(node.consequent)) add('guard', node.test, () => 'false');
      parts(node.test);
    },
    ReturnStatement: node => {
      if (node.argument) parts(node.argument);
    },
    ImportDeclaration: node => {
      if (!node.source.value.endsWith('lint/fixes')) return;
      for (const { local } of node.specifiers) makers.add(local.name);
    },
    // What is not safe says nothing of it.
    CallExpression: node => {
      if (node.callee.type !== 'Identifier' || !makers.has(node.callee.name) || node.callee.name === 'choose') return;
      const last = node.arguments.at(-1);
      const isSaid = last?.type === 'ObjectExpression' && last.properties.some(isSafety);
      if (!isSaid) add('safe', node, text => `({ ...${text}, safe: true })`);
    },
    ObjectPattern: node => {
      for (const property of node.properties) patterns.add(property.start);
    },
    Property: node => {
      if (depth.functions === 0 || node.key.type !== 'Identifier' || node.shorthand || patterns.has(node.start)) return;
      if (node.key.name === 'safe') add('safe', node.value, text => `!(${text})`);
      if (node.key.name === 'severity') add('severity', node.value, () => 'undefined');
    },
  }).visit(program);
  return [...spots.values()].sort((a, b) => a.start - b.start || b.end - a.end);
}

const bare = (node: Node): Node => (node.type === 'ParenthesizedExpression' ? bare(node.expression) : node);

const isSafety = (node: Node) => node.type === 'Property' && node.key.type === 'Identifier' && node.key.name === 'safe';

/** Whether nothing happens but leaving. */
function isExit(node: Node): boolean {
  if (node.type === 'BlockStatement')
    return node.body.length === 1 && node.body[0] !== undefined && isExit(node.body[0]);
  return node.type === 'ContinueStatement' || node.type === 'ReturnStatement' || node.type === 'BreakStatement';
}
