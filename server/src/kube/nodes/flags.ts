import { memo } from '../../text/maps';
import type { Range } from '../../text/range';
import type { Node } from '../../yaml/node';
import type { Place as ValuePlace } from '../../yaml/replace';
import { containersOf, isForWindows, isWorkload } from '../pods/workload';
import type { Resource } from '../resource';

/** A flag as a container's command or arguments spell it. */
export interface Flag {
  readonly value: string;
  /** The value alone: `iptables` of `--proxy-mode=iptables`. */
  readonly at: Node | ValuePlace;
  /** The arguments that are nothing but this flag and its value; none inside a line for a shell. */
  readonly words: readonly Node[];
}

/** What decides the mode of a kube-proxy container. */
export interface ProxyFlags {
  readonly mode: Flag | undefined;
  /** `--config`: with it the file is the configuration, and the mode's flag counts for nothing. */
  readonly config: Flag | undefined;
  readonly strictArp: boolean;
}

/** The flags of the kube-proxy containers of a workload; none for Windows, where the mode is another matter. */
export const proxyFlagsIn = memo((resource: Resource): readonly ProxyFlags[] => {
  if (!isWorkload(resource) || isForWindows(resource)) return [];
  return containersOf(resource)
    .flatMap(container => {
      const command = container.at('command').items();
      const words = [...command, ...container.at('args').items()];
      // Without a command the image's own program gets the arguments.
      const isKubeProxy = command.length === 0 && isKubeProxyImage(container.at('image').string ?? '');
      return isKubeProxy || runsKubeProxy(words) ? [words] : [];
    })
    .map(words => ({
      mode: flagIn(words, 'proxy-mode'),
      config: flagIn(words, 'config'),
      strictArp: words.some(word => /(?<![\w-])--ipvs-strict-arp(?:=true)?(?![\w=-])/.test(word.string ?? '')),
    }));
});

/** By its program: other programs have a `--proxy-mode` too. In hyperkube kube-proxy is the part called `proxy`. */
function runsKubeProxy(words: readonly Node[]): boolean {
  const texts = words.map(word => word.string ?? '');
  return (
    texts.some(text => /(?:^|[\s/"'])kube-proxy(?=$|[\s"'])/.test(text) || /hyperkube\s+proxy\b/.test(text)) ||
    (texts.some(text => text.endsWith('hyperkube')) && texts.includes('proxy'))
  );
}

/** `registry.k8s.io/kube-proxy:v1.35.0`, `kube-proxy-amd64`; not `kube-proxy-exporter`. */
function isKubeProxyImage(image: string): boolean {
  return /(?:^|\/)kube-proxy(?:-(?:amd64|arm64|arm|ppc64le|s390x))?(?:[:@]|$)/.test(image);
}

/** The last one counts, as it does for kube-proxy. */
function flagIn(words: readonly Node[], name: string): Flag | undefined {
  let found: Flag | undefined;
  for (const [i, word] of words.entries()) {
    const text = word.string ?? '';
    if (text === `--${name}`) {
      const next = words[i + 1];
      if (next?.string !== undefined) found = { value: next.string, at: next, words: [word, next] };
    } else found = spelledIn(word, text, name) ?? found;
  }
  return found;
}

/** `--name=value` as an argument of its own, and both forms inside a line for a shell. */
function spelledIn(node: Node, text: string, name: string): Flag | undefined {
  if (!text.includes(`--${name}`)) return undefined;
  let found: Flag | undefined;
  const spelled = new RegExp(
    `(?<![\\w-])--${name}(?:=|[ \\t]+(?:\\\\\\r?\\n[ \\t]*)?)(?:(["'])(.*?)\\1|([^\\s"';|&)]+))`,
    'g',
  );
  for (const match of withoutComments(text).matchAll(spelled)) {
    const value = match[2] ?? match[3] ?? '';
    const end = match.index + match[0].length - (match[1] === undefined ? 0 : 1);
    const range: Range = { start: end - value.length, end };
    const isAlone = match[0].length === text.length && text.startsWith(`--${name}=`);
    found = { value, at: { in: node, range }, words: isAlone ? [node] : [] };
  }
  return found;
}

/** Comments of a shell script as blanks. */
function withoutComments(text: string): string {
  return text.replace(/(?<!\S)#[^\n]*/g, comment => ' '.repeat(comment.length));
}
