import { listed } from '../../../text/words';

/** What values a key takes. */
export interface ValueType {
  /** As the end of 'it takes …'. */
  readonly takes: string;
  accepts(value: string): boolean;
  /** The values, where they can be listed. */
  readonly values: readonly string[];
  /** What a person probably meant by a value that is not accepted, where one form follows from the other. */
  meant?(value: string): string | undefined;
}

/** Reads the column of a table: `= a, b` is one of them, `~ a, b` without regard to case, `int 1..9` a range. */
export function valueTypeOf(text: string): ValueType {
  if (text.startsWith('= ')) return oneOf(text.slice(2).split(', '), value => value);
  if (text.startsWith('~ ')) return oneOf(text.slice(2).split(', '), value => value.toLowerCase());
  if (text === 'int' || text.startsWith('int ')) return wholeNumber(text.slice(4));
  return types[text] ?? anything;
}

/** Whether a column of a table is understood: a type that is not takes everything. */
export function isKnownType(text: string): boolean {
  return (
    text === 'any' ||
    text === 'snippet' ||
    text.startsWith('= ') ||
    text.startsWith('~ ') ||
    /^int(?: |$)/.test(text) ||
    text in types
  );
}

const anything: ValueType = { takes: 'any text', accepts: () => true, values: [] };

function oneOf(values: readonly string[], normal: (value: string) => string): ValueType {
  const known = new Set(values.map(normal));
  const takes = values.length > 1 ? listed(values, 'or') : `only ${listed(values)}`;
  const meant = (value: string) => values.find(known => known.toLowerCase() === value.trim().toLowerCase());
  return { takes, values, accepts: value => known.has(normal(value.trim())), meant };
}

function wholeNumber(range: string): ValueType {
  const [least = '', most = ''] = range.split('..');
  const takes =
    most !== ''
      ? `a whole number from ${least} to ${most}`
      : least !== ''
        ? `a whole number, ${least} or more`
        : 'a whole number, without a unit';
  return {
    takes,
    values: [],
    accepts: value => {
      if (!/^[+-]?[0-9]{1,18}$/.test(value.trim())) return false;
      const number = Number(value);
      return (least === '' || number >= Number(least)) && (most === '' || number <= Number(most));
    },
    // Seconds are what a number stands for wherever people put the unit behind it.
    meant: value => /^([0-9]{1,9}) ?s(?:ec(?:onds?)?)?$/.exec(value.trim())?.[1],
  };
}

/**
 * Go's strconv.ParseBool.
 *
 * @source golang/go:src/strconv/atob.go (read 2026-11-29 at 924ce79)
 * @own the words of `meant`: what people write for yes and no elsewhere
 */
const boolean: ValueType = {
  takes: "'true' or 'false'",
  values: ['true', 'false'],
  accepts: value => /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value.trim()),
  meant: value => {
    const word = value.trim().toLowerCase();
    if (['yes', 'y', 'on', 'enabled', 'enable', 'true'].includes(word)) return 'true';
    return ['no', 'n', 'off', 'disabled', 'disable', 'false'].includes(word) ? 'false' : undefined;
  },
};

/** nginx's sizes know one letter, so that `8Mi` and `8MB` are 8m. */
function size(units: string): ValueType {
  const accepted = new RegExp(`^[0-9]+[${units}]?$`, 'i');
  return {
    takes: `a size such as 512, 8k or 1m`,
    values: [],
    accepts: value => accepted.test(value.replace(/ /g, '')),
    meant: value => {
      const [, number, unit = ''] = /^([0-9]{1,12}) ?([kmg])(?:i|b|ib)$/i.exec(value.trim()) ?? [];
      const meant = number && `${number}${unit.toLowerCase()}`;
      return meant && accepted.test(meant) ? meant : undefined;
    },
  };
}

/** Text made of certain characters; ingress-nginx leaves spaces out before it looks. */
function made(of: string, pattern: RegExp): ValueType {
  return { takes: of, values: [], accepts: value => pattern.test(value.replace(/ /g, '')) };
}

/** A list in which every part is of a kind. */
function each(takes: string, separator: RegExp, isPart: (part: string) => boolean): ValueType {
  const parts = (value: string) =>
    value
      .split(separator)
      .map(part => part.trim())
      .filter(part => part !== '');
  return { takes, values: [], accepts: value => parts(value).every(isPart) };
}

/** @source kubernetes/ingress-nginx:internal/ingress/annotations (1.15.1 at dbb11b9) */
const failures = new Set(
  'error timeout invalid_header http_500 http_502 http_503 http_504 http_403 http_404 http_429 non_idempotent off'.split(
    ' ',
  ),
);

