/** Mocha's bundle for browsers looks at the address of the page, which some workers don't know. */
const known: object = globalThis;
if (!('location' in known)) Object.assign(known, { location: { search: '' } });
