import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { MapData } from '../picture/map-data';

/** A page that needs nothing else: its script and its styles are named by their hashes, and nothing but these is let in. */
export function pageOf(maps: readonly MapData[]): string {
  const [script, style] = [part('map.js'), styles()];
  // No name in it can end the element that it stands in.
  const data = JSON.stringify(maps).replaceAll('<', '\\u003c');
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; img-src data:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Network map</title>
<style>${style}</style>
</head>
<body>
<script type="application/json" id="maps">${data}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** How a map looks, on a page and as a drawing. */
export function styles(): string {
  return part('map.css');
}

/** What esbuild makes beside the program. */
function part(name: string): string {
  return fs.readFileSync(path.join(__dirname, name), 'utf8').trim();
}

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
