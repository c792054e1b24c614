import { describe, expect, it } from 'vitest';
import { locate } from '../server/src/lint/place';
import { callsOf } from '../server/src/network/calls/calls';
import { Workspace } from '../server/src/workspace/workspace';

const services = `
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: v1
kind: Service
metadata: { name: db }
spec: { clusterIP: None, selector: { app: db }, ports: [{ port: 5432 }] }
---
apiVersion: v1
kind: Service
metadata: { name: user }
spec: { selector: { app: user }, ports: [{ name: grpc-user, port: 50051 }, { name: http, port: 8080 }] }
---
apiVersion: v1
kind: Service
metadata: { name: mail, namespace: office }
spec: { selector: { app: mail }, ports: [{ port: 25, name: smtp, appProtocol: kubernetes.io/h2c }] }
---
apiVersion: v1
kind: Service
metadata: { name: me }
spec: { selector: { app: me }, ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: outside }
spec: { type: ExternalName, externalName: outside.example.com, selector: { app: web } }
---
apiVersion: v1
kind: Service
metadata: { name: by-hand }
spec: { ports: [{ port: 80 }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { WEB_URL: "http://web", host: db, web_service_host: web, web_service_port: "80" }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: office }
data: { WEB_URL: "http://mail:25" }
`;

const indented = (text: string, by: string) => text.trim().replaceAll('\n', `\n${by}`);

/** A Deployment 'me' whose one container has these fields. */
const deployment = (container: string, others = '') => `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: me
spec:
  template:
    metadata:
      labels: { app: me }
    spec:
      containers:
        - name: main
          image: me:1
          ${indented(container, '          ')}
${others}`;

/** Calls of the first workload as lines: callee, what is called, and the evidence with the text it points at. */
function callsIn(...manifests: readonly string[]): string[] {
  const workspace = Workspace.empty.update([['all.yaml', [...manifests, services].join('\n---\n')]]);
  const [view] = workspace.views;
  if (view === undefined) return [];
  return callsOf(view).map(({ calleeNamespace, callee, ports, isGrpc, evidence }) => {
    const pieces = evidence.map(({ at, kind, strength }) => {
      const { document, range } = locate(at);
      return `${kind} ${strength} <${document.text.slice(range.start, range.end)}>`;
    });
    const numbers = ports.map(({ number }) => number).join();
    return `${calleeNamespace.name}/${callee.name.string}:${numbers}${isGrpc ? ' grpc' : ''} ${pieces.join('; ')}`;
  });
}

const env = (name: string, value: string) => `env: [{ name: ${name}, value: ${JSON.stringify(value)} }]`;

