import { describe, expect, test } from 'vitest';
import { Workspace } from '../server/src/workspace/workspace';

const object = (kind: string, name: string) => `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n`;

describe('objects', () => {
  test('stay the same objects while only comments and blank lines change, and are found where they went', () => {
    const text = `${object('Service', 'a')}---\n${object('ConfigMap', 'b')}data:\n  Corefile: |\n    .:53 {\n    }\n`;
    const one = Workspace.empty.update([['a.yaml', text]]);
    const [service, configMap] = one.files.get('a.yaml')?.resources ?? [];
    const two = one.update([['a.yaml', text.replaceAll('metadata:', '# said\n\nmetadata: # beside it')]]);
    expect(two.files.get('a.yaml')?.resources).toBe(one.files.get('a.yaml')?.resources);
    expect(two.views[0]).toBe(one.views[0]);
    const written = two.files.get('a.yaml')?.text ?? '';
    for (const resource of [service, configMap]) {
      const place = resource && two.placeOf(resource.document);
      const start = (place?.start ?? 0) + (resource?.name.range.start ?? 0);
      expect(written.slice(start, start + 1)).toBe(resource?.name.string);
    }
    const back = two.update([['a.yaml', text]]);
    expect(back.files.get('a.yaml')?.resources).toBe(one.files.get('a.yaml')?.resources);
  });
});