/**
 * Characters of ingress-nginx's validators: internal/ingress/annotations/parser/validators.go.
 *
 * @source kubernetes/ingress-nginx:internal/ingress/annotations/parser/validators.go (1.15.1 at dbb11b9)
 * @source kubernetes/ingress-nginx:internal/ingress/annotations (1.15.1 at dbb11b9)
 * @source nginx/kubernetes-ingress:internal/configs/parsing_helpers.go (5.5.4)
 */
const types: Readonly<Record<string, ValueType>> = {
  bool: boolean,
  'bool-or-switch': { ...boolean, accepts: value => boolean.accepts(value) || boolean.meant?.(value) !== undefined },
  size: size('bkmg'),
  'size-m': size('km'),
  'size-g': size('kmg'),
  time: {
    takes: 'a time such as 500ms, 30s or 5m',
    values: [],
    // Each group ends in a letter, so that there is one way to read a text.
    accepts: value => /^(?:[0-9]+(?:us|ms|[smhdwMy]))*[0-9]*$/.test(value.replace(/\s/g, '')) && /[0-9]/.test(value),
  },
  rate: { takes: 'a rate such as 10r/s or 60r/m', values: [], accepts: value => /^[0-9]+r\/[sm]$/.test(value) },
  buffers: {
    takes: 'a number and a size such as 8 4k',
    values: [],
    accepts: value => /^[0-9]+ [0-9]+[km]?$/i.test(value),
  },
  codes: made('status codes from 400 to 599, with commas between them', /^(?:[45][0-9][0-9],?)*$/),
  cidrs: each('addresses and address ranges, with commas between them', /,/, isAddressRange),
  failures: each(`words out of ${[...failures].join(', ')}`, /\s/, part => failures.has(part)),
  'tls-versions': each("'TLSv1.2' and 'TLSv1.3', with a space between them", /\s/, part => /^TLSv1\.[23]$/.test(part)),
  'common-name': { takes: "text that begins with 'CN='", values: [], accepts: value => value.trim().startsWith('CN=') },
  token: made('letters, digits and any of / - . _ ~ :', /^[/\-._~a-zA-Z0-9:]*$/),
  words: made('letters, digits, spaces and any of / - . _ ~ :', /^[/\-._~a-zA-Z0-9: ]*$/),
  durations: made('letters, digits, spaces and any of / - . _ ~ : ,', /^[/\-._~a-zA-Z0-9:, ]*$/),
  url: made('letters, digits and any of - . _ ~ / : , ? & =', /^[-._~a-zA-Z0-9/:,?&=]*$/),
  'url-with-variables': made('letters, digits and any of - . _ ~ / : , ? & = $', /^[-._~a-zA-Z0-9/:,?&=$]*$/),
  path: made('a path of letters, digits and any of - . _ ~ / : $', /^[-._~a-zA-Z0-9/:$]*$/),
  variable: made('letters, digits and any of - _ $ { }', /^[A-Za-z0-9\-_${}]*$/),
  headers: made('names of headers, with commas between them', /^[A-Za-z0-9\-_,]*$/),
  'exposed-headers': each('names of headers, with commas between them', /[,\s]/, part =>
    /^(?:[A-Za-z0-9\-_]+|\*)$/.test(part),
  ),
  methods: each('methods, with commas between them', /[,\s]/, part => /^[A-Za-z]+$/.test(part)),
  origins: each("origins such as https://*.example.com, with commas between them, 'null' or '*'", /,/, part =>
    /^(?:(?:[a-z]+:\/\/)?(?:\*\.)?[A-Za-z0-9.-]*(?::[0-9]+)?|null|\*)$/.test(part),
  ),
  'pattern-name': made('letters, digits and the characters of patterns', /^[/\-._~a-zA-Z0-9:^$[\](){}*+?|&=\\]*$/),
  'pattern-names': made('names and patterns, with commas between them', /^[/\-._~a-zA-Z0-9:^$[\](){}*+?|&=\\,]*$/),
  pairs: each('pairs such as key=value, with commas between them', /,/, part => part.includes('=')),
  json: { takes: 'JSON', values: [], accepts: isJson },
};

function isAddressRange(part: string): boolean {
  const [address = '', bits, ...more] = part.split('/');
  if (more.length > 0) return false;
  const isV6 = address.includes(':');
  const isRange = bits === undefined || (/^[0-9]{1,3}$/.test(bits) && Number(bits) <= (isV6 ? 128 : 32));
  if (isV6) return isRange && /^[0-9a-fA-F:.]{2,45}$/.test(address);
  const bytes = address.split('.');
  return isRange && bytes.length === 4 && bytes.every(byte => /^[0-9]{1,3}$/.test(byte) && Number(byte) <= 255);
}

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}
