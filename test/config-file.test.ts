import { describe, expect, test } from 'vitest';
import { readConfig } from '../server/src/lint/config';
import { checkConfig } from '../server/src/lint/config-check';
import { Configs } from '../server/src/lint/configs';
import { YamlDocument } from '../server/src/yaml/document';

describe('a version', () => {
  test.each([
    ['1.30', '1.30'],
    ['1.3', '1.3'],
    ['"1.30"', '1.30'],
    ['v1.36.2', '1.36'],
    ['1.40 # soon', '1.40'],
  ])('%s is what was meant', (text, version) => {
    expect(checkConfig(new YamlDocument(`kubernetes: ${text}\n`))).toEqual([]);
    expect(String(readConfig(`kubernetes: ${text}\n`).target.kubernetes)).toBe(version);
  });

  test.each(['0.1', '9.9', '1.99', '1', '"2.0"', '1e1', '""', '-1.30'])('%s can not be', text => {
    const [problem] = checkConfig(new YamlDocument(`kubernetes: ${text}\n`));
    expect(problem?.message.what).toMatch(/version/);
  });
});

test.each(['../known.json', 'a/../../known.json'])('the baseline %s is not below its config file', name => {
  const text = `baseline: ${name}\n`;
  expect(checkConfig(new YamlDocument(text))[0]?.message.what).toBe(`Baseline '${name}' lies outside of this folder`);
  const asked: string[] = [];
  const textAt = (file: string) => {
    asked.push(file);
    return file === 'repo/.kube-netlint.yaml' ? text : undefined;
  };
  expect(new Configs('repo', textAt).of('a.yaml').baseline).toBeUndefined();
  expect(asked.filter(file => file.endsWith('.json'))).toEqual([]);
});

describe('a config file of either name', () => {
  const of = (files: Record<string, string>) => new Configs('repo', file => files[file]);
  const [old, usual] = ['repo/.kube-netlint.yml', 'repo/.kube-netlint.yaml'];

  test('decides, and of two the usual one', () => {
    expect(of({ [old]: 'extends: all\n' }).pathOf('a/b.yaml')).toBe(old);
    expect(of({ [old]: 'extends: all\n', [usual]: '' }).pathOf('a.yaml')).toBe(usual);
  });

  test('may come, change and go', () => {
    const files: Record<string, string> = { [old]: 'kubernetes: 1.30\n' };
    const configs = of(files);
    const version = () => String(configs.of('a.yaml').target.kubernetes);
    expect(version()).toBe('1.30');
    const changes: readonly [string, string | undefined, string][] = [
      [old, 'kubernetes: 1.3\n', '1.3'],
      [old, 'kubernetes: [\n', '1.3'],
      [usual, 'kubernetes: 1.36\n', '1.36'],
      [usual, undefined, '1.35'],
      [old, 'kubernetes: 1.37\n', '1.37'],
    ];
    for (const [file, text, expected] of changes) {
      if (text === undefined) delete files[file];
      else files[file] = text;
      configs.renew(() => true);
      expect(version()).toBe(expected);
    }
  });
});

