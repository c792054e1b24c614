import { isTrue } from '../../kube/annotation';
import { ingressNginx } from '../../kube/controllers/facts/ingress-nginx';
import { controllerKinds } from '../../kube/controllers/in-scope';
import { type SettingUse, settingsIn } from '../../kube/controllers/setting-uses';
import { choose } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';
import { nearest } from '../../text/distance';
import { capital } from '../../text/words';
import { excerpt, isFilledIn } from './shared/keys';

export default defineRule({
  id: 'ingress/wrong-setting-value',
  title: "The values in an ingress controller's ConfigMap are valid",
  severity: 'warning',
  per: 'scope',
  kinds: controllerKinds,
  references: [
    'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/',
    'https://nginx.org/en/docs/http/ngx_http_gzip_module.html#gzip_comp_level',
  ],

  check(scope, report) {
    for (const setting of settingsIn(scope)) {
      const { facts, node, key, value, known } = setting;
      if (known === undefined || value === undefined || value.trim() === '') continue;
      // Load-balancing methods have a rule of their own.
      if (known.type.accepts(value) || facts.balance.settings.some(balance => balance.key === key)) continue;
      const meant = known.type.meant?.(value) ?? nearest(value.trim(), known.type.values) ?? nearestLevel(setting);
      if (isFilledIn(value, meant)) continue;
      const breaks = breaksNginx(setting);
      const message = {
        what: `Invalid value ${excerpt(value, 25)} for '${key}'`,
        why: breaks
          ? 'Its nginx rejects the whole configuration, and no later change takes effect.'
          : `${capital(facts.title)} keeps its default.`,
        how: `Use ${meant ? `'${meant}': it takes ` : ''}${known.type.takes}.`,
      };
      report(node, message, {
        ...(breaks ? { severity: 'error' } : {}),
        fixes: choose(node, meant),
      });
    }
  },
});

const levels: Readonly<Record<string, { readonly switch: string; readonly most: number }>> = {
  'gzip-level': { switch: 'use-gzip', most: 9 },
  'brotli-level': { switch: 'enable-brotli', most: 11 },
};

/** What ingress-nginx keeps as text goes into nginx's configuration as it is; levels do once compression is on. */
function breaksNginx({ facts, key, value, settings, known }: SettingUse): boolean {
  if (facts !== ingressNginx) return false;
  if (known?.typeName === 'size' || known?.typeName.startsWith('= ')) return true;
  const level = levels[key];
  return level !== undefined && /^[0-9]+$/.test(value?.trim() ?? '') && isTrue(settings.data.at(level.switch));
}

function nearestLevel({ key, value }: SettingUse): string | undefined {
  const level = levels[key];
  return level && Number(value) > level.most ? String(level.most) : undefined;
}
