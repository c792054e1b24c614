import { textEntriesOf } from '../../kube/config-map';
import { isPlaceholder } from '../../kube/placeholder';
import { isWorkload, type Workload, workloadKinds } from '../../kube/pods/workload';
import { poolersRunBy, variableOf } from '../../kube/pooling/pooler';
import { databasePasswordsIn } from '../../kube/pooling/pooler-ini-passwords';
import { fix } from '../../lint/fixes';
import { defineRule, type Report } from '../../lint/rule';
import type { Node } from '../../yaml/node';

const passwords = ['DB_PASSWORD', 'POSTGRESQL_PASSWORD', 'PGBOUNCER_AUTH_USER_PASSWORD'];

export default defineRule({
  id: 'pooling/plain-password',
  title: 'Passwords of a pooler are in a Secret',
  severity: 'warning',
  per: 'resource',
  kinds: [...workloadKinds, 'ConfigMap'],
  references: ['https://kubernetes.io/docs/concepts/configuration/secret/'],

  check(resource, report) {
    if (isWorkload(resource)) checkVariables(resource, report);
    else {
      checkUserList(textEntriesOf(resource), report);
      checkDatabases(textEntriesOf(resource), report);
    }
  },
});

function checkVariables(workload: Workload, report: Report): void {
  for (const { container } of poolersRunBy(workload)) {
    for (const name of passwords) {
      const variable = variableOf(container, name);
      const value = variable?.at('value');
      if (value === undefined || !isSecret(value.text ?? '')) continue;
      const secret = `${workload.name.text ?? 'pgbouncer'}-database`;
      const message = {
        what: `'${name}' is a password in plain text`,
        why: 'Whoever may read this workload, or this file, has the password.',
        how: "Keep it in a Secret, and read it with 'valueFrom.secretKeyRef'.",
      };
      report(value, message, {
        fixes: [
          fix(`Read 'password' of Secret '${secret}' (you make it)`, edits =>
            edits.rename(value, 'valueFrom').set(value, { secretKeyRef: { name: secret, key: 'password' } }),
          ),
        ],
      });
    }
    const url = variableOf(container, 'DATABASE_URL')?.at('value');
    const text = url?.string ?? '';
    const match = /:\/\/[^\s:/@]{0,200}:([^\s@]{1,500})@/.exec(text.slice(0, 2000));
    if (url === undefined || match === null || !isSecret(match[1] ?? '')) continue;
    const start = match.index + match[0].length - 1 - (match[1] ?? '').length;
    const place = { in: url, range: { start, end: start + (match[1] ?? '').length } };
    report(place, {
      what: "'DATABASE_URL' contains a password in plain text",
      why: 'Whoever may read this workload, or this file, has the password.',
      how: "Keep the URL in a Secret, and read it with 'valueFrom.secretKeyRef'.",
    });
  }
}

/** `"user" "password"`, a line each: in a ConfigMap it is open to whoever may read ConfigMaps. */
function checkUserList(entries: readonly Node[], report: Report): void {
  for (const entry of entries) {
    if (!/^userlist\.txt$/.test(String(entry.key))) continue;
    const match = /^[ \t]*"[^"\n]{1,100}"[ \t]+"([^"\n]{1,500})"/m.exec(entry.string ?? '');
    if (match === null || !isSecret(match[1] ?? '')) continue;
    report(entry, {
      what: "'userlist.txt' in a ConfigMap contains passwords",
      why: 'A ConfigMap keeps nothing secret: whoever may read it has the passwords of database users.',
      how: 'Keep the file in a Secret, and mount that.',
    });
  }
}

function checkDatabases(entries: readonly Node[], report: Report): void {
  for (const entry of entries) {
    const [first, ...others] = databasePasswordsIn(entry).filter(({ password }) => isSecret(password));
    if (first === undefined) continue;
    const message = {
      what: `'${entry.key}' in a ConfigMap contains passwords of databases`,
      why: 'A ConfigMap keeps nothing secret: whoever may read it has the passwords.',
      how: "Put the users into 'userlist.txt', from a Secret, and remove the passwords here.",
    };
    report(first.place, message, { related: others.map(({ place }) => ({ at: place, message: 'Another password' })) });
  }
}

/** A placeholder is none: `$(PASSWORD)`, `{{ .password }}`, `<password>`. */
const isSecret = (value: string) => value !== '' && !isPlaceholder(value);
