import { describe, expect, test } from 'vitest';
import { hoverAt } from '../server/src/assist/hover';
import { Workspace } from '../server/src/workspace/workspace';
import { deployment, type Files, service } from './objects';

/** The hover on the kind of the first object of a file. */
function why(files: Files, path: string): string | undefined {
  const workspace = Workspace.empty.update(Object.entries(files));
  const offset = (files[path] ?? '').indexOf('kind: ') + 7;
  return hoverAt(workspace, path, offset, ({ name }) => name.text ?? '')?.markdown;
}

describe('why an object is here', () => {
  const files = {
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml': deployment('web'),
    'overlays/prod/kustomization.yaml':
      'namespace: shop\nnamePrefix: p-\nresources: [../../base]\nreplicas: [{name: web, count: 3}]\n',
    'overlays/test/kustomization.yaml': 'namespace: shop\nnamePrefix: p-\nresources: [../../base]\n',
    'more/b.yaml': service('b'),
  };

  test('names its builds, what they change, whom they see, and their alternatives', () => {
    expect(why(files, 'base/web.yaml')).toBe(
      [
        '**Deployment web**',
        '- The kustomization `overlays/prod` applies it with `metadata.name: p-web`, `metadata.namespace: shop`, `spec.replicas: 3`\n' +
          '- The kustomization `overlays/test` applies it with `metadata.name: p-web`, `metadata.namespace: shop`',
        "It is judged in sight of `more`. Alternatives, which it doesn't see:",
        "- `overlays/test`: it writes Deployment 'p-web' otherwise",
      ].join('\n\n'),
    );
  });

  test('says so where nothing is changed, or not all can be followed', () => {
    expect(why(files, 'more/b.yaml')).toContain('Whoever applies the folder `more` applies it as it is written');
    const remote = {
      'kustomization.yaml': 'resources: [a.yaml, https://example.com/b.yaml]\n',
      'a.yaml': service('a'),
    };
    expect(why(remote, 'a.yaml')).toContain('not all of it can be followed');
    expect(why(remote, 'a.yaml')).toContain('It sees no other build.');
  });

  test('says so where nothing applies it', () => {
    const local = {
      'a.yaml': service('a').replace(
        '{name: a}',
        '{name: a, annotations: {config.kubernetes.io/local-config: "true"}}',
      ),
    };
    expect(why(local, 'a.yaml')).toContain('Nothing here applies it');
  });

  test('says why folders are alternatives', () => {
    const pair = (name: string) => ({
      [`dev/${name}/a.yaml`]: service(name),
      [`prod/${name}/a.yaml`]: service(name).replace('port: 80', 'port: 81'),
    });
    expect(why({ ...pair('a'), ...pair('b') }, 'dev/a/a.yaml')).toContain(
      "- `prod/b`: 'prod' is an alternative of the folder that this is in",
    );
  });
});
