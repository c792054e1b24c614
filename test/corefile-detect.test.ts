import { describe, expect, test } from 'vitest';
import { looksLikeCorefile, looksLikeOverride } from '../server/src/corefile/detect';
import { parseOverride } from '../server/src/corefile/parse';

describe('a Corefile is told from other texts', () => {
  test.each([
    [
      'of a cluster',
      '.:53 {\n  errors\n  kubernetes cluster.local {\n    pods insecure\n  }\n  forward . /etc/resolv.conf\n}\n',
    ],
    ['of one plugin', 'example.org {\n  whoami\n}\n'],
    ['without braces', '.:53\nforward . 1.1.1.1\nlog\n'],
    ['with a misspelt plugin', '. {\n  errors\n  kubernets cluster.local\n  forward . 1.1.1.1\n}'],
    ['half typed', '. {\n  cache 30\n  forw'],
    ['of an old CoreDNS', '. {\n  errors\n  proxy . /etc/resolv.conf\n}'],
    ['with snippets', '(base) {\n  errors\n}\n. {\n  import base\n  hosts {\n    10.0.0.1 a.test\n  }\n}'],
    ['of a template', '{{- if .Values.dns }}\n.:53 {\n  forward . {{ .Values.dns }}\n}\n{{- end }}'],
    ['with placeholders', '__PILLAR__DNS__DOMAIN__:53 {\n  errors\n  cache 30\n  bind __PILLAR__LOCAL__DNS__\n}'],
    ['for a network', '10.0.0.0/8 {\n  forward . 10.0.0.10\n}'],
  ])('%s', (_, text) => {
    expect(looksLikeCorefile(text)).toBe(true);
  });

  test.each([
    ['nothing', ''],
    ['JSON', '{\n  "cache": 30,\n  "forward": "."\n}'],
    ['nginx', 'events {}\nhttp {\n  server {\n    listen 80;\n    root /srv;\n    proxy_pass http://cache;\n  }\n}'],
    ['an nginx server with a cache', 'server {\n  cache on;\n  root /srv;\n  forward . x;\n}'],
    ['a Caddyfile', 'example.com {\n  tls internal\n  log\n  root * /srv\n  file_server\n}'],
    ['an old Caddyfile', 'example.com {\n  errors\n  log\n  gzip\n  proxy / backend:80\n}'],
    ['HCL', 'resource "aws_route53_record" "cache" {\n  name = "cache"\n}'],
    ['shell', 'set -e\nforward() {\n  echo cache\n}\nforward\n'],
    ['git in a shell', 'git clone x\ngit file\n'],
    ['prose', 'any object with a known\nlocal name in the same namespace\n'],
    ['YAML', 'cache:\n  ttl: 30\nforward: .\n'],
    ['an ini file', '[cache]\nfile = /tmp\n'],
    ['HAProxy', 'frontend dns\n  bind *:53\n  mode tcp\nbackend cache\n  server a 10.0.0.1:53\n'],
    ['fluent-bit', '[INPUT]\n  Name tail\n  File /var/log/x\n'],
    ['a properties file', 'redis.server=argocd-redis:6379\ncache=true'],
    ['Go', 'func cache() {\n  file := open()\n  return file\n}'],
    ['Logstash', 'input {\n  file {\n    path => "/x"\n  }\n}\nfilter {\n}\noutput {\n}'],
  ])('not %s', (_, text) => {
    expect(looksLikeCorefile(text)).toBe(false);
  });

  test('lines for the inside of a block', () => {
    expect(looksLikeOverride(parseOverride('log\nhosts {\n  10.0.0.1 a.test\n}'))).toBe(true);
    expect(looksLikeOverride(parseOverride('hello world\n'))).toBe(false);
    expect(looksLikeOverride(parseOverride(''))).toBe(false);
  });
});
