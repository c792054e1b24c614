import { workloadKinds } from '../../kube/pods/workload';
import { poolersRunBy } from '../../kube/pooling/pooler';
import { defineRule } from '../../lint/rule';
import { imageFix, isEdoburuTag } from './shared/image';

export default defineRule({
  id: 'pooling/unknown-image-tag',
  title: 'Tags of edoburu/pgbouncer have the form v1.25.2-p0',
  severity: 'info',
  per: 'resource',
  kinds: workloadKinds,
  references: ['https://github.com/edoburu/docker-pgbouncer'],

  check(workload, report) {
    for (const pooler of poolersRunBy(workload)) {
      if (isEdoburuTag(pooler)) continue;
      report(
        pooler.container.at('image'),
        {
          what: `Tag '${pooler.image.tag}' of '${pooler.image.path}' probably does not exist`,
          why: "Tags of this image have the form 'v1.25.2-p0', with a 'v' and a patch number. Without it the image can't be pulled.",
          how: "Use a tag of this form, such as 'v1.25.2-p0'.",
        },
        { fixes: imageFix(pooler, `Use '${pooler.image.path}:v1.25.2-p0'`) },
      );
    }
  },
});
