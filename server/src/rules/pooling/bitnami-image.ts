import { workloadKinds } from '../../kube/pods/workload';
import { poolersRunBy } from '../../kube/pooling/pooler';
import { defineRule } from '../../lint/rule';

export default defineRule({
  id: 'pooling/bitnami-image',
  title: 'Poolers run an image that still gets updates',
  severity: 'warning',
  per: 'resource',
  kinds: workloadKinds,
  references: ['https://github.com/bitnami/containers/issues/83267', 'https://github.com/bitnami/charts/issues/35164'],

  check(workload, report) {
    for (const { maker, image, container } of poolersRunBy(workload)) {
      if (maker !== 'bitnami') continue;
      const isLegacy = image.path.includes('bitnamilegacy/');
      report(container.at('image'), {
        what: isLegacy ? `Image '${image.path}' gets no updates` : `Versions of image '${image.path}' are discontinued`,
        why: isLegacy
          ? 'Bitnami keeps its old images there since 2025, without updates: faults of the pooler stay open.'
          : "Bitnami moved its versioned images to 'bitnamilegacy' in 2025, where they get no updates, and removed them here.",
        how: "Use a maintained image, such as 'edoburu/pgbouncer' or 'ghcr.io/cloudnative-pg/pgbouncer' for PgBouncer.",
      });
    }
  },
});
