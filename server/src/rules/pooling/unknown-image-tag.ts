import { workloadKinds } from '../../kube/pods/workload';
import { poolersRunBy } from '../../kube/pooling/pooler';
import { defineRule } from '../../lint/rule';
import { imageFix, isEdoburuTag } from './shared/image';

export default defineRule({
  id: 'pooling/unknown-image-tag',
  title: 'The tag of the edoburu/pgbouncer image is one that there is',
  severity: 'info',
  per: 'resource',
  kinds: workloadKinds,
  references: ['https://github.com/edoburu/docker-pgbouncer'],

  check(workload, report) {
    for (const pooler of poolersRunBy(workload)) {
      if (isEdoburuTag(pooler)) continue;
      report(
        pooler.container.at('image'),
        `The tags of '${pooler.image.path}' are written as 'v1.25.2-p0', with a v and a patch number. '${pooler.image.tag}' is probably none of them, and the image can't be pulled.`,
        { fixes: imageFix(pooler, `Use '${pooler.image.path}:v1.25.2-p0'`) },
      );
    }
  },
});
