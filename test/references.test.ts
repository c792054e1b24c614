import { expect, test } from 'vitest';
import { definitionAt } from '../server/src/assist/definition';
import { linksIn } from '../server/src/assist/document-links';
import { highlightsAt, usesAt } from '../server/src/assist/references';
import { renameableAt, renamedAt } from '../server/src/assist/rename';
import { cursorIn, shownPlace, workspaceOf } from './cursor';
import { shop } from './shop';

type Texts = Readonly<Record<string, string>>;

/** What names or selects what stands at `|`, in the order of files; what is named itself has a `=`. */
function used(files: Texts, path: string, piece: string): readonly string[] {
  const uses = usesAt(workspaceOf(files), path, cursorIn(files[path] ?? '', piece));
  return uses.map(use => `${shownPlace(files, use)}${use.isOwn ? ' =' : ''}`);
}

test('of a workload: who names it, and who selects its pods', () => {
  expect(used(shop, 'shop/cart.yaml', 'metadata: {name: cart-|app')).toEqual([
    'infra/infra.yaml:34 podSelector',
    'shop/cart.yaml:3 cart-app =',
    'shop/cart.yaml:22 selector',
    'shop/edge.yaml:29 cart-app',
    'shop/edge.yaml:35 selector',
  ]);
});

test('of a Service: backends, hosts, monitors', () => {
  const expected = [
    'shop/cart.yaml:20 cart =',
    'shop/cart.yaml:33 cart',
    'shop/cart.yaml:35 cart',
    'shop/cart.yaml:36 cart',
    'shop/edge.yaml:9 cart',
    'shop/edge.yaml:16 cart',
    'shop/edge.yaml:22 selector',
  ];
  expect(used(shop, 'shop/cart.yaml', 'metadata: {name: ca|rt,')).toEqual(expected);
  expect(used(shop, 'shop/edge.yaml', 'backendRefs: [{name: ca|rt')).toEqual(expected);
});

test('of a Gateway, a ConfigMap, a port and a label', () => {
  expect(used(shop, 'infra/infra.yaml', 'name: fr|ont')).toEqual([
    'infra/infra.yaml:16 front =',
    'shop/edge.yaml:15 front',
  ]);
  expect(used(shop, 'shop/cart.yaml', 'metadata: {name: sett|ings')).toEqual([
    'shop/cart.yaml:16 settings',
    'shop/cart.yaml:31 settings =',
  ]);
  expect(used(shop, 'shop/cart.yaml', 'targetPort: w|eb')).toEqual([
    'shop/cart.yaml:13 web =',
    'shop/cart.yaml:14 web',
    'shop/cart.yaml:23 web',
  ]);
  expect(used(shop, 'shop/cart.yaml', 'tier: a|pi')).toEqual(['infra/infra.yaml:34 api', 'shop/cart.yaml:7 api =']);
});

test('of what is nothing: nothing', () => {
  expect(used(shop, 'shop/cart.yaml', 'image: ca|rt:1')).toEqual([]);
});

test('highlights are those of the file', () => {
  const at = cursorIn(shop['shop/cart.yaml'] ?? '', 'metadata: {name: ca|rt,');
  expect(highlightsAt(workspaceOf(shop), 'shop/cart.yaml', at).map(use => shownPlace(shop, use))).toEqual([
    'shop/cart.yaml:20 cart',
    'shop/cart.yaml:33 cart',
    'shop/cart.yaml:35 cart',
    'shop/cart.yaml:36 cart',
  ]);
});

const kustomized = {
  'base/kustomization.yaml': 'resources: [web.yaml]\ncommonLabels: {team: blue}\n',
  'base/web.yaml': `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web-app}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: c, image: i}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: in}
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
`,
  'dev/kustomization.yaml': `namePrefix: dev-
namespace: dev
resources: [../base, caller.yaml]
configMapGenerator: [{name: files, files: [x=nginx.conf, web.properties]}]
patches:
  - path: patch.yaml
    target: {kind: Service, name: web}
`,
  'dev/patch.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {type: NodePort}\n',
  'dev/caller.yaml': `apiVersion: v1
kind: Pod
metadata: {name: caller}
spec: {containers: [{name: c, image: i, env: [{name: URL, value: "http://dev-web:80"}, {name: OTHER, value: "http://web:80"}]}]}
`,
};

