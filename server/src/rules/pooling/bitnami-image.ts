import { workloadKinds } from '../../kube/pods/workload';
import { poolersRunBy } from '../../kube/pooling/pooler';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'pooling/bitnami-image',
  title: 'A pooler runs an image that still gets updates',
  severity: 'warning',
  per: 'resource',
  kinds: workloadKinds,
  references: ['https://github.com/bitnami/containers/issues/83267', 'https://github.com/bitnami/charts/issues/35164'],

  check(workload, report) {
    for (const { maker, image, container } of poolersRunBy(workload)) {
      if (maker !== 'bitnami') continue;
      const isLegacy = image.path.includes('bitnamilegacy/');
      const what = isLegacy
        ? `'${image.path}' is where Bitnami put its old images, which get no updates`
        : `Bitnami moved its versioned images to 'bitnamilegacy' in 2025, where they get no updates, and took them away from '${image.path}'`;
      report(
        container.at('image'),
        `${what}: faults of the pooler stay open. Use an image that is kept up, such as 'edoburu/pgbouncer' or 'ghcr.io/cloudnative-pg/pgbouncer' for PgBouncer; each has its own variables and port.`,
      );
    }
  },
});