describe('what counts as a call', () => {
  it.each<[string, string[]]>([
    [env('X', 'web:80'), ['default/web:80 env strong <web:80>']],
    [env('X', 'http://web'), ['default/web:80 env strong <web>']],
    [env('X', 'http://web:8080'), ['default/web:80 env medium <web:8080>']],
    [env('X', 'web:8080'), []],
    [env('X', 'web'), []],
    [env('WEB_HOST', 'web'), ['default/web:80 env medium <web>']],
    [env('webHost', 'web'), ['default/web:80 env medium <web>']],
    [env('spring.web.url', 'web'), ['default/web:80 env medium <web>']],
    [env('services__web__0', 'web'), []],
    [env('SERVERS', 'web,db'), ['default/web:80 env medium <web>', 'default/db:5432 env medium <db>']],
    [env('GHOST', 'web'), []],
    [env('ALLOWED_HOSTS', 'web'), []],
    [env('CORS_URL', 'http://web'), []],
    [env('DB_DSN', 'host=db port=5432 user=user'), ['default/db:5432 env medium <db>']],
    [env('JAVA_OPTS', '-Xmx1g -Dweb.url=web'), ['default/web:80 env medium <web>']],
    [env('X', 'postgres://user:web@db/user'), ['default/db:5432 env strong <db>']],
    [env('X', 'db-0.db:5432'), ['default/db:5432 env strong <db-0.db:5432>']],
    [env('X', 'user:50051'), ['default/user:50051 grpc env strong <user:50051>']],
    [env('X', 'user:8080'), ['default/user:8080 env strong <user:8080>']],
    [env('X_HOST', 'user'), ['default/user:50051,8080 env medium <user>']],
    [env('X', 'grpc://user'), ['default/user:50051,8080 grpc env medium <user>']],
    [env('X', 'mail:25'), []],
    [env('X', 'mail.office:25'), ['office/mail:25 grpc env strong <mail.office:25>']],
    [env('X', 'mail.office.svc'), ['office/mail:25 grpc env medium <mail.office.svc>']],
    [env('X', 'http://web.default.svc.cluster.local./'), ['default/web:80 env strong <web.default.svc.cluster.local.>']],
    [env('X', 'http://me'), []],
    [env('X', 'http://outside http://by-hand:80'), []],
    ['args: ["--web-addr=web"]', ['default/web:80 args medium <web>']],
    ['args: ["--web-addr", "web"]', ['default/web:80 args medium <web>']],
    ['args: ["--web", "web"]', []],
    ['args: ["--web", "web:80"]', ['default/web:80 args strong <web:80>']],
    ['args: ["--listen", "web:80", "--advertise=web:80"]', []],
    ['command: ["serve", "http://web"]', ['default/web:80 command strong <web>']],
    ['command: ["sh", "-c", "psql -U user -h db web"]', ['default/db:5432 command medium <db>']],
    ['command: ["sh", "-c", "echo web; web; curl -u user:web web/health"]', ['default/web:80 command medium <web>']],
    ['command: ["wait-for-it", "db:5432", "--", "serve"]', ['default/db:5432 command strong <db:5432>']],
    ['envFrom: [{ configMapRef: { name: settings } }]', [
      'default/web:80 envFrom strong <web>; envFrom medium <web>',
      'default/db:5432 envFrom medium <db>',
    ]],
    ['envFrom: [{ prefix: NO_PROXY_, configMapRef: { name: settings } }]', []],
    [
      'env: [{ name: X, valueFrom: { configMapKeyRef: { name: settings, key: WEB_URL } } }]',
      ['default/web:80 configMapKeyRef strong <web>'],
    ],
    ['env: [{ name: X, valueFrom: { configMapKeyRef: { name: settings, key: other } } }]', []],
    ['readinessProbe: { exec: { command: [curl, "http://web"] } }', []],
    ['lifecycle: { preStop: { exec: { command: [curl, "http://web"] } } }', []],
  ])('%s', (container, expected) => {
    expect(callsIn(deployment(container))).toEqual(expected);
  }); // biome-ignore format: a table
});