const led = (path: string, piece: string, files: Texts = kustomized) =>
  definitionAt(workspaceOf(files), path, cursorIn(files[path] ?? '', piece))?.destinations.map(one =>
    shownPlace(files, { path: one.path, range: one.name }),
  ) ?? [];

test('names follow what a kustomization makes of them', () => {
  expect(led('base/web.yaml', 'service: {name: w|eb')).toEqual(['base/web.yaml:3 web']);
  expect(led('dev/caller.yaml', '//dev-w|eb:80')).toEqual(['base/web.yaml:3 web']);
  expect(led('dev/caller.yaml', '//w|eb:80')).toEqual([]);
  expect(led('base/kustomization.yaml', 'team: bl|ue')).toEqual([
    'base/web.yaml:3 web',
    'base/web.yaml:8 web-app',
    'base/web.yaml:17 in',
  ]);
  expect(led('dev/kustomization.yaml', 'kind: Service, name: w|eb')).toEqual(['base/web.yaml:3 web']);
  expect(used(kustomized, 'base/web.yaml', 'metadata: {name: w|eb}')).toEqual([
    'base/web.yaml:3 web =',
    'base/web.yaml:18 web',
    'dev/caller.yaml:4 dev-web',
    'dev/kustomization.yaml:7 web',
  ]);
});

test('entries of a kustomization lead to files', () => {
  expect(led('dev/kustomization.yaml', '../b|ase')).toEqual(['base/kustomization.yaml:1 ']);
  expect(led('dev/kustomization.yaml', 'path: pat|ch.yaml')).toEqual(['dev/patch.yaml:1 ']);
  const links = linksIn(workspaceOf(kustomized), 'dev/kustomization.yaml');
  expect(links.map(link => `${shownPlace(kustomized, link)} → ${link.target}`)).toEqual([
    'dev/kustomization.yaml:3 ../base → base/kustomization.yaml',
    'dev/kustomization.yaml:3 caller.yaml → dev/caller.yaml',
    'dev/kustomization.yaml:4 nginx.conf → dev/nginx.conf',
    'dev/kustomization.yaml:4 web.properties → dev/web.properties',
    'dev/kustomization.yaml:6 patch.yaml → dev/patch.yaml',
  ]);
  expect(linksIn(workspaceOf(kustomized), 'base/web.yaml')).toEqual([]);
});

const corefile = `apiVersion: v1
kind: ConfigMap
metadata: {name: coredns, namespace: kube-system}
data:
  Corefile: |
    (usual) {
      errors
    }
    .:53 {
      import usual
      import other
    }
    a.test {
      import usual # again
    }
`;

test('a snippet of a Corefile and its imports lead to each other', () => {
  const files = { 'c.yaml': corefile, Corefile: '(x) {\n  log\n}\n. {\n  import x\n}\n' };
  expect(led('c.yaml', 'import us|ual # again', files)).toEqual(['c.yaml:6 (usual)']);
  expect(led('c.yaml', 'import oth|er', files)).toEqual([]);
  expect(led('Corefile', 'import x|', files)).toEqual(['Corefile:1 (x)']);
  expect(used(files, 'c.yaml', '(us|ual)')).toEqual(['c.yaml:6 (usual) =', 'c.yaml:10 usual', 'c.yaml:14 usual']);
});

test('wherever a cursor stands in text that is half typed, nothing fails', () => {
  const text = `${shop['shop/cart.yaml']}---\n${shop['shop/edge.yaml']}---\n${corefile}`;
  for (const [length, step] of [
    [text.length, 23],
    [1490, 29],
    [700, 17],
    [2600, 61],
  ] as const) {
    const workspace = workspaceOf({ 'a.yaml': text.slice(0, length), 'kustomization.yaml': 'resources: [a.yaml\n' });
    for (let offset = 0; offset <= length; offset += step) {
      definitionAt(workspace, 'a.yaml', offset);
      usesAt(workspace, 'a.yaml', offset);
      highlightsAt(workspace, 'a.yaml', offset);
      renameableAt(workspace, 'a.yaml', offset);
      renamedAt(workspace, 'a.yaml', offset, '${x}');
    }
  }
});
