import { controllerKinds } from '../../kube/controllers/in-scope';
import { settingsIn } from '../../kube/controllers/setting-uses';
import { isPlaceholder } from '../../kube/placeholder';
import { remove } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { nearest } from '../../text/distance';
import { capital } from '../../text/words';
import { keyOf, renameFix } from './shared/keys';

export default defineRule({
  id: 'ingress/unknown-setting',
  title: "The keys of an ingress controller's ConfigMap are known to it",
  severity: 'warning',
  per: 'scope',
  kinds: controllerKinds,
  references: [
    'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/',
    'https://docs.nginx.com/nginx-ingress-controller/configuration/global-configuration/configmap-resource/',
  ],

  check(scope, report) {
    for (const { settings, facts, vocabulary, node, key, known } of settingsIn(scope)) {
      const isGone = known?.marks.includes('removed') === true;
      if ((known && !isGone) || isPlaceholder(key)) continue;
      const near = isGone ? undefined : nearest(key, vocabulary.names);
      const message = {
        what: isGone ? `Setting '${key}' was removed` : `Unknown setting '${key}'`,
        why: isGone ? `The newest releases of ${facts.title} ignore it.` : `${capital(facts.title)} ignores it.`,
        how: near ? `Use '${near}'.` : 'Remove it.',
      };
      const fixes = [...(near ? renameFix(node, near) : []), remove('Remove the setting', node)];
      report(keyOf(node, settings.resource), message, { fixes });
    }
  },
});
