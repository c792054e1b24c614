import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressesIn, bareHostsIn, hasHostForm, serviceNamesOf } from '../server/src/kube/address';
import { expectLinear } from './growth';

/** `host:port` of each address, with its scheme in front; `-` where no port is known. */
const read = (text: string) =>
  addressesIn(text).map(({ scheme, host, port }) => `${scheme ?? ''}|${host}|${port ?? '-'}`);

describe('addresses in a text', () => {
  it.each<[string, string[]]>([
    ['web:80', ['|web|80']],
    ['web.shop:80', ['|web.shop|80']],
    ['web.shop.svc', ['|web.shop.svc|-']],
    ['web.shop.svc.cluster.local.', ['|web.shop.svc.cluster.local|-']],
    ['web.shop.svc.cluster.local.:8080', ['|web.shop.svc.cluster.local|8080']],
    ['http://web', ['http|web|80']],
    ['https://web/path?x=other:80', ['https|web|443', '|other|80']],
    ['HTTP://Web.Shop.svc:8080/x', ['http|web.shop.svc|8080']],
    ['jdbc:postgresql://orders-db:5432/orders?user=a', ['postgresql|orders-db|5432']],
    ['jdbc:sqlserver://sql;databaseName=x', ['sqlserver|sql|1433']],
    ['amqp://guest:gu:est@queue', ['amqp|queue|5672']],
    ['redis://:s3cr3t@cache:6380/0', ['redis|cache|6380']],
    ['postgres://app:$(PASSWORD)@db/app', ['postgres|db|5432']],
    ['postgres://app:p/w@db:5432/app', ['|db|5432']],
    ['app:pw@tcp(mysql:3306)/app', ['|mysql|3306']],
    ['mongodb://a:27017,b,c:27018/db?replicaSet=r', ['mongodb|a|27017', 'mongodb|b|27017', 'mongodb|c|27018']],
    ['http://a:1,http://b:2', ['http|a|1', 'http|b|2']],
    ['kafka-0.kafka:9092,kafka-1.kafka:9092', ['|kafka-0.kafka|9092', '|kafka-1.kafka|9092']],
    ['zk-0:2181/chroot', ['|zk-0|2181']],
    ['--redis.addr=cache:6379', ['|cache|6379']],
    ['jdbc:oracle:thin:@//db:1521/x', ['|db|1521']],
    ['exec 3<>/dev/tcp/db/5432', ['|db|5432']],
    ['see http://web:80.', ['http|web|80']],
    ['$(curl -s http://web:8080)', ['http|web|8080']],
    ['${URL:-http://web:8080}', ['http|web|8080']],
    ['http://web:$(PORT)/x', ['http|web|-']],
    ['{"host":"web:80"}', ['|web|80']],
    ['tcp:web:80', ['|web|80']],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    ['image: registry/web:80'],
    ['web'],
    ['web.shop'],
    ['10.0.0.1:80'],
    ['[::1]:80'],
    ['12:30'],
    ['web:port'],
    ['web:80a'],
    ['web:70000'],
    ['web:0'],
    ['web_api:80'],
    ['/certs/web.shop.svc/tls.crt'],
    ['*.web.shop.svc'],
    ['file://web/x'],
    ['http://$(HOST):80'],
    ['http://web.$(NAMESPACE).svc:80'],
    ['http://'],
    ['://web'],
    ['--web:80'],
  ])('none in %s', text => {
    expect(read(text)).toEqual([]);
  });

  it('names the host and its port, not the rest of the URL', () => {
    const text = 'x=amqp://me:pw@queue.shop:5672/v1';
    const [address] = addressesIn(text);
    expect(text.slice(address?.range.start, address?.range.end)).toBe('queue.shop:5672');
  });

  it('stands any text, and every range holds the host', () => {
    const piece = fc.constantFrom(
      '://',
      'http',
      ':',
      '80',
      '@',
      ',',
      '/',
      'web',
      '.svc',
      '.',
      '-',
      ' ',
      '\n',
      '$(',
      ')',
      '_',
      '😀',
    );
    const texts = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 30 }).map(pieces => pieces.join('')),
    );
    fc.assert(
      fc.property(texts, text => {
        let last = 0;
        for (const { range, host, port } of [...addressesIn(text)]) {
          expect(range.start).toBeGreaterThanOrEqual(last);
          expect(range.end).toBeLessThanOrEqual(text.length);
          expect(text.slice(range.start, range.end).toLowerCase().startsWith(host)).toBe(true);
          expect(hasHostForm(host)).toBe(true);
          expect(port === undefined || (port >= 0 && port < 100_000)).toBe(true);
          last = range.end;
        }
        for (const { range, host } of bareHostsIn(text)) {
          expect(text.slice(range.start, range.end).toLowerCase().startsWith(host)).toBe(true);
        }
      }),
    );
  });

  it('reads the worst in proportion to its length', () => {
    const worst = ['a://b:/', 'a,', ':', '@', 'a.svc.', 'a://', 'http://a,http:', '-a=', '/dev/tcp/', 'a:1', '('];
    for (const piece of worst) expectLinear(piece, 100_000 / piece.length, n => addressesIn(piece.repeat(n)));
  });
});

describe('hosts without a port', () => {
  it.each<[string, string[]]>([
    ['cache', ['cache']],
    [' cache.shop ', ['cache.shop']],
    ['a, b;c', ['a', 'b', 'c']],
    ['web/health', ['web']],
    ['web:$(PORT)', ['web']],
    ['a:80,b', ['b']],
    ['web is down', []],
    ['http://web', []],
    ['8080', []],
    ['', []],
    ['a,,b', []],
    ['sql,1433', ['sql']],
    ['1433,sql', []],
  ])('%s', (text, expected) => {
    expect(bareHostsIn(text).map(({ host }) => host)).toEqual(expected);
  });
});

describe('the Service that a host names', () => {
  const name = (host: string) => serviceNamesOf(host).map(({ service, namespace }) => `${namespace ?? '.'}/${service}`);

  it.each<[string, string[]]>([
    ['web', ['./web']],
    ['web.shop', ['shop/web']],
    ['web.shop.svc', ['shop/web']],
    ['web.shop.svc.cluster.local', ['shop/web']],
    ['web.shop.svc.k8s.example.com', ['shop/web']],
    ['mongo-0.mongo', ['mongo/mongo-0', './mongo']],
    ['mongo-0.mongo.shop', ['shop/mongo']],
    ['mongo-0.mongo.shop.svc.cluster.local', ['shop/mongo']],
    ['my-host.mongo.shop.svc', ['shop/mongo']],
    ['_http._tcp.web.shop.svc.cluster.local', ['shop/web']],
    ['web.shop.svc.clusterset.local', []],
    ['www.example.com', []],
    ['a.b.c.d.svc', []],
  ])('%s', (host, expected) => {
    expect(name(host)).toEqual(expected);
  });
});
