import { allKinds } from '../../kube/kinds';
import { isWorkload, podSpecOf, podTemplateOf } from '../../kube/pods/workload';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'api/wrong-type',
  title: 'Values of annotations, labels, ConfigMaps and sysctls are strings',
  severity: 'error',
  per: 'resource',
  // Definitions are long, and tools write them.
  kinds: allKinds.filter(kind => kind !== 'CustomResourceDefinition'),
  references: ['https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/'],

  check(resource, report) {
    const maps = [resource.at('metadata', 'annotations'), resource.at('metadata', 'labels')];
    if (isWorkload(resource)) {
      maps.push(
        podTemplateOf(resource).at('metadata', 'annotations'),
        podTemplateOf(resource).at('metadata', 'labels'),
      );
    }
    if (resource.kind === 'ConfigMap') maps.push(resource.at('data'));
    const values = maps.flatMap(map => map.entries());
    if (isWorkload(resource))
      values.push(
        ...podSpecOf(resource)
          .at('securityContext', 'sysctls')
          .items()
          .map(item => item.at('value')),
      );

    for (const value of values) {
      const type = typeName(value);
      if (type === undefined) continue;
      const text = value.source;
      report(
        value,
        {
          what: `${named(value)} is ${type}, not a string`,
          why: `The value ${text} is read as ${type}, and only strings are allowed here: the API server rejects the object.`,
          how: `Put quotes around ${text}.`,
        },
        { fixes: [set(`Put quotes around ${text}`, value, text, { safe: true })] },
      );
    }
  },
});

/** The key of a value; the name of a sysctl stands beside it. */
function named({ key, parent }: Node): string {
  const sysctl = parent?.parent?.key === 'sysctls' ? parent.at('name').text : undefined;
  return `'${sysctl ?? key}'`;
}

/** What a scalar is that is no string; null is taken as absent, and collections have no right form to offer. */
function typeName(value: Node): string | undefined {
  if (value.boolean !== undefined) return 'a boolean';
  return value.number !== undefined ? 'a number' : undefined;
}
