import { pathOfPage } from './engine-rules';

/** Where the page of a rule can be read on the web, as a version was released. */
export function pageOf(rule: string, version: string): string {
  return `https://github.com/kube-netlint/kube-netlint/blob/v${version}/${pathOfPage(rule)}`;
}
