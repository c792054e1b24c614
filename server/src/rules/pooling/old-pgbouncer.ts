import { workloadKinds } from '../../kube/pods/workload';
import { isAtLeast, poolersRunBy } from '../../kube/pooling/pooler';
import { defineRule } from '../../lint/rule';
import { imageFix, isEdoburuTag } from './shared/image';

export default defineRule({
  id: 'pooling/old-pgbouncer',
  title: 'PgBouncer is a release without known vulnerabilities',
  severity: 'info',
  per: 'resource',
  kinds: workloadKinds,
  references: ['https://github.com/pgbouncer/pgbouncer/blob/master/NEWS.md'],

  check(workload, report) {
    for (const pooler of poolersRunBy(workload)) {
      const { program, version, image } = pooler;
      // Only a tag with all three numbers says which release it is.
      if (program !== 'pgbouncer' || version === undefined || version.length < 3 || isAtLeast(version, [1, 25, 2]))
        continue;
      if (pooler.maker === 'bitnami' || !isEdoburuTag(pooler)) continue;
      report(
        pooler.container.at('image'),
        {
          what: `PgBouncer ${version.join('.')} has known vulnerabilities`,
          why: 'Release 1.25.2 fixes them; one lets anybody crash PgBouncer without a password (CVE-2026-6664).',
          how: 'Use PgBouncer 1.25.2 or later.',
        },
        { fixes: imageFix(pooler, `Use PgBouncer 1.25.2 (${image.path})`) },
      );
    }
  },
});
