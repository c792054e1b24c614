import { isDnsLabel, isDnsName } from '../kube/dns-name';
import { isPortName } from '../network/policies/read-network-policy';
import type { Placed } from './mentions/build-mentions';
import type { LabelMeaning, ObjectMeaning, PortMeaning } from './mentions/mention';

/** Something that can be called otherwise. */
export interface Subject {
  readonly means: ObjectMeaning | LabelMeaning | PortMeaning;
  readonly mentions: readonly Placed[];
  /** As it is called now. */
  readonly name: string;
  /** In words: `Service 'cart'`. */
  readonly title: string;
  /** Whether programs look for it that are no part of the manifests. */
  readonly isForPrograms: boolean;
  /** Why it can't have a name; undefined where it can. */
  faultIn(name: string): string | undefined;
}

/** Kinds of objects whose names are followed everywhere that is known. */
const renameable: ReadonlySet<string> = new Set(['Service', 'Gateway', 'ConfigMap', 'Secret', 'Namespace']);

/** What mentions at one place say that can be renamed: an object rather than a label. */
export function subjectOf(mentions: readonly Placed[]): Subject | undefined {
  const found = mentions.find(({ means }) => means.about === 'object' && renameable.has(means.kindName)) ?? mentions[0];
  if (found === undefined) return undefined;
  const { means } = found;
  const same = mentions.filter(one => one.means.about === means.about);
  const shared = { mentions: same, isForPrograms: means.about === 'label' && programs.test(means.key) };
  if (means.about === 'object' && renameable.has(means.kindName)) return { ...ofObject(means), means, ...shared };
  if (means.about === 'label') return { ...ofLabel(means), means, ...shared };
  if (means.about === 'port' && typeof means.port === 'string') return { ...ofPort(means.port), means, ...shared };
  return undefined;
}

/** @own keys of labels by which controllers, meshes and the cluster itself go; those of applications are nobody's */
const programs =
  /^(?!app\.kubernetes\.io\/)(?:[\w.-]*\b(?:kubernetes\.io|k8s\.io|istio\.io|linkerd\.io|cilium\.io)\/|istio-injection$|k8s-app$)/;

type Named = Pick<Subject, 'name' | 'title' | 'faultIn'>;

function ofObject({ kindName, name }: ObjectMeaning): Named {
  const isLabel = kindName === 'Service' || kindName === 'Namespace';
  return {
    name,
    title: `${kindName} '${name}'`,
    faultIn: to =>
      (isLabel ? isDnsLabel(to) : isDnsName(to)) && (kindName !== 'Service' || /^[a-z]/.test(to))
        ? undefined
        : isLabel
          ? `'${to}' is no name for a ${kindName}: it has at most 63 lower-case letters, digits and '-', and ${kindName === 'Service' ? 'begins with a letter' : "no '-' at an end"}.`
          : `'${to}' is no name for a ${kindName}: it has lower-case letters, digits, '-' and '.', and begins and ends with a letter or digit.`,
  };
}

const labelPart = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)$/;

function ofLabel({ key, value }: LabelMeaning): Named {
  if (value === undefined) {
    return {
      name: key,
      title: `label '${key}'`,
      faultIn: to => {
        const [last = '', prefix, ...more] = to.split('/').reverse();
        const isKey = labelPart.test(last) && (prefix === undefined || isDnsName(prefix)) && more.length === 0;
        return isKey
          ? undefined
          : `'${to}' is no key of a label: it is a name of at most 63 letters, digits, '-', '_' and '.', perhaps behind a domain and '/'.`;
      },
    };
  }
  return {
    name: value,
    title: `label '${key}: ${value}'`,
    faultIn: to =>
      labelPart.test(to)
        ? undefined
        : `'${to}' is no value of a label: it has at most 63 letters, digits, '-', '_' and '.', and begins and ends with a letter or digit.`,
  };
}

const ofPort = (name: string): Named => ({
  name,
  title: `port '${name}'`,
  faultIn: to =>
    isPortName(to)
      ? undefined
      : `'${to}' is no name for a port: it has at most 15 lower-case letters, digits and '-', and at least one letter.`,
});
