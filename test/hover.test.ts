import { describe, expect, test } from 'vitest';
import { hoverAt } from '../server/src/assist/hover';
import { type Linked, titleOf } from '../server/src/assist/linked';
import { Workspace } from '../server/src/workspace/workspace';

const workload = (name: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: c, image: i, ports: [{containerPort: 8080}]}]}
`;

const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db-from-api, namespace: shop}
spec:
  podSelector: {matchLabels: {app: db}}
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - podSelector:
            matchLabels: {app: api}
      ports: [{port: 8080}]
  egress:
    - to: [{ipBlock: {cidr: 10.0.0.0/8}}]
`;

const service =
  'apiVersion: v1\nkind: Service\nmetadata: {name: database, namespace: shop}\nspec:\n  selector: {app: db}\n  ports: [{port: 80}]\n';

const text = [...['web', 'api', 'db'].map(workload), policy, service].join('---\n');

/** The hover where a text stands, with plain names unless `linked` writes others. */
function hover(where: string, within = text, linked: Linked = ({ name }) => name.text ?? ''): string | undefined {
  const workspace = Workspace.empty.update([['all.yaml', within]]);
  return hoverAt(workspace, 'all.yaml', within.indexOf(where) + where.length - 1, linked)?.markdown;
}

test('on a workload: who may reach it, what it may reach, and which policy says so', () => {
  expect(hover('name: db')).toBe(
    '**Deployment db**\n\n**May be reached by** api (TCP 8080), by db-from-api.\n\n**May reach** 10.0.0.0-10.255.255.255, by db-from-api.',
  );
  expect(hover('name: web')).toBe(
    '**Deployment web**\n\n**May be reached by** api, addresses outside of the cluster.\n\n**May reach** api, addresses outside of the cluster.',
  );
});

test('on a workload that no policy touches', () => {
  const alone = `${workload('one')}---\n${workload('two')}`;
  expect(hover('name: one', alone)).toBe(
    '**Deployment one**\n\n**May be reached by** anything: no policy isolates it.\n\n**May reach** anything: no policy limits it.',
  );
});

test('names lead to where their objects stand', () => {
  const linked: Linked = ({ name }) => `[${name.text}](${name.range.start})`;
  expect(hover('name: database', text, linked)).toMatch(/^\*\*Service database\*\*\n\nSends to \[db\]\(\d+\)\./);
});

test('on a Service and on a policy: the pods', () => {
  expect(hover('name: database')).toBe(
    '**Service database**\n\nSends to db.\n\n**May be reached by** api (TCP 8080), by db-from-api.',
  );
  expect(hover('name: db-from-api')).toBe(
    '**NetworkPolicy db-from-api**\n\nSelects the pods of db.\n\n**Lets in** api on TCP 8080.\n\n**Lets out** 10.0.0.0-10.255.255.255.',
  );
});

test('on selectors: the pods that they select now', () => {
  expect(hover('podSelector: {matchLabels: {app: db')).toBe('Selects the pods of db.');
  expect(hover('            matchLabels: {app: api')).toBe('Selects the pods of api.');
  expect(hover('selector: {app: db')).toBe('Selects the pods of db.');
  expect(
    hover(
      'podSelector: {matchLabels: {app: db',
      text.replace('podSelector: {matchLabels: {app: db', 'podSelector: {matchLabels: {app: dbx'),
    ),
  ).toBe('Selects no pods of these manifests.');
});

test('elsewhere, and in broken documents: nothing', () => {
  expect(hover('apiVersion: apps/v1')).toBeUndefined();
  expect(hover('image: i')).toBeUndefined();
  expect(hover('name: x', 'apiVersion: v1\nkind: Service\nmetadata: {name: x\n')).toBeUndefined();
});

describe('names are shown as they are, not as Markdown', () => {
  const nasty = '![x](https://pixel.example.test/p.png) <b>`_*[run](command:x)\\n# h www.a.b a@b';
  // What is left of the text when everything that is escaped, and all code, is out of it.
  const rest = (markdown: string | undefined) =>
    markdown?.replaceAll(/\\./g, '').replaceAll(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
  const linked: Linked = resource => `[${titleOf(resource)}](file:///all.yaml)`;

  test.each(['kind: Deployment', 'name: "!', 'name: s', 'selector: {app'])('in a hover at %s', where => {
    const within = `${workload('a').replace('{name: a,', `{name: "${nasty}",`)}---\n${service
      .replace('database', 's')
      .replace('app: db', 'app: a')}`;
    const markdown = hover(where, within, linked);
    expect(markdown).toContain('pixel');
    expect(rest(markdown)?.replaceAll('](file:///all.yaml)', '').replaceAll('**', '')).not.toMatch(
      /[!\]()<`#_@*]\S|\n#|:\/\/|www\./,
    );
  });

  test('in what tells why an object is here', () => {
    const within = {
      'a`b/kustomization.yaml': `namePrefix: "\`x\` "\nresources: [a.yaml]\n`,
      'a`b/a.yaml': workload('a'),
    };
    const workspace = Workspace.empty.update(Object.entries(within));
    const markdown = hoverAt(workspace, 'a`b/a.yaml', within['a`b/a.yaml'].indexOf('Deploy') + 1, linked)?.markdown;
    expect(markdown).toContain('`` a`b ``');
    expect(markdown).toContain('`` metadata.name: `x` a ``');
  });
});

describe('as a person asks', () => {
  const caller = workload('caller').replace(
    'image: i,',
    'image: i, env: [{name: DATABASE_URL, value: "http://database"}],',
  );
  const far = Array.from({ length: 3 }, (_, i) => workload(`far${i}`).replace('namespace: shop', 'namespace: other'));

  test('who is known to call comes first, then the namespace, then numbers', () => {
    const open = policy.replace('podSelector:\n            matchLabels: {app: api}', 'namespaceSelector: {}');
    const many = [
      caller,
      ...['web', 'api', 'db'].map(workload),
      ...far,
      open,
      service.replace('port: 80}', 'port: 80, targetPort: 8080}'),
    ].join('---\n');
    expect(hover('name: db', many)).toContain(
      "**May be reached by** caller (calls it, TCP 8080), web (TCP 8080), api (TCP 8080), 3 in 'other', by db-from-api.",
    );
  });

  test('what is called and denied is said', () => {
    const closed = [caller, ...['api', 'db'].map(workload), policy, service].join('---\n');
    expect(hover('name: db', closed)).toContain('by db-from-api. **Denied though called:** caller.');
  });

  test('callers are known where no policy is, too', () => {
    const free = [caller, workload('db'), service].join('---\n');
    expect(hover('name: db', free)).toContain('anything: no policy isolates it. Known callers: caller.');
    expect(hover('name: caller', free)).toContain('anything: no policy limits it. Known calls: db.');
  });

  test('another network of OVN-Kubernetes is unknown', () => {
    const label = 'k8s.ovn.org/primary-user-defined-network';
    const home = `apiVersion: v1\nkind: Namespace\nmetadata: {name: other, labels: {${label}: ""}}\n`;
    const apart = [...['web', 'api'].map(workload), ...far, home].join('---\n');
    expect(hover('name: web', apart)).toContain(
      'no policy isolates it. What other networks of OVN-Kubernetes hold is unknown.',
    );
  });

  test('DNS is called so', () => {
    const dns = policy.replace('to: [{ipBlock: {cidr: 10.0.0.0/8}}]', 'ports: [{port: 53, protocol: UDP}, {port: 53}]');
    expect(hover('name: db-from-api', [workload('db'), dns].join('---\n'))).toContain(
      '**Lets out** to everywhere on DNS.',
    );
  });
});
