import { expect, test } from 'vitest';
import { definitionAt } from '../server/src/assist/definition';
import { cursorIn, shownPlace, workspaceOf } from './cursor';
import { shop } from './shop';

/** What F12 leads to from `|` in a piece of a file. */
function led(files: Readonly<Record<string, string>>, path: string, piece: string): readonly string[] {
  const definition = definitionAt(workspaceOf(files), path, cursorIn(files[path] ?? '', piece));
  return (definition?.destinations ?? []).map(({ path: there, name }) =>
    shownPlace(files, { path: there, range: name }),
  );
}

test.each([
  ['the selector of a Service', 'shop/cart.yaml', 'spec:\n  sel|ector: {app: cart}', ['shop/cart.yaml:3 cart-app']],
  ['a value in it', 'shop/cart.yaml', 'spec:\n  selector: {app: ca|rt}', ['shop/cart.yaml:3 cart-app']],
  ['a key in it', 'shop/cart.yaml', 'spec:\n  selector: {a|pp: cart}', ['shop/cart.yaml:3 cart-app']],
  ['a target port', 'shop/cart.yaml', 'targetPort: w|eb', ['shop/cart.yaml:13 web']],
  ['the port of a probe', 'shop/cart.yaml', 'path: /, port: w|eb', ['shop/cart.yaml:13 web']],
  ['a host in a URL', 'shop/cart.yaml', '//d|b.shop', ['shop/db.yaml:13 db']],
  ['the namespace in a host', 'shop/cart.yaml', '//db.sh|op', ['infra/infra.yaml:3 shop']],
  ['a ConfigMap in envFrom', 'shop/cart.yaml', 'configMapRef: {name: sett|ings', ['shop/cart.yaml:31 settings']],
  ['a host in a ConfigMap', 'shop/cart.yaml', 'CART_HOST: ca|rt', ['shop/cart.yaml:20 cart']],
  ['a host in a file in it', 'shop/cart.yaml', 'server ca|rt:80', ['shop/cart.yaml:20 cart']],
  ['a ServiceAccount', 'shop/cart.yaml', 'serviceAccountName: ro|bot', ['shop/cart.yaml:27 robot']],
  ['the namespace of an object', 'shop/cart.yaml', 'name: robot, namespace: sh|op', ['infra/infra.yaml:3 shop']],
  ['a governing Service', 'shop/db.yaml', 'serviceName: d|b', ['shop/db.yaml:13 db']],
  ['a backend', 'shop/edge.yaml', 'service: {name: ca|rt', ['shop/cart.yaml:20 cart']],
  ['its port', 'shop/edge.yaml', 'port: {name: ht|tp', ['shop/cart.yaml:23 http']],
  ['a class', 'shop/edge.yaml', 'ingressClassName: ou|ter', ['infra/infra.yaml:11 outer']],
  ['a parent', 'shop/edge.yaml', 'name: fr|ont', ['infra/infra.yaml:16 front']],
  ['a listener', 'shop/edge.yaml', 'sectionName: pla|in', ['infra/infra.yaml:19 plain']],
  ['the number of a port', 'shop/edge.yaml', 'port: 8|0}', ['shop/cart.yaml:23 80']],
  ['a monitor', 'shop/edge.yaml', 'monitored: "y|es"', ['shop/cart.yaml:20 cart']],
  ['the port of a monitor', 'shop/edge.yaml', '[{port: ht|tp}]', ['shop/cart.yaml:23 http']],
  ['the target of an autoscaler', 'shop/edge.yaml', 'name: cart-|app', ['shop/cart.yaml:3 cart-app']],
  ['an expression', 'shop/edge.yaml', 'values: [ca|rt]', ['shop/cart.yaml:3 cart-app']],
  ['a class of Gateways', 'infra/infra.yaml', 'gatewayClassName: so|me', ['infra/infra.yaml:23 some']],
  ['the pods of a policy', 'infra/infra.yaml', 'podSel|ector: {matchLabels: {app: db', ['shop/db.yaml:3 db']],
  ['a peer', 'infra/infra.yaml', 'app: cart, tier: a|pi', ['shop/cart.yaml:3 cart-app']],
  ['a namespace by its name', 'infra/infra.yaml', 'metadata.name: sh|op', ['infra/infra.yaml:3 shop']],
  ['a namespace by a label', 'infra/infra.yaml', '{team: sa|les}}\n      ports', ['infra/infra.yaml:3 shop']],
  ['the port of a policy', 'infra/infra.yaml', '[{port: 54|32}]', ['shop/db.yaml:9 5432']],
  ['a name itself', 'infra/infra.yaml', 'name: fr|ont', ['infra/infra.yaml:16 front']],
  ['what names nothing', 'shop/cart.yaml', 'image: ca|rt:1', []],
  ['a path in a URL', 'shop/cart.yaml', '5432/ca|rt', []],
])('%s', (_, path, piece, expected) => {
  expect(led(shop, path, piece)).toEqual(expected);
});
