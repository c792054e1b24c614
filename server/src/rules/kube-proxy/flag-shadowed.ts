import { proxyFlagsIn } from '../../kube/nodes/flags';
import { workloadKinds } from '../../kube/pods/workload';
import { fix } from '../../lint/fixes';
import { defineRule, type Fix } from '../../lint/rule';
import type { Node } from '../../yaml/node';

export default defineRule({
  id: 'kube-proxy/flag-shadowed',
  title: "kube-proxy has no '--proxy-mode' beside '--config'",
  severity: 'warning',
  per: 'resource',
  kinds: workloadKinds,
  references: ['https://kubernetes.io/docs/reference/command-line-tools-reference/kube-proxy/'],

  check(workload, report) {
    for (const { mode, config } of proxyFlagsIn(workload)) {
      if (mode === undefined || config === undefined || config.value === '') continue;
      report(
        mode.at,
        {
          what: `'--proxy-mode=${mode.value}' is ignored`,
          why: `With '--config' kube-proxy reads its mode from the file '${config.value}'.`,
          how: "Set 'mode' in that file.",
        },
        {
          related: [{ at: config.at, message: 'The configuration file' }],
          fixes: mode.words.length > 0 ? [removal(mode.words)] : [],
        },
      );
    }
  },
});

function removal(words: readonly Node[]): Fix {
  return fix('Remove --proxy-mode, which has no effect', edits => {
    for (const word of words) edits.remove(word);
  });
}
