import { isPlaceholder } from '../../kube/placeholder';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'mesh/unknown-injection-value',
  title: "The label 'istio-injection' is 'enabled' or 'disabled'",
  severity: 'error',
  per: 'resource',
  kinds: ['Namespace'],
  references: [
    'https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/#controlling-the-injection-policy',
  ],

  check(namespace, report) {
    const label = namespace.label('istio-injection');
    const value = label.string;
    if (value === undefined || value === 'enabled' || value === 'disabled' || isPlaceholder(value)) return;
    const isNo = /^(?:no|off|false|disable|0)$/i.test(value);
    const meant = isNo ? 'disabled' : 'enabled';
    report(
      label,
      {
        what: `Unknown value '${value}' of label 'istio-injection'`,
        why: `No webhook of Istio selects it, so pods get no sidecar${isNo ? '' : ', although it looks as if they did'}.`,
        how: `Use '${meant}'.`,
      },
      { fixes: [set(`Use '${meant}'`, label, meant, { safe: isNo })] },
    );
  },
});
