import type { Range } from '../text/range';
import { YamlDocument } from '../yaml/document';
import { type MissingMarker, type RepeatedKey, repetitionsIn } from '../yaml/repeated';
import { fix } from './fixes';
import type { Detail, Message } from './rule';

/** What is wrong with the text of a document, whatever object it is. */
export interface Fault extends Pick<Detail, 'severity' | 'fixes' | 'related'> {
  readonly range: Range;
  readonly message: Message;
}

/**
 * Keys that stand twice in one mapping. kubectl 1.32 was asked: `create` and `apply` send the last, so that strict
 * validation in the API server sees no other; a kustomization refuses a resource with one, but not one in itself.
 */
export function repeatedKeyFaults(document: YamlDocument, role: 'manifests' | 'kustomization'): readonly Fault[] {
  if (role === 'manifests' && isComponentConfig(document)) return [];
  const { markers, keys } = repetitionsIn(document);
  return [
    ...(role === 'manifests' ? markers.map((_, i) => missingMarker(document, markers, i)) : []),
    ...keys.map(key => repeatedKey(document, key, role)),
  ];
}

/** The configuration of a kubelet and the like, which the program reads itself. */
function isComponentConfig({ root }: YamlDocument): boolean {
  return /(?:^|\.)(?:config|kubeadm)\.k8s\.io\//.test(root.at('apiVersion').string ?? '');
}

function missingMarker(document: YamlDocument, markers: readonly MissingMarker[], index: number): Fault {
  const startOf = (i: number) => markers[i]?.at ?? document.text.length;
  const object = (i: number) => titleOf(document.text.slice(i === -1 ? 0 : startOf(i), startOf(i + 1)));
  const [lost, next] = [object(index - 1), object(index)];
  const at = startOf(index);
  return {
    range: markers[index]?.key ?? { start: at, end: at },
    message: {
      what: `Missing '---' before ${next}`,
      why: `It is one document with ${lost}: 'kubectl apply' silently uses the last of each key, so that ${lost} is lost, and kustomize rejects the file.`,
      how: "Put '---' on a line of its own between the two.",
    },
    fixes: [fix(`Insert '---' before ${next}`, edits => edits.divide(document, at))],
  };
}

/** `Service 'a'`, of the text of an object. */
function titleOf(text: string): string {
  const { root } = new YamlDocument(text);
  const kind = root.at('kind').text ?? 'the object';
  const name = root.at('metadata', 'name').text;
  return name === undefined ? kind : `${kind} '${name}'`;
}

const reader = { manifests: "'kubectl apply'", kustomization: 'Kustomize' };

function repeatedKey(document: YamlDocument, key: RepeatedKey, role: 'manifests' | 'kustomization'): Fault {
  const { name, range, before, isSame } = key;
  const effect = isSame
    ? 'Both have the same value'
    : `${reader[role]} silently uses the last one, so that the value before is lost`;
  const refused = role === 'manifests' ? ', and kustomize rejects the resource' : '';
  return {
    range,
    message: {
      what: `Duplicate key '${name}'`,
      why: `${effect}${refused}.`,
      how: 'Keep one of the two.',
    },
    severity: isSame ? 'warning' : 'error',
    related: [{ at: { in: document.root, range: before }, message: `First '${name}' of this mapping` }],
  };
}
