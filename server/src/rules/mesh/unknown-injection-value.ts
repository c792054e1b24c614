import { isPlaceholder } from '../../kube/placeholder';
import { set } from '../../lint/fixes';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'mesh/unknown-injection-value',
  title: 'istio-injection is enabled or disabled',
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
      `'istio-injection' knows 'enabled' and 'disabled'; for '${value}' no webhook feels responsible, and pods get no sidecar${isNo ? '' : ', although it looks as if they did'}.`,
      { fixes: [set(`Use '${meant}'`, label, meant, { safe: isNo })] },
    );
  },
});
