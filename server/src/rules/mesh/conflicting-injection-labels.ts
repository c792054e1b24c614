import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import { inWords } from '../../text/words';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'mesh/conflicting-injection-labels',
  title: 'A namespace joins Istio in one way',
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
        ? "the revision is ignored as long as 'istio-injection' is there"
        : 'pods that have a sidecar are not taken in by ambient mode';
    report(
      others.at(-1) ?? first,
      `Namespace '${name}' asks for Istio by ${inWords(nodes.map(shown))}: ${outcome}. Keep one of them.`,
      {
        related: nodes.slice(0, -1).map(at => ({ at, message: 'The other label' })),
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