describe('init containers that wait', () => {
  it.each([
    ['until nc -z web 80; do sleep 1; done', 'strong <web>'],
    ['while ! nc -zv -w 2 web 80; do sleep 1; done', 'strong <web>'],
    ['until nslookup web; do sleep 1; done', 'medium <web>'],
    ['until nslookup web.default.svc.cluster.local; do sleep 1; done', 'medium <web.default.svc.cluster.local>'],
    ['until curl -sf http://web/ready; do sleep 1; done', 'strong <web>'],
    ['until curl -s web/ready; do sleep 1; done', 'medium <web>'],
    ['until wget -qO- web; do :; done', 'medium <web>'],
    ['dockerize -wait tcp://web:80 -timeout 60s', 'strong <web:80>'],
    ['/scripts/wait-for-it.sh web:80 -t 30', 'strong <web:80>'],
    ['until getent hosts web; do sleep 2; done', 'medium <web>'],
    ['timeout 60 sh -c "until printf x > /dev/tcp/web/80; do sleep 1; done"', 'strong <web/80>'],
    ['until [ "$(curl -s -o /dev/null http://web:80)" ]; do sleep 1; done', 'strong <web:80>'],
  ])('%s', (script, expected) => {
    const others = `      initContainers:\n        - name: wait\n          image: busybox:1\n          command: [sh, -c, ${JSON.stringify(script)}]\n`;
    expect(callsIn(deployment('', others))).toEqual([`default/web:80 initContainer ${expected}`]);
  });

  it('an image that is made for waiting', () => {
    const others =
      '      initContainers:\n        - { name: wait, image: "groundnuty/k8s-wait-for:v2", args: [service, web] }\n        - { name: job, image: "groundnuty/k8s-wait-for:v2", args: [job, user] }\n';
    expect(callsIn(deployment('', others))).toEqual(['default/web:80 initContainer medium <web>']);
  });

  it('settings of an init container are settings of the pod', () => {
    const others = `      initContainers:\n        - name: migrate\n          image: me:1\n          ${env('DB_URL', 'postgres://db')}\n`;
    expect(callsIn(deployment('', others))).toEqual(['default/db:5432 env strong <db>']);
  });
});

describe('who calls', () => {
  const pod = `spec: { restartPolicy: Never, containers: [{ name: main, image: "me:1", ${env('X', 'web:80')} }] }`;
  it.each([
    ['Pod', 'v1', pod],
    ['Job', 'batch/v1', `spec: { template: { ${pod} } }`],
    ['CronJob', 'batch/v1', `spec: { jobTemplate: { spec: { template: { ${pod} } } } }`],
    ['StatefulSet', 'apps/v1', `spec: { template: { ${pod} } }`],
    ['DaemonSet', 'apps/v1', `spec: { template: { ${pod} } }`],
    ['ReplicaSet', 'apps/v1', `spec: { template: { ${pod} } }`],
    ['ReplicationController', 'v1', `spec: { template: { ${pod} } }`],
  ])('a %s', (kind, apiVersion, spec) => {
    const manifest = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: caller }\n${spec}\n`;
    expect(callsIn(manifest)).toEqual(['default/web:80 env strong <web:80>']);
  });

  it('a pod of another namespace does not reach by a short name, and reads the ConfigMap of its own', () => {
    const manifest = deployment('envFrom: [{ configMapRef: { name: settings } }]').replace(
      'name: me\n',
      'name: me\n  namespace: office\n',
    );
    expect(callsIn(manifest)).toEqual(['office/mail:25 grpc envFrom strong <mail:25>']);
  });

  it('is told of each namespace into which a caller is delivered', () => {
    const application = (name: string) =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${name} }\nspec:\n  source: { path: app }\n  destination: { server: https://kubernetes.default.svc, namespace: ${name} }\n`;
    const workspace = Workspace.empty.update([
      ['apps.yaml', `${application('one')}---\n${application('two')}`],
      ['app/a.yaml', deployment(env('X', 'web:80'))],
      ['app/b.yaml', services],
    ]);
    const namesOf = (of: Workspace) => of.views.map(view => callsOf(view).map(call => call.callerNamespace.name));
    expect(namesOf(workspace)).toEqual([['one', 'two']]);
  });

  it('is answered from memory while nothing that it reads changes', () => {
    const calls = (workspace: Workspace) => workspace.views.map(view => callsOf(view));
    const before = Workspace.empty.update([
      ['a.yaml', deployment(env('X', 'web:80'))],
      ['b.yaml', services],
    ]);
    const [first] = calls(before);
    expect(first).toHaveLength(1);
    const after = before.update([['c.yaml', 'apiVersion: v1\nkind: Secret\nmetadata: { name: x }\n']]);
    expect(calls(after)[0]).toBe(first);
    const changed = after.update([['b.yaml', services.replace('port: 80, targetPort: 8080', 'port: 81')]]);
    expect(calls(changed)).toEqual([[]]);
  });
});