describe('what a config file extends', () => {
  const first = 'repo/.kube-netlint.yaml';
  const of = (files: Record<string, string>) => new Configs('repo', file => files[file]);
  const faults = (files: Record<string, string>) =>
    of(files)
      .faultsOf('.kube-netlint.yaml')
      .map(({ message }) => `${message.what}: ${message.how}`);

  test('counts where it says nothing itself, and its lists too', () => {
    const config = of({
      'team.yaml': 'kubernetes: "1.30"\nrules: {dns: off, api: off}\nignore: [old/**]\nexemptNamespaces: [a]\n',
      'repo/more.yaml':
        'extends: all\nrules: {dns: hint}\nignore: [gen]\nexemptNamespaces: [b]\nscopes: [{paths: [x]}]\n',
      [first]: 'extends: [../team.yaml, more.yaml]\nrules: {api: error}\nignore: [own]\n',
    }).of('x.yaml');
    expect([String(config.target.kubernetes), config.extends]).toEqual(['1.30', 'all']);
    expect([...config.rules]).toEqual([
      ['dns', 'hint'],
      ['api', 'error'],
    ]);
    expect(['own/x', 'gen/x', 'old/x', 'repo/old/x'].map(config.ignores)).toEqual([true, true, false, false]);
    expect(['a', 'b', 'c'].map(config.target.exempt)).toEqual([true, true, false]);
    expect(config.scopes?.[0]?.holds('x/y.yaml')).toBe(true);
  });

  test('has no word on a rule whose area a nearer file names, unless that names the rule too', () => {
    const files = { 'repo/a.yaml': 'rules: {dns/dead-url: hint, api/wrong-type: hint, mesh: off}\n' };
    const { rules } = of({
      ...files,
      [first]: 'extends: a.yaml\nrules: {dns: off, api: off, api/wrong-type: info}\n',
    }).of('x');
    expect(Object.fromEntries(rules)).toEqual({
      'dns/dead-url': 'off',
      'api/wrong-type': 'info',
      mesh: 'off',
      dns: 'off',
      api: 'off',
    });
  });

  test('is a file once, however many lead to it', () => {
    const files: Record<string, string> = { [first]: 'extends: [l0.yaml, r0.yaml]\n' };
    for (let i = 0; i < 25; i++)
      for (const side of ['l', 'r']) files[`repo/${side}${i}.yaml`] = `extends: [l${i + 1}.yaml, r${i + 1}.yaml]\n`;
    for (const side of ['l', 'r']) files[`repo/${side}25.yaml`] = 'extends: all\n';
    expect(of(files).of('a.yaml').extends).toBe('all');
    expect(faults(files)).toEqual([]);
  });

  test('is named where it is missing, leads in a circle or nowhere near an end', () => {
    const missing = 'A file that this extends is missing: Add the last of .kube-netlint.yaml';
    expect(faults({ [first]: 'extends: a/b.yml\n' })).toEqual([`${missing} → a/b.yml, or name another one.`]);
    expect(faults({ [first]: 'extends: ../a.yaml\n', 'a.yaml': 'extends: b.yaml\n' })).toEqual([
      `${missing} → ../a.yaml → ../b.yaml, or name another one.`,
    ]);
    expect(faults({ [first]: 'extends: .kube-netlint.yaml\n' })).toEqual([
      'What this extends leads in a circle: Leave one out of .kube-netlint.yaml → .kube-netlint.yaml.',
    ]);
    const long = Object.fromEntries(
      Array.from({ length: 50 }, (_, i) => [`repo/${i}.yaml`, `extends: ${i + 1}.yaml\n`]),
    );
    expect(faults({ ...long, [first]: 'extends: 0.yaml\n' })).toEqual([
      'What this extends leads through more than 32 files: Extend several files with a list instead.',
    ]);
    expect(faults({ [first]: 'extends: a.yaml\n', 'repo/a.yaml': '\nextends: most\n' })).toEqual([
      "What this extends is not valid: Correct line 2 of a.yaml: Unknown value 'most' of 'extends'.",
    ]);
  });

  test('has its faults on what leads to it in the first file', () => {
    const text = '# ours\nextends: [all, a.yaml]\n';
    const files = { [first]: text, 'repo/a.yaml': '# theirs, and longer\n\nextends: [b.yaml, gone.yaml]\n' };
    const found = of({ ...files, 'repo/b.yaml': 'rules: {dsn: off}\n' }).faultsOf('.kube-netlint.yaml');
    expect(found.map(({ range }) => text.slice(range.start, range.end))).toEqual(['a.yaml', 'a.yaml']);
  });

  test('is told nothing of while the first file is half typed', () => {
    const files: Record<string, string> = { [first]: 'extends: gone.yaml\n' };
    const configs = of(files);
    expect(configs.faultsOf('.kube-netlint.yaml')).toHaveLength(1);
    files[first] = '# what a thing\nextends: [gone.yaml\n';
    configs.renew(() => true);
    expect(configs.faultsOf('.kube-netlint.yaml')).toEqual([]);
  });

  test('is not repeated where it lies outside of the root', () => {
    expect(faults({ [first]: 'extends: ../a.yaml\n', 'a.yaml': '\nsecret: most\n' })).toEqual([
      'What this extends is not valid: Correct line 2 of ../a.yaml: Something here is not for a config file.',
    ]);
  });

  test('is a file or the name of a set, alone or in a list', () => {
    const told = (text: string) =>
      checkConfig(new YamlDocument(text)).map(({ message }) => `${message.what}. ${message.how}`);
    for (const right of ['all', './a.yaml', '[]', '[all, ../a.yml]']) expect(told(`extends: ${right}\n`)).toEqual([]);
    const how = "Use one of 'recommended' or 'all', or name a file such as './team.yaml'.";
    expect(told('extends: al\n')).toEqual([`Unknown value 'al' of 'extends'. ${how}`]);
    expect(told('extends: [recommended, ./team]\n')).toEqual([`Unknown value './team' of 'extends'. ${how}`]);
    expect(told('extends: [1]\n')[0]).toContain("'extends' must be string");
  });
});

describe('a kind of an override', () => {
  const told = (kind: string) => {
    const document = new YamlDocument(`overrides:\n  - kinds: [Service, ${kind}]\n    rules: {api: off}\n`);
    return checkConfig(document).map(({ message, fixes, range }) => ({
      ...message,
      at: document.text.slice(range.start, range.end),
      fixes: (typeof fixes === 'function' ? fixes() : (fixes ?? [])).map(({ title }) => title),
    }));
  };

  test.each([
    ['Ingres', 'Ingress'],
    ['service', 'Service'],
    ['Deployments', 'Deployment'],
    ['NetworkPolicies', 'NetworkPolicy'],
    ['networkpolicies', 'NetworkPolicy'],
    ['CiliumNetworkPolcy', 'CiliumNetworkPolicy'],
  ])('%s is a slip for %s', (kind, meant) => {
    expect(told(kind)).toEqual([
      {
        what: `Unknown kind '${kind}' in 'kinds'`,
        why: expect.any(String),
        how: `Use '${meant}' if that is meant: kinds are written as objects write them.`,
        at: kind,
        fixes: [`Use '${meant}'`],
      },
    ]);
  });

  test.each(['Ingress', 'NetworkPolicy', 'APPolicy', 'ApplicationSet', 'MiddlewareTCP', 'PodMonitoring', 'X', 'Fo'])(
    '%s may be one',
    kind => expect(told(kind)).toEqual([]),
  );
});
