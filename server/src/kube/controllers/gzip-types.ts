import type { Range } from '../../text/range';
import { embeddedText } from '../../yaml/embedded';
import type { Node } from '../../yaml/node';
import { isTrue } from '../annotation';
import type { Cluster } from '../view';
import type { Settings } from './configured';
import { f5Nginx } from './facts/f5-nginx';
import { ingressNginx } from './facts/ingress-nginx';
import { type ControllerKind, controllersIn } from './in-scope';

/** A list of content types for compression that leaves JSON out, which is what most APIs speak. */
export interface TypesWithoutJson {
  readonly settings: Settings;
  /** The list, or the string that it stands in. */
  readonly node: Node;
  /** Where in the string: the list, or the directive that has none. */
  readonly range: Range | undefined;
  /** What to write behind the list, or instead of the directive. */
  readonly addition: string;
  readonly key: string;
}

/** Lists that are written, of compression that is on. Without a list nginx compresses text/html only. */
export function typesWithoutJsonIn(view: Cluster<ControllerKind>): TypesWithoutJson[] {
  return controllersIn(view).known.flatMap(({ facts, settings }) => {
    if (facts === ingressNginx) return settings.flatMap(own => [...inKeys(own), ...inSnippet(own, 'http-snippet')]);
    return facts === f5Nginx ? settings.flatMap(own => inSnippet(own, 'http-snippets')) : [];
  });
}

function inKeys(settings: Settings): TypesWithoutJson[] {
  const lists = [
    { key: 'gzip-types', isOn: isTrue(settings.data.at('use-gzip')) },
    { key: 'brotli-types', isOn: isTrue(settings.data.at('enable-brotli')) },
  ];
  return lists.flatMap(({ key, isOn }) => {
    const node = settings.data.at(key);
    const types = node.string;
    if (!isOn || types === undefined || types.trim() === '' || hasJson(types)) return [];
    return [{ settings, node, range: undefined, addition: ' application/json', key }];
  });
}

/** ingress-nginx has a list of its own, with JSON in it; in a snippet of F5's the default of nginx holds. */
function inSnippet(settings: Settings, key: string): TypesWithoutJson[] {
  const node = settings.data.at(key);
  // Comments become blanks, so that places stay what they are.
  const text = embeddedText(node)?.text.replace(/#[^\n]*/g, comment => ' '.repeat(comment.length));
  const on = text === undefined ? null : /(?<![^\n;{}])[ \t]*gzip[ \t]+on[ \t]*;/.exec(text);
  if (text === undefined || on === null) return [];
  const list = /(?<![^\n;{}])[ \t]*gzip_types[ \t]+([^;{}]*)/.exec(text);
  if (list === null) {
    if (key !== 'http-snippets') return [];
    const start = on.index + on[0].length - on[0].trimStart().length;
    const range = { start, end: on.index + on[0].length };
    return [
      {
        settings,
        node,
        range,
        addition: 'gzip on; gzip_types application/json application/javascript text/css text/plain;',
        key,
      },
    ];
  }
  const types = (list[1] ?? '').trimEnd();
  if (hasJson(types)) return [];
  const start = list.index + list[0].indexOf(list[1] ?? '');
  return [{ settings, node, range: { start, end: start + types.length }, addition: `${types} application/json`, key }];
}

const hasJson = (types: string) => types.split(/\s+/).some(type => type === '*' || type === 'application/json');
