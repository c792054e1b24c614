import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { inWords } from '../../text/words';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'mesh/conflicting-injection-labels',
  title: 'A namespace has one Istio injection label',
  severity: 'warning',
  per: 'resource',
  kinds: ['Namespace'],
  references: [
    'https://istio.io/latest/docs/reference/config/analysis/ist0123/',
    'https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy',
  ],

  check(namespace, report) {
    const asking = [
      { node: namespace.label('istio-injection'), asks: (value: string) => value === 'enabled' },
      { node: namespace.label('istio.io/rev'), asks: (value: string) => value !== '' },
      { node: namespace.label('istio.io/dataplane-mode'), asks: (value: string) => value === 'ambient' },
    ].filter(({ node, asks }) => asks(node.string ?? ''));
    const nodes = asking.map(({ node }) => node);
    const [first, ...others] = nodes;
    if (first === undefined || others.length === 0) return;
    const name = namespace.name.text ?? '';
    const outcome =
      first.key === 'istio-injection' && others[0]?.key === 'istio.io/rev'
        ? "Istio ignores the revision while 'istio-injection' is set"
        : 'ambient mode skips pods that have a sidecar';
    report(
      others.at(-1) ?? first,
      {
        what: `Namespace '${name}' has conflicting Istio labels`,
        why: `It has ${inWords(nodes.map(shown))}: ${outcome}.`,
        how: 'Keep one of these labels.',
      },
      {
        related: nodes.slice(0, -1).map(at => ({ at, message: 'Conflicting label' })),
        fixes: nodes.map(node => keep(node, nodes)),
      },
    );
  },
});

const shown = (node: Node) => `'${node.key}: ${node.string}'`;

function keep(node: Node, all: readonly Node[]): Fix {
  const others = all.filter(other => other !== node);
  const edit: Fix['edit'] = edits => {
    for (const other of others) edits.remove(other);
  };
  return fix(`Keep ${shown(node)} only`, edit);
}
